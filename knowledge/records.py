"""Documents as lines of JSON, and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from knowledge.document import Document, Piece, Span
from knowledge.types import Article, OrgSize, Passage, Section, SectionKind, StepKind


def dump(document: Document) -> str:
    """One line of JSON; what can be told from the article is not repeated in its passages."""
    article = asdict(document.article)
    return json.dumps(
        {
            "key": document.key,
            "hash": document.content_hash,
            "ways_in": document.ways_in,
            "article": article,
            "passages": [_dump_piece(piece) for piece in document.pieces],
        },
        ensure_ascii=False,
    )


def load(line: str) -> Document:
    """A document from its line; raises ValueError, KeyError or TypeError when the line is damaged."""
    record = json.loads(line)
    article = _load_article(record["article"])
    sections = {section.section_id: section for section in article.sections}
    pieces = tuple(_load_piece(entry, article, sections) for entry in record["passages"])
    return Document(record["key"], record["hash"], article, pieces, tuple(record["ways_in"]))


def _dump_piece(piece: Piece) -> dict[str, Any]:
    passage = piece.passage
    return {
        "section": passage.section_id,
        "text": passage.text,
        "source": passage.source,
        "spans": [[span.start, span.end, span.kind.value] for span in piece.spans],
        "at": passage.position,
    }


def _load_article(record: Mapping[str, Any]) -> Article:
    sections = tuple(
        Section(**{**entry, "org_size": _size(entry["org_size"]), "kind": SectionKind(entry["kind"])})
        for entry in record["sections"]
    )
    lists = {name: tuple(record[name]) for name in ("related", "sources")}
    return Article(**{**record, **lists, "sections": sections})


def _size(value: str | None) -> OrgSize | None:
    return None if value is None else OrgSize(value)


def _load_piece(entry: Mapping[str, Any], article: Article, sections: Mapping[str, Section]) -> Piece:
    section = sections[entry["section"]]
    passage = Passage(
        id=f"{article.scope}/{article.slug}#{entry['at']}", scope=article.scope, slug=article.slug,
        title=article.title, section=section.heading, section_id=section.section_id, kind=section.kind,
        org_size=section.org_size, text=entry["text"], position=entry["at"], source=entry["source"],
    )  # fmt: skip
    spans = tuple(Span(start, end, StepKind(kind)) for start, end, kind in entry["spans"])
    return Piece(passage, spans)
