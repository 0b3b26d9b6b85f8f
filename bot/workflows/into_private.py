"""A request that was talked about in a channel goes on in private: what it left there follows or goes."""

from datetime import datetime

from sqlalchemy import or_, select

from bot.answering.models import Conversation
from bot.database import Session
from bot.delivery import outbox
from bot.delivery.lanes import finish
from bot.delivery.models import OutboxItem, WorkState
from bot.engagement import audit
from bot.engagement.desk_models import Carried, Crossing
from bot.engagement.models import Person, Ticket
from bot.workflows.bridge import FROM_CONSULTANT, client_side, queue
from bot.workflows.confidence import can_be_told, private_place
from bot.workflows.file_crossing import FILE_COPY, files_of, queue_copies
from bot.workflows.hush_work import keep_private
from bot.workflows.own_request import REDRAW, Own, redraw
from bot.workflows.presses import Press, reply_lane, reply_target
from bot.workflows.telling import UNSAY, tell_client, unsay_on_card, update_card
from bot.workflows.unsay_files import FILE_UNSAY, move_said, unsay_files

_STAYS = frozenset({REDRAW, UNSAY, FILE_UNSAY})


async def keep_in_confidence(
    session: Session, own: Own, press: Press, *, apart: bool, firm_team_id: str, now: datetime
) -> None:
    """Make an open request confidential, and go on with it in private where it was made in a channel.

    `apart` is who can be reached by mention alone in the workspace of the press.
    """
    ticket = own.ticket
    await keep_private(session, ticket, firm_team_id=firm_team_id, now=now)
    actor = f"{own.person.team_id}/{own.person.user_id}"
    audit.append(session, actor=actor, what="kept_private", now=now, ticket=ticket)
    await redraw(session, press, ticket, "requested", now=now)
    await unsay_on_card(session, ticket, firm_team_id=firm_team_id, now=now)
    if not own.conversation.is_private:
        private = await private_place(session, own.conversation, own.person, apart=apart, now=now)
        ticket.conversation_id = private.id
        again = {"is_new": True, "first": False}
        await tell_client(session, ticket, "requested", again, firm_team_id=firm_team_id, now=now)
        await leave_channel(
            session, ticket, own.person, channel=own.conversation, private=private, press=press, now=now
        )
    await update_card(session, ticket, firm_team_id=firm_team_id, now=now)


async def leave_channel(
    session: Session,
    ticket: Ticket,
    person: Person,
    *,
    channel: Conversation,
    private: Conversation,
    press: Press,
    now: datetime,
) -> None:
    """Take out of the channel what was said there about a ticket; its consultants' words go along.

    The pressed message stays: it says where the request goes on. What is on its way to the channel is sent to
    the person instead.
    """
    own = Carried.ticket_id == ticket.id, Carried.crossing == Crossing.TO_CLIENT
    carried = list(await session.scalars(select(Carried).where(*own).order_by(Carried.id)))
    ids = {each.id for each in carried}
    is_own = OutboxItem.payload["ticket_id"].as_integer() == ticket.id
    is_copy = OutboxItem.payload["carried_id"].as_integer().in_(ids)
    rows = await session.scalars(
        select(OutboxItem)
        .where(OutboxItem.team_id == channel.team_id, OutboxItem.created_at >= ticket.created_at)
        .where(or_(is_own, is_copy), OutboxItem.kind.not_in(_STAYS))
        .order_by(OutboxItem.id)
    )
    about = list(rows)
    stands = {row.slack_ts for row in about if row.slack_ts and row.slack_channel == channel.channel}
    stands |= {each.copy_ts for each in carried if each.copy_ts and each.copy_channel == channel.channel}
    for ts in sorted(stands - {press.message_ts}):
        await _unsay(session, channel, ts, now)
    await move_said(session, ids, channel, private)
    place, lane = reply_target(channel, person.user_id), reply_lane(channel, person.user_id)
    for each in carried:
        await unsay_files(session, each, place, team_id=channel.team_id, lane=lane, now=now)
    for row in about:
        if (row.payload.get("target") or {}).get("channel") == channel.channel:
            _send_along(row, private, person, now)
    for each in carried if can_be_told(private) else ():
        if each.copy_ts is not None and each.copy_channel == channel.channel and each.removed_at is None:
            left = [row for row in about if row.kind == FILE_COPY and row.payload["carried_id"] == each.id]
            await _say_again(session, ticket, each, left, private=private, person=person, now=now)


async def _say_again(
    session: Session,
    ticket: Ticket,
    carried: Carried,
    left: list[OutboxItem],
    *,
    private: Conversation,
    person: Person,
    now: datetime,
) -> None:
    """Queue a consultant's message for the person alone, with its files; what is `left` of them ends."""
    carried.copy_team_id = carried.copy_channel = carried.copy_ts = None
    for row in left:
        if row.state in {WorkState.WAITING, WorkState.HELD}:
            finish(row, now=now)
    files = await files_of(session, carried)
    named = [file.name for file in files]
    payload: dict[str, object] = {"carried_id": carried.id, "user_id": person.user_id, "files": named}
    copy = await queue(session, client_side(ticket, private, person), FROM_CONSULTANT, payload, now)
    await queue_copies(session, copy, carried, files, now)


def _send_along(row: OutboxItem, private: Conversation, person: Person, now: datetime) -> None:
    """Have what is queued for the channel reach the person alone, or nobody where we cannot write to them."""
    # The confirmation says itself, where it is sent, that this goes on in private.
    if row.state not in {WorkState.WAITING, WorkState.HELD} or row.kind == "requested":
        return
    if can_be_told(private):
        row.team_id = private.team_id
        row.payload = {**row.payload, "target": {"user": person.user_id}}
    else:
        finish(row, now=now)


async def _unsay(session: Session, channel: Conversation, ts: str, now: datetime) -> None:
    place = {"channel": channel.channel, "ts": ts}
    await outbox.add(
        session,
        team_id=channel.team_id,
        lane=f"{channel.team_id}:{channel.channel}",
        kind=UNSAY,
        payload={"message": place},
        now=now,
    )
