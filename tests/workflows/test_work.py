"""Decisions about work: who may, at once, too late, on changed terms, in confidence; and what time does."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.answering.models import Conversation
from bot.answering.types import Reason
from bot.clock import utc_now
from bot.delivery.models import OutboxItem
from bot.engagement import tickets
from bot.engagement.models import Approves, Ending, Person, Role, Ticket
from bot.engagement.proposals import Terms, Worker
from bot.engagement.work import Wish
from bot.engagement.work_models import Engagement, EngagementKind, EngagementState, Proposal, ProposalState
from bot.errors import AdvisoryError
from bot.workflows.decide_work import ONLY_DECIDERS, DecideWork
from bot.workflows.escalate import Desk, request_consultant
from bot.workflows.forget import forget_person
from bot.workflows.presses import NOT_YOURS, Press
from bot.workflows.propose_work import ProposeWork
from bot.workflows.resolve_ticket import end
from bot.workflows.run_work import RunWork, Step
from bot.workflows.tend_work import TendWork
from bot.workflows.traces import traces
from bot.workflows.work_request import begin
from bot.workflows.work_telling import NOTE, PROPOSAL, WAITS
from emulator import sample
from tests.workflows.office import Office, waiting

NOW = utc_now()
TODAY = NOW.date()
DM = "D01CARL"
TERMS = Terms(
    scope="A paper",
    deliverable="Four pages",
    minutes=960,
    starts_on=TODAY,
    ends_on=TODAY + timedelta(days=20),
    people=(Worker(sample.DEV, "Dev Patel", "Eleven papers"),),
    conflicts="None known",
    outcome="The board decides",
    measure="Minutes",
    baseline=None,
    target=None,
    lapses_on=TODAY + timedelta(days=7),
)


async def requested(office: Office, user: str = sample.ANA, *, channel: str | None = None) -> Ticket:
    """Somebody's request for hands, in Dev's hands, with its work."""
    async with office.store.unit_of_work() as session:
        person = await session.scalar(select(Person).where(Person.user_id == user))
        assert person is not None
        conversation = Conversation(
            team_id=sample.FIRM,
            channel=channel or f"D{user[1:]}",
            thread_ts="1.1",
            client_id=person.client_id,
            person_id=person.id,
            is_private=channel is None,
            created_at=NOW,
        )
        session.add(conversation)
        await session.flush()
        handover = tickets.Handover(conversation.id, None, "A board paper", Reason.HANDS)
        ticket = await request_consultant(
            session, person, conversation, handover, desk=Desk(sample.FIRM, frozenset()), now=NOW
        )
        await begin(session, ticket, person, Reason.HANDS, "A board paper by Friday", now=NOW)
        await tickets.claim(session, ticket.id, user_id=sample.DEV, name="Dev Patel", now=NOW)
        ticket.card_channel, ticket.card_ts = sample.DESK, "2.1"
    return ticket


async def approves(office: Office, *users: str) -> None:
    """Give people a say for their client."""
    async with office.store.unit_of_work() as session:
        for person in await session.scalars(select(Person).where(Person.user_id.in_(users))):
            person.approves = Approves.APPROVER


async def proposed(office: Office, ticket: Ticket, terms: Terms = TERMS) -> Proposal:
    """Dev's proposal for a request."""
    propose = ProposeWork(office.store, office.directory)
    return await propose.propose(office.press(sample.DEV), ticket.id, terms)


async def the_work(office: Office) -> Engagement:
    """The one piece of work as it stands."""
    (work,) = await office.rows(Engagement)
    assert isinstance(work, Engagement)
    return work


def pressed(user: str, team: str = sample.FIRM) -> Press:
    """A press in somebody's direct messages."""
    return Press(sample.FIRM, team, user, DM)


def decide_at(office: Office, at: datetime) -> DecideWork:
    """The client's decisions at another time."""
    return DecideWork(office.store, office.directory, lambda: at)


async def test_of_two_approvers_at_once_one_wins_and_the_other_hears_who(quiet_office: Office) -> None:
    office = quiet_office
    await approves(office, sample.ANA, sample.CARL)
    proposal = await proposed(office, await requested(office))
    decide = DecideWork(office.store, office.directory)
    results = await asyncio.gather(
        decide.accept(pressed(sample.ANA), proposal.id),
        decide.decline(pressed(sample.CARL), proposal.id, None),
        return_exceptions=True,
    )
    (lost,) = [each for each in results if each is not None]
    assert isinstance(lost, AdvisoryError)
    won = "Ana Alves" if results[0] is None else "Carl Chen"
    assert won in lost.user_text
    (row,) = await office.rows(Proposal)
    work = await the_work(office)
    states = {
        ProposalState.ACCEPTED: EngagementState.ACTIVE,
        ProposalState.DECLINED: EngagementState.DECLINED,
    }
    assert work.state is states[row.state]


async def test_who_may_not_decide_is_refused_whatever_the_button_says(quiet_office: Office) -> None:
    office = quiet_office
    await approves(office, sample.CARL, sample.BEN)
    proposal = await proposed(office, await requested(office))
    decide = DecideWork(office.store, office.directory)
    with pytest.raises(AdvisoryError, match=ONLY_DECIDERS):
        await decide.accept(pressed(sample.ANA), proposal.id)
    with pytest.raises(AdvisoryError, match=NOT_YOURS):
        await decide.accept(pressed(sample.BEN, sample.CLIENT), proposal.id)
    with pytest.raises(AdvisoryError, match=NOT_YOURS):
        await decide.accept(pressed(sample.DEV), proposal.id)
    async with office.store.unit_of_work() as session:
        carl = await session.scalar(select(Person).where(Person.user_id == sample.CARL))
        assert carl is not None
        carl.approves = None
        ana = await session.scalar(select(Person).where(Person.user_id == sample.ANA))
        assert ana is not None
        ana.approves = Approves.APPROVER
    with pytest.raises(AdvisoryError, match=ONLY_DECIDERS):
        await decide.accept(pressed(sample.CARL), proposal.id)
    assert (await the_work(office)).state is EngagementState.PROPOSED


async def test_what_was_changed_or_has_lapsed_cannot_be_accepted(quiet_office: Office) -> None:
    office = quiet_office
    ticket = await requested(office)
    first = await proposed(office, ticket)
    # Sent twice, it is one.
    assert (await proposed(office, ticket)).id == first.id
    second = await proposed(office, ticket, replace(TERMS, minutes=1920))
    decide = DecideWork(office.store, office.directory)
    with pytest.raises(AdvisoryError, match="was changed since"):
        await decide.accept(pressed(sample.ANA), first.id)
    late = datetime.combine(TERMS.lapses_on + timedelta(days=2), datetime.min.time(), UTC)
    with pytest.raises(AdvisoryError, match="lapsed after"):
        await decide_at(office, late).accept(pressed(sample.ANA), second.id)
    tend = TendWork(office.store, office.directory, lambda: late)
    await tend.sweep()
    await tend.sweep()
    assert (await the_work(office)).state is EngagementState.LAPSED
    assert len([each for each in await waiting(office.store, NOTE) if each.payload["what"] == "lapsed"]) == 1
    with pytest.raises(AdvisoryError, match="lapsed after"):
        await decide.accept(pressed(sample.ANA), second.id)


async def test_work_in_confidence_is_proposed_to_its_asker_alone(quiet_office: Office) -> None:
    office = quiet_office
    await approves(office, sample.CARL)
    ticket = await requested(office)
    async with office.store.unit_of_work() as session:
        (await session.get_one(Ticket, ticket.id)).confidential = True
        work = await session.scalar(select(Engagement))
        assert work is not None
        work.confidential = True
    proposal = await proposed(office, ticket)
    asked = await waiting(office.store, PROPOSAL)
    assert [each.payload["user_id"] for each in asked] == [sample.ANA]
    with pytest.raises(AdvisoryError, match=ONLY_DECIDERS):
        await DecideWork(office.store, office.directory).accept(pressed(sample.CARL), proposal.id)


async def test_who_cannot_be_written_to_is_offered_a_button_in_their_channel(quiet_office: Office) -> None:
    office = quiet_office
    await approves(office, sample.BEN)
    await proposed(office, await requested(office, sample.BEN, channel=sample.SHARED))
    assert await waiting(office.store, PROPOSAL) == []
    (offer,) = await waiting(office.store, WAITS)
    assert offer.payload["target"]["channel"] == sample.SHARED


@pytest.mark.parametrize(("cio", "deciders"), [(True, [sample.CARL]), (False, [sample.ANA])])
async def test_with_no_approver_the_cio_decides_or_else_who_asked(
    quiet_office: Office, cio: bool, deciders: list[str]
) -> None:
    office = quiet_office
    async with office.store.unit_of_work() as session:
        carl = await session.scalar(select(Person).where(Person.user_id == sample.CARL))
        assert carl is not None
        carl.role = Role.CIO if cio else Role.STAFF
    await proposed(office, await requested(office))
    assert [each.payload["user_id"] for each in await waiting(office.store, PROPOSAL)] == deciders


async def test_the_old_terms_hold_until_a_change_is_accepted(quiet_office: Office) -> None:
    office = quiet_office
    ticket = await requested(office)
    decide, run = DecideWork(office.store, office.directory), RunWork(office.store, office.directory)
    await decide.accept(pressed(sample.ANA), (await proposed(office, ticket)).id)
    change = await proposed(office, ticket, replace(TERMS, minutes=1920))
    assert (change.is_change, (await the_work(office)).minutes) == (True, 960)
    await decide.accept(pressed(sample.ANA), change.id)
    work = await the_work(office)
    assert (work.state, work.minutes) == (EngagementState.ACTIVE, 1920)
    later = await proposed(office, ticket, replace(TERMS, minutes=2400))
    await run.complete(office.press(sample.DEV), ticket.id, "Done")
    with pytest.raises(AdvisoryError, match="was changed since"):
        await decide.accept(pressed(sample.ANA), later.id)
    with pytest.raises(AdvisoryError, match="cannot become"):
        await proposed(office, ticket)
    await decide.accept_result(pressed(sample.ANA), work.id)
    with pytest.raises(AdvisoryError, match="nothing to accept"):
        await decide.accept_result(pressed(sample.ANA), work.id)


async def test_work_is_opened_from_a_ticket_once_and_by_who_has_it(quiet_office: Office) -> None:
    office = quiet_office
    ticket = await requested(office)
    propose = ProposeWork(office.store, office.directory)
    wish = Wish(EngagementKind.ADVICE, "More than a question")
    with pytest.raises(AdvisoryError, match="already"):
        await propose.open(office.press(sample.DEV), ticket.id, wish)
    with pytest.raises(AdvisoryError, match="Dev Patel has it"):
        await propose.propose(office.press(sample.ELIF), ticket.id, TERMS)
    run = RunWork(office.store, office.directory)
    with pytest.raises(AdvisoryError, match="not under way"):
        await run.change_milestones(office.press(sample.DEV), ticket.id, (), Step("Draft", "Dev", TODAY))
    sent = len(await office.rows(OutboxItem, kind=PROPOSAL))
    assert sent == 0


async def test_work_nobody_proposed_on_ends_with_its_request_and_may_come_again(quiet_office: Office) -> None:
    office = quiet_office
    ticket = await requested(office)
    await proposed(office, ticket)
    async with office.store.unit_of_work() as session:
        row = await session.get_one(Ticket, ticket.id)
        await end(session, row, Ending.WITHDRAWN, actor="T1/U1", now=NOW)
    assert (await the_work(office)).state is EngagementState.ENDED
    (proposal,) = await office.rows(Proposal)
    assert proposal.state is ProposalState.SUPERSEDED
    again = Wish(EngagementKind.ADVICE, "Again")
    await ProposeWork(office.store, office.directory).open(office.press(sample.DEV), ticket.id, again)
    assert [each.state for each in await office.rows(Engagement)] == [
        EngagementState.ENDED,
        EngagementState.REQUESTED,
    ]


async def test_of_who_is_forgotten_no_word_stays_in_the_work_they_asked_for(office: Office) -> None:
    ticket = await office.request(reason=Reason.HANDS, question="Our director wants a paper")
    async with office.store.unit_of_work() as session:
        row = await session.get_one(Ticket, ticket.id)
        ana = await session.get_one(Person, row.person_id)
        await begin(session, row, ana, Reason.HANDS, "Our director wants a paper, says Ana Alves", now=NOW)
        await tickets.claim(session, row.id, user_id=sample.DEV, name="Dev Patel", now=NOW)
    proposal = await proposed(office, ticket)
    await office.quiet()
    decide = DecideWork(office.store, office.directory)
    await decide.ask_changes(pressed(sample.ANA), proposal.id, "Ana Alves wants less of the director")
    await office.quiet()
    async with office.store.unit_of_work() as session:
        done = await forget_person(session, await session.get_one(Person, ana.id), actor="test", now=NOW)
    assert done.traces == {}
    async with office.store.read() as session:
        assert await traces(session, (sample.ANA, "Ana Alves", "director")) == {}
    assert (await the_work(office)).minutes is None
