"""The words of agreed work on the desk: the card's buttons, its forms, and what stands in its thread."""

from collections.abc import Mapping

from bot.engagement.deciders import Standing
from bot.engagement.durations import hours_words
from bot.engagement.work_models import EngagementState

MORE_THAN = "This is more than a question"
PROPOSE = "Propose"
PROPOSE_AGAIN = "Propose anew"
CHANGE = "Change the scope"
MILESTONES = "Milestones"
STATUS = "Post a status"
COMPLETE = "Complete"
RESOLVE = "Resolve the request"

# On the card
WORK = "Work"
STATE = "State"
NEEDED = "Needed"
NEEDED_BY = "Needed by"
GUESS = "Client's guess"
DECIDES = "Who decides, as they say"
DELIVERABLE = "Deliverable"
AGREED = "Agreed"
SPENT = "Charged so far"
STEPS = "Milestones"
STEPS_SO_FAR = "So far"
STATES: Mapping[EngagementState, str] = {
    EngagementState.REQUESTED: "waiting for our proposal",
    EngagementState.PROPOSED: "proposed, the client decides",
    EngagementState.ACTIVE: "under way",
    EngagementState.COMPLETED: "completed, the client accepts",
    EngagementState.ACCEPTED: "accepted",
    EngagementState.DECLINED: "declined",
    EngagementState.LAPSED: "lapsed, nobody decided in time",
    EngagementState.ENDED: "ended",
}
CHANGE_WAITS = "A change of scope waits for the client's decision; until then the old terms hold."

# Forms
BEGIN_TITLE = "More than a question"
BEGIN_NEEDED = "What is to be done?"
BEGIN_SUBMIT = "Open"
PROPOSE_TITLE = "Proposal"
CHANGE_TITLE = "Change of scope"
SCOPE = "Scope"
SCOPE_HINT = "What is in, and what is not."
HOURS = "Hours, all in all"
HOURS_HINT = "Such as 24 hours or 3 days; a day counts as 8 hours."
STARTS = "Starts"
ENDS = "Ends"
PEOPLE = "Who would do it"
EXPERIENCE = "Their relevant experience"
EXPERIENCE_HINT = "One line for each person, in the order chosen."
CONFLICTS = "Any conflict of interest"
CONFLICTS_HINT = "Say it plainly. Where there is none, write that there is none."
OUTCOME = "What should be true afterwards?"
MEASURE = "How will one see it?"
BASELINE = "Where it stands today"
TARGET = "Where it should stand"
LAPSES = "Lapses after"
LAPSES_HINT = "The last day on which the client can decide."
PROPOSE_SUBMIT = "Send"
BLANK = "This has to be filled in."
A_CONSULTANT = "A consultant"

MILESTONES_TITLE = "Milestones"
DONE = "Done since"
STEP = "A new milestone"
OWNER = "Who owns it"
DUE = "Due on"
MILESTONES_SUBMIT = "Save"
STATUS_TITLE = "Status"
STATUS_LABEL = "How does the work stand?"
STATUS_HINT = "It is posted in the client's thread, under your name."
STATUS_SUBMIT = "Post"
COMPLETE_TITLE = "Complete the work"
COMPLETE_LABEL = "What was done?"
COMPLETE_HINT = "The client reads it, and accepts it or says what is missing."
COMPLETE_SUBMIT = "Complete"

_STANDINGS: Mapping[Standing, str] = {
    Standing.CONFIDENTIAL: "It is confidential: only the person who asked decides, and learns of it.",
    Standing.ASKER_CIO: "No approver is set for this client: the person who asked decides, as its CIO.",
    Standing.CIO: "No approver is set for this client: its CIO decides.",
    Standing.ASKER: "No approver and no CIO are set for this client: the person who asked decides.",
}


def spoken(label: str, reference: str) -> str:
    """Return what a screen reader says for a button of the card."""
    return f"{label}: {reference}"


def who_decides(standing: Standing, names: list[str]) -> str:
    """Return who decides on the work, and why they do where no approver is set."""
    listed = " or ".join(names)
    if standing is Standing.APPROVER:
        return f"{listed} decides for the client."
    return f"{_STANDINGS[standing]} ({listed})" if standing is Standing.CIO else _STANDINGS[standing]


def still_open(reference: str) -> str:
    """Return that a request is open, and in nobody's hands, though its work is accepted."""
    return (
        f"Nobody has {reference}, and it is still open: resolve it here, or claim it if there is more to do."
    )


def charged(spent: int, agreed: int) -> str:
    """Return what of the agreed hours was charged, and what is left of them."""
    if spent > agreed:
        return f"{hours_words(spent)}, {hours_words(spent - agreed)} more than agreed"
    return f"{hours_words(spent)}, {hours_words(agreed - spent)} left"


def milestone(title: str, owner: str, due: str, *, done: bool) -> str:
    """Return a milestone as a line."""
    return f"{title} ({owner}, {'done' if done else f'due {due}'})"


def happened(what: str, reference: str, values: Mapping[str, object]) -> str:
    """Return what happened to a piece of work, for the card's thread or for its consultant."""
    name, said = str(values.get("name") or "The client"), str(values.get("said") or "")
    # Of confidential work no name is said: what the desk did was its consultant's.
    consultant = str(values.get("name") or "Its consultant")
    subject = "the change of scope of" if values.get("change") else "the proposal for"
    quoted = f" They write: {said}" if said else ""
    names = ", ".join(str(each) for each in _list(values.get("names"))) or "whoever asked"
    posted = f": {text.rstrip('.')}" if (text := str(values.get("text") or "")) else ""
    told = {
        "accepted": f"{name} accepted {subject} {reference}.",
        "changes": f"{name} asks for changes to {subject} {reference}.{quoted}",
        "declined": f"{name} declined {subject} {reference}.{quoted}",
        "lapsed": f"{subject[:1].upper()}{subject[1:]} {reference} lapsed: nobody decided on it in time.",
        "result accepted": f"{name} accepted the completed work of {reference}.",
        "missing": f"{name} says that something is missing of {reference}, so it goes on.{quoted}",
        "work_result": f"{consultant} completed {reference}; the client is asked to accept it.",
        "work_status": f"{consultant} posted a status of {reference} for the client{posted}.",
        "hushed": (
            f"{reference} is kept private from now on, so what waited for a decision is withdrawn. Propose "
            "it again: it then goes to whoever asked, alone."
        ),
        "ended": f"{reference} is ended: the service for this client ends.",
    }
    if what.startswith("unreached:"):
        return (
            f"I cannot write privately to {names}, who decides on {reference}. A button in the client's "
            "thread, if it is a channel's, shows it to them alone; otherwise please ask them personally."
        )
    return told.get(what, f"{reference} has changed.")


def _list(found: object) -> list[object]:
    return list(found) if isinstance(found, list) else []
