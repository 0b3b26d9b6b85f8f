"""Numbers are read whatever their points; what is written with many is a name, not an amount."""

import pytest

from bot.answering.amounts import Figure, figures_in
from bot.answering.claims import Claims


@pytest.mark.parametrize("name", ["10.0.0.1", "12.11.2026", "1.2.3.4", "1,000.2.3"])
def test_a_number_with_many_points_is_a_name(name: str) -> None:
    claims = Claims(f"Restores are booked at {name}, and tested.")
    assert claims.figures == ()
    assert claims.codes == {name}


@pytest.mark.parametrize("odd", ["£1.2.3m", "1.2.two", "one.two.three", "3.-4", "9" * 400, "٣ days", "²"])
def test_no_number_breaks_the_reading(odd: str) -> None:
    figures_in(odd)


def test_an_ordinary_number_is_an_amount() -> None:
    assert figures_in("at least 1,000.50; 3 days") == [Figure(1000.5, "", ">"), Figure(3.0, "day")]
