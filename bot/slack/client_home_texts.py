"""The words of a CIO's and a lead's part of Home."""

from bot.engagement.desk_models import PromiseKind
from bot.engagement.outcome_models import OutcomeState
from bot.engagement.work_models import EngagementState
from bot.workflows.awaited import Wanted

WAITS_TITLE = "Waits for you"
HOURS_TITLE = "Hours"
NO_RETAINER = "No retainer holds this month, so no hours are counted."
OPEN_TITLE = "Open work"
OPEN_NONE = "Nothing is open."
OUTCOMES_TITLE = "Outcomes due"
PACK_TITLE = "Monthly pack"
PACK_NONE = "No pack has been sent yet. It comes early each month."
LOAD_TITLE = "Load by client"
LOAD_NONE = "No client has open requests or hours."
DESK_TITLE = "Load by consultant"
PACKS_TITLE = "Packs to send"
PROMISES = {
    PromiseKind.FIRST_REPLY: "first reply",
    PromiseKind.NEXT_REPLY: "next reply",
    PromiseKind.RESOLUTION: "solution",
}
WORK = {
    EngagementState.REQUESTED: "waiting for a proposal",
    EngagementState.PROPOSED: "proposal waits for your approver",
    EngagementState.ACTIVE: "under way",
    EngagementState.COMPLETED: "done, waits to be accepted",
}
WANTED = {
    Wanted.PROPOSAL: "a proposal to decide on",
    Wanted.CHANGE: "a change of scope to decide on",
    Wanted.RESULT: "done, and to be accepted",
}
OUTCOMES = {
    OutcomeState.OPEN: "open",
    OutcomeState.PARTLY: "partly reached",
    OutcomeState.MISSED: "missed",
}


def client_title(name: str) -> str:
    """Return the heading of a client's part."""
    return f"For {name}"


def hours_left(left: str, given: str, per_cent: int, month: str) -> str:
    """Return how many hours are left."""
    return f"{left} left of {given} in {month}: {per_cent} % used."


def overspent(over: str, given: str, month: str) -> str:
    """Return by how much a month's hours are overrun."""
    return f"{over} more than the {given} of {month} is used."


def hours_asked(hours: str) -> str:
    """Return that a request needs more hours."""
    return f"about {hours} more: go ahead?"


def held_by(name: str | None) -> str:
    """Return who has a request."""
    return f"with {name}" if name else "waits for a consultant"


def more(count: int) -> str:
    """Return how many requests are not shown."""
    return f"And {count} more open request{'' if count == 1 else 's'}."


def last_pack(month: str) -> str:
    """Return which pack was sent last."""
    return f"The last pack is that of {month}."


def client_load(opened: int, breaches: int, hours: str) -> str:
    """Return a client's load on one line."""
    return f"{opened} open · {breaches} broken in 30 days · {hours}"


def client_hours(spent: str, given: str, per_cent: int) -> str:
    """Return a client's hours on the line of its load."""
    return f"{spent} of {given} used ({per_cent} %)"


def consultant_load(opened: int, waiting: int, breaches: int, worked: str, per_cent: int) -> str:
    """Return a consultant's load on one line."""
    return (
        f"{opened} open, {waiting} waiting for clients · {breaches} broken in 30 days · "
        f"{worked} logged ({per_cent} % of working time)"
    )


def clients_more(count: int) -> str:
    """Return how many clients are not shown."""
    return f"And {count} more, with less to look at."


def packs_more(count: int) -> str:
    """Return how many packs to send are not shown."""
    return f"And {count} more: they appear here as you send these."


def pack_of(client: str, month: str) -> str:
    """Return which pack a row is about."""
    return f"{client}, {month}"
