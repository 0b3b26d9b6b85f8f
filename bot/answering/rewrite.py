"""Making a question stand on its own: what a follow-up leaves out is taken from the talk before it."""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.answering import references
from bot.answering.acts import without_complaint
from bot.answering.hands import WORK
from bot.answering.intents import find_intents
from bot.answering.sectors import SectorStatement, find_sector
from bot.answering.sizes import SizeStatement, find_size
from bot.answering.splitting import split
from bot.answering.subjects import ASKS, NOT_REFERRING, asks, folded, refers, stands_alone, subjects
from bot.answering.types import Reason, Speaker, Turn
from bot.answering.wording import clean, content_words, fold, without_courtesies, words

_MAX_QUERY = 600  # characters; more adds nothing the embedding could still read (256 word pieces)
_CONNECTS = re.compile(
    r"^(?:and|but|or|so|then|also|plus|what about|how about|what if|same|like what|such as|for example|any "
    r"examples?|for (?:an?|the|our)|in (?:an?|the|our)|with(?:out)?|"
    r"an? example|give me an example|examples?|tell me more|more|go on|explain|in what order|what else"
    r"|anything else|why|"
    r"why not|how so|how come|by when|by whom|which (?:one|ones|of)|the (?:first|second|third|last|other) "
    r"(?:one|step|point))\b"
)
_WHOLE_AFTER = re.compile(
    r"^(?:(?:and|but|or|so|then|also|plus)[ ,]+)+(?:what|how|which|who|when|where|why|should|do|does|is|are|can)\b(?! (?:about|if)\b)"
)
_ASKS_BARELY = re.compile(r"^(?:how often|how long|how many|how much|how big|when|who|where|which)\b")
_NO_QUESTION = WORK | {
    Reason.GREETING,
    Reason.THANKS,
    Reason.CAPABILITIES,
    Reason.ASKED_FOR_PERSON,
    Reason.TOO_VAGUE,
}
_LEFT_OVER = re.compile(r"^(?:(?:(?:here|and|so|with|now|but|in total)\b|&|- )[ ,]*)+", re.IGNORECASE)
_HANGS = re.compile(r"(?:for|at|with|in)\b")
_CARRIES = re.compile(
    r"(?<! and)(?<! or)(?<! of)(?<! the)(?<! a)(?<! an)(?<! to)(?<! our)(?<! for)(?<! than)$"
)
_ASKS = re.compile(r"\b(?:what|how|which|who|when|where|why|should|do we|can|need|want|would|could)\b")
_CORRECTS = re.compile(r"^(?:no|nope|sorry|actually|i meant?|correction|wait|oops)\b[ ,:-]*", re.IGNORECASE)
_SAYS_WHO = re.compile(r"(?:we|i|as|being|this|it|ours|here|speaking)\b")
_SHORT = 9  # words of a message that may lean on the thread though its wording does not say so
_SURELY_NEW = 0.975  # from so sure an answer a bare word or two are a subject of their own
_SURELY_OWN, _SEVERAL = 0.95, 2  # the same for a message of more subjects than this, though it says "it"
_LONGEST_FRAGMENT = 6
# A follow-up that only turns its subject over has no more words than this.
_LONGEST_TURN = 14


@dataclass(frozen=True)
class Topics:
    """What a person asked so far: whole questions in order, the one in hand, those of the last message."""

    roots: tuple[str, ...] = ()
    current: str = ""
    parts: tuple[str, ...] = ()

    def to(self, question: str, *parts: str) -> "Topics":
        """Return the topics after one more whole question."""
        return Topics((*self.roots, *(parts or (question,))), parts[-1] if parts else question, parts)


@dataclass(frozen=True)
class Reading:
    """What a message may mean beside what its wording suggests; taken from this sure an answer on.

    Zero: it serves where the first reading finds no answer. `leans`: it is read with the topic of the thread.
    """

    standalone: str
    sure: float
    leans: bool = False


def rewrite(text: str, thread: tuple[Turn, ...] = ()) -> str:
    """Return the question as it should be searched for, with the context of the thread where it needs it."""
    standalone, _ = _read(text, _topics(thread), thread)
    return standalone[:_MAX_QUERY]


def topic_of(thread: tuple[Turn, ...]) -> str:
    """Return the question the thread is about, standing on its own; empty when none was asked."""
    return _topics(thread).current


def other_readings(text: str, thread: tuple[Turn, ...], intents: frozenset[Reason]) -> Iterator[Reading]:
    """Yield what else a message may mean in its thread."""
    topic = topic_of(thread)
    message = without_size(without_courtesies(text))
    if not topic or not content_words(fold(message)) or intents & {Reason.NOT_COVERED, Reason.OFF_TOPIC}:
        return
    short = len(words(fold(message))) <= _SHORT
    if rewrite(text, thread) != f"{message} {topic}"[:_MAX_QUERY].strip():
        if short and _may_lean(_folded(message)):
            yield Reading(f"{message} {topic}"[:_MAX_QUERY], 0.0, leans=True)
    elif not points_back(message):
        yield Reading(message, _SURELY_NEW)
    elif (own := len(subjects(_folded(message)))) > 1:
        yield Reading(message, _SURELY_OWN if own > _SEVERAL else 0.0)


def open_readings(text: str, thread: tuple[Turn, ...]) -> tuple[str, str] | None:
    """Return a message alone and with the topic of its thread; None where the wording settles which is meant."""
    topics = _topics(thread)
    message = without_size(without_courtesies(text))
    if not topics.current or not content_words(fold(message)) or without_complaint(text) is not None:
        return None
    if _is_fragment(message) or _pointed(message, topics, thread) is not None:
        return None
    return message[:_MAX_QUERY], f"{message} {topics.current}"[:_MAX_QUERY].strip()


def continues(text: str) -> bool:
    """Say whether a message opens like the continuation of an earlier one ('and ...', 'tell me more')."""
    return bool(_CONNECTS.match(fold(text)))


@lru_cache(maxsize=64)
def _topics(thread: tuple[Turn, ...]) -> Topics:
    topics = Topics()
    for at, turn in enumerate(thread):
        if turn.speaker is Speaker.PERSON and not find_intents(turn.text, thread[:at]) & _NO_QUESTION:
            after = thread[at + 1] if at + 1 < len(thread) else None
            if topics.current and after is not None and _is_beside(turn.text, after):
                continue
            read_as = after.read_as if after is not None and after.reason is Reason.COVERED else ""
            topics = _as_answered(turn.text, topics, thread[:at], read_as)
    return topics


def _is_beside(text: str, answer: Turn) -> bool:
    """Say whether a message was no question on what the talk is about, by what became of it.

    A product asked for in a whole question is what the talk is about, though none is named.
    """
    if answer.reason in (None, Reason.COVERED):
        return False
    return answer.reason is not Reason.PRODUCT_CHOICE or not stands_alone(folded(without_courtesies(text)))


def _as_answered(text: str, topics: Topics, thread: tuple[Turn, ...], read_as: str) -> Topics:
    """Return the topics after a message, by the reading of it that was answered, where that is known."""
    standalone, after = _read(text, topics, thread)
    if not read_as or after.parts or read_as == standalone[:_MAX_QUERY]:
        return after
    message = without_size(without_courtesies(text))
    went_on = bool(topics.current) and read_as == f"{message} {topics.current}"[:_MAX_QUERY]
    return _turned(message, topics) if went_on else topics.to(read_as)


def _read(text: str, topics: Topics, thread: tuple[Turn, ...]) -> tuple[str, Topics]:
    """Return a message standing alone, and the topics after it."""
    left = without_complaint(text)
    message = without_size(without_courtesies(left or text))
    if left == "" or (topics.current and not content_words(fold(message)) and not leans_on_thread(message)):
        return (topics.current or clean(text)), topics
    pointed = _pointed(message, topics, thread) if thread else None
    if pointed is not None:
        return pointed
    if topics.current and leans_on_thread(message):
        return f"{message} {topics.current}".strip(), _turned(message, topics)
    parts = split(text).questions
    whole = message or clean(text)
    return whole, topics.to(whole, *(parts if len(parts) > 1 else ()))


def _turned(message: str, topics: Topics) -> Topics:
    """Return the topics after a follow-up: one that names something of its own narrows what is in hand."""
    if not topics.roots or not subjects(folded(message)):
        return replace(topics, parts=())
    root = next((root for root in reversed(topics.roots) if topics.current.endswith(root)), topics.current)
    return Topics(topics.roots, f"{message} {root}")


def _pointed(message: str, topics: Topics, thread: tuple[Turn, ...]) -> tuple[str, Topics] | None:
    """Return the message by what it points at with so many words; None when it does not."""
    said = next((turn.text for turn in reversed(thread) if turn.speaker is Speaker.ASSISTANT), "")
    back = references.returned_to(message, topics.roots)
    if back is not None:
        question, rest = back
        return f"{rest} {question}".strip(), replace(topics.to(question), roots=topics.roots)
    if topics.current and (correction := references.correction_of(message)):
        meant = references.corrected(correction, topics.current, topics.parts or topics.roots)
        return meant, Topics((*topics.roots[:-1], meant), meant)
    choice = references.chosen(message, topics.parts, said)
    if choice is not None and not (stands_alone(folded(message)) and not topics.current):
        question, is_whole = choice
        if is_whole:
            return f"{message} {question}", Topics(topics.roots, question, topics.parts)
        after = topics if topics.current else topics.to(question)
        return f"{message} {question} {topics.current}".strip(), after
    quote = references.quoted(message, thread)
    if quote is not None and topics.current:
        bare = references.without_quote(message)
        return f"{bare} {quote} {topics.current}", topics
    return None


def _may_lean(said: str) -> bool:
    """Say whether a message names so little that the thread may say what it is about."""
    own = len(subjects(said))
    return own <= 1 or (own == 2 and asks(said))


def leans_on_thread(message: str) -> bool:
    """Say whether a message cannot be understood without what was said before."""
    said = _folded(message)
    length = len(words(said))
    is_fragment = length <= 4 and len(subjects(said)) <= 1 and not ASKS.match(said)
    return points_back(message) or ((length <= 2 or is_fragment) and not _CONNECTS.match(said))


def points_back(message: str) -> bool:
    """Say whether the wording itself refers to what was said before; a bare subject ('backups?') does not."""
    said = _folded(message)
    own = subjects(NOT_REFERRING.sub(" ", said))
    length = len(words(said))
    if refers(said) and len(own) <= 3 and length <= _LONGEST_TURN:
        return True
    if _CONNECTS.match(said):
        return len(own) <= 2 and length <= 9 and not (_WHOLE_AFTER.match(said) and stands_alone(said))
    if not own:
        return length <= _LONGEST_TURN
    return bool(_ASKS_BARELY.match(said) and len(own) == 1 and length <= 4 and not stands_alone(said))


def _is_fragment(message: str) -> bool:
    """Say whether a message is a mere "and for databases?", which nobody says of nothing."""
    said = _folded(message)
    opening = _CONNECTS.match(said)
    is_short = len(words(said)) <= _LONGEST_FRAGMENT and len(subjects(said)) <= _SEVERAL
    return opening is not None and is_short and not _ASKS.search(said[opening.end() :])


def _folded(message: str) -> str:
    return _CORRECTS.sub("", folded(message))


def without_size(text: str) -> str:
    """Return the message without its statement of size or sector, where the rest stays well formed.

    A clause of its own is left out ("we are 40, ..."), and so is "... for 40 people?" at a question's end.
    What carries its sentence stays ("a firm of 40 needs ..."): a sentence is searched best whole.
    """
    sized = _without(text, find_size(text, known=True))
    sector, said = find_sector(sized), fold(sized)
    # "We're a law firm, ..." says nothing else; "Law firm: ..." may be what the rest is about.
    is_clause = sector is not None and _SAYS_WHO.match(said, sector.start)
    is_closed = sector is not None and not re.match(r" *\w", said[sector.end :])
    return _without(sized, sector) if is_clause and is_closed else sized


def _without(text: str, statement: SizeStatement | SectorStatement | None) -> str:
    if statement is None or not statement.own:
        return text
    folded = fold(text)
    cleaned = clean(text)
    written = cleaned if len(cleaned) == len(folded) else folded  # folding rarely changes the length
    before = _CORRECTS.sub("", written[: statement.start].strip())
    said = folded[statement.start : statement.end].strip()
    after = written[statement.end :].strip()
    if before.endswith("(") and after.startswith(")"):
        before, after = before[:-1].rstrip(), after[1:].lstrip()
    elif not _may_be_cut(before.lower(), said, after.lower()):
        return text
    if not before or before[-1] in ".?!;":
        after = _LEFT_OVER.sub("", after.lstrip(" ,.;:-!)"))
    rest = re.sub(r"\s+([,.;:?!])", r"\1", f"{before} {after}".strip())
    return re.sub(r"[,;:]+(?=[,.;:?!])", "", rest).strip(" ,.;:-!")


def _may_be_cut(before: str, said: str, after: str) -> bool:
    """Say whether what was said is a clause of its own, or hangs by a preposition at the end."""
    closed = not after or after[0] in ",.;:?!"
    if not before or before[-1] in ".?!;":
        return closed or bool(_LEFT_OVER.match(after))
    if before[-1] in ",:-":
        return closed
    return after.startswith("?") and bool(_HANGS.match(said)) and bool(_CARRIES.search(before))


def only_states_size(text: str, *, replying: bool, known: bool) -> bool:
    """Say whether a message states the size and asks nothing."""
    said = fold(text)
    statement = None if "?" in said else find_size(text, replying=replying, known=known)
    if statement is None or not statement.own:
        return False
    rest = _CORRECTS.sub("", f"{said[: statement.start]} {said[statement.end :]}".strip(" ,.;:-!"))
    return not _ASKS.search(rest) and len(content_words(rest)) <= 1
