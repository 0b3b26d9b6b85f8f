"""The words of what crosses between a client and the desk."""

SENT = "Sent to the client."
INTERNAL = "Internal: the client does not see this."
TAKEN_BACK = "Taken back: the client no longer sees this."
ASKER = "Whoever asked"
DELETED = "This message was deleted by its writer."
MAKE_INTERNAL = "Make internal"
MAKE_INTERNAL_SPOKEN = "Take this message back from the client"


def from_consultant(name: str) -> str:
    """Return the line above what a consultant writes to a client."""
    return f"{name}, consultant"


def notification(name: str, text: str) -> str:
    """Return what the client's lock screen says of a consultant's message."""
    return f"{name}, consultant: {text}"


def confidential_notification(name: str) -> str:
    """Return the same where the matter is confidential."""
    return f"{name} has replied."


def wrote(name: str) -> str:
    """Return the line above what a client writes, on the card."""
    return f"{name} wrote in the client's thread:"
