"""Progress: lines where nobody watches, bars that end at their total where somebody does."""

import io

import pytest
from rich.console import Console

from bot import progress
from bot.progress import Bar


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_log_gets_a_line_when_a_stage_begins_and_one_when_it_is_done(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Bar() as report:
        for stage, done, total in (
            ("reading", 0, 2),
            ("reading", 1, 2),
            ("reading", 2, 2),
            ("waiting", 0, 0),
        ):
            report(stage, done, total)
        report("writing", 1, 1)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == ["reading ...", "reading: 2 of 2", "writing: 1 of 1"]


def test_nothing_to_report_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with Bar():
        pass
    assert capsys.readouterr() == ("", "")


def test_a_stage_that_another_follows_stands_at_its_total(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(progress, "Console", lambda file: Console(file=file, force_terminal=True, width=80))
    with Bar() as report:
        report("exporting", 1, 2)
        report("reading", 7, 8)
        report("embedding", 3, 9)
    drawn = terminal.getvalue()
    assert all(count in drawn for count in ("2/2", "8/8", "3/9"))
    # The bars are gone at the end: the last thing written clears their lines.
    assert drawn.rstrip("\r\n").endswith("\x1b[2K")
