"""The parts of a reply that is not an answer from the methodology."""

from collections.abc import Sequence

from bot.answering import phrases
from bot.answering.bookshelf import Bookshelf
from bot.answering.layout import lines_of
from bot.answering.types import Citation, Decision, Part, PartKind, Question, Reason
from bot.answering.understanding import Heard
from knowledge.scope import METHODOLOGY
from knowledge.types import Search, Section

_CRITERIA_SLUG = "vendor-selection"  # the article that holds the neutral criteria
_CRITERIA_HEADING = "product"  # the word its section on product questions carries
_CRITERIA_LINES = 4
_TOPICS = 2


def reply(
    shelf: Bookshelf, question: Question, heard: Heard, decision: Decision, search: Search | None
) -> tuple[tuple[Part, ...], tuple[Citation, ...]]:
    """Return the parts and citations of a reply for any reason but COVERED."""
    if decision.reason is Reason.PRODUCT_CHOICE:
        return _criteria(shelf, question.scopes)
    return (_own(_sentences(question, heard, decision, search)),), ()


def file_note(question: Question, decision: Decision) -> tuple[Part, ...]:
    """Return the note on attachments, unless there are none or the reply is about nothing else."""
    if not question.files or decision.reason is Reason.EMPTY:
        return ()
    return (Part(PartKind.TEXT, (phrases.files_kept(question.files),), None),)


def _own(sentences: Sequence[str]) -> Part:
    return Part(PartKind.LEAD, tuple(sentences), None)


def _sentences(
    question: Question, heard: Heard, decision: Decision, search: Search | None
) -> tuple[str, ...]:
    match decision.reason:
        case Reason.LIVE_INCIDENT:
            return phrases.live_incident(question.contacts)
        case Reason.EVERYDAY_SUPPORT:
            return phrases.everyday_support(question.contacts)
        case Reason.TOO_VAGUE:
            return phrases.too_vague(_titles(search))
        case Reason.SIZE_STATED if heard.stated_size:
            return phrases.size_noted(heard.stated_size)
        case Reason.EMPTY if question.files:
            return phrases.files_only(question.files)
        case reason:
            return phrases.fixed(reason)


def _titles(search: Search | None) -> list[str]:
    """Return the titles of the nearest articles, to offer as topics."""
    hits = (
        sorted(search.hits, key=lambda hit: -search.article_scores.get(hit.passage.slug, 0.0))
        if search
        else []
    )
    return list(dict.fromkeys(f"“{hit.passage.title}”" for hit in hits))[:_TOPICS]


def _criteria(shelf: Bookshelf, scopes: Sequence[str]) -> tuple[tuple[Part, ...], tuple[Citation, ...]]:
    """Return the refusal to name a product with the methodology's neutral way to choose."""
    refusal, close = (
        _own(phrases.fixed(Reason.PRODUCT_CHOICE)),
        Part(PartKind.TEXT, (phrases.product_process(),), None),
    )
    section = _criteria_section(shelf) if METHODOLOGY in scopes else None
    if section is None:
        return (refusal, close), ()
    lines = [line.text for line in lines_of(section.markdown) if line.stands_alone and not line.opens_list]
    quoted = Part(PartKind.TEXT, tuple(lines[1 : 1 + _CRITERIA_LINES]), 0)
    citation = Citation(METHODOLOGY, section.slug, section.title, section.heading, section.section_id, 1.0)
    return (refusal, quoted, close), (citation,)


def _criteria_section(shelf: Bookshelf) -> Section | None:
    article = shelf.article(METHODOLOGY, _CRITERIA_SLUG)
    sections = article.sections if article else ()
    return next((section for section in sections if _CRITERIA_HEADING in section.heading.lower()), None)
