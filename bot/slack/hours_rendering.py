"""Messages about hours, rendered when they are sent: thresholds, what was logged in words, the balance."""

from datetime import date
from typing import Any

from bot.answering.models import Conversation
from bot.clock import utc_now
from bot.database import ReadSession
from bot.engagement import ledger
from bot.engagement.desk_models import Consultant
from bot.engagement.models import Client, Person, Ticket
from bot.engagement.retainer_models import TimeEntry
from bot.engagement.work_models import Engagement
from bot.slack import hours_texts as said
from bot.slack.blocks import hours as blocks
from bot.slack.blocks.message import Message
from bot.slack.blocks.notices import reply_message
from bot.slack.ticket_rendering import Render
from bot.workflows.announce_hours import HOURS_THERE, line
from bot.workflows.log_by_message import LOGGED
from bot.workflows.log_time import logged
from bot.workflows.read_balance import Hours, hours_of, may_read, readers_of, whom_to_ask
from bot.workflows.unasked import THRESHOLD


async def retainer_word(session: ReadSession, conversation_id: int) -> Message:
    """Return the reply to the word: in private the hours, or kindly whom to ask; else a button."""
    conversation = await session.get_one(Conversation, conversation_id)
    person = await session.get(Person, conversation.person_id) if conversation.person_id else None
    if not conversation.is_private or person is None:
        return blocks.balance_offer(conversation_id=conversation_id)
    if may_read(person):
        hours = await hours_of(session, person, utc_now())
        return blocks.balance_message([hours], conversation_id=conversation_id)
    if await session.get(Consultant, person.user_id) is not None:
        # Who is on the desk is asked of Slack when the button is pressed.
        return blocks.balance_offer(conversation_id=conversation_id)
    names = await readers_of(session, person.client_id)
    return reply_message(whom_to_ask(names), conversation_id=conversation_id)


async def _threshold(session: ReadSession, payload: dict[str, Any]) -> Message:
    client = await session.get_one(Client, payload["client_id"])
    month = date.fromisoformat(payload["month"])
    balance = await ledger.balance(session, client.id, month)
    hours = Hours(client.id, client.name, month, balance, inside=bool(payload.get("inside")))
    sentence = line(client.name, balance) if balance else said.standing(client.name, month, balance)
    return blocks.threshold_message(sentence, hours)


async def _there(_session: ReadSession, _payload: dict[str, Any]) -> Message:
    return blocks.balance_offer(said.THERE)


async def _logged(session: ReadSession, payload: dict[str, Any]) -> Message:
    if payload.get("refused"):
        return reply_message(payload["refused"])
    entry = await session.get_one(TimeEntry, payload["entry_id"])
    about: Ticket | Engagement = (
        await session.get_one(Ticket, entry.ticket_id)
        if entry.ticket_id
        else await session.get_one(Engagement, entry.engagement_id)
    )
    booked = await logged(session, entry, about)
    return blocks.logged_message(blocks.logged_words(booked), entry.id)


HOURS_RENDERERS: dict[str, Render] = {THRESHOLD: _threshold, HOURS_THERE: _there, LOGGED: _logged}
