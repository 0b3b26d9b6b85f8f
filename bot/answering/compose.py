"""Putting an answer together: lead, what matters, the asker's size, and the rest behind *Show more*."""

import re
from dataclasses import dataclass, field

from bot.answering.extractive import Asked, Excerpt, holds_for, row_band
from bot.answering.layout import Line, bare, cells, count_words, dangles, table_rows
from bot.answering.material import Material
from bot.answering.shapes import Shape
from bot.answering.types import Citation, Part, PartKind
from knowledge.types import OrgSize, SectionKind, StepKind

FIRST_SCREEN_WORDS = 200  # contract, Manners
FIRST_SCREEN_ITEMS = 5  # contract, Manners: at most five steps
MAX_CITATIONS = 3
_SIZE_WORDS = 60  # room kept on the first screen for the asker's size
_LEAD_WORDS = 70
_SECOND_SECTION = 0.62  # a further section is shown when it ranks at least this share of the first
_SKELETON = re.compile(
    r"^(?:when it matters|what good looks like(?: in| for)?|how to do it|template or table|measures and outcomes(?: for)?|"
    r"common mistakes(?: in)?|when to bring in a consultant(?: for)?|facts checked [a-z]+ \d{4})\s*[:,-]?\s*",
    re.IGNORECASE,
)
SIZE_HEADINGS = {
    OrgSize.SMALL: "For fewer than 50 people",
    OrgSize.MEDIUM: "For 50–500 people",
    OrgSize.LARGE: "For more than 500 people",
}
_KINDS = {
    StepKind.SENTENCE: PartKind.TEXT,
    StepKind.STEP: PartKind.STEPS,
    StepKind.BULLET: PartKind.BULLETS,
    StepKind.TABLE: PartKind.TABLE,
}


@dataclass
class _Sheet:
    """The answer in the making; remembers what was said and which sections are cited."""

    org_size: OrgSize | None
    room: int = FIRST_SCREEN_WORDS
    parts: list[Part] = field(default_factory=list)
    cited: list[Excerpt] = field(default_factory=list)
    said: set[str] = field(default_factory=set)

    def cite(self, excerpt: Excerpt) -> int:
        """Return the number of the section's citation, adding it when new."""
        if excerpt not in self.cited:
            self.cited.append(excerpt)
        return self.cited.index(excerpt)

    def fresh(self, lines: list[Line]) -> list[Line]:
        """Return the lines that have not been said and hold for the asker's size."""
        return [
            line for line in lines if bare(line.text) not in self.said and holds_for(line.text, self.org_size)
        ]

    def add(self, kind: PartKind, texts: list[str], excerpt: Excerpt, heading: str = "") -> None:
        """Put a part down, if it has anything to say."""
        if texts:
            self.parts.append(Part(kind, tuple(texts), self.cite(excerpt), heading))
            self.said.update(bare(text) for text in texts)
            self.room -= sum(count_words(text) for text in (heading, *texts))


@dataclass(frozen=True)
class Composition:
    """The parts of an answer with its citations and where the first screen ends."""

    parts: tuple[Part, ...]
    citations: tuple[Citation, ...]
    first_screen: int
    offer_sizes: bool


def compose(material: Material, asked: Asked) -> Composition:
    """Return the answer: lead, body and size on the first screen, further sections behind it."""
    sheet = _Sheet(asked.org_size)
    best = _lead_excerpt(material, asked)
    sheet.room -= _SIZE_WORDS if material.size else 0
    _add_lead(sheet, best, asked)
    left = _add_body(sheet, best, asked)
    sheet.room += _SIZE_WORDS if material.size else 0
    size_left = _add_size(sheet, material, asked)
    first_screen = len(sheet.parts)
    sheet.room = 10 * FIRST_SCREEN_WORDS
    _add_lines(sheet, best, left, everything=True)
    if material.size:
        _add_size_rest(sheet, material.size, size_left)
    for excerpt in _further(material, best, sheet):
        _add_section(sheet, excerpt)
    citations = tuple(_citation(excerpt) for excerpt in sheet.cited)
    return Composition(
        tuple(sheet.parts), citations, first_screen, material.has_sizes and asked.org_size is None
    )


def _lead_excerpt(material: Material, asked: Asked) -> Excerpt:
    """Return the section the answer opens with; the asker's own size section when it answers a figure best."""
    first = material.excerpts[0]
    size = material.size
    if size and asked.shape is Shape.NUMBER and size.hit and size.rank > first.rank:
        return size
    return first


def _add_lead(sheet: _Sheet, excerpt: Excerpt, asked: Asked) -> None:
    sheet.add(PartKind.LEAD, [line.text for line in _lead(sheet, excerpt, asked)], excerpt)


def _lead(sheet: _Sheet, excerpt: Excerpt, asked: Asked) -> list[Line]:
    """Return one or two sentences: the section's opening answer and the one nearest to the question."""
    alone = [line for line in sheet.fresh(list(excerpt.lines)) if line.stands_alone and not line.opens_list]
    if not alone:
        return []
    best = excerpt.best(alone)[0]
    opener = next((line for line in alone if line.place == 0), best)
    specific = asked.shape in (Shape.NUMBER, Shape.CHOICE) and best is not opener
    chosen = [best, opener] if specific else [opener, best]
    if best is opener:
        chosen = [opener, *[line for line in excerpt.best(alone)[1:2] if line.place <= opener.place + 2]]
    chosen = list(dict.fromkeys(chosen))
    return chosen if sum(count_words(line.text) for line in chosen) <= _LEAD_WORDS else chosen[:1]


def _add_body(sheet: _Sheet, excerpt: Excerpt, asked: Asked) -> list[Line]:
    """Put down as much of the section as the first screen holds; return what is left."""
    rest = sheet.fresh(list(excerpt.lines))
    if asked.shape in (Shape.TEMPLATE, Shape.COMPARISON, Shape.STEPS):
        rest.sort(key=lambda line: line.kind is StepKind.SENTENCE and not line.opens_list)
    return _add_lines(sheet, excerpt, rest, everything=False)


def _add_lines(sheet: _Sheet, excerpt: Excerpt, lines: list[Line], *, everything: bool) -> list[Line]:
    """Put lines down as parts, in runs of one kind; return those that found no room."""
    left: list[Line] = []
    for run in _runs(lines):
        fitting = run if everything else _fitting(sheet, run)
        for texts in _texts(sheet, fitting):
            sheet.add(_KINDS[run[0].kind], texts, excerpt)
        left += [line for line in run if line not in fitting]
    return left


def _runs(lines: list[Line]) -> list[list[Line]]:
    """Return the lines in runs of one kind; a sentence that announces a list stays with the sentences."""
    runs: list[list[Line]] = []
    for line in _whole(lines):
        if not runs or runs[-1][-1].kind is not line.kind or line.kind is StepKind.TABLE:
            runs.append([])
        runs[-1].append(line)
    return runs


def _whole(lines: list[Line]) -> list[Line]:
    """Drop what cannot be quoted here: announcements without their list, openers without what they point at."""
    kept: list[Line] = []
    for at, line in enumerate(lines):
        after = lines[at + 1] if at + 1 < len(lines) else None
        if line.opens_list and (after is None or after.kind is StepKind.SENTENCE):
            continue
        follows = bool(kept) and kept[-1].place == line.place - 1 and kept[-1].kind is StepKind.SENTENCE
        if (
            line.kind is StepKind.SENTENCE
            and not line.opens_list
            and not line.stands_alone
            and not (follows and dangles(line.text))
        ):
            continue
        kept.append(line)
    return kept


def _fitting(sheet: _Sheet, run: list[Line]) -> list[Line]:
    """Return the lines of a run that fit on the first screen, in order, without a gap."""
    room, fitting = sheet.room, []
    most = len(run) if run[0].kind is StepKind.SENTENCE else FIRST_SCREEN_ITEMS
    for line in run[:most]:
        room -= count_words(line.text)
        if room < 0:
            break
        fitting.append(line)
    return fitting


def _texts(sheet: _Sheet, lines: list[Line]) -> list[list[str]]:
    """Return the texts of a run, tables as their rows; empty runs give nothing."""
    if not lines:
        return []
    if lines[0].kind is not StepKind.TABLE:
        return [[line.text for line in lines]]
    return [rows for rows in (_rows(line.text, sheet.org_size) for line in lines) if len(rows) > 1]


def _rows(table: str, org_size: OrgSize | None) -> list[str]:
    """Return a table's rows, header first, without those of another size."""
    header, *rows = table_rows(table)
    labels = {row: row_band(cells(row)[0]) for row in rows}
    rows = [row for row in rows if labels[row] in (None, org_size)]
    return [header, *rows]


def _add_size(sheet: _Sheet, material: Material, asked: Asked) -> list[Line]:
    """Put down what the asker's size needs, in about two sentences; return the section's other sentences."""
    size = material.size
    if size is None or asked.shape is Shape.DEFINITION:
        return list(size.lines) if size else []
    lines = sheet.fresh([line for line in size.lines if line.stands_alone and not line.opens_list])
    wanted: list[Line] = []
    room = min(sheet.room, _SIZE_WORDS)
    for line in [*lines[:1], *size.best(lines[1:])]:
        if count_words(line.text) <= room:
            wanted.append(line)
            room -= count_words(line.text)
    wanted.sort(key=lambda line: line.place)
    sheet.add(
        PartKind.SIZE, [line.text for line in wanted], size, SIZE_HEADINGS[asked.org_size or OrgSize.SMALL]
    )
    return [line for line in size.lines if line not in wanted]


def _add_size_rest(sheet: _Sheet, size: Excerpt, lines: list[Line]) -> None:
    texts = [line.text for line in sheet.fresh(lines) if line.stands_alone and not line.opens_list]
    heading = SIZE_HEADINGS[size.section.org_size or OrgSize.SMALL]
    started = any(part.kind is PartKind.SIZE for part in sheet.parts)
    sheet.add(
        PartKind.SIZE, texts, size, heading if not started else f"More {heading[0].lower()}{heading[1:]}"
    )


def _further(material: Material, best: Excerpt, sheet: _Sheet) -> list[Excerpt]:
    """Return the sections worth showing after the best one, as many as citations allow."""
    room = MAX_CITATIONS - len({*map(id, sheet.cited)} | ({id(material.size)} if material.size else set()))
    near = [e for e in material.excerpts if e is not best and e.hit and e.rank >= _SECOND_SECTION * best.rank]
    near = [e for e in near if e.section.kind is not SectionKind.CONSULTANT]
    rivals = [e for e in near if e.section.slug != best.section.slug]
    return [*rivals, *[e for e in near if e not in rivals]][: max(0, room)]


def _add_section(sheet: _Sheet, excerpt: Excerpt) -> None:
    """Put down a further section whole, under its heading."""
    before = len(sheet.parts)
    _add_lines(sheet, excerpt, sheet.fresh(list(excerpt.lines)), everything=True)
    if len(sheet.parts) > before:
        first = sheet.parts[before]
        sheet.parts[before] = Part(
            first.kind, first.lines, first.cited, section_label(excerpt.section.heading)
        )


def section_label(heading: str) -> str:
    """Return a section's heading without the skeleton words every article shares."""
    rest = _SKELETON.sub("", heading).strip()
    rest = rest or heading
    return rest[:1].upper() + rest[1:]


def _citation(excerpt: Excerpt) -> Citation:
    section = excerpt.section
    dense = excerpt.hit.dense if excerpt.hit else max(excerpt.scores)
    score = round(min(1.0, max(0.0, dense)), 3)
    return Citation(excerpt.scope, section.slug, section.title, section.heading, section.section_id, score)
