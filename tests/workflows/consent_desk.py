"""A client with a retainer, an approver and a deputy, and a request in the hands of a consultant."""

from datetime import date, datetime

from sqlalchemy import select

from bot.database import Database, Session
from bot.delivery.models import OutboxItem
from bot.engagement import firm
from bot.engagement.desk_models import PromiseKind, SlaPolicy
from bot.engagement.models import Approves, Client, Person, Ticket
from bot.engagement.promises import start
from bot.engagement.retainer_models import Consent, Retainer
from tests.workflows import desk_tickets
from tests.workflows.desk_people import DEV, FIRM

CARL, DORA = "U01CARL", "U01DORA"
DESK = "C01DESK"
RESOLUTION = PromiseKind.RESOLUTION


async def with_retainer(session: Session, client_id: int, now: datetime, minutes: int = 192) -> None:
    """Give a client hours a month, of which a ticket may take half of one without asking."""
    session.add(
        Retainer(
            client_id=client_id,
            minutes=minutes,
            starts_on=date(2026, 1, 1),
            created_by="test",
            created_at=now,
        )
    )


async def approver(
    session: Session, client_id: int, user: str, approves: Approves | None, now: datetime, team: str = FIRM
) -> Person:
    """Somebody who consents for a client."""
    person = Person(
        team_id=team, user_id=user, client_id=client_id, name=user[3:].capitalize(), created_at=now
    )
    person.approves = approves
    session.add(person)
    await session.flush()
    return person


async def prepared(database: Database, now: datetime, *, deputy: bool = True, hours: bool = True) -> int:
    """Set it all up; return the ticket, which Dev has."""
    async with database.unit_of_work() as session:
        await firm.change_profile(session, desk_channel=DESK, hours="Mon-Fri 09:00-17:00")
        ticket = await desk_tickets.ticket(session, now, held_by=DEV)
        session.add(SlaPolicy(client_id=ticket.client_id, first_reply=60, resolution=600))
        if hours:
            await with_retainer(session, ticket.client_id, now)
        await approver(session, ticket.client_id, CARL, Approves.APPROVER, now)
        if deputy:
            await approver(session, ticket.client_id, DORA, Approves.DEPUTY, now)
        await session.flush()
        await start(session, ticket, now=now)
        return ticket.id


async def another_client(session: Session, now: datetime) -> Client:
    """A client that has nothing to do with it."""
    client = Client(key="other", name="Other", created_at=now)
    session.add(client)
    await session.flush()
    return client


async def queued(database: Database, *kinds: str) -> list[tuple[str, str]]:
    """To whom, or where, what of these kinds was queued, oldest first."""
    async with database.read() as session:
        items = await session.scalars(
            select(OutboxItem).where(OutboxItem.kind.in_(kinds)).order_by(OutboxItem.id)
        )
        targets = [(each.payload["target"], each.kind) for each in items]
    return [(str(target.get("user") or target.get("channel")), kind) for target, kind in targets]


async def consent_of(database: Database, ticket_id: int) -> Consent:
    """The last question about a ticket."""
    async with database.read() as session:
        newest = select(Consent).where(Consent.ticket_id == ticket_id).order_by(Consent.id.desc()).limit(1)
        return (await session.scalars(newest)).one()


async def ticket_now(database: Database, ticket_id: int) -> Ticket:
    """The ticket as it is stored."""
    return await desk_tickets.read_ticket(database, ticket_id)
