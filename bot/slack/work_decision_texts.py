"""What whoever decides at the client reads and presses about a proposal and about completed work."""

from datetime import date

from bot.engagement.effort import agreed_words
from bot.engagement.work_models import ProposalState
from bot.slack.work_texts import day

ACCEPT = "Accept"
CHANGES = "Ask for changes"
DECLINE = "Decline"
ACCEPT_RESULT = "Accept the work"
MISSING = "Something is missing"
READ_PROPOSAL = "Read the proposal"
READ_RESULT = "Read what was done"
PROPOSAL_TITLE = "Proposal"
RESULT_TITLE = "Completed work"

SCOPE = "Scope"
DELIVERABLE = "Deliverable"
EFFORT = "Hours"
DATES = "From and to"
PEOPLE = "Who would do it"
CONFLICTS = "Conflicts of interest"
OUTCOME = "Outcome"
MEASURE = "How one sees it"
BASELINE = "How it is today"
TARGET = "Target"

CHANGES_TITLE = "Ask for changes"
CHANGES_LABEL = "What should be different?"
CHANGES_HINT = "The consultant reads it and proposes anew."
DECLINE_TITLE = "Decline"
DECLINE_LABEL = "Why, if you wish to say"
DECLINE_HINT = "The consultant reads it."
MISSING_TITLE = "Something is missing"
MISSING_LABEL = "What is missing?"
MISSING_HINT = "The consultant reads it, and the work goes on."
SEND = "Send"
BLANK = "Please say it in a few words."
DONE_TITLE = "Done"
DECIDED = "Your decision is stored, and the consultant has been told."
HUSHED = "There is a reply to your request."
SETTLED = "This proposal is settled. There is nothing to decide."
NOT_STORED = "That could not be stored because of a fault on our side. Please send it again."

_STATES = {
    ProposalState.CHANGES: "Changes were asked for",
    ProposalState.ACCEPTED: "Accepted",
    ProposalState.DECLINED: "Declined",
    ProposalState.SUPERSEDED: "Replaced: a newer proposal follows, or this one is not needed any more",
    ProposalState.LAPSED: "Lapsed: nobody decided in time",
}


def proposed(name: str, reference: str, title: str, *, is_change: bool) -> str:
    """Return the first sentence of a proposal."""
    what = "proposes a change of scope for" if is_change else "proposes how to do"
    return f"{name} {what} {reference}: {title}"


def lapses(when: date) -> str:
    """Return until when a proposal can be decided on."""
    return f"You can decide until {day(when)}. Nothing is spent before it is accepted."


def old_terms(minutes: int | None, ends_on: date | None) -> str:
    """Return the terms that hold until a change is accepted."""
    agreed = [agreed_words(minutes)] if minutes else []
    agreed += [f"until {day(ends_on)}"] if ends_on else []
    return f"Until you accept, what was agreed holds: {', '.join(agreed)}."


def state_line(state: ProposalState, name: str | None) -> str:
    """Return what became of a proposal."""
    return f"{_STATES[state]} by {name}." if name else f"{_STATES[state]}."


def conflict_line(conflicts: str) -> str:
    """Return the conflict of interest as it was stated."""
    return conflicts.strip()


def spoken(label: str, reference: str) -> str:
    """Return what a screen reader says for a button."""
    return f"{label}: {reference}"


def completed(name: str, reference: str, title: str) -> str:
    """Return the first sentence about completed work."""
    return f"{name} has completed {reference}: {title}"


def asks_result(reference: str) -> str:
    """Return what is asked about completed work."""
    return f"Please accept the work of {reference}, or say what is missing."


def result_state(accepted: bool, name: str | None) -> str:
    """Return what became of the question about completed work."""
    by = f" by {name}" if name else ""
    return f"Accepted{by}." if accepted else "Something was missing, so the work goes on."


def started(reference: str, by: str, starts: date, ends: date, minutes: int, *, is_change: bool) -> str:
    """Return what the asker's thread reads when work is agreed."""
    what = "The change of scope was" if is_change else "The proposal was"
    return (
        f"{what} accepted by {by}: {reference} runs from {day(starts)} to {day(ends)}, "
        f"{agreed_words(minutes)} in all. Milestones and how it stands are told here."
    )


def over(reference: str, by: str) -> str:
    """Return what the asker's thread reads when completed work was accepted."""
    return f"{by} accepted the work of {reference}. Thank you for working with us on it."


def status(name: str, reference: str, text: str) -> str:
    """Return a status as the client's thread reads it."""
    return f"{name} on {reference}: {text}"


def waits(names: list[str], reference: str, *, is_result: bool) -> str:
    """Return what stands in a channel for people we cannot write to; it says nothing of the terms."""
    what = "completed work" if is_result else "a proposal"
    return (
        f"There is {what} for {', '.join(names)} to look at ({reference}). The button shows it to them alone."
    )


def lapses_soon(reference: str, title: str, lapses_on: date) -> str:
    """Return what whoever decides is reminded of, once."""
    return f"The proposal for {reference} waits for your decision until {day(lapses_on)}: {title}"


def not_waiting(reference: str) -> str:
    """Return what stands there where it was decided while the reminder was on its way."""
    return f"The proposal for {reference} is settled. There is nothing to decide."


def milestones_done(done: int, count: int) -> str:
    """Return how many milestones are done."""
    return f"Milestones done: {done} of {count}."


def hours_spent(spent: str, agreed: str) -> str:
    """Return how much was worked, beside what was agreed."""
    return f"Worked: {spent} of {agreed} agreed."
