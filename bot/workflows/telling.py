"""What follows from a ticket's step: its card is brought up to date, and who must hear of it does."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.answering.models import Conversation
from bot.database import Session
from bot.delivery import outbox
from bot.delivery.lanes import finish, locked
from bot.delivery.models import OutboxItem, WorkState
from bot.engagement.desk_models import Carried, Crossing
from bot.engagement.models import Person, Ticket
from bot.workflows.bridge import COPY_UPDATE
from bot.workflows.card_lanes import CARD_UPDATE, below, write_on_card
from bot.workflows.confidence import can_be_told
from bot.workflows.presses import reply_lane, reply_target
from bot.workflows.tell_not_passed import FILE_NOT_PASSED
from bot.workflows.unsay_files import unsay_files

UNSAY, RELAY, NOTE = "unsay", "relay", "note"
_BELOW_CARD = frozenset({RELAY, NOTE, FILE_NOT_PASSED})


async def update_card(session: Session, ticket: Ticket, *, firm_team_id: str, now: datetime) -> None:
    """Queue the ticket's card to be brought up to date; nothing is queued while there is no desk."""
    await write_on_card(session, ticket, CARD_UPDATE, {}, firm_team_id=firm_team_id, now=now)


async def tell_client(
    session: Session,
    ticket: Ticket,
    kind: str,
    values: dict[str, Any] | None = None,
    *,
    firm_team_id: str,
    now: datetime,
) -> None:
    """Queue a message for the ticket's own conversation, which for a confidential one is private.

    Where we cannot write in private, the desk hears on the first occasion that a person must.
    """
    conversation = await session.get_one(Conversation, ticket.conversation_id)
    person = await session.get_one(Person, ticket.person_id)
    if not can_be_told(conversation):
        if kind == "claimed":
            await write_on_card(session, ticket, "unreachable", {}, firm_team_id=firm_team_id, now=now)
        return
    await outbox.add(
        session,
        team_id=conversation.team_id,
        lane=reply_lane(conversation, person.user_id),
        kind=kind,
        payload={
            "ticket_id": ticket.id,
            "user_id": person.user_id,
            "target": reply_target(conversation, person.user_id),
            **(values or {}),
        },
        now=now,
    )


async def take_away(session: Session, row: OutboxItem, *, now: datetime) -> None:
    """Delete what was sent where somebody is to read it no more, or have it not sent at all.

    What is being sent this moment is deleted after it stands.
    """
    if row.slack_ts is None:
        # It may have been sent, or begun to be, since it was read.
        row = await locked(session, OutboxItem, row.id)
    values: dict[str, Any] = {"message": {"channel": row.slack_channel, "ts": row.slack_ts}}
    lane = f"{row.team_id}:{row.slack_channel}"
    if row.slack_ts is None:
        if row.state not in {WorkState.WAITING, WorkState.HELD}:
            return
        if row.leased_until is None or row.leased_until <= now:
            finish(row, now=now)
            return
        values, lane = {"row": row.id}, row.lane
    await outbox.add(session, team_id=row.team_id, lane=lane, kind=UNSAY, payload=values, now=now)


async def unsay_on_card(session: Session, ticket: Ticket, *, firm_team_id: str, now: datetime) -> None:
    """Queue what the assistant wrote below the ticket's card to be deleted; the card itself stays."""
    said = await session.scalars(
        select(OutboxItem)
        .where(OutboxItem.slack_channel == ticket.card_channel, OutboxItem.slack_ts.is_not(None))
        .where(OutboxItem.slack_ts != ticket.card_ts, OutboxItem.created_at >= ticket.created_at)
        .where(OutboxItem.payload["ticket_id"].as_integer() == ticket.id)
        .order_by(OutboxItem.id)
    )
    # What was sent long ago is known by its copy alone.
    copies = await session.scalars(
        select(Carried.copy_ts)
        .where(Carried.ticket_id == ticket.id, Carried.crossing != Crossing.TO_CLIENT)
        .where(Carried.copy_channel == ticket.card_channel, Carried.copy_ts.is_not(None))
        .order_by(Carried.id)
    )
    for ts in dict.fromkeys([*(item.slack_ts for item in said), *copies]):
        place = {"channel": ticket.card_channel, "ts": ts}
        await write_on_card(session, ticket, UNSAY, {"message": place}, firm_team_id=firm_team_id, now=now)
    await _unsay_waiting(session, ticket, firm_team_id=firm_team_id, now=now)
    await _unsay_files(session, ticket, firm_team_id=firm_team_id, now=now)


async def _unsay_waiting(session: Session, ticket: Ticket, *, firm_team_id: str, now: datetime) -> None:
    """Keep what is on its way below the card from saying there what it was queued to say.

    A client's message is shown anew after it, in confidence; a file's name, or a note that is being sent this
    moment, is deleted again.
    """
    channel = ticket.card_channel or ""
    lanes = {below(firm_team_id, channel, ts) for ts in (ticket.card_ts, None)}
    waiting = await session.scalars(
        select(OutboxItem)
        .where(OutboxItem.lane.in_(lanes), OutboxItem.kind.in_(_BELOW_CARD))
        .where(OutboxItem.state == WorkState.WAITING)
        .where(OutboxItem.payload["ticket_id"].as_integer() == ticket.id)
        .order_by(OutboxItem.id)
    )
    for row in waiting.all():
        kind, values = UNSAY, {"row": row.id}
        if row.kind == RELAY:
            kind, values = COPY_UPDATE, {"carried_id": row.payload["carried_id"]}
        elif row.kind == FILE_NOT_PASSED:
            finish(row, now=now)
        elif row.leased_until is None:
            continue
        await write_on_card(session, ticket, kind, values, firm_team_id=firm_team_id, now=now)


async def _unsay_files(session: Session, ticket: Ticket, *, firm_team_id: str, now: datetime) -> None:
    """Queue the copies of a client's files below the ticket's card to be deleted."""
    if ticket.card_channel is None or ticket.card_ts is None:
        return
    place = {"channel": ticket.card_channel, "thread_ts": ticket.card_ts}
    lane = below(firm_team_id, ticket.card_channel, ticket.card_ts)
    written = select(Carried).where(Carried.ticket_id == ticket.id, Carried.crossing == Crossing.TO_DESK)
    for carried in list(await session.scalars(written.order_by(Carried.id))):
        await unsay_files(session, carried, place, team_id=firm_team_id, lane=lane, now=now)


async def tell_consultant(
    session: Session,
    user_id: str,
    ticket: Ticket,
    kind: str,
    values: dict[str, Any],
    *,
    firm_team_id: str,
    now: datetime,
) -> None:
    """Queue a direct message to somebody on the desk."""
    await outbox.add(
        session,
        team_id=firm_team_id,
        lane=f"{firm_team_id}:dm:{user_id}",
        kind=kind,
        payload={"ticket_id": ticket.id, "target": {"user": user_id}, **values},
        now=now,
    )
