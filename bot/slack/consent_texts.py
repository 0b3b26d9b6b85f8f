"""Every sentence about consent to time: to approvers, askers and consultants, and on the card."""

from collections.abc import Sequence

from bot.engagement.consents import APPROVER, DEPUTY, Ungated, hours_said

# On the card and in the consultant's form
ASK_HOURS = "Ask for hours"
ASK_TITLE = "Ask for hours"
ASK_SUBMIT = "Ask"
ASK_LABEL = "About how long?"
WHAT_FOR = "What for"
WHAT_FOR_HINT = "Every approver may read it: leave out who asked, and what they asked in private."
NOT_STORED = "I am sorry, this could not be asked just now. Please press Ask again in a minute."
ASKED = "It is asked. The card says who is asked, and you hear as soon as there is an answer."

# To the approver
GO_AHEAD = "Go ahead"
NOT_NOW = "Not now"
TALK = "Talk"
OPEN = "Open the question"
VIEW_TITLE = "A question about hours"
PRIVATE = "It was asked in private, so neither the words nor the person are shown here."
COSTS = "Reading the request and the first reply are done already or come anyway; this is for what follows."
ONLY_YOU = "Only you see what opens here."
PRESS_AGAIN = "Please press the button again."
ANSWERED_TITLE = "Thank you"
SAID_GO_AHEAD = "Thank you. The consultant hears it now and goes on."
SAID_NOT_NOW = "Thank you. Nothing is spent beyond what was, and whoever asked is told kindly."


def question(client: str, minutes: int, left: int | None) -> str:
    """Return the question itself."""
    of = f" of {hours_said(max(left, 0))} left" if left is not None else ""
    return f"{client}: about {hours_said(minutes)}{of}: go ahead?"


def about(reference: str, consultant: str) -> str:
    """Return which request is meant and who works on it."""
    return f"It is for {reference}, which {consultant} works on."


def asked_in_channel(person: str, words: str) -> str:
    """Return what was asked in a channel, and by whom."""
    return f"{person} asked: {words}"


def why_you(rung: int, client: str) -> str:
    """Return why somebody is asked who is not the approver."""
    if rung == APPROVER:
        return ""
    if rung == DEPUTY:
        return "You are asked as deputy: no approver answered in four working hours, or none can be asked."
    return (
        f"Nobody at {client} has answered. Speak with them, or answer for the firm: what you say is recorded."
    )


def go_ahead_spoken(reference: str, minutes: int) -> str:
    """Return what a screen reader says of *Go ahead*."""
    return f"Go ahead with about {hours_said(minutes)} for {reference}"


def not_now_spoken(reference: str) -> str:
    """Return what a screen reader says of *Not now*."""
    return f"Not now: no further hours for {reference}"


def talk_spoken(reference: str) -> str:
    """Return what a screen reader says of *Talk*."""
    return f"Have the consultant talk with you about {reference} first"


def granted(name: str, minutes: int, reference: str) -> str:
    """Return what a question says once it was answered with yes."""
    return f"{name} said: go ahead, with about {hours_said(minutes)} for {reference}."


def declined(name: str, minutes: int, reference: str) -> str:
    """Return what a question says once it was answered with no."""
    return f"{name} said: not now, about {hours_said(minutes)} for {reference}."


def superseded(reference: str) -> str:
    """Return what a question says whose amount has changed."""
    return f"The amount for {reference} has changed. A newer message asks for it."


def overtaken(reference: str) -> str:
    """Return what a question says that nobody need answer any more."""
    return f"{reference} needs no consent any more. There is nothing to decide."


def hushed() -> str:
    """Return what a question says, to whom it was put, about a request of which they learn nothing more."""
    return "This question about hours is settled. There is nothing to decide."


def another_amount(reference: str) -> str:
    """Return what the asker reads of a question that another amount has taken the place of."""
    return f"Another amount of time for {reference} is asked about instead of this one."


def spot(client: str) -> str:
    """Return what a channel reads in place of the question."""
    return f"there is a question about the hours of {client} for you. {ONLY_YOU}"


def spot_over() -> str:
    """Return what a channel reads once it was answered."""
    return "the question about hours is settled. Thank you."


def talk_answer(reference: str) -> str:
    """Return what somebody reads who wants to talk first."""
    return (
        f"The consultant of {reference} hears now that you want to talk first. "
        "You can answer here whenever you like."
    )


# To the asker


def waits(reference: str, names: Sequence[str], client: str) -> str:
    """Return what the asker reads while their request waits for consent."""
    who = " or ".join(names) if names else "a lead of ours"
    return (
        f"Asking costs you nothing. What follows for {reference} takes more time than {client} has set aside "
        f"for one question, so it waits for {who} to say go ahead. I write here as soon as it goes on."
    )


def goes_on(reference: str, name: str, consultant: str) -> str:
    """Return what the asker reads once there is consent."""
    return f"{name} has said go ahead: {consultant} goes on with {reference}."


def not_now(reference: str, name: str, consultant: str) -> str:
    """Return what the asker reads where there is none."""
    return (
        f"{name} would rather not spend more hours on {reference} just now. That is about the hours, not "
        f"about your question: what you were told so far stays yours, and {consultant} tells you what can be "
        "done without them."
    )


# To the consultant


def heard(reference: str, said: str) -> str:
    """Return what the consultant hears of an answer."""
    return f"{reference}: {said}"


def wants_talk(reference: str, name: str, minutes: int) -> str:
    """Return what the consultant hears of somebody who wants to talk first."""
    return f"{reference}: {name} wants to talk with you before deciding about {hours_said(minutes)}."


# On the card

UNGATED = {
    Ungated.NO_RETAINER: "Hours: no retainer, so nothing waits for consent.",
    Ungated.NO_APPROVER: "Hours: no approver is named, so nothing waits for consent.",
    Ungated.WORK_STOPPED: "Hours: work has stopped, so nobody is asked for consent.",
    Ungated.AGREED: "Hours: time counts for the agreed work, so nothing more waits for consent.",
    Ungated.CONFIDENTIAL: "Hours: nobody at the client is asked about a confidential request.",
}


def spent_of(spent: int, most: int) -> str:
    """Return what a ticket has taken, and up to what it may, after a colon or a sentence."""
    return f"{hours_said(spent)} spent; up to {hours_said(most)} without asking."


def allowed(spent: int, most: int) -> str:
    """Return what a ticket may take without asking."""
    return f"Hours: {spent_of(spent, most)}"


def asked(minutes: int, names: Sequence[str]) -> str:
    """Return that a question waits, and for whom."""
    who = " or ".join(names) if names else "nobody yet"
    return f"Hours: waits for consent to about {hours_said(minutes)}, asked: {who}."


def said_no(name: str, minutes: int) -> str:
    """Return that a question was declined."""
    return f"Hours: {name} said not now to about {hours_said(minutes)}."
