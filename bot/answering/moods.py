"""How the talk goes: where it helps nobody, a person is offered once, and taken up when the answer is yes."""

from dataclasses import dataclass, replace

from bot.answering import phrases
from bot.answering.acts import ENOUGH, UNHELPFUL, asked_before, unhelpful_before, without_complaint
from bot.answering.intents import find_intents
from bot.answering.types import Answer, Decision, Outcome, Part, PartKind, Question, Reason, Speaker
from bot.answering.wording import LONGEST

OFFER_WORDS = 20
# These bring a person by themselves, or end the talk.
_NO_OFFER = frozenset(
    {
        Reason.LIVE_INCIDENT,
        Reason.SENSITIVE,
        Reason.ASKED_FOR_PERSON,
        Reason.HANDS,
        Reason.ASSIGNMENT,
        Reason.OWN_INSTRUCTIONS,
        Reason.THANKS,
        Reason.GREETING,
        Reason.CAPABILITIES,
    }
)


@dataclass(frozen=True)
class Mood:
    """How the person takes it: what they ask beside a complaint, and whether they were offered a person.

    `unhelpful` counts the turns in a row before this one that helped nobody; `again`: they repeat themselves.
    """

    asked: str
    complains: bool
    again: bool
    unhelpful: int
    offered: bool

    @property
    def only_complains(self) -> bool:
        """Whether nothing is asked beside the complaint."""
        return self.complains and not self.asked

    @property
    def may_offer(self) -> bool:
        """Whether an offer may come with the answer."""
        return not self.offered and (self.complains or self.unhelpful >= ENOUGH - 1)


def read_mood(question: Question) -> Mood:
    """Return how the talk goes; nobody can be annoyed before anything was said."""
    thread = question.thread
    said = [turn.text for turn in thread if turn.speaker is Speaker.ASSISTANT]
    brief = len(question.text) <= LONGEST
    left = without_complaint(question.text) if said and brief else None
    if left is not None and find_intents(question.text, thread) & _NO_OFFER:
        left = None
    return Mood(
        asked=question.text if left is None else left,
        complains=left is not None,
        again=asked_before(question.text, thread),
        unhelpful=unhelpful_before(question.text, thread),
        offered=any(phrases.offer() in text for text in said),
    )


def complaint_heard(mood: Mood) -> Answer:
    """Return the reply to a complaint that asks nothing."""
    said = phrases.offered_already() if mood.offered else phrases.fixed(Reason.UNHELPFUL)
    return Answer(
        decision=Decision(Outcome.ESCALATE, Reason.UNHELPFUL, 1.0, {"unhelpful": float(mood.unhelpful)}),
        parts=(Part(PartKind.LEAD, tuple(said), None),),
    )


def with_offer(answer: Answer, mood: Mood) -> Answer:
    """Return the answer with the offer of a person, where it is time for one."""
    reason = answer.decision.reason
    helps_not = reason in UNHELPFUL
    due = mood.complains or mood.unhelpful + (helps_not or mood.again) >= ENOUGH
    if mood.offered or not due or reason in _NO_OFFER:
        return answer
    if helps_not and reason is not Reason.NOT_COVERED:
        said = phrases.fixed(Reason.UNHELPFUL)
        decision = replace(answer.decision, outcome=Outcome.ESCALATE, reason=Reason.UNHELPFUL)
        return replace(answer, decision=decision, parts=(Part(PartKind.LEAD, said, None),))
    offer = Part(PartKind.TEXT, (phrases.offer(),), None)
    if reason is Reason.NOT_COVERED:
        lead = replace(answer.parts[0], lines=answer.parts[0].lines[:1])
        return replace(answer, parts=(lead, *answer.parts[1:], offer))
    place = min(answer.first_screen, len(answer.parts))
    parts = (*answer.parts[:place], offer, *answer.parts[place:])
    return replace(answer, parts=parts, first_screen=place + 1)
