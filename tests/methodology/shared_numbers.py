"""The figures that every article shares: where a topic is mentioned, only these values may stand."""

import re
from dataclasses import dataclass

from tests.methodology.article import normalised

RANGE = r"\d+(?:\.\d+)?(?:-\d+(?:\.\d+)?)?"
PERCENT = rf"({RANGE})%"


@dataclass(frozen=True)
class Topic:
    """One agreed figure: where it is spoken of, how its value is found, which values are right.

    Patterns are matched against normalised text (lower case, hyphens for dashes, no space before %).
    `wrong` is a sentence that must be caught: a topic that cannot fail would guard nothing.
    """

    name: str
    mention: str
    figure: str
    allowed: frozenset[str]
    right: str
    wrong: str

    def values(self, statement: str) -> list[str]:
        """Values that the statement gives for the topic, right or wrong."""
        text = normalised(statement)
        if not re.search(self.mention, text):
            return []
        return [next(filter(None, match.groups()), "") for match in re.finditer(self.figure, text)]

    def strangers(self, statement: str) -> list[str]:
        """Values that the statement gives for the topic and the sheet does not know."""
        return [value for value in self.values(statement) if value not in self.allowed]


def topic(name: str, mention: str, figure: str, allowed: str, *, right: str, wrong: str) -> Topic:
    """Build a topic; the allowed values are given with blanks between."""
    return Topic(name, mention, figure, frozenset(allowed.split()), right, wrong)


def availability(percent: str, figure: str, allowed: str) -> Topic:
    """Down time a year (or month) that belongs to one availability percentage."""
    mention = rf"(?<![\d.]){re.escape(percent)}%[^.]*\b(?:availab|down|h\b|hours|min)"
    value = allowed.split()[0]
    unit = "minutes" if "min" in figure else "hours"
    return topic(
        f"availability of {percent} %",
        mention,
        figure,
        allowed,
        right=f"Availability of {percent} % allows {value} {unit} down a year.",
        wrong=f"Availability of {percent} % allows 61 {unit} down a year.",
    )


HOURS = r"(\d+(?:\.\d+)?) ?(?:h\b|hours)"
MINUTES = r"(\d+) ?min"


def tier(number: int, hours: str) -> Topic:
    """Recovery objectives of one criticality tier, in hours, where a statement speaks of that tier alone."""
    others = "".join(str(other) for other in range(1, 5) if other != number)
    figure = r"r[tp]o:? (?:of |is |within )?(\d+) ?(?:h\b|hours)"
    return topic(
        f"tier {number} recovery",
        rf"^(?!.*tiers? [{others}])(?=.*tier {number}\b).*\br[tp]o\b",
        figure,
        hours,
        right=f"Tier {number} has an RPO of {hours.split()[-1]} hours.",
        wrong=f"Tier {number} has an RPO of 36 hours.",
    )


def priority(number: int, figure: str, allowed: str, *, right: str, wrong: str) -> Topic:
    """Response or restore time of one service-desk priority, where a statement speaks of it alone."""
    others = "".join(str(other) for other in range(1, 5) if other != number)
    mention = rf"^(?!.*\bp[{others}]\b)(?=.*\bp{number}\b).*(?:respond|response|restore)"
    return topic(f"priority P{number}", mention, figure, allowed, right=right, wrong=wrong)


AVAILABILITY = (
    availability("99", HOURS, "87.6"),
    availability("99.5", HOURS, "43.8"),
    availability("99.9", HOURS, "8.8"),
    availability("99.95", HOURS, "4.4"),
    availability("99.99", MINUTES, "53"),
)
TIERS = (tier(1, "4 1"), tier(2, "24 4"), tier(3, "72 24"), tier(4, "24"))
PRIORITIES = (
    priority(
        1, r"respon\w+:? (?:\w+ )?(\d+) min", "15", right="P1: respond 15 min.", wrong="P1: respond 30 min."
    ),
    priority(1, r"restore\w*:? (?:\w+ )?(\d+) ?h", "4", right="P1: restore 4 h.", wrong="P1: restore 8 h."),
    priority(
        2, r"respon\w+:? (?:\w+ )?(\d+) min", "30", right="P2: respond 30 min.", wrong="P2: respond 60 min."
    ),
    priority(3, r"respon\w+:? (?:\w+ )?(\d+) ?h", "4", right="P3: respond 4 h.", wrong="P3: respond 8 h."),
)

MONEY = (
    topic(
        "run, grow and transform",
        r"grow.*transform",
        r"\b(\d\d/\d\d/\d\d)\b",
        "70/20/10",
        right="A usual split of run, grow and transform is 70/20/10.",
        wrong="A usual split of run, grow and transform is 60/25/15.",
    ),
    topic(
        "run share to aim for",
        r"\brun\b.*(?:at or below|below|under|at most)",
        rf"\brun\b[^.;]*?(?:at or below|below|under|at most) {PERCENT}",
        "65",
        right="Aim for run at or below 65 % over three years.",
        wrong="Aim for run below 60 % over three years.",
    ),
    topic(
        "IT spend as a share of revenue",
        r"(?:of|per cent of) (?:revenue|turnover)",
        rf"{PERCENT} of (?:revenue|turnover|annual revenue)",
        "2-7 3.1 1.5-3 4-5 7-10",
        right="Organisations spend about 2–7 % of revenue on IT.",
        wrong="Organisations spend about 5–9 % of revenue on IT.",
    ),
    topic(
        "IT spend by sector",
        r"(?:manufacturing|healthcare|financial services) (?:usually |often )?(?:at|spends?|sits?)",
        rf"(?:manufacturing|healthcare|financial services)[^,;.%]*? {PERCENT}",
        "1.5-3 4-5 7-10",
        right="Manufacturing usually sits at 1.5–3 %, healthcare at 4–5 %.",
        wrong="Manufacturing usually sits at 2–4 %, healthcare at 6–8 %.",
    ),
    topic(
        "security spend",
        r"security.*of it (?:spend|budget)",
        rf"{PERCENT} of (?:the )?it (?:spend|budget)",
        "5-12 5 12",
        right="Security takes 5–12 % of IT spend.",
        wrong="Security takes 15 % of IT spend.",
    ),
    topic(
        "contingency",
        r"\bcontingency\b",
        rf"contingency[^.;|]*?{PERCENT}|{PERCENT} contingency",
        "5 10-15 20-30",
        right="Allow a contingency of 10–15 % for familiar work.",
        wrong="Allow a contingency of 8 % for familiar work.",
    ),
    topic(
        "change and training budget",
        r"(?:change and training|training and change).*project cost",
        rf"{PERCENT} of (?:the )?project cost",
        "10-15",
        right="Change and training deserve 10–15 % of project cost.",
        wrong="Change and training deserve 5 % of project cost.",
    ),
    topic(
        "IT people as a share of head count",
        r"\bit (?:people|staff|staffing)\b.*(?:headcount|head count)",
        PERCENT,
        "2-6",
        right="IT people are 2–6 % of headcount.",
        wrong="IT people are 3–9 % of headcount.",
    ),
    topic(
        "unused licences",
        r"unused.*licen[cs]es?|licen[cs]es?.*unused",
        PERCENT,
        "20-30",
        right="Expect 20–30 % of software licences to be unused.",
        wrong="Expect 40 % of software licences to be unused.",
    ),
)
