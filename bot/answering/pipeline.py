"""The story of one message: understand, search, decide, compose, verify; each of several questions so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answering.anew import asks_anew
from bot.answering.bookshelf import Bookshelf
from bot.answering.compose import compose
from bot.answering.decide import decide, decide_by_wording
from bot.answering.extractive import Asked, Terms
from bot.answering.going_on import (
    GOES_ON,
    KNOWN_HERE,
    MAY_GO_ON,
    by_own_words,
    chance,
    last_answer,
    lift,
    put_forward,
    shown_before,
    signs_of,
    supposes,
    toward,
)
from bot.answering.material import Material, gather
from bot.answering.moods import OFFER_WORDS, complaint_heard, read_mood, with_offer
from bot.answering.reading_ahead import read_ahead
from bot.answering.replies import file_note, reply
from bot.answering.retrieve import rank_articles, weigh
from bot.answering.rewrite import open_readings, other_readings, points_back, topic_of
from bot.answering.several import BESIDE, WINS, Piece, is_one, join, room_for
from bot.answering.shapes import is_negated, shape_of
from bot.answering.sheet import FIRST_SCREEN_WORDS
from bot.answering.splitting import MOST_PARTS, split
from bot.answering.subjects import folded, stands_alone
from bot.answering.taken import Taken
from bot.answering.types import Answer, Decision, Outcome, Question, Reason
from bot.answering.understanding import Heard, understand
from bot.answering.verify import verify
from bot.answering.wording import LONGEST, fold, stems
from knowledge.store import KnowledgeStore
from knowledge.types import Search, Vector

PASSAGES = 40  # looked at for one answer
NEAR_SECTION, _DOUBT = 0.30, 0.5  # best cosine of the leading section, and the confidence without it
# By how much the article of the answer before is put forward for a follow-up; fused scores are about 0 to 1.
_NEAR_BEFORE, _TAIL = 0.5, 40
_TOPIC_WEIGHT = 0.3  # of the words of the topic in hand beside those of a message that goes on with it
# What a message by itself may come to where it leans on its thread.
_SAYS_NOTHING = frozenset({Reason.NOT_COVERED, Reason.TOO_VAGUE, Reason.NOT_UNDERSTOOD, Reason.OFF_TOPIC})


@dataclass(frozen=True)
class _Considered:
    """A question as it was understood, searched and decided; `leaning`: what it says of the topic in hand."""

    question: Question
    heard: Heard
    decision: Decision
    search: Search | None
    leaning: str = ""


class Answerer:
    """Answers questions from the store's scopes. Safe to call from threads; keeps nothing of a question."""

    def __init__(self, store: KnowledgeStore) -> None:
        self.store = store
        self._shelf = Bookshelf(store)

    def answer(self, question: Question) -> Answer:
        """Return the decided, composed, verified answer. Raises KnowledgeError when the index is unusable."""
        return self.finish(self.take(question))

    def take(self, question: Question) -> Taken:
        """Read the wording of a question that is answered later."""
        thread = tuple(replace(turn, text=turn.text[:LONGEST]) for turn in question.thread)
        question = replace(question, thread=thread)
        mood = read_mood(question)
        question = replace(question, text=mood.asked)
        return Taken.of(question, mood, None if mood.only_complains else understand(question))

    def embed(self, several: Sequence[Taken]) -> list[Taken]:
        """Return them with what each has `to_embed` embedded, together: of like length, that is less work."""
        vectors = self.store.embed_all([each.to_embed for each in several])
        return [replace(each, vector=vector) for each, vector in zip(several, vectors, strict=True)]

    def finish(self, taken: Taken) -> Answer:
        """Return the answer to a question that was taken; raises as `answer` does."""
        question, mood = taken.question, taken.mood
        if taken.heard is None:
            answer = complaint_heard(mood)
        else:
            room = FIRST_SCREEN_WORDS - (OFFER_WORDS if mood.may_offer else 0)
            answer = with_offer(self._answer(question, taken.heard, taken.vector, room), mood)
        return replace(answer, parts=(*answer.parts, *file_note(question, answer.decision)))

    def read_ahead(self) -> Iterator[None]:
        """Read the methodology before anything is asked, a step of a millisecond or so at a time."""
        return read_ahead(self.store, self._shelf)

    def _answer(self, question: Question, heard: Heard, vector: Vector | None, room: int) -> Answer:
        whole = self._consider(question, heard, vector)
        several = None if whole.decision.reason in WINS else self._several(whole)
        return several or self._compose(whole, room)

    def _consider(self, question: Question, heard: Heard, vector: Vector | None = None) -> _Considered:
        """Return the decision on a message that asks one thing, in the reading of it that is covered."""
        by_wording = decide_by_wording(heard)
        if by_wording is None and asks_anew(question.text) and (topic := topic_of(question.thread)):
            again = self._read(question, understand(question, topic))
            if again.decision.reason is Reason.COVERED:
                return again
        supposed = by_wording and by_wording.reason is Reason.LEGAL and supposes(question.text)
        if (by_wording is None or supposed) and (weighed := self._in_thread(question, heard)):
            return weighed
        first = self._read(question, heard, vector)
        if first.search is None:
            return first
        for reading in other_readings(question.text, question.thread, first.heard.intents):
            other = self._read(question, understand(question, reading.standalone))
            is_wanted = reading.sure > 0.0 or first.decision.reason is not Reason.COVERED
            is_sure = other.decision.reason is Reason.COVERED and other.decision.confidence >= reading.sure
            if is_wanted and is_sure and (not reading.leans or _stays_on(other)):
                return other
        return first

    def _in_thread(self, question: Question, heard: Heard) -> _Considered | None:
        """Return the decision on what may go on with the thread; None where the wording alone must tell."""
        readings, last = open_readings(question.text, question.thread), last_answer(question.thread)
        if readings is None or last is None or heard.intents & {Reason.NOT_COVERED, Reason.OFF_TOPIC}:
            return None
        message, joined = readings
        alone = self.store.search(message, question.scopes, limit=PASSAGES)
        signs = signs_of(message, alone, last.slugs[0], points_back=points_back(message))
        if signs is None or (Reason.LEGAL in heard.intents and signs.here < KNOWN_HERE):
            return None
        itself = understand(question, message)
        decision = decide(itself, weigh(alone, itself.terms))
        says_something = decision.reason not in _SAYS_NOTHING
        sure = says_something or stands_alone(folded(message))
        if chance(signs) >= (GOES_ON if sure else MAY_GO_ON):
            went_on = self._joined(question, understand(question, joined), last.slugs[0], alone, lift(signs))
            if went_on.decision.reason is Reason.COVERED and (says_something or _stays_on(went_on)):
                return went_on
        return _Considered(question, itself, decision, alone)

    def _joined(self, question: Question, heard: Heard, slug: str, alone: Search, by: float) -> _Considered:
        """Return the decision on a message read with its topic, the article answered from put forward."""
        vector = toward(self.store.embed(heard.standalone), alone.vector)
        search = self.store.search(heard.standalone, question.scopes, limit=PASSAGES, vector=vector)
        search = put_forward(by_own_words(search, alone, slug), slug, by)
        found = weigh(search, heard.terms)
        # What the words are by themselves no longer counts: they were found to ask about the topic.
        decision = decide(heard, found and replace(found, intents={}))
        return _Considered(question, heard, decision, search, alone.query)

    def _read(self, question: Question, heard: Heard, vector: Vector | None = None) -> _Considered:
        decision, search = decide_by_wording(heard), None
        if decision is None:
            search = self.store.search(heard.standalone, question.scopes, limit=PASSAGES, vector=vector)
            search = _near_before(search, question, heard)
            decision = decide(heard, weigh(search, heard.terms))
        return _Considered(question, heard, decision, search)

    def _several(self, whole: _Considered) -> Answer | None:
        """Return the answer to a message that asks about different things; None when it asks about one."""
        question = whole.question
        parts = split(question.text, in_thread=bool(question.thread))
        if len(parts.questions) < 2:
            return None
        single = [_part(question, whole.heard, *part) for part in enumerate(parts.questions[:MOST_PARTS])]
        considered = [self._consider(part, understand(part)) for part in single]
        urgent = next((each for each in considered if each.decision.reason in WINS), None)
        if urgent is not None:
            return self._compose(replace(urgent, question=question), FIRST_SCREEN_WORDS)
        asked = [each for each in considered if each.decision.reason not in BESIDE]
        room = room_for(len(asked))
        pieces = [self._piece(one, room, joined=one.question.text in parts.joined) for one in asked]
        pieces = list(_apart(pieces, listed=parts.listed))
        if len(pieces) < 2 or len(pieces) < len(asked):
            return None
        joined = join(pieces, more=len(parts.questions) > MOST_PARTS)
        return replace(joined, org_size=whole.heard.org_size, stated_size=whole.heard.stated_size)

    def _piece(self, considered: _Considered, room: int, *, joined: bool) -> Piece:
        answer = self._compose(considered, room)
        excluded = Reason.NOT_COVERED in considered.heard.intents
        return Piece(considered.question.text, answer, excluded=excluded, joined=joined)

    def _compose(self, considered: _Considered, room: int) -> Answer:
        question, heard, search = considered.question, considered.heard, considered.search
        if considered.decision.reason is Reason.COVERED and search is not None:
            return self._quote(considered, search, room)
        parts, citations = reply(self._shelf, question, heard, considered.decision, search)
        return Answer(
            decision=considered.decision,
            parts=parts,
            citations=citations,
            org_size=heard.org_size,
            stated_size=heard.stated_size,
            standalone=heard.standalone,
        )

    def _quote(self, considered: _Considered, search: Search, room: int) -> Answer:
        """Return the answer in the methodology's own words; NOT_COVERED when none stands up to the check."""
        heard = considered.heard
        asked = _asked(considered, search)
        material = gather(self._shelf, search, asked)
        if material is None:
            return self._missed(considered)
        composition = compose(material, asked, room=room)
        parts, citations = verify(composition.parts, composition.citations, material.text_of)
        if not citations:
            return self._missed(considered)
        seen_first, _ = verify(
            composition.parts[: composition.first_screen], composition.citations, material.text_of
        )
        return Answer(
            decision=_doubted(considered.decision, material),
            parts=parts,
            citations=citations,
            org_size=heard.org_size,
            stated_size=heard.stated_size,
            offer_sizes=composition.offer_sizes,
            standalone=heard.standalone,
            first_screen=len(seen_first),
        )

    def _missed(self, considered: _Considered) -> Answer:
        decision = replace(considered.decision, outcome=Outcome.ESCALATE, reason=Reason.NOT_COVERED)
        return self._compose(replace(considered, decision=decision), FIRST_SCREEN_WORDS)


def _asked(considered: _Considered, search: Search) -> Asked:
    """Return the question as composition sees it: of what goes on, the message itself says what is wanted."""
    text = considered.heard.standalone
    said = considered.leaning or text
    weights = {**dict.fromkeys(stems(fold(text)), _TOPIC_WEIGHT), **dict.fromkeys(stems(fold(said)), 1.0)}
    shown = shown_before(said, considered.question.thread) if considered.leaning else ""
    return Asked(
        vector=search.vector,
        terms=Terms.of(weights),
        shape=shape_of(said),
        org_size=considered.heard.org_size,
        negated=is_negated(said),
        shown=shown,
        sector=considered.heard.sector,
        said=fold(said),
    )


def _stays_on(considered: _Considered) -> bool:
    """Say whether a question finds an article that the last answer rested on."""
    last = next((turn.slugs for turn in reversed(considered.question.thread) if turn.slugs), ())
    return considered.search is not None and rank_articles(considered.search)[0][1] in last


def _near_before(search: Search, question: Question, heard: Heard) -> Search:
    """Return the search with the article last answered from put forward for what goes on from there."""
    last = next((turn for turn in reversed(question.thread) if turn.slugs), None)
    topic = topic_of(question.thread)
    if last is None or not topic or not heard.standalone.endswith(topic[-_TAIL:]):
        return search
    return put_forward(search, last.slugs[0], _NEAR_BEFORE)


def _part(question: Question, heard: Heard, at: int, text: str) -> Question:
    """Return one of several questions; only the first may lean on what was said before."""
    thread = question.thread if at == 0 else ()
    return replace(question, text=text, thread=thread, org_size=heard.org_size, files=(), sector=heard.sector)


def _apart(pieces: list[Piece], *, listed: bool) -> Iterator[Piece]:
    """Yield the pieces that are about something else than those before them."""
    for at, piece in enumerate(pieces):
        if not any(is_one(earlier, piece, listed=listed) for earlier in pieces[:at]):
            yield piece


def _doubted(decision: Decision, material: Material) -> Decision:
    """Return the decision, less sure where another article may be meant, or no section comes near.

    About half of the answers with no section near open with another section than the one meant.
    """
    right = material.odds.get(material.article.slug, 1.0)
    numbers = {**decision.numbers, "section": round(material.nearness, 4), "article": round(right, 4)}
    confidence = decision.confidence * right
    if material.nearness < NEAR_SECTION:
        confidence = min(confidence, _DOUBT)
    return replace(decision, confidence=round(confidence, 4), numbers=numbers)
