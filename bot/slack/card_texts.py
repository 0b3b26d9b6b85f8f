"""The words on a ticket's card."""

from bot.answering.types import Outcome, Reason
from bot.slack import texts
from knowledge.types import OrgSize

CLAIM = "Claim"
UNANSWERED = "The assistant gave no answer."
UNCLAIMED = "Nobody has claimed this yet."
ASK_ANYWAY = "Ask the assistant anyway"
ASK_ANYWAY_SPOKEN = "Have the assistant answer your last message as well"
CLIENT = "Client"
PERSON = "Asked by"
SIZE = "Size"
SURFACE = "Where"
REQUESTED = "Requested"
WHY = "Why a person"
QUESTION = "Question"
ANSWERED = "What the assistant said"

_REASONS: dict[str | None, str] = {
    Reason.COVERED: "asked for, after an answer",
    Reason.SIZE_STATED: "asked for, after an answer",
    Reason.ASKED_FOR_PERSON: "asked for a person",
    Reason.HANDS: "asked for an extra pair of hands",
    Reason.ASSIGNMENT: "gave us an assignment",
    Reason.NOT_COVERED: "not covered by the methodology",
    Reason.SENSITIVE: "a sensitive matter",
    Reason.LEGAL: "a legal matter",
    Reason.LIVE_INCIDENT: "a live incident",
    Reason.DECISION: "a decision for a person",
    Reason.EVERYDAY_SUPPORT: "everyday IT support",
    Reason.PRODUCT_CHOICE: "a choice of product",
    Reason.UNAVAILABLE: "the assistant could not answer",
    Reason.UNHELPFUL: "the assistant’s answers did not help",
}


def reason(outcome: str | None, reason: str | None) -> str:
    """Return in words why the ticket is with people."""
    if reason in _REASONS:
        return _REASONS[reason]
    return "asked for a person" if outcome is not Outcome.ESCALATE else "handed over by the assistant"


def size_known(size: OrgSize | None) -> str:
    """Return a client's size in words."""
    return f"{texts.SIZE_RANGES[size]} people" if size else "not known"


def title(reference: str, client: str) -> str:
    """Return the heading of a card."""
    return f"{reference} · {client}"


def spoken(reference: str, client: str, person: str, state: str) -> str:
    """Return the notification of a card, without the question itself; `state` is part of the sentence."""
    return f"{reference}: {person} of {client} asks for a consultant; {state}."


def claimed(name: str, at: str | None) -> str:
    """Return the line that says who has a ticket."""
    return f"{name} has this{f', claimed {at}' if at else ''}."


def held(name: str) -> str:
    """Return the line for someone who mentions the assistant while a consultant has the conversation."""
    return f"{name} has this and reads what you write here."
