"""The shared figures on the service desk, data, adoption, licences, cloud, AI pilots and IT staffing."""

from tests.methodology.shared_numbers import PERCENT, RANGE, Topic, priority, topic

NEAR = r"[^.|]{0,40}?"


def share(name: str, word: str, percent: str, *, right: str, wrong: str) -> Topic:
    """A percentage that stands shortly after the word it belongs to, in prose or in a table row."""
    return topic(name, rf"\b{word}", rf"\b{word}{NEAR}{PERCENT}", percent, right=right, wrong=wrong)


DESK = (
    priority(
        2,
        r"restore\w*:? (?:\w+ )?(\d+) working",
        "1",
        right="P2: restore 1 working day.",
        wrong="P2: restore 2 working days.",
    ),
    priority(
        3,
        r"restore\w*:? (?:\w+ )?(\d+) working",
        "3",
        right="P3: restore 3 working days.",
        wrong="P3: restore 5 working days.",
    ),
    priority(
        4,
        r"respon\w+:? (?:\w+ )?(\d+) working",
        "1",
        right="P4: respond 1 working day.",
        wrong="P4: respond 2 working days.",
    ),
    priority(
        4,
        r"restore\w*:? (?:\w+ )?(\d+) working",
        "5",
        right="P4: restore 5 working days.",
        wrong="P4: restore 10 working days.",
    ),
    topic(
        "user satisfaction",
        r"\bsatisf",
        rf"\bsatisf\w+(?: of| is| stays| at| least|;|:| target| ≥)* {PERCENT}|{PERCENT} of users satisfied",
        "90",
        right="Satisfaction is at least 90 %.",
        wrong="Satisfaction is at least 80 %.",
    ),
    topic(
        "user satisfaction out of five",
        r"satisf.*90%|90%.*satisf",
        r"(\d(?:\.\d)?)(?:/5| out of 5)",
        "4.5",
        right="Satisfaction is at least 90 %, or 4.5 out of 5.",
        wrong="Satisfaction is at least 90 %, or 4 out of 5.",
    ),
    share(
        "abandoned contacts",
        "abandoned",
        "5",
        right="Abandoned contacts stay below 5 %.",
        wrong="Abandoned contacts stay below 8 %.",
    ),
    share(
        "reopened tickets",
        "reopened",
        "5",
        right="Reopened tickets stay below 5 %.",
        wrong="Reopened tickets stay below 10 %.",
    ),
    topic(
        "tickets per user",
        r"tickets? per user",
        r"(?:above|below|within|of) (\d\.\d(?:-\d\.\d)?)(?!\d)",
        "0.5-1.5 0.5 1.5",
        right="Tickets per user run within 0.5–1.5 a month.",
        wrong="Tickets per user run within 1.0–2.0 a month.",
    ),
)
DATA = (
    topic(
        "completeness",
        r"% complete\b",
        rf"{PERCENT} complete\b",
        "98",
        right="Active customers have a status that is 98 % complete.",
        wrong="Active customers have a status that is 95 % complete.",
    ),
    topic(
        "validity",
        r"% valid\b",
        rf"{PERCENT} valid\b",
        "97",
        right="Critical data elements are at least 97 % valid.",
        wrong="Critical data elements are at least 95 % valid.",
    ),
    topic(
        "duplicates",
        r"\bduplicate",
        rf"\bduplicates?{NEAR}(?:below|under|<) ?{PERCENT}",
        "1",
        right="Duplicates stay below 1 %.",
        wrong="Duplicates stay below 3 %.",
    ),
)
CHANGE = (
    topic(
        "adoption share",
        r"\badoption (?:reaches|of|is)",
        rf"\badoption (?:reaches|of|is)(?: at least)? {PERCENT}",
        "80",
        right="Adoption reaches 80 % by day 90.",
        wrong="Adoption reaches 70 % by day 90.",
    ),
    topic(
        "adoption date",
        r"\badoption\b|\bintended users\b",
        r"\b(?:by|at) day (\d+)",
        "90",
        right="Adoption is measured at day 90.",
        wrong="Adoption is measured at day 60.",
    ),
    topic(
        "benefits reviews",
        r"\bbenefits?\b|\breview",
        r"(?<![\d-])(\d+)(?=(?:, \d+)*(?:,? and \d+)? months after go-live)",
        "3 6 12",
        right="Check benefits 3, 6 and 12 months after go-live.",
        wrong="Check benefits 6 and 18 months after go-live.",
    ),
)
BUYING = (
    topic(
        "reclaiming licences",
        r"\breclaim",
        rf"({RANGE}) days without use",
        "60-90",
        right="Reclaim a licence after 60–90 days without use.",
        wrong="Reclaim a licence after 30 days without use.",
    ),
    topic(
        "cloud spend with an owner",
        r"\bowner\b",
        rf"{PERCENT} of (?:cloud )?spend (?:to|has|with) an owner",
        "90",
        right="Allocate at least 90 % of cloud spend to an owner.",
        wrong="Allocate at least 75 % of cloud spend to an owner.",
    ),
    topic(
        "cloud commitments",
        r"\bcommitments?\b",
        rf"{PERCENT} of steady use",
        "60-80",
        right="Cover 60–80 % of steady use with commitments.",
        wrong="Cover 90 % of steady use with commitments.",
    ),
    topic(
        "cloud forecast",
        r"cloud.*\bforecast\b|\bforecast\b.*cloud|\bowner\b.*\bforecast\b",
        r"±(\d+)%",
        "10",
        right="The cloud forecast is within ±10 %.",
        wrong="The cloud forecast is within ±20 %.",
    ),
    topic(
        "employees for each person in IT",
        r"\bit people\b.*\bemployees\b",
        r"\b(\d+)(?= to \d+ employees| employees)",
        "15 50",
        right="IT people number about one for every 15 to 50 employees.",
        wrong="IT people number about one for every 10 to 30 employees.",
    ),
)
PILOTS = (
    topic(
        "AI pilot users",
        r"\bpilot",
        rf"({RANGE})(?: pilot)? users\b|({RANGE}) in a small organisation",
        "20-50 5-10",
        right="An AI pilot has 20–50 users, or 5–10 in a small organisation.",
        wrong="An AI pilot has 100–200 users, or 10–20 in a small organisation.",
    ),
    topic(
        "AI pilot against a baseline",
        r"\bpilot\b.*\bbaseline\b",
        rf"({RANGE}) weeks",
        "6-12",
        right="A pilot of 6–12 weeks is measured against a baseline.",
        wrong="A pilot of 2–4 weeks is measured against a baseline.",
    ),
)
TARGETS: tuple[Topic, ...] = (*DESK, *DATA, *CHANGE, *BUYING, *PILOTS)
