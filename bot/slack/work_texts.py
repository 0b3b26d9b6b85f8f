"""The words of hands and assignments as their client reads them."""

from datetime import date

from bot.engagement.effort import effort_words
from bot.engagement.work_models import EngagementKind

TELL_MORE = "Tell us more"
HANDS_OR_ASSIGNMENT = "Ask for hands or an assignment"
HANDS_SPOKEN = "Ask for an extra pair of hands, or give us an assignment"
HANDS_LEAD = (
    "An extra pair of hands is a consultant who takes a piece of work off you; an assignment is one that we "
    "do from beginning to end. Open the form and say what you need: a consultant replies with a proposal, "
    "and nothing costs anything until it is accepted."
)
OPEN_FORM = "Open the form"

FORM_TITLE = "Hands or an assignment"
KIND_LABEL = "What would help?"
KINDS = {
    EngagementKind.ADVICE: "Advice",
    EngagementKind.HANDS: "An extra pair of hands",
    EngagementKind.ASSIGNMENT: "An assignment",
}
NEEDED_LABEL = "What is needed?"
NEEDED_HINT = "In a sentence or more. Please leave passwords and personal files out of it."
DELIVERABLE_LABEL = "What should be there at the end?"
DELIVERABLE_HINT = "A paper, a decision, a system moved, people trained."
BY_LABEL = "By when?"
EFFORT_LABEL = "How much work is it, do you think?"
EFFORT_HINT = "A guess, such as 3 days or 10 hours. The proposal says what it really takes."
PRIVATE_LABEL = "Confidentiality"
PRIVATE_OPTION = "Keep this private"
PRIVATE_HINT = "It is then talked about with you alone, and nobody else at your organisation learns of it."
DECIDES_LABEL = "Who decides about it?"
DECIDES_HINT = "You, a director, the board."
SEND = "Send"
BLANK = "Please say in a few words what is needed."
PAST = "That day has passed. Please choose a later one."
NOT_STORED = "That could not be stored because of a fault on our side. Please send it again."


def of_work(reference: str, kind: EngagementKind, needed_by: date | None) -> str:
    """Return the line under the confirmation of a request that is one for work."""
    by = f", needed by {day(needed_by)}" if needed_by else ""
    return (
        f"We have noted it as {reference}: {KINDS[kind].lower()}{by}. Tell us more if you like; "
        "a consultant sees it already, and nothing waits for the form."
    )


def tell_more_spoken(reference: str) -> str:
    """Return what a screen reader says for *Tell us more*."""
    return f"Tell us more about {reference}"


def stored(reference: str, *, told: bool) -> str:
    """Return the confirmation of a form that was sent."""
    if told:
        return f"Thank you. {reference} is stored, and the desk sees it; what follows reaches you in private."
    return (
        f"Thank you. {reference} is stored, and the desk sees it. I cannot write to you privately here: a "
        "consultant will write to you personally."
    )


def day(when: date) -> str:
    """Return a day with its weekday, as people write it."""
    return f"{when:%A} {when.day} {when:%B %Y}"


def hours(minutes: int) -> str:
    """Return an amount of work in words."""
    return effort_words(minutes)
