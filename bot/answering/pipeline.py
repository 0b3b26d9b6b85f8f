"""The story of one question: understand, search, decide, compose, verify."""

from dataclasses import replace

from bot.answering.bookshelf import Bookshelf
from bot.answering.compose import compose
from bot.answering.decide import decide, decide_by_wording
from bot.answering.extractive import Asked, Terms
from bot.answering.material import gather
from bot.answering.replies import file_note, reply
from bot.answering.retrieve import weigh
from bot.answering.shapes import is_negated, shape_of
from bot.answering.types import Answer, Decision, Outcome, Question, Reason
from bot.answering.understanding import Heard, understand
from bot.answering.verify import verify
from bot.answering.wording import fold, stems
from knowledge.store import KnowledgeStore
from knowledge.types import Search

PASSAGES = 40  # looked at for one answer
NEAR_SECTION, _DOUBT = 0.30, 0.5  # best cosine of the leading section, and the confidence without it


class Answerer:
    """Answers questions from the store's scopes. Safe to call from threads; keeps nothing of a question."""

    def __init__(self, store: KnowledgeStore) -> None:
        self.store = store
        self._shelf = Bookshelf(store)

    def answer(self, question: Question) -> Answer:
        """Return the decided, composed, verified answer. Raises KnowledgeError when the index is unusable."""
        heard = understand(question)
        decision, search = decide_by_wording(heard), None
        if decision is None:
            search = self.store.search(heard.standalone, question.scopes, limit=PASSAGES)
            decision = decide(heard, weigh(search, heard.terms))
        answer = self._compose(question, heard, decision, search)
        return replace(answer, parts=(*answer.parts, *file_note(question, decision)))

    def _compose(self, question: Question, heard: Heard, decision: Decision, search: Search | None) -> Answer:
        if decision.reason is Reason.COVERED and search is not None:
            return self._quote(question, heard, decision, search)
        parts, citations = reply(self._shelf, question, heard, decision, search)
        return Answer(
            decision=decision,
            parts=parts,
            citations=citations,
            org_size=heard.org_size,
            stated_size=heard.stated_size,
            standalone=heard.standalone,
        )

    def _quote(self, question: Question, heard: Heard, decision: Decision, search: Search) -> Answer:
        """Return the answer in the methodology's own words; NOT_COVERED when none stands up to the check."""
        terms = Terms.of(dict.fromkeys(stems(fold(heard.standalone)), 1.0))
        text = heard.standalone
        asked = Asked(search.vector, terms, shape_of(text), heard.org_size, is_negated(text))
        material = gather(self._shelf, search, asked)
        if material is None:
            return self._missed(question, heard, decision, search)
        composition = compose(material, asked)
        parts, citations = verify(composition.parts, composition.citations, material.text_of)
        if not citations:
            return self._missed(question, heard, decision, search)
        decision = _doubted(decision, material.nearness)
        seen_first, _ = verify(
            composition.parts[: composition.first_screen], composition.citations, material.text_of
        )
        return Answer(
            decision=decision,
            parts=parts,
            citations=citations,
            org_size=heard.org_size,
            stated_size=heard.stated_size,
            offer_sizes=composition.offer_sizes,
            standalone=heard.standalone,
            first_screen=len(seen_first),
        )

    def _missed(self, question: Question, heard: Heard, decision: Decision, search: Search) -> Answer:
        decision = replace(decision, outcome=Outcome.ESCALATE, reason=Reason.NOT_COVERED)
        return self._compose(question, heard, decision, search)


def _doubted(decision: Decision, nearness: float) -> Decision:
    """Return the decision, less sure when the article is right but none of its sections comes near.

    About half of such answers open with another section than the one meant.
    """
    numbers = {**decision.numbers, "section": round(nearness, 4)}
    confidence = min(decision.confidence, _DOUBT) if nearness < NEAR_SECTION else decision.confidence
    return replace(decision, confidence=confidence, numbers=numbers)
