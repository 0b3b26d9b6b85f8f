"""Split a document into sections by its headings and into passages that fit the embedding model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from knowledge.blocks import Block, Heading, Line, read
from knowledge.document import Document, Draft, Piece, Span
from knowledge.headings import kind_of, size_of, slugify, unique
from knowledge.markup import plain, sentences
from knowledge.types import Article, OrgSize, Passage, Section, SectionKind, StepKind

# The packaged model reads 256 word pieces, two of which are its own marks (all-MiniLM-L6-v2 model card).
PASSAGE_TOKENS = 254

CountTokens = Callable[[Sequence[str]], list[int]]


@dataclass(frozen=True)
class _Part:
    """A section in the making: its heading, what it inherits, and its blocks."""

    heading: str
    kind: SectionKind
    org_size: OrgSize | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class _Unit:
    """A line with its size in word pieces and the joint that goes before it."""

    line: Line
    tokens: int
    joint: str


def split(draft: Draft, scope: str, count: CountTokens) -> Document:
    """Sections, passages and quotable pieces of one document."""
    taken: set[str] = set()
    sections: list[Section] = []
    pieces: list[Piece] = []
    for part in _parts(draft):
        section = _section(draft, part, unique(slugify(part.heading), taken))
        sections.append(section)
        pieces += _pieces(draft, section, part, scope, count, first=len(pieces))
    article = Article(
        slug=draft.slug, title=draft.title, area=draft.area, summary=draft.summary, sections=tuple(sections),
        related=draft.related, sources=draft.sources, reviewed=draft.reviewed, scope=scope,
    )  # fmt: skip
    return Document(draft.key, draft.content_hash, article, tuple(pieces), draft.ways_in)


def passage_prefix(title: str, heading: str) -> str:
    """What stands before a passage's words when they are embedded: title > heading."""
    return title if not heading or heading == title else f"{title} > {heading}"


def _parts(draft: Draft) -> list[_Part]:
    """Sections in order; a subsection without a kind of its own takes its parent's kind and size."""
    parts: list[_Part] = []
    parents: list[tuple[int, _Part]] = []
    current = _Part(draft.title, SectionKind.OTHER, None, ())
    blocks: list[Block] = []
    for item in read(draft.markdown):
        if isinstance(item, Block):
            blocks.append(item)
            continue
        parts.append(replace(current, blocks=tuple(blocks)))
        parents = [entry for entry in parents if entry[0] < item.level]
        current = _inherit(item, parents[-1][1] if parents else None, draft.title)
        parents.append((item.level, current))
        blocks = []
    parts.append(replace(current, blocks=tuple(blocks)))
    return [part for part in parts if part.blocks]


def _inherit(heading: Heading, parent: _Part | None, title: str) -> _Part:
    kind, size = kind_of(heading.text), size_of(heading.text)
    if parent is not None and kind is SectionKind.OTHER:
        kind, size = parent.kind, parent.org_size
    return _Part(heading.text or title, kind, size, ())


def _section(draft: Draft, part: _Part, section_id: str) -> Section:
    markdown = "\n\n".join(_block_text(block) for block in part.blocks)
    return Section(draft.slug, draft.title, part.heading, section_id, part.org_size, part.kind, markdown)


def _block_text(block: Block) -> str:
    return block.joint.join(line.lead + line.text for line in block.lines)


def _pieces(
    draft: Draft, section: Section, part: _Part, scope: str, count: CountTokens, *, first: int
) -> list[Piece]:
    budget = max(32, PASSAGE_TOKENS - count([passage_prefix(draft.title, part.heading)])[0])
    units = _units(part.blocks, budget, count)
    found = []
    for position, group in enumerate(_pack(units, budget), first):
        text, spans = _join(group)
        passage = Passage(
            id=f"{scope}/{draft.slug}#{position}", scope=scope, slug=draft.slug, title=draft.title,
            section=part.heading, section_id=section.section_id, kind=part.kind, org_size=part.org_size,
            text=text, position=position, source=draft.source,
        )  # fmt: skip
        found.append(Piece(passage, spans))
    return found


def _units(blocks: Sequence[Block], budget: int, count: CountTokens) -> list[_Unit]:
    """Lines with their sizes; a line over the budget is broken up, all others stay whole."""
    lines = [(line, block.joint if at else "\n\n") for block in blocks for at, line in enumerate(block.lines)]
    sizes = count([plain(line.text) for line, _ in lines])
    units: list[_Unit] = []
    for (line, joint), size in zip(lines, sizes, strict=True):
        if size <= budget:
            units.append(_Unit(line, size, joint))
            continue
        smaller = _break(line, budget, count)
        sizes_below = count([plain(part.text) for part in smaller])
        joints = [joint] + ["\n" if line.kind is StepKind.TABLE else " "] * len(smaller)
        units += [_Unit(*unit) for unit in zip(smaller, sizes_below, joints, strict=False)]
    return units


def _break(line: Line, budget: int, count: CountTokens) -> list[Line]:
    """A table falls into runs of rows under its header, other text into sentences, then runs of words."""
    if line.kind is StepKind.TABLE:
        header, rows = line.text.split("\n")[:2], line.text.split("\n")[2:]
        head = "\n".join(header)
        room = max(16, budget - count([plain(head)])[0])
        texts = [f"{head}\n{run}" for run in _runs(rows, "\n", room, count)]
        return [replace(line, text=text) for text in texts or [line.text]]
    texts = []
    for sentence in sentences(" ".join(line.text.split())):
        texts += _runs(sentence.split(), " ", budget, count)
    return [replace(line, text=text, lead=line.lead if not at else "") for at, text in enumerate(texts)]


def _runs(parts: Sequence[str], joint: str, budget: int, count: CountTokens) -> list[str]:
    """Consecutive parts joined into texts within the budget (a single larger part stands alone)."""
    runs: list[list[str]] = []
    used = 0
    for part, size in zip(parts, count([plain(part) for part in parts]), strict=True):
        if not runs or used + size > budget:
            runs.append([])
            used = 0
        runs[-1].append(part)
        used += size
    return [joint.join(run) for run in runs]


def _pack(units: Sequence[_Unit], budget: int) -> list[list[_Unit]]:
    """Fill passages in order, of about equal size so that none ends as a scrap."""
    total = sum(unit.tokens for unit in units)
    passages = max(1, -(-total // budget))
    target = min(budget, -(-total // passages))
    groups: list[list[_Unit]] = []
    used = 0
    for unit in units:
        if not groups or used + unit.tokens > budget or used >= target:
            groups.append([])
            used = 0
        groups[-1].append(unit)
        used += unit.tokens
    return groups


def _join(group: Sequence[_Unit]) -> tuple[str, tuple[Span, ...]]:
    text, spans = "", []
    for unit in group:
        text += (unit.joint if text else "") + unit.line.lead
        spans.append(Span(len(text), len(text) + len(unit.line.text), unit.line.kind))
        text += unit.line.text
    return text, tuple(spans)
