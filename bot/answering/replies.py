"""The parts of a reply that is not an answer from the methodology."""

from collections.abc import Sequence

from bot.answering import phrases
from bot.answering.bookshelf import Bookshelf
from bot.answering.layout import lines_of
from bot.answering.neutrality import may_leave
from bot.answering.retrieve import rank_articles
from bot.answering.types import Citation, Decision, Part, PartKind, Question, Reason
from bot.answering.understanding import Heard
from bot.answering.verify import neutral
from knowledge.scope import METHODOLOGY
from knowledge.types import Hit, Search, Section, SectionKind

_CRITERIA_SLUG = "vendor-selection"  # the article that holds the neutral criteria
_CRITERIA_HEADING = "product"  # the word its section on product questions carries
_CRITERIA_LINES = 4
_TOPICS = 2
# From this probability of being covered the nearest section is pointed to beside the handover: above it the
# pointer was to the right article for all of our own questions that were withheld though covered.
_NEAR_ENOUGH = 0.4
# Sections that say little to somebody who has not read the others.
_NO_START = frozenset(
    {
        SectionKind.SIZE,
        SectionKind.SIGNS,
        SectionKind.CONSULTANT,
        SectionKind.MEASURES,
        SectionKind.FACTS,
    }
)


def reply(
    shelf: Bookshelf, question: Question, heard: Heard, decision: Decision, search: Search | None
) -> tuple[tuple[Part, ...], tuple[Citation, ...]]:
    """Return the parts and citations of a reply for any reason but COVERED."""
    if decision.reason is Reason.PRODUCT_CHOICE:
        return _criteria(shelf, question.scopes)
    own = _own(_sentences(question, heard, decision, search))
    nearest = _nearest(heard, decision, search)
    if nearest is None:
        return (own,), ()
    return (own, Part(PartKind.TEXT, (phrases.nearest(nearest.title, nearest.section),), None)), (nearest,)


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


def _nearest(heard: Heard, decision: Decision, search: Search | None) -> Citation | None:
    """Return the section to point to where the methodology nearly covers a question."""
    near = decision.numbers.get("covered", 0.0) >= _NEAR_ENOUGH and Reason.NOT_COVERED not in heard.intents
    if search is None or decision.reason is not Reason.NOT_COVERED or not near:
        return None
    ranked = rank_articles(search)[:1]
    hit = next((hit for hit in search.hits if _starts(hit, ranked)), None)
    if hit is None:
        return None
    found, score = hit.passage, round(max(0.0, hit.dense), 3)
    return Citation(found.scope, found.slug, found.title, found.section, found.section_id, score)


def _starts(hit: Hit, articles: Sequence[tuple[str, str]]) -> bool:
    found = hit.passage
    may_be_named = all(may_leave(name, found.scope) for name in (found.title, found.section))
    return (found.scope, found.slug) in articles and found.kind not in _NO_START and may_be_named


def _titles(search: Search | None) -> list[str]:
    """Return the titles of the nearest articles, to offer as topics."""
    hits = (
        sorted(search.hits, key=lambda hit: -search.article_scores.get(hit.passage.slug, 0.0))
        if search
        else []
    )
    passages = (hit.passage for hit in hits)
    titles = (f"“{found.title}”" for found in passages if may_leave(found.title, found.scope))
    return list(dict.fromkeys(titles))[:_TOPICS]


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
    return neutral((refusal, quoted, close), (citation,))


def _criteria_section(shelf: Bookshelf) -> Section | None:
    article = shelf.article(METHODOLOGY, _CRITERIA_SLUG)
    sections = article.sections if article else ()
    return next((section for section in sections if _CRITERIA_HEADING in section.heading.lower()), None)
