"""Service ends on its day: told before, settled after, and nobody is written to unasked from then on."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.answering.models import Conversation
from bot.clock import utc_now
from bot.delivery.lanes import ONCE
from bot.engagement import firm, retainers, service_ends
from bot.engagement.models import Client, Person, Ticket, TicketState
from bot.engagement.retainer_models import Retainer
from bot.engagement.retainers import Agreed
from bot.engagement.work import keep_private
from bot.engagement.work_models import Engagement, EngagementState, Proposal, ProposalState, ServiceEnd
from bot.errors import AdvisoryError
from bot.workflows.end_service import OVER, PACK, EndService
from bot.workflows.escalate import Escalate
from bot.workflows.unasked import PACK as MONTHLY
from bot.workflows.unasked import REMINDER, Unasked, plan_personal
from emulator import sample
from tests.workflows.desk_tickets import ticket
from tests.workflows.office import Office, waiting
from tests.workflows.test_work import approves, pressed, proposed, requested

NOW = utc_now()
TODAY = NOW.date()
INSTEAD = "Harbour IT, 01632 960200"


async def ends(office: Office, *, erases: bool = False) -> None:
    """Today is the bakery's last day."""
    async with office.store.unit_of_work() as session:
        client = await session.scalar(select(Client).where(Client.name == "Small Bakery"))
        assert client is not None
        client.lead = sample.CORA
        await service_ends.set_end(
            session,
            client,
            ends_on=TODAY,
            ask_instead=INSTEAD,
            erases=erases,
            actor="command line",
            now=NOW,
        )


async def the_work_of(office: Office, request: Ticket) -> Engagement:
    """The work of a request."""
    (work,) = await office.rows(Engagement, ticket_id=request.id)
    assert isinstance(work, Engagement)
    return work


async def asked(office: Office, question: str, *, public: bool = False) -> Ticket:
    """A request of Ana's, in private or in a channel."""
    async with office.store.unit_of_work() as session:
        made = await ticket(session, NOW, question=question, client="Small Bakery", asker=sample.ANA)
        (await session.get_one(Conversation, made.conversation_id)).is_private = not public
    return made


async def test_an_end_is_announced_once_and_settled_when_its_day_is_over(quiet_office: Office) -> None:
    office = quiet_office
    await approves(office, sample.CARL)
    open_work = await requested(office)
    await proposed(office, open_work)
    kept = await requested(office, sample.CARL)
    private, public = (
        await asked(office, "A word in private"),
        await asked(office, "Said to all", public=True),
    )
    async with office.store.unit_of_work() as session:
        await keep_private(session, await session.get_one(Ticket, kept.id))
    async with office.store.unit_of_work() as session:
        client = (await session.scalars(select(Client).where(Client.name == "Small Bakery"))).one()
        await retainers.add(session, client.id, Agreed(600), TODAY, actor="test", now=NOW)
    await ends(office, erases=True)
    now = EndService(office.store, office.directory)
    await now.sweep()
    await now.sweep()
    packs = await waiting(office.store, PACK)
    told = {each.payload["user_id"]: each.payload[ONCE]["pack"] for each in packs}
    assert len(packs) == len(told) == 2
    assert not any(each.payload["by_hand"] for each in packs)
    ours, theirs = told[sample.CORA], told[sample.CARL]
    assert (await the_work_of(office, open_work)).reference in theirs
    # What was asked in private is counted for whoever reads for the client, and told to the desk.
    assert private.question in ours
    assert private.question not in theirs
    assert open_work.reference not in theirs
    assert "2 open: each is settled with its own person" in theirs
    assert public.question in theirs
    assert INSTEAD in theirs
    assert kept.reference not in ours + theirs
    assert "Kept apart" in ours
    assert "Kept apart" not in theirs
    assert (await office.ticket(open_work.id)).is_open
    later = EndService(office.store, office.directory, lambda: NOW + timedelta(days=2))
    await later.sweep()
    await later.sweep()
    assert len(await waiting(office.store, PACK)) == 4
    assert {(await office.ticket(each.id)).state for each in (open_work, kept, private, public)} == {
        TicketState.CLOSED
    }
    assert {each.state for each in await office.rows(Engagement)} == {EngagementState.ENDED}
    assert [each.state for each in await office.rows(Proposal)] == [ProposalState.SUPERSEDED]
    assert len(await waiting(office.store, OVER)) == 4
    (end,) = await office.rows(ServiceEnd)
    assert end.done_at is not None
    (retainer,) = await office.rows(Retainer)
    assert retainer.ends_on == TODAY


async def test_afterwards_nothing_is_asked_for_and_nothing_unasked_is_said(quiet_office: Office) -> None:
    office = quiet_office
    await requested(office)
    await ends(office)
    after = NOW + timedelta(days=2)
    escalate = Escalate(office.store, office.directory, lambda: after)
    with pytest.raises(AdvisoryError, match="Harbour IT"):
        await escalate.without_answer(pressed(sample.ANA), "A word, please")
    async with office.store.unit_of_work() as session:
        await plan_personal(
            session,
            (sample.FIRM, sample.ANA),
            REMINDER,
            "x",
            line="Due soon",
            seen_from=sample.FIRM,
            now=after,
        )
        # What a lead sends is no nudge: the last month's pack can only be made when the month is over.
        await plan_personal(
            session, (sample.FIRM, sample.ANA), MONTHLY, "y", line="Pack", seen_from=sample.FIRM, now=after
        )
        await firm.change_profile(session, hours="Mon-Sun 00:00-23:59")
    await Unasked(office.store, office.directory, lambda: after).say_due()
    assert await waiting(office.store, REMINDER) == []
    assert len(await waiting(office.store, MONTHLY)) == 1


@pytest.mark.parametrize(
    ("days", "instead", "why"),
    [(-1, INSTEAD, "today or later"), (5000, INSTEAD, "today or later"), (1, "  ", "whom its people ask")],
)
async def test_a_day_or_words_that_make_no_sense_are_refused(
    quiet_office: Office, days: int, instead: str, why: str
) -> None:
    async with quiet_office.store.unit_of_work() as session:
        person = await session.scalar(select(Person).where(Person.user_id == sample.ANA))
        assert person is not None
        client = await session.get_one(Client, person.client_id)
        with pytest.raises(AdvisoryError, match=why):
            await service_ends.set_end(
                session,
                client,
                ends_on=TODAY + timedelta(days=days),
                ask_instead=instead,
                erases=False,
                actor="command line",
                now=NOW,
            )
