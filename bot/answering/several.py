"""One reply to several questions: a part for each with its own sources, on one first screen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answering import phrases
from bot.answering.compose import MAX_CITATIONS
from bot.answering.layout import count_words
from bot.answering.sheet import FIRST_SCREEN_WORDS
from bot.answering.splitting import headline
from bot.answering.subjects import folded, subjects
from bot.answering.types import Answer, Citation, Decision, Outcome, Part, PartKind, Reason
from bot.answering.wording import fold, stems

# What decides for the whole message, whatever else it asks.
WINS = frozenset(
    {
        Reason.LIVE_INCIDENT,
        Reason.SENSITIVE,
        Reason.OWN_INSTRUCTIONS,
        Reason.ASKED_FOR_PERSON,
        Reason.HANDS,
        Reason.ASSIGNMENT,
        Reason.EMPTY,
        Reason.TOO_LONG,
        Reason.OTHER_LANGUAGE,
    }
)
# Not a question that could stand beside another.
BESIDE = frozenset(
    {
        Reason.GREETING,
        Reason.THANKS,
        Reason.CAPABILITIES,
        Reason.SIZE_STATED,
        Reason.TOO_VAGUE,
        Reason.NOT_UNDERSTOOD,
        Reason.UNHELPFUL,
    }
)
# From this chance of being covered, a question that was not answered may be a mere elaboration of another.
_NEARLY = 0.35
_SURE = 0.965  # how sure the answers to two questions in one sentence must be for it to be two
_HEADING_WORDS, _CLOSING_WORDS = 14, 24
_LEAST_ROOM = 40


@dataclass(frozen=True)
class Piece:
    """A part of a message with its own answer.

    `excluded`: its words name a subject left out on purpose. `joined`: a mere "and" puts it in one sentence
    with the part before.
    """

    text: str
    answer: Answer
    excluded: bool = False
    joined: bool = False

    @property
    def is_covered(self) -> bool:
        """Whether the methodology answers it."""
        return self.answer.decision.reason is Reason.COVERED


def room_for(count: int) -> int:
    """Return the words that each of several answers has on the first screen, its heading apart."""
    shared = FIRST_SCREEN_WORDS - _CLOSING_WORDS
    return max(_LEAST_ROOM, shared // count - _HEADING_WORDS)


def is_one(first: Piece, second: Piece, *, listed: bool) -> bool:
    """Say whether two parts ask about the same thing, so that they are better answered together.

    In one article they are one when they name the same subject, or one's sources hold the other's.
    `listed`: their writer told them apart, so only the very same section makes them one.
    """
    sure = min(first.answer.decision.confidence, second.answer.decision.confidence)
    both = first.is_covered and second.is_covered
    if second.joined and (not both or sure < _SURE or stems(fold(first.text)) & stems(fold(second.text))):
        return True
    if both:
        ours, theirs = first.answer.citations[0], second.answer.citations[0]
        if (ours.scope, ours.slug) != (theirs.scope, theirs.slug):
            return False
        shared = stems(" ".join(subjects(folded(first.text)))) & stems(
            " ".join(subjects(folded(second.text)))
        )
        return ours.section_id == theirs.section_id or bool(shared and not listed)
    if listed:
        return False
    open_ones = [piece for piece in (first, second) if not piece.is_covered]
    reasons = {piece.answer.decision.reason for piece in open_ones}
    if len(open_ones) == 2:
        return len(reasons) == 1
    nearly = not any(_is_apart(piece) for piece in open_ones)
    return reasons == {Reason.NOT_COVERED} and nearly and _share(first, second)


def _cites(piece: Piece, citation: Citation) -> bool:
    return any(citation.section_id == own.section_id for own in piece.answer.citations)


def _share(first: Piece, second: Piece) -> bool:
    """Say whether two parts name a subject in common."""
    named = [stems(" ".join(subjects(folded(piece.text)))) for piece in (first, second)]
    return bool(named[0] & named[1])


def _is_apart(piece: Piece) -> bool:
    return piece.excluded or piece.answer.decision.numbers.get("covered", 0.0) < _NEARLY


def join(pieces: Sequence[Piece], *, more: bool = False) -> Answer:
    """Return one answer of several; `more`: further questions were left for later."""
    citations = _shared([piece.answer.citations for piece in pieces])
    shown: list[Part] = []
    behind: list[Part] = []
    for piece in pieces:
        on_screen, rest = _placed(piece, citations)
        shown += on_screen
        behind += rest
    closing = _closing(pieces, more=more)
    moved = overflow(shown, FIRST_SCREEN_WORDS - sum(map(_length, closing)))
    shown = [part for part in shown if part not in moved]
    lead = next((piece.answer for piece in pieces if piece.is_covered), pieces[0].answer)
    parts, used = _used((*shown, *closing, *moved, *behind), citations)
    return replace(
        lead,
        decision=_decision(pieces),
        parts=parts,
        citations=used,
        offer_sizes=any(piece.answer.offer_sizes for piece in pieces),
        standalone=" ".join(piece.answer.standalone for piece in pieces),
        first_screen=len(shown) + len(closing),
        questions=tuple(piece.text for piece in pieces),
    )


def _decision(pieces: Sequence[Piece]) -> Decision:
    """Return the decision on the whole: an answer where any part is one, as sure as the least sure."""
    covered = [piece.answer.decision for piece in pieces if piece.is_covered]
    handed = [piece.answer.decision for piece in pieces if piece.answer.decision.outcome is Outcome.ESCALATE]
    leading = (covered or handed or [pieces[0].answer.decision])[0]
    sure = min((decision.confidence for decision in covered), default=leading.confidence)
    numbers = {**leading.numbers, "questions": float(len(pieces))}
    return replace(leading, confidence=sure, numbers=numbers)


def _shared(each: Sequence[Sequence[Citation]]) -> tuple[Citation, ...]:
    """Return the citations kept, no more than one answer has: the first of each part, then the seconds."""
    longest = max(map(len, each), default=0)
    ordered = [own[place] for place in range(longest) for own in each if place < len(own)]
    return tuple(dict.fromkeys(ordered))[:MAX_CITATIONS]


def _placed(piece: Piece, citations: Sequence[Citation]) -> tuple[list[Part], list[Part]]:
    """Return what a part shows on the first screen, under its question, and what stands behind it."""
    question = heading_of(piece.text)
    answer = piece.answer
    if not piece.is_covered:
        own = replace(answer.parts[0], kind=PartKind.TEXT, lines=answer.parts[0].lines[:1], heading=question)
        return [own], []
    shown = _kept(answer.parts[: answer.first_screen], answer, citations)
    rest = _kept(answer.parts[answer.first_screen :], answer, citations)
    if rest and not rest[0].heading:
        rest[0] = replace(rest[0], heading=question)
    return [replace(shown[0], heading=question), *shown[1:]], rest


def _kept(parts: Sequence[Part], answer: Answer, citations: Sequence[Citation]) -> list[Part]:
    """Return those of an answer's parts that rest on a citation which was kept, by its new number."""
    kept = []
    for part in parts:
        cited = None if part.cited is None else answer.citations[part.cited]
        if cited is None or cited in citations:
            kept.append(replace(part, cited=None if cited is None else citations.index(cited)))
    return kept


def heading_of(text: str) -> str:
    """Return the question as it stands above its answer."""
    said = headline(text).rstrip(" .?;,").split()
    return f"{' '.join(said[:_HEADING_WORDS])}{'…' if len(said) > _HEADING_WORDS else '?'}"


def _closing(pieces: Sequence[Piece], *, more: bool) -> list[Part]:
    said = [phrases.left_open()] if not all(piece.is_covered for piece in pieces) else []
    said += [phrases.not_all_at_once(len(pieces))] if more else []
    return [Part(PartKind.TEXT, tuple(said), None)] if said else []


def overflow(shown: Sequence[Part], room: int) -> list[Part]:
    """Return the parts that must go behind the first screen, the longest without a heading first."""
    moved: list[Part] = []
    free = sorted((part for part in shown if not part.heading), key=_length)
    while sum(map(_length, shown)) - sum(map(_length, moved)) > room and free:
        moved.append(free.pop())
    return [part for part in shown if part in moved]


def _length(part: Part) -> int:
    return sum(count_words(text) for text in (part.heading, *part.lines))


def _used(
    parts: Sequence[Part], citations: tuple[Citation, ...]
) -> tuple[tuple[Part, ...], tuple[Citation, ...]]:
    """Return the parts with the citations that one of them rests on."""
    used = sorted({part.cited for part in parts if part.cited is not None})
    number = {old: new for new, old in enumerate(used)}
    renumbered = (part if part.cited is None else replace(part, cited=number[part.cited]) for part in parts)
    return tuple(renumbered), tuple(citations[old] for old in used)
