"""The example configuration lists and explains every setting there is."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings, load_settings

EXAMPLE = Path(__file__).parents[1] / ".env.example"
LINES = EXAMPLE.read_text(encoding="utf-8").splitlines()
ASSIGNMENT = re.compile(r"^([A-Z][A-Z0-9_]*)=(.*)$")


def names() -> list[str]:
    return [match[1] for line in LINES if (match := ASSIGNMENT.match(line))]


def test_the_example_lists_exactly_the_settings() -> None:
    assert sorted(names()) == sorted(field.upper() for field in Settings.model_fields)


def test_each_setting_stands_under_an_explanation() -> None:
    for number, line in enumerate(LINES):
        if ASSIGNMENT.match(line):
            above = LINES[number - 1]
            assert above.startswith("#") or ASSIGNMENT.match(above), f"{line!r} is not explained"


def test_nothing_but_comments_and_settings() -> None:
    assert all(not line or line.startswith("#") or ASSIGNMENT.match(line) for line in LINES)


def test_the_example_itself_is_a_working_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in names():
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".env").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    configured = load_settings()
    monkeypatch.chdir(tmp_path.parent)
    assert configured == load_settings()
