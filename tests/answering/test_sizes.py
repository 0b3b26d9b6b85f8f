"""The size of the asker's organisation is found where it is stated, and nowhere else."""

import json
from pathlib import Path

import pytest

from bot.answering.sizes import band, find_size, stated_in
from bot.answering.types import Question, Speaker, Turn
from bot.answering.understanding import understand
from knowledge.types import OrgSize

CASES: list[tuple[str, OrgSize | None, bool]] = [
    ("we are 40 people", OrgSize.SMALL, True),
    ("140-person consultancy choosing a DMS", OrgSize.MEDIUM, True),
    ("a dozen of us, no IT", OrgSize.SMALL, True),
    ("2,300 employees, what first?", OrgSize.LARGE, True),
    ("we're a small business", OrgSize.SMALL, True),
    ("I'm a sole trader", OrgSize.SMALL, True),
    ("mid-size firm here, how often", OrgSize.MEDIUM, True),
    ("we're a large enterprise", OrgSize.LARGE, True),
    ("we need 500 laptops", None, False),
    ("licences for 20 users of the app", None, False),
    ("the 3 of us in finance share a login", None, False),
    ("we have 3 people in IT", None, False),
    ("enterprise search or enterprise architecture?", None, False),
    ("onboarding 20 people next month, what do we do", None, False),
    ("we are growing to 300 people", None, False),
    ("We're 45 people growing to 300 people", OrgSize.SMALL, True),
    ("one IT person per 50 staff?", None, False),
    ("law firm, 35 people, no IT", OrgSize.SMALL, True),
    ("We employ about 1.2k staff worldwide", OrgSize.LARGE, True),
    ("we've got roughly 60-80 staff in two offices", OrgSize.MEDIUM, True),
    ("how long does it take in a small organisation?", OrgSize.SMALL, False),
    ("what about small ones", OrgSize.SMALL, False),
    ("and for large companies?", OrgSize.LARGE, False),
    ("do companies with more than 500 staff need a CIO", None, False),
    ("our charity has 25 staff and volunteers", OrgSize.SMALL, True),
    ("we have 12 staff in finance", None, False),
    ("company of about 700", OrgSize.LARGE, True),
    ("headcount is 220", OrgSize.MEDIUM, True),
    ("a few hundred people work here", OrgSize.MEDIUM, True),
    ("we're a few hundred people", OrgSize.MEDIUM, True),
    ("training 600 staff on phishing", None, False),
    ("we were 40 people, now we are 120 people", OrgSize.MEDIUM, True),
    ("there are just six of us", OrgSize.SMALL, True),
    ("we keep 7 years of records for 300 people", None, False),
    ("we lost 10 people last year", None, False),
    ("We are a 12-person team", OrgSize.SMALL, True),
    ("my 5-person finance team", None, False),
    ("at a 3,000-strong company", OrgSize.LARGE, True),
    ("we have 80 staff, backups?", OrgSize.MEDIUM, True),
    ("medium-sized manufacturer, 180 staff", OrgSize.MEDIUM, True),
    ("how do I run a 30 person meeting", None, False),
    ("7 people left this year, 3 had admin rights", None, False),
    ("what is the small print in the contract", None, False),
    ("we have a large budget", None, False),
    ("big data strategy", None, False),
    ("is a small pilot of 20 people enough", None, False),
    ("We have two people looking after IT for 400 staff", OrgSize.MEDIUM, True),
    ("20 of our people use it", None, False),
    ("our small charity wants a records policy", OrgSize.SMALL, True),
    ("we have 5 staff who approve invoices", None, False),
    ("small", OrgSize.SMALL, True),
    ("We're 300 people and tickets went from 300 to 900", OrgSize.MEDIUM, True),
    ("we are 120, costs rose to 600", OrgSize.MEDIUM, True),
    ("uptime is at 99, is that enough", None, False),
    ("We're 300 people. I came from a company of 2,000 people", OrgSize.MEDIUM, True),
    ("We're 320 people, is that tool meant for a firm with 5,000 staff?", OrgSize.MEDIUM, True),
    ("140 people, and 700 people use our app", OrgSize.MEDIUM, True),
    ("300 staff, we look after 900 people with disabilities", OrgSize.MEDIUM, True),
    ("220 employees, 900 workers in summer", OrgSize.MEDIUM, True),
    ("We're 450 people. The wider group has 8,000 employees worldwide", OrgSize.MEDIUM, True),
    ("we're a mid-sized college, portal for 9,000 users", OrgSize.MEDIUM, True),
    ("we have 200 staff, the other company has 900 people", OrgSize.MEDIUM, True),
    ("restore within 4 hours, 500 staff are idle", None, False),
    ("small charity, 14 staff, one volunteer does IT", OrgSize.SMALL, True),
]


@pytest.mark.parametrize(("text", "size", "own"), CASES)
def test_a_size_is_found_only_where_it_is_stated(text: str, size: OrgSize | None, own: bool) -> None:
    found = find_size(text)
    assert (found.size if found else None) == size
    assert (found.own if found else False) == own


@pytest.mark.parametrize(
    "text", ["no, we are 400 people", "actually 400", "sorry, 400 not 40", "make that 400", "400, not 40"]
)
def test_a_correction_is_understood_once_a_size_is_known(text: str) -> None:
    found = find_size(text, known=True)
    assert found is not None
    assert found.size is OrgSize.MEDIUM


@pytest.mark.parametrize(
    "text", ["ok, 2", "sorry, 400 laptops", "make that 60k", "no, 24 months", "well, 3.", "no 2 is best"]
)
def test_no_other_number_corrects_a_size(text: str) -> None:
    assert find_size(text, known=True) is None


def test_a_bare_number_is_a_size_only_in_reply_to_the_question() -> None:
    assert find_size("about 700") is None
    found = find_size("about 700", replying=True)
    assert found is not None
    assert found.size is OrgSize.LARGE


@pytest.mark.parametrize(
    ("headcount", "size"),
    [(1, "small"), (49, "small"), (50, "medium"), (500, "medium"), (501, "large"), (12_000, "large")],
)
def test_bands_meet_where_the_methodology_says(headcount: int, size: str) -> None:
    assert band(headcount) == size


def person(text: str) -> Turn:
    return Turn(Speaker.PERSON, text)


def test_the_latest_statement_in_a_thread_wins() -> None:
    thread = (
        person("We are 40 people. How often do we test backups?"),
        Turn(Speaker.ASSISTANT, "Every month."),
        person("no, we are 400 people"),
        Turn(Speaker.ASSISTANT, "For 600 people ..."),
        person("and what about large organisations?"),
    )
    assert stated_in(thread) is OrgSize.MEDIUM


def test_nothing_the_assistant_or_a_consultant_says_sets_the_size() -> None:
    thread = (Turn(Speaker.ASSISTANT, "We are 40 people"), Turn(Speaker.CONSULTANT, "we have 900 staff"))
    assert stated_in(thread) is None


@pytest.mark.parametrize(
    "text",
    [
        "Our supplier has 2,000 people. Are they safe?",
        "our biggest customer employs 900 people and wants a questionnaire",
        "A competitor of ours with 600 employees has a CIO",
        "The company we want to buy has 80 employees",
        "We work with a company of 5000 people",
        "We are taking over a firm of 80 people",
        "They have 300 people",
    ],
)
def test_the_people_of_somebody_else_are_not_the_askers(text: str) -> None:
    assert find_size(text) is None


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("We are 30 people but our parent company has 5,000 employees.", OrgSize.SMALL),
        ("our MSP is a 15-person firm and we are 300 people", OrgSize.MEDIUM),
        ("We're a bank with 700 staff", OrgSize.LARGE),
        ("I run a staffing agency with 35 people", OrgSize.SMALL),
        ("I work for a provider of care homes, 450 employees", OrgSize.MEDIUM),
    ],
)
def test_the_askers_own_are_found_beside_others(text: str, size: OrgSize) -> None:
    found = find_size(text)
    assert found is not None
    assert found.size is size


SAID = Path(__file__).parent / "questions" / "sizes.jsonl"
ASKS, ANSWERS = "How many people work for you?", "Here is what matters."


def mistaken(half: str) -> tuple[list[str], int]:
    """Return the turns of half the labelled conversations that were heard wrongly, and how many there are."""
    wrong: list[str] = []
    turns = 0
    for line in SAID.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        thread: list[Turn] = []
        for turn in case["turns"] if case["half"] == half else ():
            if turn.get("asked"):
                thread[-1] = Turn(Speaker.ASSISTANT, ASKS)
            heard = understand(Question(turn["text"], ("methodology",), thread=tuple(thread))).stated_size
            thread += [person(turn["text"]), Turn(Speaker.ASSISTANT, ANSWERS)]
            turns += 1
            if heard != turn["size"]:
                wrong.append(f"{case['id']}: {turn['size']} meant, {heard} heard: {turn['text']}")
    return wrong, turns


# The held-out half was first scored, at 96 %, when the grammar stood; the kind "later"
# joined after that.
@pytest.mark.parametrize(("half", "share"), [("dev", 0.97), ("held", 0.95)])
def test_sizes_are_heard_in_conversations_of_many_kinds(half: str, share: float) -> None:
    wrong, turns = mistaken(half)
    assert 1 - len(wrong) / turns >= share, wrong
