"""Where to read on after a self-assessment: sections of its article, and one for each of the biggest gaps."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.answering.assessment import NextStep, Result
from knowledge.types import Article, Section, SectionKind

MOST_READ = 3
_RULE = "Is our IT manager ready"
# How the section of each step is found: by its part in the article, or by the first words of its heading.
_SECTIONS: Mapping[NextStep, SectionKind | str] = {
    NextStep.PLAN: SectionKind.STEPS,
    NextStep.GROW: "How can an IT manager grow",
    NextStep.COMPLEMENT: "How do we fill a gap",
    NextStep.MEASURE: SectionKind.MEASURES,
}
# The article of the methodology that is about a competency; a few are of persons and have none.
SUBJECTS: Mapping[str, str] = {
    "Plain-language briefing": "it-performance-reporting",
    "Listening and consulting": "demand-and-portfolio",
    "Influencing without authority": "organisational-change",
    "Negotiation": "vendor-and-contract-management",
    "Storytelling with numbers": "business-case-and-benefits",
    "Strategy and operating model": "it-im-strategy",
    "Finance literacy": "it-budgeting",
    "Risk and law": "it-risk-and-compliance",
    "Architecture": "enterprise-architecture",
    "Data and records": "records-management",
    "Security and continuity": "business-continuity",
    "Delivery and change": "project-delivery",
    "Sourcing": "sourcing-strategy",
}


@dataclass(frozen=True)
class Place:
    """A section of the methodology that a button opens."""

    slug: str
    title: str
    section_id: str


@dataclass(frozen=True)
class Report:
    """A result with where to read on: `code` names the answers, `reading` a competency's article."""

    result: Result
    code: str
    rule: Place | None
    steps: tuple[tuple[NextStep, Place | None], ...]
    reading: tuple[tuple[str, Place], ...]

    def to_payload(self) -> dict[str, Any]:
        """Return it as an outbox row keeps it."""
        return asdict(self)

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> "Report":
        """Return what `to_payload` stored."""
        return cls(
            result=Result.from_payload(payload["result"]),
            code=payload["code"],
            rule=_stored(payload["rule"]),
            steps=tuple((NextStep(step), _stored(place)) for step, place in payload["steps"]),
            reading=tuple((name, Place(**place)) for name, place in payload["reading"]),
        )


def _stored(payload: Mapping[str, Any] | None) -> Place | None:
    return Place(**payload) if payload else None


def report_on(result: Result, code: str, article: Article, find: Callable[[str], Article | None]) -> Report:
    """Return the result with the sections the present index holds; `find` looks an article up. Blocking."""
    steps = tuple((step, _place(article, _SECTIONS[step])) for step in result.steps)
    reading = []
    for line in (*result.serious, *result.smaller)[:MOST_READ]:
        about = find(SUBJECTS[line.name]) if line.name in SUBJECTS else None
        place = _place(about, SectionKind.GOOD) if about else None
        if place is not None:
            reading.append((line.name, place))
    return Report(result, code, _place(article, _RULE), steps, tuple(reading))


def _place(article: Article, sign: SectionKind | str) -> Place | None:
    found = next((section for section in article.sections if _fits(section, sign)), None)
    return Place(article.slug, article.title, found.section_id) if found else None


def _fits(section: Section, sign: SectionKind | str) -> bool:
    return section.kind is sign if isinstance(sign, SectionKind) else section.heading.startswith(sign)
