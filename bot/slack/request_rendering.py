"""What a client reads of their own request, rendered when it is sent and when it is shown anew."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from bot.answering.models import Conversation
from bot.answering.types import Contacts
from bot.database import ReadSession
from bot.engagement import firm
from bot.engagement.desk_models import Notice, Rating
from bot.engagement.models import Client, Ending, Ticket
from bot.slack import request_texts as said
from bot.slack.blocks import desk_words, notices
from bot.slack.blocks import request_words as words
from bot.slack.blocks import ticket as cards
from bot.slack.blocks.build import context
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import clip
from bot.slack.promise_rendering import Words, promise_words
from bot.slack.ticket_rendering import Facts, Render, ticket_facts
from bot.slack.work_rendering import with_work
from bot.workflows.confidence import can_be_told
from bot.workflows.unasked import CLOSING, FOLDED, NUDGE


async def first_notice(
    session: ReadSession, conversation: Conversation, client: Client, payload: dict[str, Any]
) -> str | None:
    """The notice of the first reply to somebody; None in every later one."""
    if not payload.get("first"):
        return None
    firm_name = (await firm.read_profile(session)).name or Contacts.firm_name
    place = notices.Place.DIRECT if conversation.is_private else notices.Place.CHANNEL
    return notices.first_notice(
        place, firm_name=firm_name, own_firm=client.is_firm, by_mention=bool(payload.get("by_mention"))
    )


async def _requested(session: ReadSession, payload: dict[str, Any]) -> Message:
    facts = await ticket_facts(session, payload["ticket_id"])
    ticket = facts.ticket
    if not payload.get("is_new"):
        stored = cards.request_stored(ticket.reference, already=True, claimed_by=ticket.claimed_name)
        return await with_work(session, stored, ticket)
    if ticket.ending is Ending.WITHDRAWN:
        return words.withdrawn(ticket.reference, facts.conversation.id)
    if _stands_elsewhere(facts, payload):
        is_apart = bool(payload.get("aside")) and not can_be_told(facts.conversation)
        return words.moved(by_hand=is_apart)
    profile = await firm.read_profile(session)
    told = Words()
    if ticket.is_open:
        on_call = bool(payload.get("on_call"))
        told = await promise_words(session, ticket, zone=payload.get("zone"), on_call=on_call)
    message = cards.client_requested(
        ticket.reference,
        desk_ready=profile.desk_channel is not None,
        firm_phone=profile.phone,
        firm_email=profile.email,
        phone=told.phone,
        promise=told.promise,
    )
    if ticket.is_open:
        wishes = words.Wishes(ticket.id, ticket.reference, ticket.urgency, ticket.confidential)
        message = await with_work(session, words.with_wishes(message, wishes), ticket)
    notice = await first_notice(session, facts.conversation, facts.client, payload)
    if notice is None:
        return message
    return replace(message, blocks=(*message.blocks, context(notice).to_dict()))


def _stands_elsewhere(facts: Facts, payload: dict[str, Any]) -> bool:
    """Whether this was said in a channel of a request that has gone on in private since."""
    channel = (payload.get("target") or {}).get("channel")
    return facts.ticket.confidential and channel is not None and channel != facts.conversation.channel


async def _claimed(session: ReadSession, payload: dict[str, Any]) -> Message:
    facts = await ticket_facts(session, payload["ticket_id"])
    return cards.client_claimed(facts.holder, facts.ticket.reference)


async def _transferred(session: ReadSession, payload: dict[str, Any]) -> Message:
    facts = await ticket_facts(session, payload["ticket_id"])
    return desk_words.transferred(facts.holder, payload["before"], facts.ticket.reference)


async def _resolved(session: ReadSession, payload: dict[str, Any]) -> Message:
    facts = await ticket_facts(session, payload["ticket_id"])
    rating = await session.get(Rating, facts.ticket.id)
    return words.resolved(
        facts.holder,
        facts.ticket.id,
        facts.ticket.reference,
        ask=bool(payload.get("ask")),
        score=rating.score if rating else None,
    )


async def _reopened(session: ReadSession, payload: dict[str, Any]) -> Message:
    facts = await ticket_facts(session, payload["ticket_id"])
    return words.reopened(facts.holder, facts.ticket.reference)


async def _withdrawn(session: ReadSession, payload: dict[str, Any]) -> Message:
    ticket = await session.get_one(Ticket, payload["ticket_id"])
    return words.withdrawn(ticket.reference, ticket.conversation_id)


async def _nudge(session: ReadSession, payload: dict[str, Any]) -> Message:
    facts = await ticket_facts(session, payload["ticket_id"])
    return words.nudge(facts.holder, facts.ticket.id, facts.ticket.reference)


async def _closing(session: ReadSession, payload: dict[str, Any]) -> Message:
    facts = await ticket_facts(session, payload["ticket_id"])
    return words.closing(facts.holder, facts.ticket.reference, facts.conversation.id)


async def _folded(session: ReadSession, payload: dict[str, Any]) -> Message:
    rows = await session.execute(
        select(Notice, Ticket)
        .outerjoin(Ticket, Ticket.id == Notice.ticket_id)
        .where(Notice.id.in_(payload["notices"]))
        .order_by(Notice.id)
    )
    return words.folded([_line(notice, ticket) for notice, ticket in rows])


def _line(notice: Notice, ticket: Ticket | None) -> words.Line:
    if ticket is None:
        return words.Line(notice.kind, str((notice.values or {}).get("line", "")), notice.id)
    said_of = said.nudge if notice.kind == NUDGE else said.closing
    name = clip(ticket.claimed_name or "A consultant", words.NAME_CHARS)
    return words.Line(notice.kind, said_of(name, ticket.reference))


def hushed(render: Render) -> Render:
    """Let the notification of a confidential matter say only that a reply is there."""

    async def quietly(session: ReadSession, payload: dict[str, Any]) -> Message:
        message = await render(session, payload)
        ticket = await session.get_one(Ticket, payload["ticket_id"])
        return replace(message, text=said.HUSHED) if ticket.confidential else message

    return quietly


_TO_CLIENT: dict[str, Render] = {
    "claimed": _claimed,
    CLOSING: _closing,
    NUDGE: _nudge,
    "reopened": _reopened,
    "requested": _requested,
    "resolved": _resolved,
    "transferred": _transferred,
    "withdrawn": _withdrawn,
}
REQUEST_RENDERERS: dict[str, Render] = {kind: hushed(render) for kind, render in _TO_CLIENT.items()}


REQUEST_RENDERERS[FOLDED] = _folded
