"""What the README tells people to type, open and read exists."""

import re
from pathlib import Path

import click
import pytest

from bot.cli import main
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LONGEST = 120
CODE = re.findall(r"`([^`\n]+)`", README) + re.findall(r"^ {4}(\S.*)$", README, re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
# A word with a slash or a known ending, which names something of this checkout.
PLACE = re.compile(r"^[.\w-]+(?:/[\w.-]*)+$|^[\w.-]*\.(?:md|py|yaml|example)$|^Dockerfile$")
# Made on the reader's machine, or invented there.
NOT_KEPT = (".venv/", "handbook/")


def typed(program: str) -> list[list[str]]:
    """The words after `program` in every piece of code."""
    found = re.compile(rf"(?:^|[ /]){program} ([^#]*)")
    return [match[1].split() for code in CODE if (match := found.search(code))]


def test_it_is_short_enough_to_be_read() -> None:
    assert len(README.splitlines()) <= LONGEST


def test_every_make_command_is_a_target() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {words[0] for words in typed("make")}
    assert {"demo", "test", "setup"} <= named <= targets


def test_every_vcio_command_exists_with_its_options() -> None:
    named = typed("vcio")
    assert ["doctor"] in named
    for words in named:
        command = resolve(words)
        known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        assert {word for word in words if word.startswith("--")} <= known, words


def resolve(words: list[str]) -> click.Command:
    """Follow the words from group to group to the command they name."""
    command: click.Command = main
    for word in words:
        if not isinstance(command, click.Group) or word.startswith("-"):
            break
        assert word in command.commands, f"vcio has no command {word!r}"
        command = command.commands[word]
    return command


@pytest.mark.parametrize("place", sorted({code.split(" ")[0] for code in CODE} | set(LINK.findall(README))))
def test_every_file_and_folder_named_exists(place: str) -> None:
    if PLACE.match(place) and not place.startswith(NOT_KEPT):
        standing_alone = [folder / place for folder in (ROOT, ROOT / "knowledge")]
        assert any(path.exists() for path in standing_alone), f"{place} is named and does not exist"


def test_every_setting_named_exists() -> None:
    named = set(re.findall(r"\b(?:VCIO|SLACK)_[A-Z_]+\b", README))
    assert named <= {field.upper() for field in Settings.model_fields}


def test_cost_and_removal_are_told() -> None:
    for said in ("What it costs to run", "Taking it away", "*ready*"):
        assert said in README


def test_doctor_is_the_last_step_of_a_real_workspace() -> None:
    steps = re.findall(r"^\d\. (.*)$", README, re.MULTILINE)
    assert "vcio doctor" in steps[-1]
