"""A consultant asks for hours: what is refused, and that nothing is asked where nothing is to be."""

import pytest

from bot.database import Database
from bot.engagement.models import Ticket, Urgency
from bot.errors import AdvisoryError
from bot.workflows.ask_consent import AskConsent
from bot.workflows.desk_door import ONLY_CONSULTANTS
from bot.workflows.presses import NOT_YOURS
from tests.workflows.consent_desk import CARL, DESK, prepared, queued
from tests.workflows.desk_people import DEV, ELIF, press
from tests.workflows.test_climb_consent import FRIDAY, Slack

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("user", "minutes", "says"),
    [
        (CARL, 30, ONLY_CONSULTANTS),
        (ELIF, 30, "Press Join first"),
        (DEV, -30, NOT_YOURS),
        (DEV, 9_000, NOT_YOURS),
    ],
)
async def test_who_may_not_and_what_cannot_be_is_refused(
    database: Database, user: str, minutes: int, says: str
) -> None:
    ticket_id = await prepared(database, FRIDAY)
    with pytest.raises(AdvisoryError) as caught:
        await AskConsent(database, Slack(), lambda: FRIDAY).ask(press(user, channel=DESK), ticket_id, minutes)
    assert says in caught.value.user_text
    assert await queued(database, "consent") == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [({"confidential": True}, "confidential"), ({"urgency": Urgency.WORK_STOPPED}, "stopped work")],
)
async def test_what_is_never_asked_about_says_so(
    database: Database, changed: dict[str, object], says: str
) -> None:
    ticket_id = await prepared(database, FRIDAY)
    async with database.unit_of_work() as session:
        ticket = await session.get_one(Ticket, ticket_id)
        for name, value in changed.items():
            setattr(ticket, name, value)
    with pytest.raises(AdvisoryError, match=says):
        await AskConsent(database, Slack(), lambda: FRIDAY).look(press(DEV, channel=DESK), ticket_id)


async def test_without_a_retainer_there_is_nothing_to_ask(database: Database) -> None:
    ticket_id = await prepared(database, FRIDAY, hours=False)
    with pytest.raises(AdvisoryError, match="no retainer"):
        await AskConsent(database, Slack(), lambda: FRIDAY).ask(press(DEV, channel=DESK), ticket_id, 30)
