"""What a pack says: the same words and figures in the PDF, in Slack and in the pictures' descriptions."""

from bot.engagement.dates import day_words, month_words
from bot.engagement.durations import exact_words, hours_words
from bot.engagement.reports import LEAST_PEOPLE, Compared, Figures, Hours

Rows = list[tuple[str, str]]
STATES = {
    "reached": "Reached",
    "partly": "Partly reached",
    "open": "Open",
    "missed": "Missed",
    "dropped": "No longer wanted",
}
ENDINGS = {
    "helpful": "Answered, confirmed helpful",
    "silent": "Answered, nothing said of it",
    "not_helpful": "Answered, marked not helpful",
    "escalated": "Went on to a consultant",
    "unanswered": "No answer given",
}
PROMISES = {"kept": "Kept", "broken": "Broken", "running": "Still running"}
KEPT_APART = (
    "Kept apart: what was asked in confidence is left out of every figure here and not even counted; "
    "its time, where it is charged, is one line."
)
NO_TOPICS = f"No subject was asked about by {LEAST_PEOPLE} or more people, so none is named."
NO_OUTCOMES = "No outcome is recorded yet."
NO_DECISIONS = "No decision was recorded this month."
NO_RETAINER = "No retainer held this month."
NO_BENCHMARK = "The firm has not stated what a full-time CIO costs, so no cost is compared."
NOTES = (
    "A question asked again in the same thread, as for another size of organisation, counts once, as it "
    "ended last. One that went on to a consultant counts there, whatever was thought of its answer.",
    "A promise counts in the month it began; what ended without anybody waiting for it counts nowhere.",
    "An outcome is what its owner said of it after 30, 60 or 90 days. Silence never counts as success.",
    "Nobody is named as having asked, and a subject is named only where "
    f"{LEAST_PEOPLE} or more people asked about it.",
)


def title(figures: Figures) -> str:
    """Return the heading of a pack."""
    return f"{figures.client}: {month_words(figures.month)}"


def prepared(figures: Figures) -> str:
    """Return by whom and when it was made."""
    return f"Monthly pack, prepared by {figures.firm} on {day_words(figures.made_on)}"


def glance(figures: Figures) -> Rows:
    """Return the four figures to see first."""
    questions, promises, hours = figures.questions, figures.promises, figures.hours
    kept = promises.kept + promises.broken
    return [
        ("Questions", f"{questions.asked} asked, {questions.answered} answered at once"),
        ("Consultants", f"{figures.requests.made} requests, {figures.requests.settled} settled"),
        ("Promises", f"{promises.kept} of {kept} kept" if kept else "none fell due"),
        ("Hours", used(hours) if hours.given else f"{hours_words(hours.worked_for)} used, no retainer"),
    ]


def used(hours: Hours) -> str:
    """Return how much of a month's hours is used."""
    return f"{hours_words(hours.spent)} of {hours_words(hours.given)} used ({hours.used_per_cent} %)"


def endings(figures: Figures) -> Rows:
    """Return how the questions ended."""
    counts = {name: getattr(figures.questions, name) for name in ENDINGS}
    return [(label, str(counts[name])) for name, label in ENDINGS.items()] + [
        ("Questions in all", str(figures.questions.asked)),
        ("Not covered by the methodology (gaps)", str(figures.questions.gaps)),
    ]


def requests(figures: Figures) -> Rows:
    """Return how the requests to consultants stand."""
    made = figures.requests
    return [
        ("Settled", str(made.settled)),
        ("Withdrawn by who asked", str(made.withdrawn)),
        ("Closed without an answer from who asked", str(made.let_go)),
        ("Still open", str(made.open)),
        ("Requests in all", str(made.made)),
        ("Of these reopened at least once", str(made.reopened)),
    ]


def balance(hours: Hours) -> Rows:
    """Return a month's balance line by line, to the minute."""
    return [
        ("Granted this month", exact_words(hours.granted)),
        ("Carried in from the month before", exact_words(hours.carried_in)),
        ("Used", exact_words(hours.spent)),
        ("Left", exact_words(hours.left)),
    ]


def work(hours: Hours) -> Rows:
    """Return what the time went to, to the minute."""
    rows = [(line.label, exact_words(line.minutes)) for line in hours.lines]
    rows += [(f"{line.label}, beside the retainer", exact_words(line.minutes)) for line in hours.beside]
    return rows + ([("Worked and not charged", exact_words(hours.free))] if hours.free else [])


def promised(figures: Figures) -> Rows:
    """Return what became of the promises."""
    return [(label, str(getattr(figures.promises, name))) for name, label in PROMISES.items()]


def outcomes(figures: Figures) -> Rows:
    """Return how many outcomes stand where."""
    return [(label, str(figures.outcomes.get(state, 0))) for state, label in STATES.items()]


def comparison(compared: Compared) -> Rows:
    """Return the comparison with a full-time CIO, each step with its formula."""
    week, month = exact_words(compared.week), exact_words(compared.full_time)
    rows = [
        ("Hours used", exact_words(compared.spent)),
        ("A full-time month: working week × 52 ÷ 12", f"{week} × 52 ÷ 12 = {month}"),
        ("Part of a full-time month: hours used ÷ full-time month", f"{100 * compared.share:.1f} %"),
    ]
    if compared.yearly is None:
        return rows
    return [
        *rows,
        ("A full-time CIO a month: yearly cost ÷ 12", _step(compared, compared.yearly, compared.monthly)),
        (
            "The same part of a full-time post: monthly cost × part",
            money(compared, compared.same_share),
        ),
    ]


def source(compared: Compared) -> str:
    """Return where the benchmark comes from, and what the comparison does not say."""
    if compared.yearly is None:
        return NO_BENCHMARK
    return (
        f"Source of the yearly cost: {compared.source}. A full-time post costs its whole year, used or not; "
        "what these hours cost is in your agreement and on your invoice."
    )


def money(compared: Compared, amount: int | None) -> str:
    """Return an amount with its currency."""
    return f"{amount:,} {compared.currency}".strip() if amount is not None else ""


def _step(compared: Compared, yearly: int, monthly: int | None) -> str:
    return f"{money(compared, yearly)} ÷ 12 = {money(compared, monthly)}"


def spoken(name: str, rows: Rows) -> str:
    """Return a picture's description: its name and every figure in it."""
    return f"{name}: " + "; ".join(f"{label} {value}" for label, value in rows) + "."


def trend(figures: Figures) -> Rows:
    """Return the months of the trend with what was given and used."""
    return [
        (month_words(each.month), f"{hours_words(each.spent)} of {hours_words(each.given)}")
        for each in figures.trend
    ]
