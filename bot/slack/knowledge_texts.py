"""The words of making a ticket knowledge: on the card, in the form, and in the card's thread."""

from bot.engagement.scrub_patterns import Kind

KNOW = "Make this knowledge"
TITLE = "Make this knowledge"
SAVE = "Save the draft"
LEAD = (
    "Others will read this as part of the methodology, with no trace of the client of {reference}. Nothing "
    "is found before it is approved. What a client could be known by was replaced by neutral words, or "
    "marked «like this»: say those places neutrally, or leave them out."
)
LOOK = "Look at these"
ARTICLE = "Where does it belong?"
ALONE = "A note of its own"
STATEMENT = "What does it teach, as a plain statement?"
BODY = "What should others know?"
BODY_HINT = "Markdown. A line that begins with “Asked as:” is a question it is found by, and is not shown."
NOT_STORED = "That could not be stored because of a fault on our side. Please send it again."
PRESS_AGAIN = "That took too long to open. Please press the button again."

APPROVE, EDIT, DROP = "Approve", "Edit", "Drop"
ONE_LEFT = "and more: {}"
WITHDRAWN = "This request has become confidential: nothing is made of it."

_KINDS_KEPT = "left as it is"


def drafted(name: str, where: str) -> str:
    """Return the line over a draft."""
    return f"{name} has drafted a section for the methodology: {where}."


def where(article: str | None) -> str:
    """Return where a section belongs, as part of a sentence."""
    return f"in “{article}”" if article else "a note of its own"


def found(kind: Kind, text: str, put: str) -> str:
    """Return a line about something that was found in the words of a draft."""
    became = _KINDS_KEPT if put == text else f"now {put}"
    return f"{kind.value}: {text} ({became})"


def waits(several: bool) -> str:
    """Return what is to happen with a draft."""
    who = "Somebody else on the desk reads and approves it" if several else "It waits to be approved"
    return f"{who}; until then nobody finds it."


def approved(name: str, *, self_reviewed: bool) -> str:
    """Return what stands under a draft that was approved and is not found yet."""
    how = "read it again on a later day and approved it" if self_reviewed else "approved it"
    return f"{name} {how}. It is being added to the methodology."


def dropped() -> str:
    """Return what stands under a draft that was let go."""
    return "Dropped: nothing is published of it."


def published(title: str, place: str) -> str:
    """Return what the thread reads once a section can be found."""
    return f"“{title}” is part of the methodology now, {place}. Questions are answered from it."
