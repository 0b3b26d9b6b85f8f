"""Numbers are read in digits and in words; parts of dates, ratios, names and sums of money are none."""

import pytest

from bot.answering.counts import read_counts


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3,200 employees", [3200]),
        ("60 000 people", [60000]),
        ("1.200 people", [1200]),
        ("1.2k staff", [1200]),
        ("1.5 thousand", [1500]),
        ("two hundred and fifty staff", [250]),
        ("two thousand three hundred", [2300]),
        ("thirty-five of us and twenty five laptops", [35, 25]),
        ("a couple of hundred people", [200]),
        ("half a dozen", [6]),
        ("two dozen", [24]),
        ("tens of thousands of people", [20000]),
        ("40-60 staff", [50]),
        ("40 to 60 staff", [50]),
        ("ten or twelve people", [11]),
        ("between 600 and 700", [650]),
        ("from 30 to 90 people", [30, 90]),
        ("40ish, 300+ and 25ppl", [40, 300, 25]),
        ("a 300-bed hospital", [300]),
        ("24/7, 3-2-1, 16:30, 30%, £40, $50k, 5g, m365 and iso-27001", []),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, values: list[float]) -> None:
    assert [count.value for count in read_counts(text)] == values


def test_a_number_like_40k_is_told_apart() -> None:
    assert [count.short for count in read_counts("40k or so, then 40,000 more")] == [True, False]
