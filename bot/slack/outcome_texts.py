"""The words of outcomes: recording one, asking its owner, and what was said."""

from bot.engagement.outcome_models import OutcomeState

RECORD = "Record an outcome"
RECORD_TITLE = "Record an outcome"
STATEMENT = "What should be true afterwards?"
STATEMENT_HINT = "One sentence the client would agree to. Its owner reads it when they are asked."
MEASURE = "How will one see it?"
MEASURE_HINT = "A number, a date, or something that can be looked at."
BASELINE = "Where it stands today"
TARGET = "What is aimed at"
DUE = "By when"
OWNER = "Who is asked about it?"
OWNER_HINT = "They are asked after 30, 60 and 90 days, with two taps. Silence counts as no answer."
SAVE = "Save"
CONFIDENTIAL = (
    "This request is confidential: its outcome is told to nobody but its asker, and no pack names it."
)
NOT_STORED = "That could not be stored because of a fault on our side. Please send it again."
PRESS_AGAIN = "That took too long to open. Please press the button again."

STATES = {
    OutcomeState.REACHED: "Reached",
    OutcomeState.PARTLY: "Partly reached",
    OutcomeState.OPEN: "Not yet",
    OutcomeState.MISSED: "Missed",
    OutcomeState.DROPPED: "No longer wanted",
}
STATES_SAID = {
    OutcomeState.REACHED: "You said: reached. You are not asked about this again.",
    OutcomeState.PARTLY: "You said: partly reached.",
    OutcomeState.OPEN: "You said: not yet.",
    OutcomeState.MISSED: "You said: missed.",
    OutcomeState.DROPPED: "You said: no longer wanted. You are not asked about this again.",
}
ADD = "Add a figure or comment"
ADD_SPOKEN = "Add a figure or a comment to what became of this outcome"
THERE = "There is a short question about how this went on. Only the person it is for can open it."
THERE_OPEN = "Open the question"
THERE_SPOKEN = "Open the question about how this work went on"
CHECK_TITLE = "What became of it?"
CHECK_STATE = "Where does it stand?"
VALUE = "The figure today, if there is one"
COMMENT = "Anything else we should know"
COMMENT_HINT = "Our consultants read it."
SEND = "Send"
THANKS = "Thank you. It is kept with the outcome."
HUSHED = "There is a question for you here."


def recorded(owner: str) -> str:
    """Return the confirmation for the consultant."""
    return f"The outcome is recorded. {owner} is asked about it after 30, 60 and 90 days."


def question(day: int, reference: str) -> str:
    """Return the question itself."""
    return f"{day} days after {reference}: what became of this?"


def aims(measure: str, baseline: str | None, target: str | None, due: str | None) -> str:
    """Return how one sees it, on one line."""
    parts = [f"Measure: {measure}"]
    parts += [f"then: {baseline}"] if baseline else []
    parts += [f"target: {target}"] if target else []
    parts += [f"by {due}"] if due else []
    return " · ".join(parts)


def state_spoken(state: OutcomeState) -> str:
    """Return what a screen reader says for one of the five buttons."""
    return f"Say of this outcome: {STATES[state].lower()}"
