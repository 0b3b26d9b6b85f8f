"""What somebody reads of their own requests."""

from bot.engagement.models import TicketState

TITLE = "Your requests"
NONE = "You have no request with a consultant. Press Talk to a consultant whenever you would like one."
CONFIDENTIAL = "A confidential request."
SHOW = "Show my requests"
SHOW_SPOKEN = "Show your own requests, to you alone"
PRIVATELY = "Your requests are shown to you alone: press the button."


def lead(count: int) -> str:
    """Return the first line above one's requests."""
    return "You have one request." if count == 1 else f"You have {count} requests."


def state(of: TicketState, holder: str | None) -> str:
    """Return the state of a request in the words of who made it."""
    name = holder or "a consultant"
    match of:
        case TicketState.REQUESTED:
            return "waiting for a consultant"
        case TicketState.CLAIMED:
            return f"{name} has taken it"
        case TicketState.IN_PROGRESS:
            return f"{name} is working on it"
        case TicketState.WAITING:
            return f"{name} waits for your answer"
        case TicketState.RESOLVED:
            return f"resolved by {name}" if holder else "resolved"
        case TicketState.CLOSED:
            return f"closed by {name}" if holder else "closed"
