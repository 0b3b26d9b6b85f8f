"""Requests in confidence: the desk sees that there is one, its consultant and the lead what it is about."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import delete

from bot.answering import transcript
from bot.answering.models import Conversation
from bot.answering.types import Reason, Speaker
from bot.clock import utc_now
from bot.database import ReadSession
from bot.delivery import outbox
from bot.delivery.inbox import Arrival, accept
from bot.delivery.models import OutboxItem, WorkState
from bot.engagement import tickets
from bot.engagement.desk_models import Carried, Consultant, Crossing, DeskRole
from bot.engagement.models import AuditEvent, Person, Ticket, TicketState, Urgency
from bot.slack import ids, request_texts, ticket_ids, ticket_texts
from bot.slack.bridge_texts import ASKER, read_in_confidence
from bot.workflows.absence import AWAY, Absence
from bot.workflows.desk_home import read_desk
from bot.workflows.escalate import Desk, request_consultant
from bot.workflows.hold import carry_waiting
from bot.workflows.own_request import GONE
from bot.workflows.tell_not_passed import tell_not_passed
from bot.workflows.telling import unsay_on_card, update_card
from emulator import sample
from tests.scenarios.desk import action_ids, shown
from tests.workflows.office import Office

SECRET = "My manager reads my salary mails. What can I do?"
# Nothing in it says that it is to be kept between them: that is its asker's wish alone.
PLAIN = "Our plan for next year is on a shared drive. What can I do?"


def everything(office: Office, channel: str) -> str:
    """All that stands in a channel, threads included, as Slack has it."""
    posts = office.slack.runtime.workspace.conversations[channel].posts.values()
    app = office.slack.definition.app.id
    return json.dumps([post.body for post in posts if post.owner_app == app])


@pytest.mark.parametrize("reason", [Reason.SENSITIVE, Reason.LEGAL])
async def test_a_sensitive_matter_is_told_to_whoever_has_it_and_the_lead(
    office: Office, reason: Reason
) -> None:
    ticket = await office.request(reason=reason, question=SECRET)
    assert ticket.confidential
    (card,) = office.cards()
    assert card["text"] == (
        f"{ticket.reference}: somebody of Small Bakery asks for a consultant in confidence; "
        "waiting to be claimed."
    )
    await office.presses(sample.ELIF, card, ticket_ids.TICKET_READ)
    assert "claim it to read it, or ask the lead" in shown(office.private(sample.ELIF)[0])
    await office.presses(sample.DEV, card, ids.TICKET_CLAIM)
    (card,) = office.cards()
    for user, reads in ((sample.DEV, True), (sample.CORA, True), (sample.ELIF, False)):
        await office.opens(user, card, ticket_ids.TICKET_READ)
        views = office.slack.views(user)
        assert bool(views) is reads
        assert all(SECRET in shown(view) and "Ana Alves" in shown(view) for view in views)
    assert "only Dev Patel, who has it, and the lead can read it" in shown(office.private(sample.ELIF)[0])
    assert {event.actor for event in await office.rows(AuditEvent, what="read")} == {sample.DEV, sample.CORA}

    await office.slack.close_view(sample.DEV)
    await office.opens(sample.DEV, card, ticket_ids.TICKET_MORE, f"{ticket_ids.TICKET_NOTE}:{ticket.id}")
    assert await office.sends(sample.DEV, {ticket_ids.LINE_INPUT: "Salary: call tomorrow."}) == {}
    await office.opens(sample.DEV, card, ticket_ids.TICKET_READ)
    assert "Dev Patel: Salary: call tomorrow." in shown(office.slack.views(sample.DEV)[-1])
    for secret in ("salary", "Salary", "Ana"):
        assert secret not in everything(office, sample.DESK)
    assert set(await office.told(ticket)) == {request_texts.HUSHED}


async def test_asked_in_a_channel_a_sensitive_matter_goes_on_in_private(office: Office) -> None:
    ticket = await office.request(channel=sample.ASK_IT, reason=Reason.SENSITIVE, question=SECRET)
    assert everything(office, sample.ASK_IT) == "[]"
    dm = await office.slack.dm(sample.ANA)
    (confirmation,) = office.bot_posts(dm)
    assert ticket.reference in shown(confirmation)
    assert confirmation["text"] == request_texts.HUSHED
    await office.presses(sample.DEV, office.cards()[0], ids.TICKET_CLAIM)
    # It stands in the thread of the confirmation, where replies belong to it.
    (claimed,) = office.bot_replies(dm, confirmation["ts"])
    assert "Dev Patel has taken" in shown(claimed)
    assert everything(office, sample.ASK_IT) == "[]"


async def test_who_cannot_be_written_to_is_written_to_by_a_person(office: Office) -> None:
    await office.request(sample.BEN, channel=sample.SHARED, reason=Reason.LEGAL, question=SECRET)
    assert everything(office, sample.SHARED) == "[]"
    (card,) = office.cards()
    await office.presses(sample.DEV, card, ids.TICKET_CLAIM)
    (word,) = office.bot_replies(sample.DESK, card["ts"])
    assert request_texts.unreachable(ticket_texts.WHO_ASKED) in shown(word)
    assert read_in_confidence() not in shown(office.cards()[0])
    assert everything(office, sample.SHARED) == "[]"


async def test_who_cannot_be_written_to_hears_how_a_request_kept_private_goes_on(office: Office) -> None:
    ticket = await office.request(sample.BEN, channel=sample.SHARED)
    held = await office.conversation(ticket)
    (confirmation,) = office.bot_replies(held.channel, held.thread_ts)
    await office.presses(sample.BEN, confirmation, ticket_ids.REQUEST_PRIVATE)
    assert request_texts.CONFIDENTIAL_UNREACHABLE in shown(office.private(sample.BEN)[0])


async def test_kept_private_on_wish_it_leaves_channel_and_card(office: Office) -> None:
    ticket = await office.request(channel=sample.ASK_IT, question=PLAIN)
    held = await office.conversation(ticket)
    (confirmation,) = office.bot_replies(held.channel, held.thread_ts)
    (card,) = office.cards()
    assert PLAIN in shown(card)
    await office.opens(sample.DEV, card, ticket_ids.TICKET_NOTE)
    await office.sends(sample.DEV, {ticket_ids.LINE_INPUT: "It is about salary."})
    assert len(office.bot_replies(sample.DESK, card["ts"])) == 1
    await office.presses(sample.CARL, confirmation, ticket_ids.REQUEST_PRIVATE)
    assert not (await office.ticket(ticket.id)).confidential
    await office.presses(sample.ANA, confirmation, ticket_ids.REQUEST_PRIVATE)
    assert (await office.ticket(ticket.id)).confidential
    (redrawn,) = office.bot_replies(held.channel, held.thread_ts)
    assert shown(redrawn) == request_texts.MOVED
    told = request_texts.taken_in_confidence(ticket.reference, can_be_told=True)
    assert told in [shown(each) for each in office.private(sample.ANA)]
    assert ticket.reference not in everything(office, sample.ASK_IT)
    assert "salary" not in everything(office, sample.DESK)
    (again,) = office.bot_posts(await office.slack.dm(sample.ANA))
    assert ticket_ids.REQUEST_PRIVATE not in action_ids(again)
    await office.presses(sample.ANA, again, ticket_ids.urgency_action(Urgency.TODAY))
    assert "Today" in shown(office.cards()[0])


async def test_urgency_is_said_by_the_asker_and_shown_on_the_card(office: Office) -> None:
    ticket = await office.request(channel=sample.ASK_IT)
    held = await office.conversation(ticket)
    (confirmation,) = office.bot_replies(held.channel, held.thread_ts)
    stopped = "request_urgency_work_stopped"
    await office.presses(sample.CARL, confirmation, stopped)
    assert (await office.ticket(ticket.id)).urgency is None
    await office.presses(sample.ANA, confirmation, stopped)
    assert "Work has stopped" in shown(office.cards()[0])
    (redrawn,) = office.bot_replies(held.channel, held.thread_ts)
    assert "Our consultants see that work has stopped." in shown(redrawn)
    # Carried over from another client's message, it does nothing.
    await office.forges(sample.BEN, sample.SHARED, "request_urgency_can_wait", str(ticket.id))
    assert (await office.ticket(ticket.id)).urgency == "work_stopped"


async def test_no_home_and_no_carried_word_tells_what_a_confidential_request_is_about(office: Office) -> None:
    ticket = await office.request(reason=Reason.SENSITIVE, question=SECRET)
    async with office.store.unit_of_work() as session:
        desk = await read_desk(ReadSession(session), sample.DEV, sample.FIRM, now=utc_now())
        assert [each.question for each in desk.unclaimed] == [None]
        conversation, now = await session.get_one(Conversation, ticket.conversation_id), utc_now()
        await transcript.say(
            session,
            conversation,
            Speaker.PERSON,
            "It is about salary.",
            ts="9.9",
            now=now,
            person_id=ticket.person_id,
        )
        lane = f"{sample.FIRM}:{sample.DESK}"
        await carry_waiting(session, ticket, firm_team_id=sample.FIRM, lane=lane, now=now)
    await office.quiet()
    (relayed,) = office.bot_replies(sample.DESK, office.cards()[0]["ts"])
    assert ASKER in shown(relayed)
    assert "salary" not in everything(office, sample.DESK)


async def test_an_account_that_was_closed_changes_nothing_any_more(office: Office) -> None:
    ticket = await office.request(channel=sample.ASK_IT)
    office.slack.runtime.workspace.inactive.add(sample.ANA)
    office.directory.forget_team(sample.FIRM)
    for action in (ticket_ids.urgency_action(Urgency.TODAY), ticket_ids.REQUEST_WITHDRAW):
        await office.forges(sample.ANA, sample.ASK_IT, action, str(ticket.id))
        assert GONE in shown(office.private(sample.ANA)[0])
    now = await office.ticket(ticket.id)
    assert now.is_open
    assert now.urgency is None


async def relayed(office: Office, ticket: Ticket, text: str) -> None:
    """What its client wrote about a ticket stands below the card."""
    held, now = await office.conversation(ticket), utc_now()
    async with office.store.unit_of_work() as session:
        carried = Carried(
            ticket_id=ticket.id,
            crossing=Crossing.TO_DESK,
            team_id=held.team_id,
            channel=held.channel,
            ts="99.1",
            user_id=sample.ANA,
            name="Ana Alves",
            text=text,
            created_at=now,
        )
        session.add(carried)
        await session.flush()
        await outbox.add(
            session,
            team_id=sample.FIRM,
            lane=f"{sample.FIRM}:{sample.DESK}",
            kind="relay",
            payload={"ticket_id": ticket.id, "carried_id": carried.id},
            now=now,
        )
    await office.quiet()
    assert text in everything(office, sample.DESK)


async def test_a_request_that_turns_confidential_leaves_no_words_below_its_card(office: Office) -> None:
    ticket = await office.request()
    await relayed(office, ticket, SECRET)
    async with office.store.unit_of_work() as session:
        person = await session.get_one(Person, ticket.person_id)
        held = await session.get_one(Conversation, ticket.conversation_id)
        handover = tickets.Handover(held.id, None, SECRET, Reason.SENSITIVE)
        desk = Desk(sample.FIRM, frozenset())
        await request_consultant(session, person, held, handover, desk=desk, now=utc_now())
    await office.quiet()
    assert (await office.ticket(ticket.id)).confidential
    assert SECRET not in everything(office, sample.DESK)


@pytest.mark.parametrize("channel", [None, sample.ASK_IT])
async def test_kept_private_long_after_it_was_sent_nothing_stays(office: Office, channel: str | None) -> None:
    ticket = await office.request(channel=channel)
    await relayed(office, ticket, SECRET)
    await office.opens(sample.DEV, office.cards()[0], ticket_ids.TICKET_NOTE)
    await office.sends(sample.DEV, {ticket_ids.LINE_INPUT: "It is about salary."})
    held = await office.conversation(ticket)
    (confirmation,) = office.bot_replies(held.channel, held.thread_ts)
    async with office.store.unit_of_work() as session:
        # As when finished deliveries are cleared away.
        await session.execute(delete(OutboxItem))
    await office.presses(sample.ANA, confirmation, ticket_ids.REQUEST_PRIVATE)
    assert (await office.ticket(ticket.id)).confidential
    desk = everything(office, sample.DESK)
    assert SECRET not in desk
    assert "salary" not in desk
    assert ticket.reference not in everything(office, sample.ASK_IT)
    if channel is None:
        (redrawn,) = office.bot_replies(held.channel, held.thread_ts)
        assert request_texts.KEPT_PRIVATE in shown(redrawn)


async def test_whose_consultant_is_away_hears_of_it_as_quietly_as_of_all_else(office: Office) -> None:
    ticket = await office.request(reason=Reason.LEGAL, question=SECRET)
    unreachable = await office.request(sample.BEN, channel=sample.SHARED, reason=Reason.LEGAL)
    for each in (ticket, unreachable):
        await office.changed(each, state=TicketState.CLAIMED, claimed_by=sample.DEV, claimed_name="Dev Patel")
    row = Consultant(user_id=sample.DEV, name="Dev Patel", role=DeskRole.CONSULTANT, created_at=utc_now())
    row.skills, row.away_until = [], utc_now() + timedelta(days=5)
    async with office.store.unit_of_work() as session:
        session.add(row)
        arrival = Arrival(sample.FIRM, "away", "away", AWAY, {"user_id": sample.DEV})
        item = await accept(session, arrival, now=utc_now())
        assert item is not None
    await Absence(office.store, office.directory).handle(item)
    await office.quiet()
    assert set(await office.told(ticket)) == {request_texts.HUSHED}
    held = await office.conversation(ticket)
    assert "Dev Patel is away" in shown(office.bot_replies(held.channel, held.thread_ts)[-1])
    assert await office.rows(OutboxItem, state=WorkState.PARKED) == []


async def test_what_is_queued_below_the_card_at_that_press_says_nothing_there(office: Office) -> None:
    ticket = await office.request(question=SECRET)
    now = utc_now()
    async with office.store.unit_of_work() as session:
        row = await session.get_one(Ticket, ticket.id)
        written = Carried(
            ticket_id=row.id, crossing=Crossing.TO_DESK, team_id=sample.FIRM, channel="D1", ts="9.9",
            user_id=sample.ANA, name="Ana Alves", text="It is about salary.", created_at=now,
        )  # fmt: skip
        session.add(written)
        await session.flush()
        lane = f"{sample.FIRM}:{sample.DESK}"
        payload = {"ticket_id": row.id, "carried_id": written.id, "files": ["salary.pdf"]}
        await outbox.add(session, team_id=sample.FIRM, lane=lane, kind="relay", payload=payload, now=now)
        copy = OutboxItem(payload={"carried_id": written.id, "name": "salary.pdf"})
        await tell_not_passed(session, copy, "too_large", firm_team_id=sample.FIRM, now=now)
        row.confidential = True
        await unsay_on_card(session, row, firm_team_id=sample.FIRM, now=now)
        await update_card(session, row, firm_team_id=sample.FIRM, now=now)
    await office.quiet()
    assert not [each for each in ("salary", "Ana") if each in everything(office, sample.DESK)]
    held = await office.conversation(ticket)
    assert "salary.pdf" in shown(office.bot_replies(held.channel, held.thread_ts)[-1])
