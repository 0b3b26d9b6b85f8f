"""An answer as plain text, as the contract's JSON, and as what the database keeps."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.answering.layout import bare, cells
from bot.answering.types import Answer, Citation, Decision, Outcome, Part, PartKind, Reason
from knowledge.types import OrgSize

_LINE_BREAKS = re.compile(r"\s*\n\s*")


def plain_text(answer: Answer) -> str:
    """Return the answer as read aloud: all parts in order, steps numbered, no markup."""
    starts = step_starts(answer.parts)
    return "\n\n".join(_part_text(part, start) for part, start in zip(answer.parts, starts, strict=True))


def step_starts(parts: Sequence[Part]) -> tuple[int, ...]:
    """Return the number of each part's first line: STEPS of one section go on counting, all else is 1."""
    counted: dict[int | None, int] = {}
    starts = []
    for part in parts:
        starts.append(counted.get(part.cited, 0) + 1 if part.kind is PartKind.STEPS else 1)
        if part.kind is PartKind.STEPS:
            counted[part.cited] = counted.get(part.cited, 0) + len(part.lines)
    return tuple(starts)


def _part_text(part: Part, start: int) -> str:
    heading = f"{bare(part.heading)}\n" if part.heading else ""
    match part.kind:
        case PartKind.STEPS:
            body = "\n".join(f"{number}. {bare(line)}" for number, line in enumerate(part.lines, start))
        case PartKind.BULLETS:
            body = "\n".join(f"- {bare(line)}" for line in part.lines)
        case PartKind.TABLE:
            body = "\n".join(_row_text(cells(part.lines[0]), cells(row)) for row in part.lines[1:])
        case _:
            body = " ".join(_LINE_BREAKS.sub(" ", bare(line)) for line in part.lines)
    return heading + body


def _row_text(header: Sequence[str], row: Sequence[str]) -> str:
    """Return a table row as a sentence a screen reader can follow: label, then named values."""
    named = [
        f"{name}: {value}" if name else value
        for name, value in zip(header[1:], row[1:], strict=False)
        if value
    ]
    return bare(f"- {row[0]} – {'; '.join(named)}" if named else f"- {row[0]}")


def to_json(answer: Answer, question_id: str, milliseconds: float) -> dict[str, Any]:
    """Return the contract's JSON of one answer (`vcio ask --json`)."""
    return {
        "id": question_id,
        "outcome": str(answer.decision.outcome),
        "answer": plain_text(answer),
        "citations": [
            {
                "slug": cited.slug,
                "title": cited.title,
                "section": cited.section,
                "score": round(cited.score, 3),
            }
            for cited in answer.citations
        ],
        "confidence": round(answer.decision.confidence, 3),
        "reason": str(answer.decision.reason),
        "org_size": str(answer.org_size) if answer.org_size else None,
        "ms": round(milliseconds, 1),
    }


def to_stored(answer: Answer) -> dict[str, Any]:
    """Return the answer as JSON values, from which `from_stored` makes an equal one."""
    decision = answer.decision
    return {
        "decision": {
            "outcome": str(decision.outcome),
            "reason": str(decision.reason),
            "confidence": decision.confidence,
            "numbers": dict(decision.numbers),
        },
        "parts": [
            {"kind": str(part.kind), "lines": list(part.lines), "cited": part.cited, "heading": part.heading}
            for part in answer.parts
        ],
        "citations": [
            {
                "scope": cited.scope,
                "slug": cited.slug,
                "title": cited.title,
                "section": cited.section,
                "section_id": cited.section_id,
                "score": cited.score,
            }
            for cited in answer.citations
        ],
        "org_size": _name(answer.org_size),
        "stated_size": _name(answer.stated_size),
        "offer_sizes": answer.offer_sizes,
        "standalone": answer.standalone,
        "first_screen": answer.first_screen,
        "questions": list(answer.questions),
        **({"is_composed": True} if answer.is_composed else {}),
    }


def from_stored(stored: Mapping[str, Any]) -> Answer:
    """Return the answer kept by `to_stored`; KeyError or ValueError when the record is not one."""
    decision = stored["decision"]
    return Answer(
        decision=Decision(
            Outcome(decision["outcome"]),
            Reason(decision["reason"]),
            decision["confidence"],
            dict(decision["numbers"]),
        ),
        parts=tuple(
            Part(PartKind(part["kind"]), tuple(part["lines"]), part["cited"], part["heading"])
            for part in stored["parts"]
        ),
        citations=tuple(Citation(**cited) for cited in stored["citations"]),
        org_size=_size(stored["org_size"]),
        stated_size=_size(stored["stated_size"]),
        offer_sizes=stored["offer_sizes"],
        standalone=stored["standalone"],
        first_screen=stored["first_screen"],
        questions=tuple(stored.get("questions", ())),
        is_composed=bool(stored.get("is_composed", False)),
    )


def _name(size: OrgSize | None) -> str | None:
    return str(size) if size else None


def _size(name: str | None) -> OrgSize | None:
    return OrgSize(name) if name else None
