from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.engagement.desk_models import Promise, PromiseKind
from bot.slack.promise_lines import promise_lines

START = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
DUE = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)


def promise(kind: PromiseKind = PromiseKind.FIRST_REPLY, **values: Any) -> Promise:
    return Promise(kind=kind, started_at=START, minutes=60, **{"due_at": DUE, **values})


@pytest.mark.parametrize(
    ("values", "zone", "line"),
    [
        ({}, "UTC", "First reply due Tue 10:30"),
        ({}, "Europe/Berlin", "First reply due Tue 11:30"),
        ({"due_at": DUE + timedelta(days=7)}, "UTC", "First reply due Tue 01 Dec 10:30"),
        ({"broken_at": DUE}, "UTC", "First reply was due Tue 10:30"),
        ({"due_at": None, "left": 30}, "UTC", "First reply: the clock stands still"),
        ({"kept_at": DUE}, "UTC", "First reply: done"),
    ],
)
def test_a_promise_is_said_in_a_line_in_the_firms_zone(values: dict[str, Any], zone: str, line: str) -> None:
    assert promise_lines([promise(**values)], zone) == (line,)


def test_without_a_zone_each_reader_sees_their_own() -> None:
    (line,) = promise_lines([promise()], None)
    assert line.startswith("First reply due <!date^")


def test_what_nobody_waits_for_any_more_is_not_said_to_be_done() -> None:
    ended = [promise(kept_at=DUE), promise(PromiseKind.RESOLUTION, kept_at=DUE)]
    assert promise_lines(ended, "UTC", {PromiseKind.FIRST_REPLY}) == ("Solution: done",)


def test_the_last_promise_of_each_kind_is_said_and_no_kept_next_reply() -> None:
    kept = promise(PromiseKind.NEXT_REPLY, kept_at=DUE)
    running = promise(PromiseKind.NEXT_REPLY)
    solution = promise(PromiseKind.RESOLUTION)
    assert promise_lines([kept, solution], "UTC") == ("Solution due Tue 10:30",)
    assert promise_lines([kept, solution, running], "UTC") == (
        "Next reply due Tue 10:30",
        "Solution due Tue 10:30",
    )
