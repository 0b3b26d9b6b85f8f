"""Every sentence of the CIO self-assessment, as plain words; the builders escape them."""

from collections.abc import Mapping, Sequence

from bot.answering.assessment import Average, Line, NextStep
from bot.answering.filled_sheet import decimal

START = "Assess yourself"
START_SPOKEN = "Assess yourself against the CIO competencies"
TITLE = "CIO self-assessment"
NEXT = "Next"
FINISH = "Show my result"
BACK = "Back"
CHANGE = "Change my levels"
CHANGE_SPOKEN = "Go through the three steps again; your levels are kept"
PRIVATE = (
    "For you alone: no colleague, manager or consultant is shown your levels or your result, and I keep "
    "neither. Where I can write to you, a copy of the result goes into our direct messages; otherwise it "
    "stands in this window only."
)
SCALE = "What the levels mean"
EXAMPLE = "A level you have no example for counts one point lower."
CHOOSE = "Choose a level"
INCOMPLETE = "Please choose a level."
LEFT_OUT = "Some levels are missing here. The others are kept."
REVISED = (
    "The self-assessment has been revised meanwhile, so these levels no longer fit. Please close this window "
    "and start again."
)
NONE_HERE = "The methodology holds no self-assessment at present."
NOT_STORED = (
    "I could not store the result just now. Your levels are kept here; please press again in a minute."
)

RESULT = "Your result"
RESULT_TITLE = "Self-assessment result"
NOTIFICATION = "The result of your CIO self-assessment is here, for you alone."
ONLY_HERE = (
    "Only you see this. I cannot write to you directly here, so note what you need before you close this "
    "window."
)
COPY_SENT = "Only you see this. A copy is in our direct messages, under Messages."
ONLY_YOU = "Only you see this. Nothing of it is kept elsewhere."
GAPS = "Biggest gaps first"
NO_GAPS = "No competency lies below the level required of it."
FLAT = (
    "Every level is the same. That happens where no examples are asked for: with one example for each, the "
    "picture becomes clearer."
)
NEXT_TITLE = "What next"
HEADER = ("Competency", "Now", "Required")
OPEN = "Open"
BACK_TO_RESULT = "Back to my result"
NEXT_PART = "Next part"
TALK_ABOUT = "Asked after the CIO self-assessment; its result is known to nobody but the person."

_STEPS: Mapping[NextStep, str] = {
    NextStep.PLAN: "**Choose** for each of these: develop, complement or accept, with an owner and a date.",
    NextStep.GROW: "**Develop** by a 12-month plan: stretching work, learning from others, a few courses.",
    NextStep.COMPLEMENT: "**Complement** yourself with somebody who brings the group you lack.",
    NextStep.MEASURE: "**Keep it up**: score yourself again in a year, and watch the measures until then.",
}
_SPOKEN: Mapping[NextStep, str] = {
    NextStep.PLAN: "Open the section on choosing for each gap",
    NextStep.GROW: "Open the section on a 12-month development plan",
    NextStep.COMPLEMENT: "Open the section on filling a gap by complementing",
    NextStep.MEASURE: "Open the section on measures and outcomes",
}
RULE_SPOKEN = "Open the section on the rule for a CIO"


def step_title(number: int, count: int) -> str:
    """Return the title of the window at a step: a new title has Slack begin at the top."""
    return f"Self-assessment {number} of {count}"


def back_spoken(name: str) -> str:
    """Return what a screen reader says for the way back to the group before."""
    return f"Back to {name}"


def level(number: int, meaning: str) -> str:
    """Return a level as it stands in a list to choose from."""
    return f"{number}: {meaning}"


def level_line(number: int, meaning: str, evidence: str) -> str:
    """Return a level with what shows it."""
    return f"**{level(number, meaning)}** (evidence: {evidence[:1].lower()}{evidence[1:]})"


def now_label(name: str) -> str:
    """Return the label of the present level."""
    return f"{name}: your level now"


def required_label(name: str) -> str:
    """Return the label of the required level."""
    return f"{name}: required level"


def overall(tenths: int, averages: Sequence[Average]) -> str:
    """Return the weighted total in a sentence."""
    weights = ", ".join(f"{average.name} {average.weight} %" for average in averages)
    return f"**{decimal(tenths)} of 5 overall**, weighted {weights}."


def rule(averages: Sequence[Average]) -> str:
    """Return whether the rule of least averages holds, and which groups miss it."""
    missed = [average.name for average in averages if not average.holds]
    if not missed:
        return "**The rule for a CIO holds**: every group reaches its minimum average."
    return (
        f"**The rule for a CIO does not hold yet.** Below the minimum average: {', '.join(missed)}. A good "
        "total cannot make up for that."
    )


def average_line(average: Average) -> str:
    """Return what a group comes to."""
    reached = "reached" if average.holds else "not reached"
    return f"**{average.name}**: {decimal(average.tenths)} on average, at least {average.least}: {reached}"


def gap_line(line: Line) -> str:
    """Return a gap in words."""
    return f"**{line.name}**: now {line.current}, required {line.required}, gap {line.gap}"


def serious(names: Sequence[str], least: int) -> str:
    """Return which gaps must be dealt with."""
    return f"**Gaps of {least} or more**: {', '.join(names)}."


def none_serious(least: int) -> str:
    """Return that no gap must be dealt with."""
    return f"No gap is {least} or more, so none needs a plan."


def step(next_step: NextStep) -> str:
    """Return what to do next, in a sentence."""
    return _STEPS[next_step]


def step_spoken(next_step: NextStep) -> str:
    """Return what a screen reader says for the button that opens the section of a step."""
    return _SPOKEN[next_step]


def reading(name: str, article: str) -> str:
    """Return the line that leads to the article about a competency."""
    return f"**{name}**: read what good looks like in “{article}”."


def reading_spoken(name: str) -> str:
    """Return what a screen reader says for the button that opens it."""
    return f"Open the section about {name}"
