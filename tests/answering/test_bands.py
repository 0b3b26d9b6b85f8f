"""A line is for the sizes it names; one that only adds what is otherwise in some size is for everybody."""

import pytest

from bot.answering.bands import bands_in, holds_for, row_bands
from knowledge.types import OrgSize

SMALL, MEDIUM, LARGE = OrgSize
ALL = frozenset(OrgSize)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Every contract has one owner.", set()),
        ("In a small organisation, the owner keeps the list.", {SMALL}),
        ("Setting it up takes about two months in a medium organisation, when one person drafts.", {MEDIUM}),
        ("If nobody keeps a list, a small organisation begins with one sheet.", {SMALL}),
        ("It takes a week in a small organisation, a month in a medium one and a year in a large one.", ALL),
        ("It takes a week in a small organisation, a month in a medium and a year in a large company.", ALL),
        ("A list holds 10 lines in a small organisation and 40 in a medium organisation.", {SMALL, MEDIUM}),
        ("The example suits a medium organisation.", set()),
        # What is said of everybody first stays for everybody.
        ("Look through the list every quarter, or every month in a large organisation.", set()),
        ("Begin 3–4 months ahead, or 6 in a large organisation, because time is your lever.", set()),
        ("Most firms need ten rules, and a small organisation needs five.", set()),
        ("Ask the insurer first, because a small organisation may then need nobody else.", set()),
        ("Test them once a year, twice in large organisations, with the owner.", set()),
        ("Plan a trial with about twenty users, 5 in a small organisation, for a month.", set()),
        # An apposition, a condition or a note in brackets says nothing of everybody by itself.
        ("A chart of all the tools, on one page, keeps a small organisation safe.", {SMALL}),
        ("After any lost half day, a small organisation writes down three actions.", {SMALL}),
        ("A team of three to six people (rule of thumb) in a large organisation meets weekly.", {LARGE}),
        (
            "Break-even, when gains repay it, is 24 months in a small organisation and 36 in a medium one.",
            {SMALL, MEDIUM},
        ),
        ("The plan is checked by everybody (yearly in a small organisation).", set()),
        # Several sizes at once.
        ("In medium-sized organisations the head of IT keeps it.", {MEDIUM}),
        ("A small or medium organisation borrows one.", {SMALL, MEDIUM}),
        ("In medium or large firms a team keeps it.", {MEDIUM, LARGE}),
        ("It suits small, medium and large organisations alike.", ALL),
        ("In small and medium-sized businesses one person does it.", {SMALL, MEDIUM}),
        # A team is no organisation.
        ("A small team decides in a small organisation.", {SMALL}),
    ],
)
def test_whom_a_line_is_for(line: str, named: set[OrgSize]) -> None:
    assert bands_in(line) == named


def test_without_a_size_no_single_one_is_quoted() -> None:
    one = "In a large organisation this takes a year."
    two = "This takes a week in a small organisation and a month in a medium one."
    assert not holds_for(one, None)
    assert holds_for(two, None)
    assert holds_for(f"{two[:-1]}, and a year in a large one.", None)


def test_a_known_size_is_told_its_own_and_what_holds_for_all() -> None:
    assert holds_for("In a large organisation this takes a year.", LARGE)
    assert not holds_for("In a large organisation this takes a year.", SMALL)
    assert holds_for("Small and medium organisations need one list.", MEDIUM)
    aside = "Begin 3–4 months ahead, or 6 in a large organisation, because time is your lever."
    assert all(holds_for(aside, size) for size in OrgSize)


def test_sizes_said_in_one_breath_are_each_told() -> None:
    for line in ("A small or medium organisation borrows one.", "It suits small and medium-sized firms."):
        assert [holds_for(line, size) for size in OrgSize] == [True, True, False]
    assert all(holds_for("It suits small, medium and large organisations.", size) for size in OrgSize)
    # Each of these has a figure of its own, and one that is another's.
    assert not holds_for("It takes 2 days in a small organisation and 9 in a medium one.", SMALL)


def test_a_degree_in_a_table_is_no_size() -> None:
    assert row_bands(["Small", "Medium", "All of them"]) == [SMALL, MEDIUM, None]
    assert row_bands(["Critical", "High", "Medium", "Low"]) == [None] * 4
    assert row_bands(["1–5 low", "6–10 medium", "12–16 high"]) == [None] * 3
