"""Lint rules for the form of an article: front matter, headings, lengths, steps and tables."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

from ingest.methodology import count_words
from tests.methodology.article import Article, Section

PLANNED_SLUGS = frozenset((Path(__file__).parent / "planned_slugs.txt").read_text("utf-8").split())
FIELDS = ("title", "slug", "area", "summary", "also_asked_as", "sources", "related", "reviewed")
SKELETON = (
    "When it matters: ",
    "What good looks like in |What good looks like for ",
    "How to do it: ",
    "Template or table: ",
    "If you are a small organisation",
    "If you are a medium organisation",
    "If you are a large organisation",
    "Measures and outcomes for ",
    "Facts checked November 2026",
    "Common mistakes in ",
    "When to bring in a consultant for ",
)
OPTIONAL = "Facts checked November 2026"
SIZE_HEADING = re.compile(r"^If you are a (small|medium|large) organisation$")
STEP = re.compile(r"^(\d+)\. \*\*[^*]+\*\*,? ?\([^)]+\)\. \S")
STEP_WORDS = 45


def front_matter_is_complete(article: Article) -> Iterator[str]:
    """Every field is there, of the right kind, and agrees with the file's place."""
    front = article.front
    for name in FIELDS:
        if not front.get(name):
            yield f"front matter lacks {name!r}"
    if front.get("slug") != article.path.stem:
        yield f"slug {front.get('slug')!r} differs from the file name {article.path.stem!r}"
    if front.get("slug") not in PLANNED_SLUGS:
        yield f"slug {front.get('slug')!r} is not among the planned slugs"
    if front.get("area") != article.path.parent.name:
        yield f"area {front.get('area')!r} differs from the folder {article.path.parent.name!r}"
    if not isinstance(front.get("reviewed"), datetime.date):
        yield f"reviewed {front.get('reviewed')!r} is not a date"


def summary_has_the_right_length(article: Article) -> Iterator[str]:
    """The summary has 60 to 90 words."""
    words = count_words(str(article.front.get("summary", "")))
    if not 60 <= words <= 90:
        yield f"summary has {words} words, wanted 60-90"


def lists_in_front_matter_fit(article: Article) -> Iterator[str]:
    """Phrasings, related articles and sources are lists of the right length, without repeats."""
    for name, low, high in (("also_asked_as", 8, 12), ("related", 3, 5), ("sources", 1, 12)):
        entries = article.front.get(name)
        if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
            yield f"{name} is not a list of texts"
            continue
        if not low <= len(entries) <= high:
            yield f"{name} has {len(entries)} entries, wanted {low}-{high}"
        if len({entry.casefold() for entry in entries}) < len(entries):
            yield f"{name} repeats an entry"


def headings_follow_the_skeleton(article: Article) -> Iterator[str]:
    """The H2 headings begin with the skeleton's words, in order; only the facts may be absent."""
    headings = [section.heading for section in article.sections if section.level == 2]
    wanted = [start for start in SKELETON if start != OPTIONAL or OPTIONAL in headings]
    if len(headings) != len(wanted):
        yield f"{len(headings)} H2 headings, wanted {len(wanted)}: {headings}"
    for heading, start in zip(headings, wanted, strict=False):
        if not any(begins(heading, option) for option in start.split("|")):
            yield f"heading {heading!r} should begin with {start!r}"


def begins(heading: str, start: str) -> bool:
    """A start that ends in a space must be followed by a subject; any other is the whole heading."""
    return (
        heading.startswith(start) and len(heading) > len(start) if start.endswith(" ") else heading == start
    )


def sections_have_the_right_length(article: Article) -> Iterator[str]:
    """Prose has 80 to 220 words, a size section at most 180, a list or table may be short, an opening 25."""
    for section in article.sections:
        low, high = allowed_words(article, section)
        if not low <= section.words <= high:
            yield f"{section.heading!r} has {section.words} words, wanted {low}-{high}"


def allowed_words(article: Article, section: Section) -> tuple[int, int]:
    """Bounds by kind of section; steps and tables count towards them."""
    if SIZE_HEADING.match(section.heading):
        return 80, 180
    if article.children(section):
        return 25, 220
    if section.items or section.tables:
        return 25, 280
    return 80, 220


def article_has_the_right_length(article: Article) -> Iterator[str]:
    """The body has 1,100 to 1,700 words, headings included."""
    words = count_words(article.body)
    if not 1100 <= words <= 1700:
        yield f"body has {words} words, wanted 1,100-1,700"


def first_sentence_answers(article: Article) -> Iterator[str]:
    """Each section opens with a sentence of 12 to 35 words that names its subject."""
    for section in article.sections:
        first = section.prose[0] if section.prose else ""
        words = count_words(first)
        if not 12 <= words <= 35:
            yield f"{section.heading!r} opens with {words} words, wanted 12-35: {first!r}"
        if re.match(r"(?:This|It|These|That|Those|They)\b", first):
            yield f"{section.heading!r} opens with a pronoun: {first!r}"
        if not first.endswith((".", ":")):
            yield f"{section.heading!r} does not open with a whole sentence: {first!r}"


def steps_are_numbered(article: Article) -> Iterator[str]:
    """How to do it holds at least three steps, numbered from 1, each with a duration and at most 45 words."""
    for section in article.sections:
        if section.level == 2 and section.heading.startswith("How to do it"):
            steps = [item for part in (section, *article.children(section)) for item in part.items]
            steps = [item for item in steps if item[0].isdigit()]
            if len(steps) < 3:
                yield f"{section.heading!r} has {len(steps)} numbered steps, wanted at least 3"
            for number, step in enumerate(steps, start=1):
                yield from step_faults(number, step)


def step_faults(number: int, step: str) -> Iterator[str]:
    """Faults of one step: number, shape, length."""
    match = STEP.match(step)
    if match is None:
        yield f"step {number} is not '1. **Do** (duration). Text': {step!r}"
    elif int(match[1]) != number:
        yield f"step {number} carries the number {match[1]}"
    if count_words(step) - 1 > STEP_WORDS:
        yield f"step {number} has {count_words(step) - 1} words, wanted at most {STEP_WORDS}"


def tables_are_narrow(article: Article) -> Iterator[str]:
    """Tables have a header row, a separator, at least one row and at most 3 columns, all alike."""
    for section in article.sections:
        for table in section.tables:
            widths = {len(row) for row in table}
            if len(widths) > 1 or max(widths) > 3:
                yield f"{section.heading!r} has a table with {sorted(widths)} columns, wanted 3 or fewer"
            separated = len(table) > 2 and all(re.fullmatch(r":?-{3,}:?", cell) for cell in table[1])
            if not separated or not all(table[0]):
                yield f"{section.heading!r} has a table without a full header row"


def size_sections_name_their_size(article: Article) -> Iterator[str]:
    """A size section's first sentence, and every second sentence or more, says which size is meant."""
    for section in article.sections:
        if match := SIZE_HEADING.match(section.heading):
            named = re.compile(rf"\b{match[1]} organisations?\b", re.IGNORECASE)
            hits = [bool(named.search(statement)) for statement in section.statements]
            if not hits or not hits[0] or sum(hits) * 2 < len(hits):
                yield f"{section.heading!r} names its size in {sum(hits)} of {len(hits)} sentences"
