"""The words of a ticket's life: on the card's buttons and forms, and what its client reads."""

from bot.engagement.desk_models import PromiseKind
from bot.engagement.models import Ending, TicketState, Urgency

# On the card
JOIN = "Join"
ASSIGN = "Assign"
TRANSFER = "Transfer"
NOTE = "Internal note"
WAIT = "Waiting for client"
RESUME = "Client has answered"
RESOLVE = "Resolve"
READ = "Read the request"
MORE = "More ways on"
URGENCY = "Urgency"
PROMISED = "Promised"
THREAD = "In the thread"
NOT_SAID = "not said"
CONFIDENTIAL = "This request is confidential: it opens for the consultant who has it and for the lead."

PROMISES = {
    PromiseKind.FIRST_REPLY: "First reply",
    PromiseKind.NEXT_REPLY: "Next reply",
    PromiseKind.RESOLUTION: "Solution",
}
URGENCIES = {
    Urgency.CAN_WAIT: "It can wait",
    Urgency.TODAY: "Today",
    Urgency.WORK_STOPPED: "Work has stopped",
}
ENDINGS = {
    Ending.ANSWERED: "Answered",
    Ending.ADVICE_GIVEN: "Advice given",
    Ending.WORK_AGREED: "Work agreed",
    Ending.NOT_FOR_US: "Not for us",
    Ending.WITHDRAWN: "Withdrawn by the client",
    Ending.UNANSWERED: "Closed, the client did not answer",
}
STATES = {
    TicketState.REQUESTED: "Waiting to be claimed.",
    TicketState.CLAIMED: "Claimed.",
    TicketState.IN_PROGRESS: "In progress.",
    TicketState.WAITING: "Waiting for the client.",
    TicketState.RESOLVED: "Resolved.",
    TicketState.CLOSED: "Closed.",
}
# What a consultant can say came of a ticket; the others come about by themselves.
OFFERED_ENDINGS = (Ending.ANSWERED, Ending.ADVICE_GIVEN, Ending.WORK_AGREED, Ending.NOT_FOR_US)

# Forms of the desk
ASSIGN_TITLE = "Assign a request"
ASSIGN_WHO = "Who shall have it?"
TRANSFER_TITLE = "Transfer a request"
TRANSFER_WHO = "Who takes over?"
TRANSFER_LINE = "What do they need to know?"
TRANSFER_HINT = "It stands in the card's thread and is not sent to the client."
CHOOSE = "Choose a consultant"
NOBODY_ELSE = "There is nobody else on the desk to give it to."
NOTE_TITLE = "Internal note"
NOTE_LABEL = "What should the desk know?"
NOTE_HINT = "It stays on the desk and is never sent to the client."
SAVE = "Save"
PRESS_AGAIN = "That took too long to open. Please press the button again."
BLANK = "Nothing is written here yet. Write a line, then send it again."
NOT_STORED = "That could not be stored because of a fault on our side. Please send it again."

RESOLVE_TITLE = "Resolve a request"
RESOLVE_WITHOUT_TIME = "Leave this empty to resolve without it."
RESOLVE_LABEL = "What came of it?"
SUMMARY_LABEL = "In a line, if there is something to say"
SUMMARY_HINT = "For the desk; it is not sent to the client."
READ_TITLE = "The request"
READ_SAID = "What was said"
READ_DESK = "On the desk"
ASSISTANT = "Assistant"
A_CONSULTANT = "Consultant"
IN_CONFIDENCE = "A request in confidence"
WHO_ASKED = "whoever asked"
INTERNAL_MARK = "Internal, not sent to the client"
CONFIDENTIAL_NOTE = "The note opens with Read the request."


def spoken(label: str, reference: str) -> str:
    """Return what a screen reader says for a button of a card."""
    return f"{label}: request {reference}"


def state_with(state: TicketState, name: str | None) -> str:
    """Return a state with who has the ticket, as part of a sentence."""
    who = name or "a consultant"
    match state:
        case TicketState.REQUESTED:
            return "waiting to be claimed"
        case TicketState.CLAIMED:
            return f"claimed by {who}"
        case TicketState.IN_PROGRESS:
            return f"in progress with {who}"
        case TicketState.WAITING:
            return f"{who} waits for the client"
        case TicketState.RESOLVED:
            return f"resolved by {who}" if name else "resolved"
        case TicketState.CLOSED:
            return "closed"


def with_colleagues(names: list[str]) -> str:
    """Return the line that names who joined."""
    return f"Joined by {', '.join(names)}."


def held(name: str, at: str | None) -> str:
    """Return the line that says who had a ticket that is over."""
    return f"{name} had this{f', claimed {at}' if at else ''}."


def in_thread(count: int) -> str:
    """Return the heading over the last messages of a thread."""
    return f"{THREAD} (1 message)" if count == 1 else f"{THREAD} ({count} messages)"


def ended(ending: Ending, summary: str | None) -> str:
    """Return the line that says what came of a ticket."""
    return f"What came of it: {ENDINGS[ending].lower()}.{f' {summary}' if summary else ''}"


def rated(rating: str, comment: str | None) -> str:
    """Return the line that says what the client thought of it."""
    return f"Rated {rating}.{f' {comment}' if comment else ''}"


def reopened(times: int) -> str:
    """Return the line that says how often a ticket was reopened."""
    return "Reopened once." if times == 1 else f"Reopened {times} times."


def confidential_spoken(reference: str, client: str, state: str) -> str:
    """Return the notification of a confidential ticket's card."""
    return f"{reference}: somebody of {client} asks for a consultant in confidence; {state}."


def note_by(name: str, handed_to: str | None = None) -> str:
    """Return the line over an internal note, or over the one with which a ticket was handed to somebody."""
    return f"{name} handed this to {handed_to}:" if handed_to else f"{name} noted:"


def assigned(reference: str, client: str, by: str) -> str:
    """Return what a consultant reads who was given a ticket."""
    return f"{by} has given you {reference} of {client}. You find it on its card on the desk."


def transferred(name: str, before: str, reference: str) -> str:
    """Return what the client reads when somebody else takes over."""
    return (
        f"{name} takes over your request {reference} from {before}. Everything you wrote is passed on: "
        "you need not repeat anything."
    )


def due(promise: str, at: str) -> str:
    """Return the line of a promise that is running."""
    return f"{promise} due {at}"


def overdue(promise: str, at: str) -> str:
    """Return the line of a promise that was not kept in time and is still open."""
    return f"{promise} was due {at}"


def paused(promise: str) -> str:
    """Return the line of a promise whose clock stands still."""
    return f"{promise}: the clock stands still"


def kept(promise: str) -> str:
    """Return the line of a promise that is over."""
    return f"{promise}: done"
