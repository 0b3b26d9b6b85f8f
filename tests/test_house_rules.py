"""The house rules that a machine can check; each finder is also tried on a source that breaks its rule."""

import statistics
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests import house
from tests.house import EVERYWHERE, PACKAGES, ROOT, Source, sources

Finder = Callable[[Source], Iterator[str]]
# The edges where anything may go wrong and nothing may stop the program; providers have errors of their own.
EDGES = {
    "bot/slack/failures.py",
    "bot/delivery/worker.py",
    "bot/answering/language_model.py",
    "bot/thinker.py",
    "bot/rounds.py",
}
MAY_HAVE_CONTENT = {"knowledge/__init__.py", "prompts/__init__.py", "bot/migrations/__init__.py"}
TEXTS = ("*.py", "*.md", "*.toml", "*.yaml", "*.js", "*.css", "*.html", "*.txt", "*.mako")
NAMED = ("Makefile", "Dockerfile", ".dockerignore", ".env.example", ".gitignore", ".ci/run", "bin/setup")


def offences(finder: Finder, *folders: str, but: Iterable[str] = ()) -> list[str]:
    spared = set(but)
    return [found for source in sources(*folders) if source.path not in spared for found in finder(source)]


def expect_none(found: Iterable[str]) -> None:
    """Fail with the whole list, one offence a line."""
    listed = "\n".join(found)
    assert not listed, f"\n{listed}"


def test_no_file_is_longer_than_300_lines() -> None:
    expect_none(offences(house.long_files, *EVERYWHERE))


def test_no_function_is_longer_than_50_lines() -> None:
    expect_none(offences(house.long_functions, *EVERYWHERE))


def test_no_function_nests_deeper_than_three() -> None:
    expect_none(offences(house.deep_functions, *EVERYWHERE))


def test_only_the_unit_of_work_commits() -> None:
    expect_none(offences(house.commits, *PACKAGES, but={"bot/database.py", "bot/inline_sqlite.py"}))


def test_only_the_settings_read_the_environment() -> None:
    expect_none(offences(house.environment_reads, *PACKAGES, but={"bot/settings.py"}))


def test_everything_is_caught_only_at_the_edges() -> None:
    expect_none(offences(house.broad_excepts, *PACKAGES, "benchmarks", but=EDGES))


def test_nothing_prints() -> None:
    expect_none(offences(house.prints, *PACKAGES))


def test_only_bot_slack_imports_slacks_libraries() -> None:
    outside = [source for source in sources(*PACKAGES) if not source.path.startswith("bot/slack/")]
    expect_none(found for source in outside for found in house.slack_imports(source))


def test_every_module_says_what_it_is_for() -> None:
    expect_none(offences(house.missing_docstrings, *PACKAGES, "benchmarks", "bin"))


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {Path(source.path).parent for source in sources(*PACKAGES, "benchmarks", "tests")}
    expect_none(sorted(str(f) for f in folders if not (ROOT / f / "__init__.py").exists()))


def test_package_files_are_empty() -> None:
    inits = [
        source for source in sources(*PACKAGES, "benchmarks", "tests") if source.path.endswith("__init__.py")
    ]
    expect_none(s.path for s in inits if s.text.strip() and s.path not in MAY_HAVE_CONTENT)


def test_no_text_holds_a_path_of_a_machine_or_a_registry() -> None:
    files = [ROOT / name for name in NAMED if (ROOT / name).exists()]
    for pattern in TEXTS:
        files += ROOT.glob(pattern)
        files += [found for folder in (*EVERYWHERE, "docs") for found in (ROOT / folder).rglob(pattern)]
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in set(files)}
    expect_none(found for path in sorted(texts) for found in house.foreign_paths(path, texts[path]))


def test_the_typical_file_is_about_a_hundred_lines() -> None:
    sizes = [len(source.text.splitlines()) for source in sources(*PACKAGES) if source.text.strip()]
    median = statistics.median(sizes)
    print(f"median file: {median:.0f} lines, longest: {max(sizes)}, files: {len(sizes)}")
    assert median <= 150


NESTED = "def f():\n if a:\n  for b in c:\n   with d:\n    while e: pass\n"
LADDER = "def f():\n if a: pass\n elif b: pass\n elif c: pass\n elif d: pass\n else:\n  if e: pass\n"
BROKEN: list[tuple[Finder, str]] = [
    (house.long_files, "a = 1\n" * 301),
    (house.long_functions, "def f():\n" + " a = 1\n" * 50),
    (house.deep_functions, NESTED),
    (house.commits, "session.commit()"),
    (house.environment_reads, "import os\nos.getenv('A')"),
    (house.environment_reads, "from os import environ\nenviron['A']"),
    (house.broad_excepts, "try: pass\nexcept (ValueError, Exception): pass"),
    (house.broad_excepts, "try: pass\nexcept: pass"),
    (house.prints, "print('a')"),
    (house.slack_imports, "from slack_sdk.web import client"),
    (house.slack_imports, "import slack_bolt"),
    (house.missing_docstrings, "a = 1"),
]


@pytest.mark.parametrize(("finder", "text"), BROKEN)
def test_each_finder_sees_its_offence(finder: Finder, text: str) -> None:
    assert list(finder(Source("sample.py", text)))


@pytest.mark.parametrize("text", [LADDER, "def f():\n" + " a = 1\n" * 49, "def f():\n def g():\n  pass\n"])
def test_a_ladder_of_elifs_and_a_screenful_are_fine(text: str) -> None:
    source = Source("sample.py", text)
    assert not [*house.deep_functions(source), *house.long_functions(source)]


def test_a_machines_path_is_seen() -> None:
    assert list(house.foreign_paths("a.md", "see /" + "work/main"))
