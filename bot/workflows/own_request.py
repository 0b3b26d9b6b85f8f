"""Presses of whoever asked for a consultant, on what they were told of their own request."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.answering.models import Conversation
from bot.database import Session
from bot.delivery import outbox
from bot.delivery.models import OutboxItem
from bot.engagement import people, states
from bot.engagement.models import Person, Ticket
from bot.engagement.people import Directory, Profile
from bot.errors import AdvisoryError
from bot.workflows.presses import NOT_YOURS, Press

ONLY_ASKER = "Only the person who asked for a consultant can decide this."
GONE = "Your account in this workspace is closed, so nothing can be changed here."
REDRAW = "redraw"


@dataclass(frozen=True)
class Own:
    """A request with who made it and where it is talked about."""

    ticket: Ticket
    person: Person
    conversation: Conversation


async def asker(directory: Directory, press: Press) -> Profile:
    """Return who pressed; raises `AdvisoryError` for an account that is closed."""
    profile = await directory.profile(press.team_id, press.user_id, press.actor_team_id)
    if profile.is_gone:
        raise AdvisoryError(GONE)
    return profile


async def own_request(session: Session, profile: Profile, press: Press, ticket_id: int) -> Own:
    """Return the request; raises `AdvisoryError` when it is not the presser's, or stands elsewhere.

    Whatever a button's value says: a request is its asker's only, and theirs only where it was told to them.
    """
    ticket = await session.get(Ticket, ticket_id, with_for_update=True)
    if ticket is None:
        raise AdvisoryError(NOT_YOURS)
    conversation = await session.get_one(Conversation, ticket.conversation_id)
    person = await people.find(session, profile.team_id, profile.user_id)
    is_direct = press.channel.startswith("D")
    if not is_direct and press.channel != conversation.channel:
        raise AdvisoryError(NOT_YOURS)
    if person is None or person.id != ticket.person_id:
        raise AdvisoryError(NOT_YOURS if conversation.is_private else ONLY_ASKER)
    return Own(ticket, person, conversation)


def require_open(ticket: Ticket) -> None:
    """Raise `AdvisoryError` when nothing is to be done about the request any more."""
    if not ticket.is_open:
        raise AdvisoryError(
            f"{ticket.reference} is {states.WORDS[ticket.state]}, so this cannot be changed now."
        )


async def redraw(session: Session, press: Press, ticket: Ticket, kind: str, *, now: datetime) -> None:
    """Queue the pressed message, which was sent as `kind`, to be shown anew as the request now stands."""
    if not press.message_ts:
        return
    rows = await session.scalars(
        select(OutboxItem)
        .where(OutboxItem.slack_channel == press.channel, OutboxItem.slack_ts == press.message_ts)
        .where(OutboxItem.kind != REDRAW)
    )
    sent = rows.first()
    if sent is not None and sent.kind != kind:
        return
    # What was sent long ago is known no more: then it is shown without what it said beside.
    shown = {"is_new": True, **_standing_at(press)} if sent is None else sent.payload
    place = {"channel": press.channel, "ts": press.message_ts}
    await outbox.add(
        session,
        team_id=press.team_id,
        lane=f"{press.team_id}:{press.channel}",
        kind=REDRAW,
        payload={**shown, "ticket_id": ticket.id, "of": kind, "message": place},
        now=now,
    )


async def redraw_confirmation(
    session: Session, ticket: Ticket, *, now: datetime, pressed: Press | None = None
) -> None:
    """Queue what was said when a request was made to be shown anew: its buttons go and come with its state.

    What was `pressed` is shown anew by itself; what was sent long ago is known no more, and stays as it is.
    """
    conversation = await session.get_one(Conversation, ticket.conversation_id)
    rows = await session.scalars(
        select(OutboxItem)
        .where(OutboxItem.slack_channel == conversation.channel, OutboxItem.slack_ts.is_not(None))
        .where(OutboxItem.kind == "requested", OutboxItem.created_at >= ticket.created_at)
        .where(OutboxItem.payload["ticket_id"].as_integer() == ticket.id)
        .order_by(OutboxItem.id)
    )
    for sent in rows.all():
        if not sent.payload.get("is_new") or (pressed is not None and sent.slack_ts == pressed.message_ts):
            continue
        place = {"channel": sent.slack_channel, "ts": sent.slack_ts}
        await outbox.add(
            session,
            team_id=sent.team_id,
            lane=f"{sent.team_id}:{sent.slack_channel}",
            kind=REDRAW,
            payload={**sent.payload, "of": "requested", "message": place},
            now=now,
        )


def _standing_at(press: Press) -> dict[str, object]:
    """Return where a message stands that was pressed in a channel, which reads nothing confidential."""
    return {} if press.channel.startswith("D") else {"target": {"channel": press.channel}}
