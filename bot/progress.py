"""Progress of long work, on standard error: a bar on a terminal, a line a stage in a log."""

import sys
from types import TracebackType
from typing import Self

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)


class Bar:
    """Shows reports as they come; use it as a context, and print results after it: the bars are gone then.

    Nothing is shown before the first report, so that quick work shows nothing at all.
    """

    def __init__(self) -> None:
        self._bars: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._totals: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` of a stage is done; a total of 0 means not known."""
        if not sys.stderr.isatty():
            self._write(stage, done, total)
            return
        if self._bars is None:
            self._bars = _bars()
            self._bars.start()
        if stage not in self._tasks:
            self._finish_earlier()
            self._tasks[stage] = self._bars.add_task(stage, total=total or None)
        self._totals[stage] = total
        self._bars.update(self._tasks[stage], completed=done, total=total or None)

    def _finish_earlier(self) -> None:
        """A stage that has been followed by another is done, also when its last report was not its total."""
        for stage, task in self._tasks.items():
            if self._bars is not None and self._totals[stage]:
                self._bars.update(task, completed=self._totals[stage])

    def _write(self, stage: str, done: int, total: int) -> None:
        """Say once that a stage has begun, and once that it is done."""
        if stage not in self._totals and done < total:
            click.echo(f"{stage} ...", err=True)
        if total and done >= total:
            click.echo(f"{stage}: {done} of {total}", err=True)
        self._totals[stage] = total


def _bars() -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(file=sys.stderr),
        transient=True,
        # Otherwise rich sends what is printed meanwhile to the bars' stream, JSON for a pipe included.
        redirect_stdout=False,
        redirect_stderr=False,
    )
