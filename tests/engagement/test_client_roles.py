"""Roles as they are typed: read back as they were written, and refused by the value that is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engagement.client_roles import Given, parse_people, written
from bot.engagement.models import Approves
from bot.errors import AdvisoryError

IDS = st.text("ABC0123456789", min_size=2, max_size=8)
WHO = st.tuples(IDS.map("T{}".format), IDS.map("U{}".format))
GIVEN = st.builds(Given, st.booleans(), st.sampled_from([None, *Approves])).filter(
    lambda each: each.is_cio or each.approves is not None
)


@given(st.dictionaries(WHO, GIVEN, max_size=5))
def test_what_is_written_is_read_back(people: dict[tuple[str, str], Given]) -> None:
    assert parse_people(written(people)) == people


@pytest.mark.parametrize(
    "text",
    [
        "U01 cio",
        "T01/U01",
        "T01/U01 boss",
        "T01/U01 approver deputy",
        "T01/U01 cio; T01/U01 deputy",
        "Ana cio",
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_words(text: str) -> None:
    with pytest.raises(AdvisoryError, match=text.split(maxsplit=1)[0]):
        parse_people(text)
