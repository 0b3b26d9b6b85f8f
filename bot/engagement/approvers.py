"""Whose consent counts for a client."""

from dataclasses import dataclass

from sqlalchemy import select

from bot.database import ReadSession, Session
from bot.engagement.models import Approves, Person


@dataclass(frozen=True)
class Approvers:
    """Those who may consent for a client, in the order they are asked; with none, nothing is gated."""

    approvers: tuple[Person, ...]
    deputies: tuple[Person, ...]

    @property
    def everyone(self) -> tuple[Person, ...]:
        """All whose consent counts: a deputy's is as good as an approver's."""
        return self.approvers + self.deputies


async def approvers_of(session: ReadSession | Session, client_id: int) -> Approvers:
    """Return a client's approvers and deputies, each in the order they became known."""
    found = (
        await session.scalars(
            select(Person)
            .where(Person.client_id == client_id, Person.approves.is_not(None))
            .order_by(Person.id)
        )
    ).all()
    return Approvers(
        tuple(person for person in found if person.approves is Approves.APPROVER),
        tuple(person for person in found if person.approves is Approves.DEPUTY),
    )
