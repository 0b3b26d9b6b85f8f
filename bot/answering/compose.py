"""Putting an answer together: lead, what matters, the asker's size, and the rest behind *Show more*."""

import re
from dataclasses import dataclass, replace

from bot.answering.extractive import Asked, Excerpt, has_figure
from bot.answering.layout import Line, count_words, dangles
from bot.answering.material import Material
from bot.answering.shapes import Shape
from bot.answering.sheet import FIRST_SCREEN_WORDS, Sheet
from bot.answering.types import Citation, Part, PartKind
from knowledge.types import OrgSize, SectionKind, StepKind

MAX_CITATIONS = 3
_SIZE_WORDS, _SIZE_SENTENCES = 60, 2  # room kept on the first screen for the asker's size, heading included
_LEAD_WORDS = 70
_LITTLE_ROOM = 150  # words; with less, what follows a list that is left out is left out too
# A further section is shown when it ranks, and is as near to the question, at least this share of the first;
# where a short answer was asked for, so many with those of other articles. Of the facts wanted by the fresh
# questions 0.85 are said so, and 0.80 with 0.62, 0.72 and 1.
_FURTHER_RANK, _FURTHER_NEAR, _SHORT = 0.45, 0.5, 2
# Odds from which another article opens on the first screen too, and its room there.
_TIE, _TIE_WORDS = 0.25, 45
_SIZE_LEADS = 0.15  # by how much the size section must outrank all others to open the answer to no figure
_SKELETON = re.compile(r"^(?:how to do it|template or table)\s*[:,-]\s*", re.IGNORECASE)
_SIZE_HEADINGS = {
    OrgSize.SMALL: "For fewer than 50 people",
    OrgSize.MEDIUM: "For 50–500 people",
    OrgSize.LARGE: "For more than 500 people",
}


@dataclass(frozen=True)
class Composition:
    """The parts of an answer with its citations and where the first screen ends."""

    parts: tuple[Part, ...]
    citations: tuple[Citation, ...]
    first_screen: int
    offer_sizes: bool


def compose(material: Material, asked: Asked, *, room: int = FIRST_SCREEN_WORDS) -> Composition:
    """Return the answer: lead, body and size on the first screen, further sections behind it.

    `room` is what the first screen has for it, in words.
    """
    sheet = Sheet(asked.org_size, room, tight=room < _LITTLE_ROOM)
    best = _lead_excerpt(material, asked)
    size = material.size if material.size is not best else None
    tied = _tied(material, best)
    sheet.room -= _TIE_WORDS if tied else 0
    lead = _lead(sheet, best, asked)
    sheet.room -= _SIZE_WORDS if size else 0
    sheet.add(PartKind.LEAD, lead, best)
    if not lead:
        _open_elsewhere(sheet, [size] if size else [], [one for one in material.excerpts if one is not best])
    left = sheet.add_lines(best, _body(sheet, best, asked))
    sheet.room += (_SIZE_WORDS if size else 0) + (_TIE_WORDS if tied else 0)
    if tied:
        _add_opening(sheet, tied)
    if size:
        _add_size(sheet, size)
    first_screen = len(sheet.parts)
    sheet.room, sheet.tight = 10 * FIRST_SCREEN_WORDS, False
    sheet.add_lines(best, left, everything=True)
    if size:
        _add_size_rest(sheet, size)
    for excerpt in _further(material, best, asked, MAX_CITATIONS - len(sheet.cited), tied):
        _add_section(sheet, excerpt)
    parts, citations = _by_article(sheet)
    offer_sizes = material.has_sizes and asked.org_size is None
    return Composition(parts, citations, first_screen, offer_sizes)


def _by_article(sheet: Sheet) -> tuple[tuple[Part, ...], tuple[Citation, ...]]:
    """Return the parts and citations, the first section of each article cited before any second one."""
    slugs = [excerpt.section.slug for excerpt in sheet.cited]
    order = sorted(range(len(slugs)), key=lambda at: slugs[at] in slugs[:at])
    parts = tuple(
        part if part.cited is None else replace(part, cited=order.index(part.cited)) for part in sheet.parts
    )
    return parts, tuple(_citation(sheet.cited[at]) for at in order)


def _lead_excerpt(material: Material, asked: Asked) -> Excerpt:
    """Return the section to open with; the asker's own size section when it answers clearly better."""
    first, size = material.excerpts[0], material.size
    margin = 0.0 if asked.shape is Shape.NUMBER else _SIZE_LEADS
    return size if size and size.hit and size.rank > first.rank + margin else first


def _tied(material: Material, best: Excerpt) -> Excerpt | None:
    """Return the section of the article that may as well be the one meant, if any."""
    others = (one for one in material.excerpts if one.section.slug != best.section.slug)
    return next((one for one in others if material.odds.get(one.section.slug, 0.0) >= _TIE), None)


def _add_opening(sheet: Sheet, excerpt: Excerpt) -> None:
    """Put down the sentence of a section that comes nearest to the question, under its heading."""
    alone = [line for line in sheet.fresh(excerpt.lines) if line.stands_alone]
    short = [line for line in excerpt.best(alone) if count_words(line.text) <= _TIE_WORDS]
    heading = section_label(excerpt.section.heading)
    sheet.add(PartKind.TEXT, [line.text for line in short[:1]], excerpt, heading)


def _lead(sheet: Sheet, excerpt: Excerpt, asked: Asked) -> list[str]:
    """Return one or two sentences: the section's opening answer and the sentence nearest to the question."""
    if _announces(excerpt.lines) and sheet.fresh(excerpt.lines[:1]):
        return [excerpt.lines[0].text]
    alone = [line for line in sheet.fresh(excerpt.lines) if line.stands_alone]
    if not alone:
        return []
    ranked = excerpt.best(alone)
    opener = alone[0] if alone[0].place == 0 else ranked[0]
    if _asks_row(excerpt, asked):
        return [opener.text]
    chosen = _pair(opener, ranked, asked)
    fits = sum(count_words(line.text) for line in chosen) <= min(_LEAD_WORDS, sheet.room)
    return [line.text for line in (chosen if fits else chosen[:1])]


def _open_elsewhere(sheet: Sheet, sizes: list[Excerpt], others: list[Excerpt]) -> None:
    """Open with the nearest sentence of the size section, else of another: the best has none to quote."""
    for excerpt in (*sizes, *others):
        alone = [line for line in sheet.fresh(excerpt.lines) if line.stands_alone]
        if alone:
            sheet.add(PartKind.LEAD, [excerpt.best(alone)[0].text], excerpt)
            return


def _announces(lines: tuple[Line, ...]) -> bool:
    """Say whether a section opens with a whole sentence that runs into its list."""
    return (
        len(lines) > 1
        and lines[0].opens_list
        and not dangles(lines[0].text)
        and lines[1].kind is not StepKind.SENTENCE
    )


def _pair(opener: Line, ranked: list[Line], asked: Asked) -> list[Line]:
    best = ranked[0]
    if best is not opener:
        figure_first = asked.shape is Shape.NUMBER and has_figure(best.text) and not has_figure(opener.text)
        return [best, opener] if figure_first else [opener, best]
    return [opener, *(line for line in ranked[1:2] if line.place <= opener.place + 2)]


def _asks_row(excerpt: Excerpt, asked: Asked) -> bool:
    """Say whether the question names a row of the section's table, which then comes first."""
    return any(line.kind is StepKind.TABLE and asked.row_named(line) > 0.0 for line in excerpt.lines)


def _body(sheet: Sheet, excerpt: Excerpt, asked: Asked) -> list[Line]:
    """Return what is left of the section, its list or table first where that is what was asked for."""
    rest = sheet.fresh(excerpt.lines)
    if asked.shape in (Shape.TEMPLATE, Shape.COMPARISON, Shape.STEPS) or _asks_row(excerpt, asked):
        listed = {line.place for line in rest if line.kind is not StepKind.SENTENCE}
        rest.sort(
            key=lambda line: line.place not in listed and not (line.opens_list and line.place + 1 in listed)
        )
    return rest


def _add_size(sheet: Sheet, size: Excerpt) -> None:
    """Put down what the asker's size needs in two sentences: what it opens with and what comes nearest."""
    heading = _size_heading(size)
    lines = [line for line in sheet.fresh(size.lines) if line.stands_alone]
    room = min(sheet.room, _SIZE_WORDS) - count_words(heading)
    wanted: list[Line] = []
    for line in [*lines[:1], *size.best(lines[1:])]:
        if count_words(line.text) <= room and len(wanted) < _SIZE_SENTENCES:
            wanted.append(line)
            room -= count_words(line.text)
    wanted.sort(key=lambda line: line.place)
    sheet.add(PartKind.SIZE, [line.text for line in wanted], size, heading)


def _add_size_rest(sheet: Sheet, size: Excerpt) -> None:
    heading = _size_heading(size)
    if any(part.kind is PartKind.SIZE for part in sheet.parts):
        heading = f"Also {heading[0].lower()}{heading[1:]}"
    texts = [line.text for line in sheet.fresh(size.lines) if line.stands_alone]
    sheet.add(PartKind.SIZE, texts, size, heading)


def _size_heading(size: Excerpt) -> str:
    return (
        _SIZE_HEADINGS[size.section.org_size]
        if size.section.org_size
        else section_label(size.section.heading)
    )


def _further(
    material: Material, best: Excerpt, asked: Asked, room: int, tied: Excerpt | None
) -> list[Excerpt]:
    """Return the sections to show behind the best, with `room` for so many citations.

    Other articles that may be meant come first, then the best one's own: two if a short answer was asked.
    """
    behind = [excerpt for excerpt in material.excerpts if excerpt is not best and excerpt is not tied]
    rivals = [excerpt for excerpt in behind if excerpt.section.slug != best.section.slug]
    own = [one for one in behind if one not in rivals and _worth_showing(one, best)]
    most = _SHORT if asked.shape in (Shape.NUMBER, Shape.DEFINITION) else room
    chosen = [*rivals, *own[: max(0, most - len(rivals))]][: max(0, room)]
    return [*([tied] if tied else []), *chosen]


def _worth_showing(excerpt: Excerpt, best: Excerpt) -> bool:
    if excerpt.hit is None or excerpt.section.kind is SectionKind.CONSULTANT:
        return False
    nearness = excerpt.hit.dense / best.hit.dense if best.hit and best.hit.dense > 0 else 1.0
    return nearness >= _FURTHER_NEAR and excerpt.rank >= _FURTHER_RANK * best.rank


def _add_section(sheet: Sheet, excerpt: Excerpt) -> None:
    """Put down a further section whole, under its heading."""
    before = len(sheet.parts)
    sheet.add_lines(excerpt, sheet.fresh(excerpt.lines), everything=True)
    if len(sheet.parts) > before:
        sheet.parts[before] = replace(sheet.parts[before], heading=section_label(excerpt.section.heading))


def section_label(heading: str) -> str:
    """Return a section's heading without the skeleton words every article shares."""
    rest = _SKELETON.sub("", heading).strip() or heading
    return rest[:1].upper() + rest[1:]


def _citation(excerpt: Excerpt) -> Citation:
    section = excerpt.section
    near = excerpt.hit.dense if excerpt.hit else max(excerpt.scores)
    score = round(min(1.0, max(0.0, near)), 3)
    return Citation(excerpt.scope, section.slug, section.title, section.heading, section.section_id, score)
