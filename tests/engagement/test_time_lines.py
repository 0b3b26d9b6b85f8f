"""A line that logs time is read as it was meant, or refused with how it is written."""

from datetime import date

import pytest

from bot.engagement.time_lines import Line, logs, parse_line
from bot.errors import AdvisoryError

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("45m VC-1042 Read the plan", Line(45, "VC-1042", TODAY, client_note="Read the plan")),
        ("1.5h EN-1007", Line(90, "EN-1007", TODAY)),
        ("90 vc1042: call", Line(90, "vc1042", TODAY, client_note="call")),
        ("1h 30m on VC-1042 // grumpy", Line(90, "VC-1042", TODAY, internal_note="grumpy")),
        (
            "45m VC-1042 Read the plan // grumpy",
            Line(45, "VC-1042", TODAY, client_note="Read the plan", internal_note="grumpy"),
        ),
        ("45m VC-1042 See https://a.b/c //", Line(45, "VC-1042", TODAY, client_note="See https://a.b/c")),
        ("45m VC-1042 internal: grumpy", Line(45, "VC-1042", TODAY, internal_note="grumpy")),
        ("45m VC-1042 Note: grumpy", Line(45, "VC-1042", TODAY, internal_note="grumpy")),
        ("45m VC-1042 yesterday call", Line(45, "VC-1042", date(2026, 11, 30), client_note="call")),
        ("45m VC-1042 on 2026-11-03 call", Line(45, "VC-1042", date(2026, 11, 3), client_note="call")),
        ("45m VC-1042 today", Line(45, "VC-1042", TODAY)),
        (
            "45m VC-1042 not billable: our mistake",
            Line(45, "VC-1042", TODAY, billable=False, reason="our mistake"),
        ),
        ("45m VC-1042 non-billable", Line(45, "VC-1042", TODAY, billable=False)),
    ],
)
def test_a_line_is_read(text: str, line: Line) -> None:
    assert parse_line(text, TODAY) == line


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("VC-1042 45m", "begin with how long"),
        ("", "begin with how long"),
        ("45m the plan", "which request"),
        ("45m VC-1042x", "which request"),
        ("-45m VC-1042", "less than nothing"),
        ("20h VC-1042", "more than 16 h"),
        ("45m VC-1042 2026-02-30 call", "not a day"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, says: str) -> None:
    with pytest.raises(AdvisoryError, match=says):
        parse_line(text, TODAY)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("log 45m VC-1042 call", "45m VC-1042 call"),
        ("Log 45m VC-1042", "45m VC-1042"),
        ("log -45m VC-1042", "-45m VC-1042"),
        ("log", None),
        ("log 45m", "45m"),
        ("log 4 incidents a month is a lot", None),
        ("logging 45m VC-1042", None),
        ("How long do we keep logs?", None),
    ],
)
def test_only_a_time_alone_or_before_a_reference_logs(text: str, rest: str | None) -> None:
    assert logs(text) == rest
