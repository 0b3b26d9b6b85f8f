"""The words of what crosses between a client and the desk."""

from collections.abc import Mapping

SENT = "Sent to the client."
INTERNAL = "Internal: the client does not see this."
TAKEN_BACK = "Taken back: the client no longer sees this."
ASKER = "Whoever asked"
# Why a file stays behind, after "could not be passed on:".
STAYS: Mapping[str, str] = {
    "too_large": "it is larger than 50 MB",
    "empty": "it is empty",
    "gone": "it has been deleted",
    "elsewhere": "it is kept outside Slack",
    "not_allowed": "I may not read or send files in that workspace",
    "not_taken": "that workspace takes no such files",
    "unclaimed": "no consultant has your request yet, and a confidential file goes to them alone",
    "failed": "something on our side kept me from it",
}
# Why a message did not reach its client, by Slack's own word at the end of the error.
_UNDELIVERED: Mapping[str, str] = {
    "held": "their workspace has removed the app, and the message waits until it is installed again",
    "is_archived": "their channel is archived",
    "not_in_channel": "I am no longer in their channel",
    "channel_not_found": "I am no longer in their channel",
    "thread_not_found": "their thread is gone",
    "user_disabled": "their account is closed",
    "user_not_found": "their conversation is closed to me, and I cannot write to them directly",
    "user_not_visible": "their conversation is closed to me, and I cannot write to them directly",
}
SEND_OTHERWISE = "Please send it another way."
SEND_LATER = "Please send it again when somebody has."
_HOW_TO_KEEP = "begin with // to keep it here."
DELETED = "This message was deleted by its writer."
MAKE_INTERNAL = "Make internal"
MAKE_INTERNAL_SPOKEN = "Take this message back from the client"


def closed(reference: str, state: str) -> str:
    """Return the mark of what is written on a card whose ticket is over."""
    return (
        f"Internal: {reference} is {state}, so the client does not see this. "
        "To write to them again, press Reopen on its card."
    )


def wrote_late(reference: str, state: str) -> str:
    """Return the remark below what a client wrote while their ticket was being resolved."""
    return f"{reference} is {state} by now. To answer, press Reopen on its card."


def read_in_channel(name: str) -> str:
    """Return the line on a card that says who will read what its consultant writes."""
    return f"What you write in this thread goes to {name} and everyone in that channel; {_HOW_TO_KEEP}"


def read_alone(name: str) -> str:
    """Return the same for a conversation in direct messages."""
    return f"What you write in this thread goes to {name} alone; {_HOW_TO_KEEP}"


def read_in_confidence() -> str:
    """Return the same for a confidential matter, wherever it was asked: the desk is not told by whom."""
    return f"What you write in this thread goes to the asker's direct messages; {_HOW_TO_KEEP}"


def not_delivered(why: str) -> str:
    """Return the mark of what did not reach the client; `why` ends with Slack's own word for it."""
    words = _UNDELIVERED.get(why.rpartition(" ")[2], "Slack did not take it")
    return f"Not delivered: {words}."


def from_consultant(name: str) -> str:
    """Return the line above what a consultant writes to a client."""
    return f"{name}, consultant"


def username(name: str) -> str:
    """Return the name under which a workspace may show what a consultant writes."""
    return f"{name} (consultant)"


def notification(name: str, text: str) -> str:
    """Return what the client's lock screen says of a consultant's message."""
    return f"{name}, consultant: {text}"


def confidential_notification(name: str) -> str:
    """Return the same where the matter is confidential."""
    return f"{name} has replied."


def wrote(name: str) -> str:
    """Return the line above what a client writes, on the card."""
    return f"{name} wrote in the client's thread:"


def file_from(name: str, file: str) -> str:
    """Return the line above a file that crossed."""
    return f"From {name}: {file}"


def file_in_confidence(name: str, reference: str) -> str:
    """Return the same in a confidential matter: what notifications show names no file."""
    return f"A file from {name}, about {reference}."


def not_passed(file: str, why: str, what_now: str) -> str:
    """Return the line that says that a file stays behind."""
    return f"{file} could not be passed on: {why}. {what_now}"


def ask_to_send(name: str) -> str:
    """Return what a consultant can do about a client's file."""
    return f"Ask {name} to send it another way."


def send_to(name: str) -> str:
    """Return what a consultant can do about a file of their own."""
    return f"Send it to {name} another way."
