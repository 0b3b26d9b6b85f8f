"""What a client reads of their own request for a consultant, from the confirmation to the rating."""

from bot.engagement.models import Urgency

# All a notification may say of a confidential matter.
HUSHED = "There is a reply for you here."

ASK_URGENCY = "How long can it wait?"
URGENCY_BUTTONS = {
    Urgency.CAN_WAIT: "It can wait",
    Urgency.TODAY: "Today",
    Urgency.WORK_STOPPED: "Work has stopped",
}
URGENCY_SAID = {
    Urgency.CAN_WAIT: "Our consultants see that it can wait.",
    Urgency.TODAY: "Our consultants see that you need it today.",
    Urgency.WORK_STOPPED: "Our consultants see that work has stopped.",
}
KEEP_PRIVATE = "Keep this private"
TALK_PRIVATE_SPOKEN = "Talk to a consultant and keep this private"
KEPT_PRIVATE = (
    "This is kept in confidence: only the consultant who takes it and the lead of the desk can read it, "
    "and what is said about it reaches you alone."
)
MOVED = "This goes on in private."
MOVED_BY_HAND = "A consultant will write to you personally, under their own name."
WITHDRAW = "Withdraw"
CONFIDENTIAL_ELSEWHERE = "Nothing about it is shown in this channel; what is said about it reaches you alone."
CONFIDENTIAL_UNREACHABLE = (
    "Nothing about it is shown in this channel. I cannot write to you privately here: a consultant will "
    "write to you personally, under their own name."
)

ASK_RATING = "How helpful was this to you?"
SCORES = {
    1: "1 - not helpful",
    2: "2 - a little helpful",
    3: "3 - fairly helpful",
    4: "4 - helpful",
    5: "5 - very helpful",
}
COMMENT = "Add a comment"
COMMENT_TITLE = "Your comment"
COMMENT_LABEL = "What should we know?"
COMMENT_HINT = "Our consultants read it."
COMMENT_SUBMIT = "Send"
COMMENT_THANKS = "Thank you. Our consultants will read this."
STOP_ASKING = "Stop asking me this"
STOP_ASKING_SPOKEN = "Stop asking me how helpful a consultant was"


STOP_NUDGES = "Stop these reminders"
STOP_NUDGES_SPOKEN = "Stop reminding me of requests that wait for my answer"
STOP_CLOSINGS = "Stop telling me this"
STOP_CLOSINGS_SPOKEN = "Stop telling me of requests closed without an answer of mine"
STOP_THRESHOLDS_SPOKEN = "Stop telling me how much of the month's hours is used"
STOP_OUTCOMES_SPOKEN = "Stop asking me what became of outcomes"
STOP_PACKS = "Stop sending packs"
STOP_PACKS_SPOKEN = "Stop sending me the monthly pack"
STOP_REMINDERS_SPOKEN = "Stop reminding me of what is due"
MUTED = "Noted: I will not write to you about this any more."


def nudge(name: str, reference: str) -> str:
    """Return the reminder that somebody waits for the client's answer."""
    return (
        f"{name} waits for your answer on your request {reference}. Please write it in the request's thread, "
        "or withdraw the request if you do not need it any more."
    )


def closing(name: str, reference: str) -> str:
    """Return what the client reads when their request is closed because they did not answer."""
    return (
        f"Your request {reference} is closed, since nothing was heard of it for eight working days. If you "
        f"still need it, write in its thread: within 14 days it goes back to {name}."
    )


def folded(count: int) -> str:
    """Return the first line of several messages in one."""
    return f"{count} things wait for you:" if count > 1 else "1 thing waits for you:"


def show_line(number: int) -> str:
    """Return the label of the button that shows one of several messages by itself."""
    return f"Show {number}"


def urgency_spoken(urgency: Urgency, reference: str) -> str:
    """Return what a screen reader says for an urgency button."""
    return f"How long {reference} can wait: {URGENCY_BUTTONS[urgency].lower()}"


def private_spoken(reference: str) -> str:
    """Return what a screen reader says for the button that makes a request confidential."""
    return f"Keep request {reference} private"


def withdraw_spoken(reference: str) -> str:
    """Return what a screen reader says for the button that takes a request back."""
    return f"Withdraw request {reference}"


def withdrawn(reference: str) -> str:
    """Return what the client reads after taking a request back."""
    return f"Your request {reference} is withdrawn. You can ask for a consultant again at any time."


def taken_in_confidence(reference: str, *, can_be_told: bool) -> str:
    """Return what somebody reads alone who asked in a channel about something confidential."""
    where = CONFIDENTIAL_ELSEWHERE if can_be_told else CONFIDENTIAL_UNREACHABLE
    return f"Your request is with our consultants in confidence, as {reference}. {where}"


def unreachable(person: str) -> str:
    """Return what the desk reads where the assistant cannot write to a client in private."""
    return (
        f"I cannot write to {person} in private. Please write to them person to person, or phone: "
        "nothing about this may stand in a channel."
    )


def resolved(name: str, reference: str) -> str:
    """Return what the client reads when their request is resolved."""
    return (
        f"{name} has resolved your request {reference}. If something is still open, write it here: "
        f"within 14 days it goes back to {name}."
    )


def reopened(name: str, reference: str) -> str:
    """Return what the client reads when what they wrote has opened a request again."""
    return f"Your request {reference} is open again, and {name} reads what you write here."


def rate_spoken(score: int, reference: str) -> str:
    """Return what a screen reader says for a rating button."""
    return f"Rate {reference}: {score} of 5, {SCORES[score].partition(' - ')[2]}"


def rated(score: int) -> str:
    """Return the thanks for a rating."""
    return f"You rated it {score} of 5. Thank you."


def comment_spoken(reference: str) -> str:
    """Return what a screen reader says for the button that opens the form for a comment."""
    return f"Add a comment on {reference}"
