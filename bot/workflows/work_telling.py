"""Who hears of a step of agreed work: those who decide, its asker, its consultant, and the card.

Names and people's words are kept in a message only until it is sent.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.answering.models import Conversation
from bot.database import Session
from bot.delivery import outbox
from bot.delivery.lanes import ONCE
from bot.delivery.models import OutboxItem
from bot.engagement.models import Person, Ticket
from bot.engagement.work_models import Engagement
from bot.workflows.card_lanes import write_on_card
from bot.workflows.own_request import REDRAW
from bot.workflows.presses import Press
from bot.workflows.reach import written_from
from bot.workflows.telling import tell_client, tell_consultant, update_card

# What those who decide are sent, and what stands in their thread where they cannot be written to.
PROPOSAL, RESULT, WAITS = "work_proposal", "work_result", "work_waits"
# What the asker's thread, the card's thread and the consultant are told.
STARTED, STATUS, ENDED = "work_started", "work_status", "work_over"
SAID, NOTE = "work_said", "work_note"


async def ask_deciders(
    session: Session,
    work: Engagement,
    people: tuple[Person, ...],
    kind: str,
    values: dict[str, Any],
    *,
    firm_team_id: str,
    now: datetime,
) -> None:
    """Ask those who decide, in private; who cannot be written to is offered a button in the thread."""
    unreached = []
    for person in people:
        team = await written_from(session, person, firm_team_id)
        if team is None:
            unreached.append(person)
            continue
        await outbox.add(
            session,
            team_id=team,
            lane=f"{team}:dm:{person.user_id}",
            kind=kind,
            payload={
                "work_id": work.id,
                **values,
                "user_id": person.user_id,
                "target": {"user": person.user_id},
            },
            now=now,
        )
    ticket = await ticket_of(session, work)
    if unreached and ticket is not None:
        names = [person.name for person in unreached]
        waits = {"work_id": work.id, ONCE: {"of": kind, "names": names, **values}}
        conversation = await session.get_one(Conversation, ticket.conversation_id)
        if not conversation.is_private:
            await tell_client(session, ticket, WAITS, waits, firm_team_id=firm_team_id, now=now)
        await say_on_card(session, work, f"unreached:{kind}", {"names": names}, firm_team_id, now)


async def ticket_of(session: Session, work: Engagement) -> Ticket | None:
    """Return the request a piece of work came from."""
    return await session.get(Ticket, work.ticket_id) if work.ticket_id is not None else None


async def tell_asker(
    session: Session, work: Engagement, kind: str, values: dict[str, Any], firm_team_id: str, now: datetime
) -> None:
    """Queue a message for the thread of the request that a piece of work came from."""
    ticket = await ticket_of(session, work)
    if ticket is not None:
        told = {"work_id": work.id, ONCE: values}
        await tell_client(session, ticket, kind, told, firm_team_id=firm_team_id, now=now)


async def tell_lead(
    session: Session, work: Engagement, what: str, values: dict[str, Any], firm_team_id: str, now: datetime
) -> None:
    """Tell the consultant who has the work that its client has answered.

    That is who has its request by now, else who proposed it; but of confidential work nobody who does not
    have it any more.
    """
    ticket = await ticket_of(session, work)
    if ticket is None:
        return
    user = ticket.claimed_by or (None if work.confidential else work.lead)
    if user is not None:
        told = {"work_id": work.id, "what": what, ONCE: values}
        await tell_consultant(session, user, ticket, SAID, told, firm_team_id=firm_team_id, now=now)


async def say_on_card(
    session: Session, work: Engagement, what: str, values: dict[str, Any], firm_team_id: str, now: datetime
) -> None:
    """Say in the thread of the card what happened to its work, and bring the card up to date."""
    ticket = await ticket_of(session, work)
    if ticket is not None:
        told = {"work_id": work.id, "what": what, ONCE: values}
        await write_on_card(session, ticket, NOTE, told, firm_team_id=firm_team_id, now=now)
        await update_card(session, ticket, firm_team_id=firm_team_id, now=now)


async def show_anew(session: Session, work: Engagement, press: Press | None, *, now: datetime) -> None:
    """Queue every message about a decision on this work to be shown as it is now, the pressed one first."""
    rows = await session.scalars(
        select(OutboxItem)
        .where(OutboxItem.kind.in_([PROPOSAL, RESULT]), OutboxItem.slack_ts.is_not(None))
        .where(OutboxItem.payload["work_id"].as_integer() == work.id)
        .order_by(OutboxItem.id)
    )
    for row in rows:
        place = {"channel": row.slack_channel, "ts": row.slack_ts}
        shown = {**row.payload, "of": row.kind, "message": place}
        await outbox.add(
            session,
            team_id=row.team_id,
            lane=f"{row.team_id}:{row.slack_channel}",
            kind=REDRAW,
            payload=shown,
            now=now,
        )
