"""Every sentence about hours: time that is logged, balances and their lines, thresholds."""

from datetime import date

from bot.engagement.dates import month_words
from bot.engagement.durations import exact_words, hours_words
from bot.engagement.grants import Balance
from bot.engagement.retainer_models import AtZero, LineKind
from bot.engagement.time_lines import HOW

LOG = "Log time"
LOG_TITLE = "Log time"
LOG_SUBMIT = "Log"
TIME = "How long"
TIME_HINT = "Like 45m, 1h30, 1.5h or 90 (minutes)."
TIME_OPTIONAL = "Time to log"
DAY = "Day"
CLIENT_NOTE = "What for, as the client reads it"
CLIENT_HINT = "The client sees it in the month's lines, unless this was asked in private."
INTERNAL_NOTE = "Internal note"
REASON = "Not billable because"
REASON_HINT = "Left empty, it is billable."
NOT_STORED = "I am sorry, this could not be logged just now. Please send it again in a minute."
PRESS_AGAIN = "Please press the button again."
TAKE_BACK = "Take back"
TAKEN_BACK = "It is taken back by a counter-entry, and the balance is as before."
HOW_TO_LOG = f"Consultants log time. {HOW} Or press Log time on the card."
CONFIDENTIAL_LOGGED = (
    "It is confidential: charged only if a lead says so, and the client sees one line a month "
    "without person, day or reference."
)

BALANCE_TITLE = "Hours"
SHOW = "Show the hours"
SHOW_SPOKEN = "Show the hours of your organisation, to you alone"
PRIVATELY = "Hours are shown to you alone: press the button."
THERE = (
    "There is word about the hours of your organisation. It opens for whoever approves them, for them alone."
)
LINES = "Show the lines"
LINES_TITLE = "Hours, line by line"
NEXT, BEFORE, MONTH_BEFORE = "Next page", "Page before", "Month before"
NO_LINES = "Nothing has come in or gone out in this month."
MORE_CLIENTS = "Name a client for its lines, like `/vcio retainer acme`."
CHARGE, WAIVE = "Charge confidential time", "Do not charge it"
CONFIDENTIAL_LINE = "Confidential matters"
PRIVATE_LINE = "Advice asked for in private"
WORDS = {
    LineKind.GRANTED: "Agreed for the month",
    LineKind.CARRIED_IN: "From the month before",
    LineKind.SPENT: "Time",
    LineKind.CORRECTED: "Correction",
    LineKind.EXPIRED: "Expired",
    LineKind.CARRIED_OUT: "Carried into the next month",
}
BESIDE = "Assignments and extra hands, not taken from these hours"


def suggestion(minutes: int) -> str:
    """Return what somebody seems to have spent; empty for nothing."""
    if not minutes:
        return ""
    return f"From what you did here it may have been about {hours_words(minutes)}; change it as it was."


def log_spoken(reference: str) -> str:
    """Return what a screen reader says of *Log time*."""
    return f"Log time on {reference}"


def logged(minutes: int, charged: int, reference: str, client: str, *, billable: bool) -> str:
    """Return what was booked."""
    if not billable:
        return f"Logged {exact_words(minutes)} on {reference} ({client}), not billable."
    of = f", charged as {exact_words(charged)}" if charged != minutes else ""
    return f"Logged {exact_words(minutes)} on {reference} ({client}){of}."


def after(client: str, balance: Balance | None) -> str:
    """Return how the month stands after it."""
    if balance is None:
        return f"No hours are counted down for it: {client} has agreed to none, or it has hours of its own."
    if balance.left > 0:
        return (
            f"{hours_words(balance.left)} of {hours_words(balance.available)} are left in {_month(balance)}."
        )
    stops = " Its retainer stops here: more waits for consent." if _blocks(balance) else ""
    if balance.left == 0:
        return f"With that the hours of {_month(balance)} are used up.{stops}"
    return (
        f"That is {hours_words(-balance.left)} beyond the hours of {_month(balance)}: "
        f"please speak with {client} before more is spent.{stops}"
    )


def after_work(reference: str, agreed: int, charged: int) -> str:
    """Return how the hours of agreed work stand after it."""
    if charged <= agreed:
        return f"{hours_words(agreed - charged)} of {hours_words(agreed)} agreed for {reference} are left."
    return (
        f"That is {hours_words(charged - agreed)} beyond the {hours_words(agreed)} agreed for {reference}: "
        "propose a change of scope before more is spent."
    )


def standing(client: str, month: date, balance: Balance | None) -> str:
    """Return a balance in a sentence."""
    if balance is None:
        return f"{client} has no retainer in {month_words(month)}, so no hours are counted down."
    left = (
        f"{hours_words(balance.left)} of {hours_words(balance.available)} left"
        if balance.left >= 0
        else f"{hours_words(-balance.left)} more than the {hours_words(balance.available)} there were"
    )
    return f"{client}, {month_words(month)}: {left}, {balance.used_per_cent} % used."


def parts(balance: Balance) -> list[str]:
    """Return what a balance is made of, to the minute."""
    carried = [f"From the month before: {exact_words(balance.carried_in)}"] if balance.carried_in else []
    provisional = (
        " (the month before is not closed, so this can still change)"
        if balance.is_provisional and carried
        else ""
    )
    return [
        f"Agreed for the month: {exact_words(balance.granted)}",
        *(f"{each}{provisional}" for each in carried),
        f"Spent: {exact_words(balance.spent)}",
        f"Left: {exact_words(balance.left)}",
    ]


def adds_up(total: int, month: date) -> str:
    """Return the sum of the lines."""
    return f"These lines add up to {exact_words(total)} left of {month_words(month)}."


def undecided(minutes: int) -> str:
    """Return what a lead reads of a month's confidential time, until the month is closed."""
    if minutes:
        amount = exact_words(minutes)
        return f"{amount} of confidential time is not charged. You decide until the month closes."
    return "The confidential time of this month is charged. You can still decide otherwise, until it closes."


def page_of(page: int, pages: int) -> str:
    """Return where somebody is in the lines."""
    return f"Page {page} of {pages}"


def _month(balance: Balance) -> str:
    return month_words(balance.month)


def _blocks(balance: Balance) -> bool:
    return balance.retainer.at_zero is AtZero.BLOCK
