"""Who is on call: a member of the desk who is rung, or words for the client."""

import pytest

from bot.database import Database
from bot.engagement import firm
from bot.workflows.escalate import find_desk
from bot.workflows.on_call import user_on_call, words_on_call
from tests.workflows.test_watch_sla import DORA, KnownPeople


@pytest.mark.parametrize(
    ("text", "user", "words"),
    [
        ("U0DORA", "U0DORA", None),
        (" <@U0DORA> ", "U0DORA", None),
        ("<@U0DORA|dora>", "U0DORA", None),
        ("Ana, 07700 900123", None, "Ana, 07700 900123"),
        ("Ursula", None, "Ursula"),
        ("", None, None),
        (None, None, None),
    ],
)
def test_what_the_profile_says_is_a_person_or_words(
    text: str | None, user: str | None, words: str | None
) -> None:
    assert (user_on_call(text), words_on_call(text)) == (user, words)


@pytest.mark.parametrize(("named", "rung"), [(DORA, DORA), ("U0STRANGER", None), ("07700 900123", None)])
async def test_only_a_member_of_the_desk_is_said_to_be_rung(
    database: Database, named: str, rung: str | None
) -> None:
    async with database.unit_of_work() as session:
        await firm.change_profile(session, desk_channel="C1", on_call=named)
    assert (await find_desk(database, KnownPeople())).on_call == rung
