"""The answer in the making: what is said, what is cited, and how much room the first screen has left."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.answering.bands import holds_for, row_bands
from bot.answering.extractive import Excerpt, text_stems
from bot.answering.layout import Line, bare, cells, count_words, dangles, table_rows
from bot.answering.types import Part, PartKind
from knowledge.types import OrgSize, StepKind

FIRST_SCREEN_WORDS = 200  # contract, Manners
FIRST_SCREEN_ITEMS = 5  # contract, Manners: at most five steps
# Two sentences of so many stems or more say the same when they share this much of the shorter one's.
_LEAST_STEMS, _SAME = 5, 0.75
_KINDS = {
    StepKind.SENTENCE: PartKind.TEXT,
    StepKind.STEP: PartKind.STEPS,
    StepKind.BULLET: PartKind.BULLETS,
    StepKind.TABLE: PartKind.TABLE,
}


@dataclass
class Sheet:
    """Parts put down so far; says nothing twice and nothing that holds for another size only.

    `tight`: what found no room takes along all that stands below it, which may be about it.
    """

    org_size: OrgSize | None
    room: int = FIRST_SCREEN_WORDS
    tight: bool = False
    parts: list[Part] = field(default_factory=list)
    cited: list[Excerpt] = field(default_factory=list)
    _said: set[str] = field(default_factory=set)
    _meant: list[frozenset[str]] = field(default_factory=list)

    def cite(self, excerpt: Excerpt) -> int:
        """Return the number of the section's citation, adding it when new."""
        for number, known in enumerate(self.cited):
            if known is excerpt:
                return number
        self.cited.append(excerpt)
        return len(self.cited) - 1

    def fresh(self, lines: Iterable[Line]) -> list[Line]:
        """Return the lines that have not been said and hold for the asker's size."""
        return [
            line
            for line in lines
            if bare(line.text) not in self._said
            and holds_for(line.text, self.org_size)
            and not self._repeats(line)
        ]

    def _repeats(self, line: Line) -> bool:
        """Say whether a sentence says in other order what has been said."""
        if line.kind is not StepKind.SENTENCE or not self._meant:
            return False
        stems = text_stems(line.text)
        return len(stems) >= _LEAST_STEMS and any(
            len(stems & meant) >= _SAME * min(len(stems), len(meant)) for meant in self._meant
        )

    def add(self, kind: PartKind, texts: list[str], excerpt: Excerpt, heading: str = "") -> None:
        """Put a part down, if it has anything to say."""
        if texts:
            self.parts.append(Part(kind, tuple(texts), self.cite(excerpt), heading))
            self._said.update(bare(text) for text in texts)
            self._meant += [stems for text in texts if len(stems := text_stems(text)) >= _LEAST_STEMS]
            self.room -= sum(count_words(text) for text in (heading, *texts))

    def add_lines(self, excerpt: Excerpt, lines: list[Line], *, everything: bool = False) -> list[Line]:
        """Put lines down in runs of one kind while there is room; return those that found none."""
        left: list[Line] = []
        for run in _runs(lines):
            shut = self.tight and bool(left)
            fitting = run if everything else [] if shut else self._fitting(run)
            self._add_run(excerpt, fitting)
            left += run[len(fitting) :]
        return left

    def _add_run(self, excerpt: Excerpt, run: list[Line]) -> None:
        if not run:
            return
        if run[0].kind is not StepKind.TABLE:
            self.add(_KINDS[run[0].kind], [line.text for line in run], excerpt)
            return
        rows = _rows(run[0].text, self.org_size)
        self.add(PartKind.TABLE, rows if len(rows) > 1 else [], excerpt)
        self._said.add(bare(run[0].text))

    def _fitting(self, run: list[Line]) -> list[Line]:
        """Return the lines of a run that fit on the first screen, in order, without a gap."""
        room, fitting = self.room, []
        most = len(run) if run[0].kind is StepKind.SENTENCE else FIRST_SCREEN_ITEMS
        for line in run[:most]:
            room -= count_words(line.text)
            if room < 0:
                break
            fitting.append(line)
        return fitting


def _runs(lines: list[Line]) -> list[list[Line]]:
    """Return the quotable lines in runs of one kind; a table is a run of its own."""
    runs: list[list[Line]] = []
    for line in _whole(lines):
        if not runs or runs[-1][-1].kind is not line.kind or line.kind is StepKind.TABLE:
            runs.append([])
        runs[-1].append(line)
    return runs


def _whole(lines: list[Line]) -> list[Line]:
    """Drop what cannot be quoted here: announcements without a list, openers without what they point at."""
    kept: list[Line] = []
    for at, line in enumerate(lines):
        before = kept[-1] if kept and kept[-1].place == line.place - 1 else None
        after = lines[at + 1] if at + 1 < len(lines) else None
        if line.kind is not StepKind.SENTENCE or _quotable(line, before, after):
            kept.append(line)
    return kept


def _quotable(line: Line, before: Line | None, after: Line | None) -> bool:
    if line.opens_list:
        return after is not None and after.place == line.place + 1 and after.kind is not StepKind.SENTENCE
    follows = before is not None and before.kind is StepKind.SENTENCE and dangles(line.text)
    return line.stands_alone or follows


def _rows(table: str, org_size: OrgSize | None) -> list[str]:
    """Return a table's rows, header first, without those of another size."""
    header, *rows = table_rows(table)
    bands = row_bands(cells(row)[0] for row in rows)
    return [header, *(row for row, band in zip(rows, bands, strict=True) if band in (None, org_size))]
