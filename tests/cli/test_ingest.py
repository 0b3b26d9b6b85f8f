"""`vcio ingest`: folders as they really are, a line a file, and only what changed."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import FEW, Vcio, one_line

ARTICLES = 60


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A folder with everything that stands in real ones."""
    folder = tmp_path / "docs"
    (folder / "it").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("[core]")
    (folder / ".draft.md").write_text("# Draft\n\nNot for anybody yet.\n")
    (folder / "it" / "laptops.md").write_text("# Laptops\n\nLaptops are replaced every four years.\n")
    (folder / "it" / "again").symlink_to(folder)
    (folder / "rooms.html").write_text(
        "<html><body><h1>Rooms</h1><p>Book rooms in the calendar.</p></body></html>"
    )
    (folder / "form.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    (folder / "empty.md").write_text("")
    return folder


def lines(report: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """What became of each file, and why."""
    return {file["path"]: (file["action"], file["reason"]) for file in report["files"]}


@pytest.fixture
def acme(vcio: Vcio) -> Vcio:
    """`vcio` with a client."""
    vcio("clients", "add", "Acme")
    return vcio


def test_every_file_gets_a_line_that_says_what_became_of_it(acme: Vcio, docs: Path) -> None:
    result = acme("ingest", docs, "--client", "acme")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "skipped    .draft.md  (hidden)",
        "skipped    .git  (hidden)",
        "skipped    empty.md  (empty)",
        "skipped    form.pdf  (PDF is not read yet)",
        "skipped    it/again  (symlink loop)",
        "indexed    it/laptops.md  (1 passages)",
        "indexed    rooms.html  (1 passages)",
        "client-acme: 2 indexed, 0 unchanged, 0 removed, 5 skipped; 2 passages in all.",
    ]
    assert "reading: 7 of 7" in result.stderr.splitlines()


def test_a_file_that_cannot_be_read_is_a_failure_reported(acme: Vcio, docs: Path) -> None:
    (docs / "garbage.md").write_bytes(bytes(range(256)) * 40)
    result = acme("ingest", docs, "--client", "acme", "--json")
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    report = json.loads(line)
    assert list(report) == ["scope", "files", "version", "passages"]
    assert report["scope"] == "client-acme"
    assert lines(report)["garbage.md"][0] == "skipped"
    assert lines(report)["rooms.html"] == ("indexed", "")


def test_only_what_changed_is_indexed_again_and_what_is_gone_is_removed(acme: Vcio, docs: Path) -> None:
    arguments = ("ingest", docs, "--client", "acme", "--json")
    first = acme.json(*arguments)
    second = acme.json(*arguments)
    assert {lines(second)[name] for name in ("it/laptops.md", "rooms.html")} == {("unchanged", "")}
    assert second["version"] == first["version"]
    (docs / "it" / "laptops.md").write_text("# Laptops\n\nLaptops are replaced every three years.\n")
    (docs / "rooms.html").unlink()
    third = lines(acme.json(*arguments))
    assert third["it/laptops.md"] == ("indexed", "")
    assert third["rooms.html"] == ("removed", "")
    found = acme.json("search", "How often are laptops replaced?", "--client", "acme", "--json")
    own = [row["text"] for row in found if row["scope"] == "client-acme"]
    assert own == ["Laptops are replaced every three years."]


def test_a_single_file_that_is_gone_is_removed(acme: Vcio, docs: Path) -> None:
    file = docs / "rooms.html"
    acme("ingest", file, "--client", "acme")
    file.unlink()
    report = acme.json("ingest", file, "--client", "acme", "--json")
    assert lines(report) == {"rooms.html": ("removed", "")}
    assert report["passages"] == 0


def test_full_leaves_just_these_documents(acme: Vcio, docs: Path) -> None:
    acme("ingest", docs, "--client", "acme")
    report = acme.json("ingest", docs / "rooms.html", "--client", "acme", "--full", "--json")
    assert (lines(report), report["passages"]) == ({"rooms.html": ("indexed", "")}, 1)


def test_documents_of_the_firm_join_the_methodology(vcio: Vcio, docs: Path) -> None:
    before = vcio.json("ingest", "--json")
    assert (before["scope"], len(before["files"])) == ("methodology", ARTICLES)
    assert {file["action"] for file in before["files"]} == {"unchanged"}
    after = vcio.json("ingest", docs / "rooms.html", "--json")
    assert after["passages"] == before["passages"] + 1
    # The program's own articles stand beside them and are brought up to date without touching them.
    assert vcio.json("ingest", "--json")["passages"] == after["passages"]


def test_full_leaves_just_the_programs_own_articles(small: Vcio, docs: Path) -> None:
    before = small.json("ingest", "--json")
    assert small.json("ingest", docs / "rooms.html", "--json")["passages"] == before["passages"] + 1
    after = small.json("ingest", "--full", "--json")
    assert {(Path(name).stem, action) for name, (action, _) in lines(after).items()} == {
        (name, "indexed") for name in FEW
    }
    assert after["passages"] == before["passages"]


def test_an_unknown_client_is_refused(acme: Vcio, docs: Path) -> None:
    assert "Known clients: acme" in acme.refusal("ingest", docs, "--client", "acne")


def test_a_clients_documents_must_be_named(acme: Vcio) -> None:
    assert "Name a file or a folder" in acme.refusal("ingest", "--client", "acme", "--full")


@pytest.mark.parametrize("more", [(), ("--client", "acme")], ids=["index there", "no index yet"])
def test_a_path_that_is_not_there_is_refused(acme: Vcio, more: tuple[str, ...]) -> None:
    assert "no-such-folder" in acme.refusal("ingest", "no-such-folder", *more)


def test_a_process_prints_the_report_as_json_and_nothing_else(acme: Vcio, docs: Path) -> None:
    os.mkfifo(docs / "pipe.md")
    done = acme.process("ingest", docs, "--client", "acme", "--json")
    assert done.returncode == 1, done.stderr
    (line,) = done.stdout.splitlines()
    assert lines(json.loads(line))["pipe.md"] == ("skipped", "not a regular file")
    assert "debug" not in done.stderr
    missing = acme.process("ingest", "no-such-folder")
    assert "no-such-folder" in one_line(missing.returncode, missing.stdout, missing.stderr)
