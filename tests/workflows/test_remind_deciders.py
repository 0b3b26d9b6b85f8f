"""Who has not decided on a proposal is reminded once before it lapses, and not of what is decided."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.delivery.models import OutboxItem
from bot.engagement import firm
from bot.engagement.desk_models import Notice
from bot.engagement.models import Client, Ticket
from bot.engagement.work_models import Engagement, Proposal
from bot.slack import work_ids
from bot.slack.rendering import RENDERERS
from bot.workflows.decide_work import DecideWork
from bot.workflows.hush_work import keep_private
from bot.workflows.remind_deciders import remind
from bot.workflows.tend_work import TendWork
from bot.workflows.unasked import REMINDER, Unasked
from bot.workflows.work_telling import WAITS
from emulator import sample
from tests.scenarios.desk import action_ids, shown
from tests.workflows.office import Office, waiting
from tests.workflows.test_work import approves, pressed, proposed, requested

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
# It lapses on a Monday; everybody works from Monday to Friday, nine to five.
MONDAY = date(2031, 3, 10)
FRIDAY = datetime(2031, 3, 7, 10, tzinfo=UTC)


async def lapsing(office: Office, *, channel: str | None = None) -> Proposal:
    """A proposal of last week that Carl is to decide on by Monday."""
    await approves(office, sample.CARL)
    ticket = await requested(office, channel=channel)
    proposal = await proposed(office, ticket)
    async with office.store.unit_of_work() as session:
        await firm.change_profile(session, hours="Mon-Fri 09:00-17:00", timezone="Europe/London")
        made = FRIDAY - timedelta(days=7)
        await session.execute(update(Proposal).values(lapses_on=MONDAY, proposed_at=made))
    return proposal


async def swept(office: Office, at: datetime) -> None:
    await TendWork(office.store, office.directory, lambda: at).sweep()
    await Unasked(office.store, office.directory, lambda: at).say_due()


async def test_it_is_said_once_with_the_way_to_the_proposal(quiet_office: Office) -> None:
    office = quiet_office
    proposal = await lapsing(office)
    for early in (FRIDAY - timedelta(days=1), FRIDAY - timedelta(hours=4)):
        await swept(office, early)
    assert await waiting(office.store, REMINDER) == []
    for late in (0, 1, 72):
        await swept(office, FRIDAY + timedelta(hours=late))
    (told,) = await office.rows(OutboxItem, kind=REMINDER)
    assert told.payload["target"] == {"user": sample.CARL}
    async with office.store.read() as session:
        message = await RENDERERS[REMINDER](session, told.payload)
    body = {"text": message.text, "blocks": list(message.blocks)}
    assert "waits for your decision until Monday 10 March 2031" in shown(body)
    assert action_ids(body)[0] == work_ids.OPEN_PROPOSAL
    await DecideWork(office.store, office.directory, lambda: FRIDAY).accept(pressed(sample.CARL), proposal.id)
    async with office.store.read() as session:
        settled = await RENDERERS[REMINDER](session, told.payload)
    assert "There is nothing to decide" in settled.text


@pytest.mark.parametrize("last_day", [date(2031, 4, 14), date(2031, 4, 15)])
async def test_what_lapses_after_holidays_is_recalled_on_the_last_working_day_before(
    quiet_office: Office, last_day: date
) -> None:
    office = quiet_office
    await lapsing(office)
    thursday = datetime(2031, 4, 10, 10, tzinfo=UTC)
    async with office.store.unit_of_work() as session:
        await firm.change_profile(session, holidays="GB-ENG")
        await session.execute(update(Proposal).values(lapses_on=last_day))
    days = [thursday + timedelta(days=days) for days in (-1, 0, 1, 4)]
    said = []
    for day in days:
        await swept(office, day)
        said.append(len(await office.rows(OutboxItem, kind=REMINDER)))
    # Good Friday and Easter Monday are holidays, and it is said once.
    assert said == [0, 1, 1, 1]


async def test_what_is_decided_or_kept_private_meanwhile_is_recalled_to_nobody(quiet_office: Office) -> None:
    office = quiet_office
    proposal = await lapsing(office)
    await TendWork(office.store, office.directory, lambda: FRIDAY).sweep()
    async with office.store.unit_of_work() as session:
        (ticket,) = await office.rows(Ticket)
        held = await session.get_one(Ticket, ticket.id)
        await keep_private(session, held, firm_team_id=sample.FIRM, now=FRIDAY)
    await Unasked(office.store, office.directory, lambda: FRIDAY).say_due()
    assert await waiting(office.store, REMINDER) == []
    assert await office.rows(Notice, kind=REMINDER) == []
    assert (await office.rows(Proposal, id=proposal.id))[0].state != "sent"


async def test_what_was_decided_since_the_sweep_looked_is_recalled_nowhere(quiet_office: Office) -> None:
    office = quiet_office
    proposal = await lapsing(office)
    await DecideWork(office.store, office.directory, lambda: FRIDAY).decline(
        pressed(sample.CARL), proposal.id, None
    )
    async with office.store.unit_of_work() as session:
        assert not await remind(session, proposal.id, firm_team_id=sample.FIRM, now=FRIDAY)


async def test_who_cannot_be_written_to_finds_the_button_in_the_channel_again(quiet_office: Office) -> None:
    office = quiet_office
    await approves(office, sample.BELLA)
    ticket = await requested(office, sample.BEN, channel=sample.SHARED)
    await proposed(office, ticket)
    async with office.store.unit_of_work() as session:
        await firm.change_profile(session, hours="Mon-Fri 09:00-17:00", timezone="Europe/London")
        made = FRIDAY - timedelta(days=7)
        await session.execute(update(Proposal).values(lapses_on=MONDAY, proposed_at=made))
    for _twice in range(2):
        await swept(office, FRIDAY)
    assert len(await office.rows(OutboxItem, kind=WAITS)) == 2


async def test_its_last_day_is_over_when_it_is_for_the_firm_and_for_the_client(quiet_office: Office) -> None:
    office = quiet_office
    proposal = await lapsing(office)
    async with office.store.unit_of_work() as session:
        await session.execute(update(Client).values(timezone="America/New_York"))
    # Two in the morning in London is Monday evening for whoever decides.
    tuesday = datetime(2031, 3, 11, 2, tzinfo=UTC)
    await swept(office, tuesday)
    assert (await office.rows(Proposal))[0].state == "sent"
    await swept(office, tuesday + timedelta(hours=3))
    assert (await office.rows(Proposal))[0].state == "lapsed"
    async with office.store.unit_of_work() as session:
        await session.execute(update(Proposal).values(state="sent"))
        await session.execute(update(Engagement).values(state="proposed"))
    await DecideWork(office.store, office.directory, lambda: tuesday).accept(
        pressed(sample.CARL), proposal.id
    )
    assert (await office.rows(Proposal))[0].state == "accepted"
