"""What the desk and its clients read about who takes a request, and about absence."""

from collections.abc import Mapping
from datetime import date

from bot.engagement.desk_models import PromiseKind
from bot.engagement.routing import Suggestion, Why
from bot.slack.home_texts import area
from bot.workflows.desk_home import Due

NOBODY_THERE = "All our consultants are away at the moment; the first who is back sees it first thing."

# The desk's part of Home
WAITING_TITLE = "Waiting for the client"
LATE_TITLE = "Overdue on the desk"
CONFIDENTIAL = "Confidential: the text opens on its card, for who has it."
SEARCH = "Find a request"
SEARCH_SPOKEN = "Find a request by reference, client or words"
SEARCH_LABEL = "Reference, client or words"
SEARCH_HINT = "Every word must fit. The text of confidential requests is not searched, unless they are yours."
SEARCH_PLACEHOLDER = "VC-1042, or bakery backup"
SEARCH_SUBMIT = "Find"
SEARCH_LATE = "That took too long. Please press Find again."
DIGEST_DUE = "Due today or overdue"
DIGEST_REST = "Yours, due later"
UNCLAIMED = "Nobody has claimed"
DIGEST_WHERE = "All of it is on my Home tab, with the way to each card."
DIGEST_IS_OFF = "You get no morning digest any more. Home has the switch, should you want it again."
DIGEST_IS_ON = "You get the morning digest again."
DIGEST_OFF = "No morning digest"
DIGEST_OFF_SPOKEN = "Stop the message that says each morning what is due"
DIGEST_ON = "Morning digest"
DIGEST_ON_SPOKEN = "Have a message each morning that says what is due"

AWAY_TITLE = "Away"
AWAY_HINT = "Choose the day you are back. What you have is then offered to the desk again."
AWAY_PICK = "Away until"
BACK = "I am back"
BACK_SPOKEN = "Say that you are back and no longer away"


_PROMISES: Mapping[PromiseKind, str] = {
    PromiseKind.FIRST_REPLY: "First reply",
    PromiseKind.NEXT_REPLY: "Next reply",
    PromiseKind.RESOLUTION: "Solution",
}


def due(next_due: Due) -> str:
    """Return what is due, before the time it is or was due at."""
    what = _PROMISES[next_due.kind]
    return f"{what} overdue since" if next_due.is_over else f"{what} due"


def held_by(name: str) -> str:
    """Return who has a request."""
    return f"{name} has it"


def found(count: int) -> str:
    """Return the heading above what was found."""
    if count == 0:
        return "Nothing fits. Try fewer words, or the reference."
    return "One request fits" if count == 1 else f"{count} requests fit, the newest first"


def digest(due_now: int, later: int, unclaimed: int, waiting: int) -> str:
    """Return the morning digest in a sentence."""
    parts = [
        f"{due_now} due today or overdue" if due_now else "",
        f"{later} of yours due later" if later else "",
        f"{unclaimed} nobody has claimed" if unclaimed else "",
        f"{waiting} waiting for the client" if waiting else "",
    ]
    told = ", ".join(part for part in parts if part) or "something is overdue on the desk"
    return f"Good morning. Requests on the desk: {told}."


def day(when: date) -> str:
    """Return a day in words."""
    return f"{when:%A} {when.day} {when:%B}"


def reason(suggestion: Suggestion) -> str:
    """Return why somebody is suggested."""
    match suggestion.why:
        case Why.LEADS_CLIENT:
            return "leads this client"
        case Why.DEPUTY:
            return "stands in for this client's lead"
        case Why.SKILLED:
            return f"knows {_within(area(suggestion.area))}" if suggestion.area else "knows the matter"


def _within(name: str) -> str:
    """Return a name as it stands within a sentence; an acronym keeps its letters."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def away_until(day: str) -> str:
    """Return the line on Home of somebody who is away."""
    return f"You are away until {day}. Requests are not suggested to you until then."


def went_away(offered: int, day: str) -> str:
    """Confirm an absence to the consultant."""
    if offered == 0:
        return f"You are away until {day}. You had no open request."
    requests = "Your open request is" if offered == 1 else f"Your {offered} open requests are"
    return f"You are away until {day}. {requests} offered to the desk again, and its clients know."


def reoffered(name: str, until: str, reference: str) -> str:
    """Tell a client that another consultant will take their request on."""
    return (
        f"{name} is away until {until}, so another of our consultants takes your request {reference} on. "
        "I will say here who it is."
    )


def offered_again(name: str, until: str, reference: str) -> str:
    """Tell the desk, in the thread of its card, that a request is to be claimed again."""
    return f"{reference} is to be claimed again: {name} is away until {until}."
