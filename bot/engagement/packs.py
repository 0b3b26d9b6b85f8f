"""Who reads a client's packs, and which was the last."""

from sqlalchemy import select

from bot.database import ReadSession, Session
from bot.engagement.models import Person, Role
from bot.engagement.outcome_models import Pack


async def readers_of(session: ReadSession | Session, client_id: int) -> list[Person]:
    """Return who may read a client's packs: its CIOs and whoever consents for it."""
    found = await session.scalars(
        select(Person)
        .where(Person.client_id == client_id)
        .where((Person.role == Role.CIO) | Person.approves.is_not(None))
        .order_by(Person.id)
    )
    return list(found)


async def last_sent(session: ReadSession | Session, client_id: int) -> Pack | None:
    """Return the last pack a client was sent."""
    return await session.scalar(
        select(Pack)
        .where(Pack.client_id == client_id, Pack.sent_at.is_not(None))
        .order_by(Pack.month.desc())
        .limit(1)
    )


def reads_packs(person: Person | None, client_id: int) -> bool:
    """Whether somebody reads a client's packs."""
    if person is None or person.client_id != client_id:
        return False
    return person.role is Role.CIO or person.approves is not None
