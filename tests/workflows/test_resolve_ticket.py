"""The end of a ticket: what came of it, what its client thinks of it, and taking it back."""

import asyncio
from datetime import timedelta

import pytest

from bot.answering import transcript
from bot.answering.models import Conversation
from bot.answering.types import Speaker
from bot.clock import utc_now
from bot.engagement.desk_models import Muted, Notice, Rating
from bot.engagement.models import Ending, Ticket, TicketState, Urgency
from bot.slack import ids, request_texts, ticket_ids
from bot.workflows.own_request import ONLY_ASKER
from bot.workflows.presses import NOT_YOURS
from bot.workflows.resolve_ticket import last_heard
from emulator import sample
from tests.scenarios.desk import Json, action_ids, shown
from tests.workflows.desk_tickets import ticket
from tests.workflows.office import Office

RATES = [ticket_ids.rate_action(score) for score in range(1, 6)]


async def claimed(office: Office, user: str = sample.ANA, channel: str | None = None) -> Ticket:
    ticket = await office.request(user, channel=channel)
    await office.presses(sample.DEV, office.cards()[-1], ids.TICKET_CLAIM)
    return ticket


async def resolves(office: Office, card: Json, values: Json | None = None) -> Json:
    await office.opens(sample.DEV, card, ticket_ids.TICKET_RESOLVE)
    return await office.sends(sample.DEV, values or {})


async def last_word(office: Office, ticket: Ticket) -> Json:
    held = await office.conversation(ticket)
    return office.bot_replies(held.channel, held.thread_ts)[-1]


async def test_one_press_resolves_and_one_press_rates(office: Office) -> None:
    ticket = await claimed(office)
    assert await resolves(office, office.cards()[0]) == {}
    now = await office.ticket(ticket.id)
    assert (now.state, now.ending, now.summary) == (TicketState.RESOLVED, Ending.ANSWERED, None)
    held = await office.conversation(ticket)
    confirmation, *_between, word = office.bot_replies(held.channel, held.thread_ts)
    assert ticket.reference in shown(confirmation)
    assert action_ids(confirmation) == []
    assert word["text"] == request_texts.resolved("Dev Patel", ticket.reference)
    assert action_ids(word) == [*RATES, f"{ticket_ids.MUTE}_rating"]
    assert "What came of it: answered." in shown(office.cards()[0])

    await office.presses(sample.ANA, word, RATES[3])
    word = await last_word(office, ticket)
    assert request_texts.rated(4) in shown(word)
    assert action_ids(word) == [ticket_ids.RATING_COMMENT]
    assert (await office.ticket(ticket.id)).state is TicketState.CLOSED
    await office.opens(sample.ANA, word, ticket_ids.RATING_COMMENT)
    assert await office.sends(sample.ANA, {ticket_ids.COMMENT_INPUT: "Quick and kind."}) == {}
    assert "Rated 4 of 5. Quick and kind." in shown(office.cards()[0])

    dm = await office.slack.dm(sample.ANA)
    await office.forges(sample.ANA, dm, RATES[0], str(ticket.id))
    (refused,) = office.private(sample.ANA)
    assert "You have rated this already" in shown(refused)
    (rating,) = await office.rows(Rating)
    assert (rating.score, rating.comment) == (4, "Quick and kind.")


async def test_a_consultant_says_what_came_of_it_in_a_line_for_the_desk(office: Office) -> None:
    ticket = await claimed(office)
    values = {ticket_ids.ENDING_RADIO: Ending.WORK_AGREED.value, ticket_ids.LINE_INPUT: "Two days in May."}
    await resolves(office, office.cards()[0], values)
    now = await office.ticket(ticket.id)
    assert (now.ending, now.summary) == (Ending.WORK_AGREED, "Two days in May.")
    assert "What came of it: work agreed. Two days in May." in shown(office.cards()[0])
    assert not any("May" in each for each in await office.told(ticket))


async def test_only_the_askers_rating_counts_and_of_five_at_once_one(office: Office) -> None:
    ticket = await claimed(office, channel=sample.ASK_IT)
    await resolves(office, office.cards()[0])
    word = await last_word(office, ticket)
    await office.presses(sample.CARL, word, RATES[0])
    (refused,) = office.private(sample.CARL)
    assert ONLY_ASKER in shown(refused)
    await office.forges(sample.BEN, sample.SHARED, RATES[0], str(ticket.id))
    (refused,) = office.private(sample.BEN)
    assert NOT_YOURS in shown(refused)
    assert await office.rows(Rating) == []
    await asyncio.gather(*(office.slack.press(sample.ANA, word, each) for each in RATES))
    await office.quiet()
    assert len(await office.rows(Rating)) == 1
    assert len(office.private(sample.ANA)) == 4


async def test_nobody_is_asked_twice_in_a_week_nor_when_they_do_not_want_it(office: Office) -> None:
    for expected in (True, False):
        ticket = await claimed(office)
        await resolves(office, office.cards()[-1])
        assert (RATES[0] in action_ids(await last_word(office, ticket))) is expected
    async with office.store.unit_of_work() as session:
        (asked,) = await office.rows(Notice)
        (await session.get_one(Notice, asked.id)).sent_at = utc_now() - timedelta(days=8)
        session.add(Muted(team_id=sample.FIRM, user_id=sample.ANA, kind="rating"))
    ticket = await claimed(office)
    await resolves(office, office.cards()[-1])
    assert action_ids(await last_word(office, ticket)) == []


async def test_what_the_client_writes_while_it_is_being_resolved_is_read_first(office: Office) -> None:
    ticket = await claimed(office)
    (card,) = office.cards()
    await office.opens(sample.DEV, card, ticket_ids.TICKET_RESOLVE)
    async with office.store.unit_of_work() as session:
        conversation, now = await office.conversation(ticket), utc_now()
        await transcript.say(
            session,
            conversation,
            Speaker.PERSON,
            "And the tapes?",
            ts="9.9",
            now=now,
            person_id=ticket.person_id,
        )
    assert await office.sends(sample.DEV, {ticket_ids.LINE_INPUT: "Done."}) == {}
    (view,) = office.slack.views(sample.DEV)
    assert "after you opened this. Read it first." in shown(view)
    assert (await office.ticket(ticket.id)).state is TicketState.CLAIMED
    assert await office.sends(sample.DEV, {}) == {}
    now_ticket = await office.ticket(ticket.id)
    assert (now_ticket.state, now_ticket.summary) == (TicketState.RESOLVED, "Done.")


async def test_the_asker_withdraws_and_is_not_asked_what_they_think(office: Office) -> None:
    ticket = await claimed(office, channel=sample.ASK_IT)
    held = await office.conversation(ticket)
    confirmation = office.bot_replies(held.channel, held.thread_ts)[0]
    await office.presses(sample.CARL, confirmation, ticket_ids.REQUEST_WITHDRAW)
    assert ONLY_ASKER in shown(office.private(sample.CARL)[0])
    await office.presses(sample.ANA, confirmation, ticket_ids.REQUEST_WITHDRAW)
    now = await office.ticket(ticket.id)
    assert (now.state, now.ending) == (TicketState.CLOSED, Ending.WITHDRAWN)
    assert request_texts.withdrawn(ticket.reference) in (await office.told(ticket))[-1]
    redrawn = office.bot_replies(held.channel, held.thread_ts)[0]
    assert action_ids(redrawn) == [ids.TALK]
    card = office.cards()[0]
    assert "withdrawn by the client" in shown(card)
    assert action_ids(card) == []
    # An old button of it, and a rating nobody asked for.
    for action in (ticket_ids.REQUEST_WITHDRAW, RATES[0], ticket_ids.urgency_action(Urgency.TODAY)):
        await office.forges(sample.ANA, sample.ASK_IT, action, str(ticket.id))
        assert f"{ticket.reference} is closed" in shown(office.private(sample.ANA)[0])


async def test_withdrawn_before_a_claim_it_is_said_once_and_no_promise_counts_as_kept(office: Office) -> None:
    ticket = await office.request()
    held = await office.conversation(ticket)
    (confirmation,) = office.bot_replies(held.channel, held.thread_ts)
    await office.presses(sample.ANA, confirmation, ticket_ids.REQUEST_WITHDRAW)
    (redrawn,) = office.bot_replies(held.channel, held.thread_ts)
    assert request_texts.withdrawn(ticket.reference) in shown(redrawn)
    assert action_ids(redrawn) == [ids.TALK]
    assert "done" not in shown(office.cards()[0])


@pytest.mark.parametrize("user", [sample.ELIF, sample.ANA])
async def test_only_who_works_on_it_resolves(office: Office, user: str) -> None:
    ticket = await claimed(office)
    await office.forges(user, sample.DESK, ticket_ids.TICKET_RESOLVE, str(ticket.id))
    assert len(office.private(user)) == 1
    assert office.slack.views(user) == []
    # The lead may.
    await office.opens(sample.CORA, office.cards()[0], ticket_ids.TICKET_RESOLVE)
    await office.sends(sample.CORA, {})
    assert (await office.ticket(ticket.id)).state is TicketState.RESOLVED


async def test_what_goes_on_below_another_message_is_read_before_a_request_is_resolved(
    quiet_office: Office,
) -> None:
    office, now = quiet_office, utc_now()
    async with office.store.unit_of_work() as session:
        made = await ticket(session, now)
        going_on = Conversation(
            team_id=sample.FIRM,
            channel="D01ANA",
            thread_ts="19.1",
            client_id=made.client_id,
            person_id=made.person_id,
            is_private=True,
            continues_id=made.conversation_id,
            created_at=now,
        )
        session.add(going_on)
        await session.flush()
        assert await last_heard(session, made) == 0
        said = "And the one in the cellar?"
        await transcript.say(session, going_on, Speaker.PERSON, said, ts="19.1", now=now)
        await session.flush()
        assert await last_heard(session, made) > 0
