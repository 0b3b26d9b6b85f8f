"""Somebody asks for hands or gives an assignment: the work of their ticket, and how urgent that makes it."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.answering.types import Reason
from bot.database import Session
from bot.engagement import audit, firm, promises, proposals
from bot.engagement.models import Client, Person, Ticket, Urgency
from bot.engagement.needed_by import is_urgent, read_needed_by
from bot.engagement.work import Wish, complete_wish, of_ticket, open_work, step
from bot.engagement.work_models import Engagement, EngagementKind, EngagementState

KINDS: Mapping[str, EngagementKind] = {
    Reason.HANDS: EngagementKind.HANDS,
    Reason.ASSIGNMENT: EngagementKind.ASSIGNMENT,
}
REASONS: Mapping[EngagementKind, Reason] = {
    EngagementKind.HANDS: Reason.HANDS,
    EngagementKind.ASSIGNMENT: Reason.ASSIGNMENT,
}


async def begin(
    session: Session, ticket: Ticket, person: Person, reason: str, text: str, *, now: datetime
) -> Engagement | None:
    """Open the work that plain words asked for with a ticket; None where they asked for none.

    What is needed soon is urgent from the start, unless its asker has said how long it can wait.
    """
    kind = KINDS.get(reason)
    if kind is None:
        return None
    wish = await wish_of(session, ticket.client_id, kind, text, now=now)
    actor = f"{person.team_id}/{person.user_id}"
    work, _new = await open_work(session, ticket, wish, actor=actor, now=now)
    await hurry(session, ticket, work, actor=actor, now=now)
    return work


async def wish_of(
    session: Session, client_id: int, kind: EngagementKind, text: str, *, now: datetime
) -> Wish:
    """Return what plain words ask for, with the day they name, in the client's time zone."""
    client = await session.get_one(Client, client_id)
    zone = client.timezone or (await firm.read_calendar(session)).zone
    return Wish(kind, text, needed_by=read_needed_by(text, now.astimezone(ZoneInfo(zone)).date()))


async def hurry(session: Session, ticket: Ticket, work: Engagement, *, actor: str, now: datetime) -> None:
    """Make a ticket urgent whose work is needed soon; what its asker said of it stands."""
    if ticket.urgency is not None:
        return
    calendar = await firm.read_calendar(session)
    if not is_urgent(work.needed, work.needed_by, calendar, now=now):
        return
    ticket.urgency = Urgency.TODAY
    audit.append(session, actor=actor, what="urgency", now=now, ticket=ticket, detail=Urgency.TODAY)
    await promises.urgency_set(session, ticket, now=now)


async def complete(
    session: Session, ticket: Ticket, wish: Wish, *, actor: str, now: datetime
) -> tuple[Engagement, bool]:
    """Complete the work of a ticket by what its form says, or open it; true where that changes something."""
    work = await of_ticket(session, ticket.id)
    changed = work is None
    if work is None:
        work, _new = await open_work(session, ticket, wish, actor=actor, now=now)
    else:
        changed = await complete_wish(session, work, wish, actor=actor, now=now)
    await hurry(session, ticket, work, actor=actor, now=now)
    return work, changed


async def end_with_ticket(session: Session, ticket: Ticket, *, actor: str, now: datetime) -> None:
    """End the work of a request that is over before anything was agreed; what is agreed goes on."""
    work = await of_ticket(session, ticket.id)
    if work is None or work.state not in {EngagementState.REQUESTED, EngagementState.PROPOSED}:
        return
    await proposals.withdraw(session, work)
    await step(session, work, EngagementState.ENDED, actor=actor, now=now, why=f"with {ticket.reference}")
