"""The words of a draft that the assistant writes for the desk."""

from bot.slack import texts
from knowledge.types import OrgSize

HEADING = "Draft for the desk, internal"
UNSENT = "The client sees nothing of this unless it is sent. To change it first, write your own message here."
SEND = "Send to client"
SEND_SPOKEN = "Send this draft to the client as your own message"
BY_MODEL = (
    "Put into words by a language model; each sentence was checked against the sources above. Please read it "
    "before you send it."
)
CONFIDENTIAL = (
    "I draft nothing here: this request is confidential, and everyone on the desk reads below its card. "
    "Ask me in our direct messages instead."
)
NOTHING_FOUND = (
    "I have no draft for this: neither the methodology nor the client's own documents answer it. "
    "Mention me with a question of your own, and I look for that."
)


def spoken(reference: str) -> str:
    """Return the notification of a draft."""
    return f"A draft answer for {reference}, internal."


def fitted(size: OrgSize) -> str:
    """Return the line that says which size it was fitted to."""
    return f"Fitted to {texts.SIZE_RANGES[size]} people."
