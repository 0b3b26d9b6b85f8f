"""The shared figures on risk, classification, access, policies, planning and the clocks of the law."""

from tests.methodology.shared_numbers import HOURS, RANGE, Topic, topic


def band(name: str, scores: str) -> Topic:
    """One band of the risk scale: its range, and every worked product that may carry its name."""
    low, *_, high = scores.split()
    wrong = "7" if name != "medium" else "12"
    return topic(
        f"{name} risk",
        rf"\b{name}\b",
        rf"\b(\d+-\d+) {name}\b|= (\d+),? (?:which is )?{name}\b",
        f"{low}-{high} {scores}",
        right=f"A risk of {low}–{high} {name} is one that scores so.",
        wrong=f"The risk scores 3 × 4 = {wrong}, {name}.",
    )


RISK = (
    band("low", "1 2 3 4 5"),
    band("medium", "6 8 9 10"),
    band("high", "12 15 16"),
    band("extreme", "20 25"),
    topic(
        "size of the risk scale",
        r"\blikelihood\b",
        r"\b(\d) × \d scale",
        "5",
        right="Score likelihood × impact on a 5 × 5 scale.",
        wrong="Score likelihood × impact on a 3 × 3 scale.",
    ),
)
CLASSES = (
    topic(
        "default classification",
        r"\bdefault\b",
        r"\"?\b(public|internal|confidential|restricted)\"? (?:is|as) the default\b",
        "internal",
        right='Use four levels, with "Internal" as the default.',
        wrong='Use four levels, with "Public" as the default.',
    ),
    topic(
        "classification levels",
        r"\bclassification levels\b(?!.*\bpublic, internal and confidential\b)",
        r"\b(two|three|four|five|six|\d) classification levels\b",
        "four",
        right="Four classification levels are enough.",
        wrong="Five classification levels are enough.",
    ),
)
ACCESS = (
    topic(
        "involuntary departures",
        r"\binvoluntary\b",
        r"within (\d+) (?:hours?|h)\b",
        "1",
        right="Disable leavers the same day, or within 1 hour if the departure is involuntary.",
        wrong="Disable leavers the same day, or within 4 hours if the departure is involuntary.",
    ),
    topic(
        "leavers",
        r"\bleavers?\b.*\bdisabled\b",
        r"\bdisabled (?:on )?(?:the |within )?(same|next|\d+) ",
        "same",
        right="Leavers are disabled the same day.",
        wrong="Leavers are disabled the next day.",
    ),
    topic(
        "review of privileged access",
        r"\bprivileged\b",
        r"\bprivileged access (?:should be |is )?reviewed (\S+?)[,.]|\b(\w+) review of privileged access",
        "quarterly",
        right="Privileged access is reviewed quarterly, the rest yearly.",
        wrong="Privileged access is reviewed yearly, the rest never.",
    ),
    topic(
        "review of access to sensitive data",
        r"\breview.*\bsensitive data\b",
        r"\bsensitive data (monthly|quarterly|six-monthly|yearly)\b",
        "six-monthly",
        right="Review access to sensitive data six-monthly.",
        wrong="Review access to sensitive data yearly.",
    ),
)
STEERING = (
    topic(
        "core policies",
        r"\bpolicies\b",
        rf"({RANGE}) (?:core |it )+policies\b",
        "10-12",
        right="A good set has 10–12 core policies.",
        wrong="A good set has 15–20 core policies.",
    ),
    topic(
        "pages of a policy",
        r"\bpolic(?:y|ies)\b(?!.*\bhandbook\b)",
        r"\bpolic(?:y|ies)\b[^.;|,]{0,40}?(\d+-\d+) pages",
        "2-4",
        right="An access policy of 2–4 pages is enough.",
        wrong="An access policy of 6–8 pages is enough.",
    ),
    topic(
        "days to acknowledge a policy",
        r"\backnowledge.*%",
        r"\backnowledge[^.;|]*?within (\d+) days",
        "30",
        right="Policies are acknowledged by at least 95 % within 30 days.",
        wrong="Policies are acknowledged by at least 95 % within 60 days.",
    ),
    topic(
        "length of a steering committee",
        r"\bsteering committee\b.*\bmembers\b",
        r"(\d+-\d+) minutes",
        "60-90",
        right="A steering committee has 5–9 members and meets for 60–90 minutes.",
        wrong="A steering committee has 5–9 members and meets for 90–120 minutes.",
    ),
    topic(
        "planning horizon",
        r"\bstrategy\b",
        r"\bstrategy covers (\w+) years|\b(\w+)-year (?:window|roadmap|strategy)\b",
        "three",
        right="A good strategy covers three years.",
        wrong="A good strategy covers five years.",
    ),
    topic(
        "down time a month at 99.9 %",
        r"(?<![\d.])99\.9%",
        r"(\d+) min(?:utes)? a month",
        "44",
        right="Availability of 99.9 % allows 44 minutes a month.",
        wrong="Availability of 99.9 % allows 90 minutes a month.",
    ),
)
CLOCKS = (
    topic(
        "clocks of NIS2",
        r"\bnis2\b",
        HOURS,
        "24 72",
        right="NIS2 wants a warning within 24 h and a notification within 72 h.",
        wrong="NIS2 wants a warning within 12 h and a notification within 72 h.",
    ),
    topic(
        "final report under NIS2",
        r"\bnis2\b",
        r"(\d+) months?\b",
        "1",
        right="NIS2 wants a final report after 1 month.",
        wrong="NIS2 wants a final report after 3 months.",
    ),
    topic(
        "Australia's scheme",
        r"\baustralia",
        r"(\d+) days",
        "30",
        right="Australia's scheme allows 30 days to assess a breach.",
        wrong="Australia's scheme allows 60 days to assess a breach.",
    ),
    topic(
        "breach notice in contracts",
        r"\bcontracts?\b|\bbreach\b|\bincident notice\b",
        r"(\d+-\d+) (?:hours|h)\b",
        "24-48",
        right="Contracts often demand notice of a breach in 24–48 hours.",
        wrong="Contracts often demand notice of a breach in 48–96 hours.",
    ),
    topic(
        "answer to a subject-access request",
        r"\baccess request\b|\bsubject-access\b",
        r"\bwithin (\w+) (?:months?|days)\b",
        "one",
        right="A subject-access request is answered within one month.",
        wrong="A subject-access request is answered within two months.",
    ),
    topic(
        "extension of a subject-access request",
        r"\baccess request\b|\bsubject-access\b",
        r"\b(\w+) further months?\b",
        "two",
        right="Two further months may extend a subject-access request.",
        wrong="Three further months may extend a subject-access request.",
    ),
)
DUTIES: tuple[Topic, ...] = (*RISK, *CLASSES, *ACCESS, *STEERING, *CLOCKS)
