"""Suggest a consultant for a request, kept in the audit trail: the card names the latest suggestion."""

from datetime import datetime

from sqlalchemy import func, select

from bot.answering.models import AnswerRecord
from bot.database import ReadSession, Session
from bot.engagement import audit, consultants
from bot.engagement.areas import areas_of
from bot.engagement.consultants import SHIPPED_HOURS, Times, Users, here
from bot.engagement.firm import FirmProfile
from bot.engagement.models import HELD_STATES, AuditEvent, Client, Person, Ticket, TicketState
from bot.engagement.routing import Matter, Suggestion, Why, suggest

SUGGESTED = "suggested"
ASSISTANT = "assistant"
WHOLE_DESK = "the desk as a whole"


async def route(session: Session, ticket: Ticket, members: Users, *, now: datetime) -> Suggestion | None:
    """Suggest one of `members` for a ticket and record it with why; None is the desk as a whole.

    That is recorded only where somebody was suggested before, who is not any more.
    """
    client = await session.get_one(Client, ticket.client_id)
    asker = await session.get_one(Person, ticket.person_id)
    areas = () if ticket.confidential else await _areas(session, ticket)
    rows = await consultants.everyone(session)
    found = suggest(
        Matter(client.lead, client.deputy, areas),
        rows,
        # A consultant may ask something themselves.
        frozenset(members) - {asker.user_id},
        now,
        busy=await _busy(session),
    )
    if found is not None or await latest_suggestion(session, ticket.id) is not None:
        detail = f"{found.user_id} {found.why} {found.area or ''}".strip() if found else WHOLE_DESK
        audit.append(session, actor=ASSISTANT, what=SUGGESTED, now=now, ticket=ticket, detail=detail)
    return found


async def _areas(session: Session, ticket: Ticket) -> tuple[str, ...]:
    answer = await session.get(AnswerRecord, ticket.answer_id) if ticket.answer_id else None
    return areas_of(str(cited["slug"]) for cited in answer.body.get("citations", ())) if answer else ()


async def _busy(session: Session) -> dict[str, int]:
    counted = await session.execute(
        select(Ticket.claimed_by, func.count())
        .where(Ticket.state.in_(HELD_STATES))
        .group_by(Ticket.claimed_by)
    )
    return {str(user): count for user, count in counted if user}


async def latest_suggestion(session: ReadSession | Session, ticket_id: int) -> Suggestion | None:
    """Return who was suggested last for a ticket."""
    detail = await session.scalar(
        select(AuditEvent.detail)
        .where(AuditEvent.ticket_id == ticket_id, AuditEvent.what == SUGGESTED)
        .order_by(AuditEvent.id.desc())
        .limit(1)
    )
    if detail is None or detail == WHOLE_DESK:
        return None
    user, why, *area = detail.split(" ")
    return Suggestion(user, Why(why), area[0] if area else None)


async def all_away(session: Session, members: Users, now: datetime) -> bool:
    """Whether the whole desk has said it is away; of a desk nobody is known of nothing is said.

    When it is merely closed, the promise that is stated says when somebody is there again.
    """
    return bool(members) and not here(await consultants.everyone(session), members, now)


async def unclaimed_suggested_to(session: Session, user_id: str) -> list[Ticket]:
    """Return the requests nobody has claimed whose latest suggestion is somebody."""
    once = select(AuditEvent.ticket_id).where(
        AuditEvent.what == SUGGESTED, AuditEvent.detail.startswith(f"{user_id} ", autoescape=True)
    )
    waiting = await session.scalars(
        select(Ticket).where(Ticket.state == TicketState.REQUESTED, Ticket.id.in_(once)).order_by(Ticket.id)
    )
    found = [(ticket, await latest_suggestion(session, ticket.id)) for ticket in waiting]
    return [ticket for ticket, latest in found if latest and latest.user_id == user_id]


def times_of(profile: FirmProfile) -> Times:
    """Return the firm's hours and zone, those that hold while it has said none included."""
    return Times(profile.hours or SHIPPED_HOURS, profile.timezone or Times.timezone)
