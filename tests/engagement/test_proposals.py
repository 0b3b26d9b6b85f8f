"""Terms nobody could agree to are refused at their field, and each person has a line of experience."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.clock import utc_now
from bot.engagement.proposals import Terms, Unfit, Worker, workers

TODAY = utc_now().date()
TERMS = Terms(
    scope="A paper",
    deliverable="Four pages",
    minutes=960,
    starts_on=TODAY,
    ends_on=TODAY + timedelta(days=20),
    people=(Worker("U1", "Dev Patel", "Eleven papers"),),
    conflicts="None known",
    outcome="The board decides",
    measure="Minutes",
    baseline=None,
    target=None,
    lapses_on=TODAY + timedelta(days=7),
)


def test_sound_terms_are_taken() -> None:
    TERMS.check(TODAY)


@pytest.mark.parametrize(
    ("changes", "term"),
    [
        ({"minutes": 0}, "hours"),
        ({"minutes": -60}, "hours"),
        ({"minutes": 10**6}, "hours"),
        ({"people": ()}, "people"),
        ({"starts_on": date(1900, 1, 1)}, "starts"),
        ({"ends_on": TODAY - timedelta(days=1), "starts_on": TODAY - timedelta(days=9)}, "ends"),
        ({"ends_on": TODAY, "starts_on": TODAY + timedelta(days=1)}, "ends"),
        ({"lapses_on": TODAY - timedelta(days=1)}, "lapses"),
        ({"lapses_on": TODAY + timedelta(days=30)}, "lapses"),
    ],
)
def test_terms_nobody_could_agree_to_are_refused_at_their_field(
    changes: dict[str, object], term: str
) -> None:
    with pytest.raises(Unfit) as refused:
        replace(TERMS, **changes).check(TODAY)  # type: ignore[arg-type]
    assert refused.value.term == term


def test_each_person_has_a_line_of_experience() -> None:
    assert workers((("U1", "Ana"),), "Ten papers\n") == (Worker("U1", "Ana", "Ten papers"),)
    with pytest.raises(Unfit, match="chosen: 2; lines written: 1"):
        workers((("U1", "Ana"), ("U2", "Ben")), "Ten papers")
