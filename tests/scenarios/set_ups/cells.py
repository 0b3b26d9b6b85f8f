"""The cells of the table in docs/set-ups.md: what each says, and the scenario that proves it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.scenarios.set_ups.world import SetUp, World

DOCUMENT = Path(__file__).parents[3] / "docs" / "set-ups.md"
YES = "yes"
# What those do whom the app's direct messages, Home, commands and shortcuts do not reach.
APART = (SetUp.CONNECT, SetUp.GUEST)
AT_HOME = (SetUp.OWN, SetUp.INSTALLED, SetUp.FREE)

Scenario = Callable[[World], Awaitable[None]]


class Row(StrEnum):
    """What somebody may want, as the first column names it."""

    MENTION = "Ask by mention"
    THREAD = "Follow up in the thread"
    DIRECT = "Direct message, agent view"
    PROMPTS = "Suggested prompts"
    GROWING = "Growing answer, and stop"
    BELOW = "Follow-up at the bottom of a direct message"
    HOME = "Home"
    BROWSE = "Browse the methodology"
    MESSAGE_SHORTCUT = "Shortcut on a message"
    GLOBAL_SHORTCUT = "Shortcut from anywhere"
    COMMAND = "`/vcio`"
    WORDS = "The words of `/vcio` by mention"
    SOURCE = "Open a source"
    HANDOUT = "A template or table as a file"
    SIZE = "Change the size"
    VERDICT = "Helpful, not helpful"
    CONSULTANT = "Talk to a consultant, hear who has it"
    PRIVATE = "Private answers"
    FILES = "Files with a question"
    NOTICE = "Who can read this, at the first reply"
    HANDS = "Ask for hands"
    COMMENT = "Comment"
    DECISION = "Record a decision"
    HOURS = "Balance, consent, pack"


@dataclass(frozen=True)
class Cell:
    """What a cell says, and its proof."""

    says: str
    plays: Scenario


CELLS: dict[tuple[str, str], Cell] = {}


def cell(row: Row, *set_ups: SetUp, says: str = YES) -> Callable[[Scenario], Scenario]:
    """Make a scenario the proof of one row in some columns."""

    def register(plays: Scenario) -> Scenario:
        for set_up in set_ups:
            assert (row, set_up) not in CELLS, f"two scenarios for {row.value!r} in {set_up.value!r}"
            CELLS[row, set_up] = Cell(says, plays)
        return plays

    return register


def read_table() -> dict[tuple[str, str], str]:
    """Return the cells of the document's table by row and column, as they stand there."""
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    head, _rule, *rows = (_split(line) for line in lines if line.startswith("|"))
    return {(row[0], column): said for row in rows for column, said in zip(head[1:], row[1:], strict=True)}


def _split(line: str) -> list[str]:
    return [part.strip() for part in line.strip().strip("|").split("|")]
