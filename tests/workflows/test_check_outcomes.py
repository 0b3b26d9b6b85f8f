"""An outcome from the resolved card to its owner's answer, on a desk at work."""

from datetime import UTC, datetime, timedelta

from bot.clock import utc_now
from bot.engagement import outcomes
from bot.engagement.models import AuditEvent, Person, Ticket
from bot.engagement.outcome_models import Outcome, OutcomeCheck, OutcomeState
from bot.slack import ids, outcome_texts, ticket_ids
from bot.slack import outcome_ids as oids
from bot.workflows.check_outcomes import CheckOutcomes
from bot.workflows.desk_door import ONLY_CONSULTANTS
from bot.workflows.presses import NOT_YOURS
from bot.workflows.record_outcome import NO_DAY
from bot.workflows.tend_tickets import TendTickets
from emulator import sample
from tests.scenarios.desk import Json, action_ids, shown
from tests.scenarios.home_scenes import modal
from tests.workflows.office import Office

# A working day in the past, in the hours of the firm and its people: what is queued then is sent at once.
MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)
STATEMENT = "Restores of the till system are tested every quarter"


async def _resolved(office: Office, user: str = sample.ANA, channel: str | None = None) -> Ticket:
    """A request that Dev resolved with an answer."""
    ticket = await office.request(user, channel=channel)
    await office.presses(sample.DEV, office.cards()[-1], ids.TICKET_CLAIM)
    await office.opens(sample.DEV, office.cards()[-1], ticket_ids.TICKET_RESOLVE)
    assert await office.sends(sample.DEV, {}) == {}
    return ticket


async def _recorded(office: Office, user: str, channel: str) -> Outcome:
    await _resolved(office, user, channel)
    await office.opens(sample.DEV, office.cards()[-1], oids.TICKET_OUTCOME)
    values = {oids.STATEMENT_INPUT: STATEMENT, oids.MEASURE_INPUT: "Tests a year", oids.TARGET_INPUT: "4"}
    assert await office.sends(sample.DEV, values) == {}
    outcome: Outcome = (await office.rows(Outcome))[0]
    return outcome


async def _asked(office: Office, outcome: Outcome, days: int) -> None:
    """Let that many days have passed, and the rounds ask."""
    async with office.store.unit_of_work() as session:
        (await session.get_one(Outcome, outcome.id)).starts_on = MONDAY.date() - timedelta(days=days)
    await CheckOutcomes(office.store, office.directory, lambda: MONDAY).sweep()
    await TendTickets(office.store, office.directory, lambda: MONDAY).sweep()
    await office.quiet()


async def _question(office: Office, user: str) -> Json:
    return office.bot_posts(await office.slack.dm(user))[-1]


async def test_an_outcome_is_recorded_on_a_resolved_card_and_its_owner_answers_with_two_taps(
    office: Office,
) -> None:
    ticket = await _resolved(office)
    card = office.cards()[-1]
    assert oids.TICKET_OUTCOME in action_ids(card)
    await office.forges(sample.ANA, sample.DESK, oids.TICKET_OUTCOME, str(ticket.id))
    assert ONLY_CONSULTANTS in shown(office.private(sample.ANA)[-1])
    await office.opens(sample.DEV, card, oids.TICKET_OUTCOME)
    values = {oids.STATEMENT_INPUT: STATEMENT, oids.MEASURE_INPUT: "Tests a year", oids.TARGET_INPUT: "4"}
    past = {**values, oids.DUE_INPUT: "2020-01-01"}
    assert await office.sends(sample.DEV, past) == {oids.DUE_BLOCK: NO_DAY}
    due = utc_now().date() + timedelta(days=200)
    assert await office.sends(sample.DEV, {**values, oids.DUE_INPUT: due.isoformat()}) == {}
    (outcome,) = await office.rows(Outcome)
    assert (outcome.due_on, outcome.owner_id) == (due, ticket.person_id)
    assert (outcome.statement, outcome.target, outcome.recorded_by) == (STATEMENT, "4", sample.DEV)
    await office.opens(sample.DEV, card, oids.TICKET_OUTCOME)
    assert outcomes.ALREADY in shown(office.private(sample.DEV)[-1])

    await _asked(office, outcome, 30)
    asked = await _question(office, sample.ANA)
    assert STATEMENT in shown(asked)
    assert outcome_texts.question(30, ticket.reference) in asked["text"]
    reached = oids.state_action(OutcomeState.PARTLY)
    await office.forges(sample.BEN, sample.SHARED, reached, "1")
    assert NOT_YOURS in shown(office.private(sample.BEN)[-1])
    await office.presses(sample.ANA, asked, reached)
    after = await _question(office, sample.ANA)
    assert outcome_texts.STATES_SAID[OutcomeState.PARTLY] in shown(after)
    await office.opens(sample.ANA, after, oids.OUTCOME_MORE)
    assert await office.sends(sample.ANA, {oids.VALUE_INPUT: "2", oids.COMMENT_INPUT: "Going well"}) == {}
    (outcome,), (check,) = await office.rows(Outcome), await office.rows(OutcomeCheck)
    assert (outcome.state, outcome.value) == (OutcomeState.PARTLY, "2")
    assert (check.state, check.said) == (OutcomeState.PARTLY, "Going well")
    told = [each.what for each in await office.rows(AuditEvent)]
    assert told[-2:] == ["outcome_recorded", "outcome_checked"]


async def test_an_owner_across_a_shared_channel_opens_the_question_alone(office: Office) -> None:
    outcome = await _recorded(office, sample.BEN, sample.SHARED)
    await _asked(office, outcome, 30)
    conversation = await office.conversation((await office.rows(Ticket))[0])
    there = office.bot_replies(sample.SHARED, conversation.thread_ts)[-1]
    assert shown(there).startswith(outcome_texts.THERE)
    assert STATEMENT not in shown(there)
    await office.opens(sample.ANA, there, oids.OUTCOME_OPEN)
    assert NOT_YOURS in shown(office.private(sample.ANA)[-1])
    await office.opens(sample.BEN, there, oids.OUTCOME_OPEN)
    assert STATEMENT in modal(office, sample.BEN)
    assert await office.sends(sample.BEN, {oids.STATE_RADIO: "reached"}) == {}
    (outcome,) = await office.rows(Outcome)
    assert outcome.state is OutcomeState.REACHED
    await _asked(office, outcome, 60)
    assert len(await office.rows(OutcomeCheck)) == 1
    owner = next(each for each in await office.rows(Person) if each.id == outcome.owner_id)
    assert owner.user_id == sample.BEN
