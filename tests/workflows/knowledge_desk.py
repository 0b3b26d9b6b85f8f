"""Tickets made knowledge on a desk of made-up people, with a clock that a test moves."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.delivery.models import InboxItem
from bot.engagement.desk_models import Carried, Crossing, Draft
from bot.engagement.models import AuditEvent, Ending, Ticket, TicketState
from bot.errors import AdvisoryError
from bot.workflows.approve_knowledge import ApproveKnowledge
from bot.workflows.make_knowledge import MakeKnowledge, Typed
from bot.workflows.presses import Press
from tests.workflows.desk_people import DEV, ELIF, LEAD, People, press
from tests.workflows.desk_tickets import ticket

NOW = datetime(2026, 7, 6, 21, 30, tzinfo=UTC)  # 22:30 in London
DESK = "C01DESK"
TYPED = Typed("", "Keep one copy elsewhere", "Keep one copy of each backup in another building.")


class Desk:
    """The use cases on one database, with a clock that a test moves."""

    def __init__(self, database: Database, members: frozenset[str] = frozenset({LEAD, DEV, ELIF})) -> None:
        self.database = database
        self.now = NOW
        people = People(members)
        self.make = MakeKnowledge(database, people, lambda: self.now)
        self.approval = ApproveKnowledge(database, people, lambda: self.now)

    async def ticket(self, **more: object) -> int:
        """A resolved ticket of Dev's, with what he advised."""
        values = {"state": TicketState.RESOLVED, "ending": Ending.ANSWERED, "held_by": DEV} | more
        async with self.database.unit_of_work() as session:
            made = await ticket(session, self.now, **values)  # type: ignore[arg-type]
            session.add(
                Carried(
                    ticket_id=made.id, crossing=Crossing.TO_CLIENT, team_id="T01FIRM", channel=DESK,
                    ts=f"{made.id}.1", user_id=DEV, name="Dev", text="Keep one copy elsewhere.",
                    created_at=NOW,
                )
            )  # fmt: skip
            return made.id

    async def drafted(self, typed: Typed = TYPED, **more: object) -> tuple[int, int]:
        """A ticket with a draft by Dev: the ids of both."""
        ticket_id = await self.ticket(**more)
        await self.make.save(at_desk(DEV), ticket_id, None, typed)
        return ticket_id, (await self.drafts(ticket_id))[-1].id

    async def drafts(self, ticket_id: int) -> list[Draft]:
        async with self.database.read() as session:
            found = await session.scalars(
                select(Draft).where(Draft.ticket_id == ticket_id).order_by(Draft.id)
            )
            return list(found)

    async def audited(self) -> list[str]:
        async with self.database.read() as session:
            return list(await session.scalars(select(AuditEvent.what).order_by(AuditEvent.id)))

    async def queued(self) -> list[str]:
        async with self.database.read() as session:
            return list(await session.scalars(select(InboxItem.event_key)))

    async def changed(self, ticket_id: int, **values: object) -> None:
        async with self.database.unit_of_work() as session:
            row = await session.get_one(Ticket, ticket_id)
            for name, value in values.items():
                setattr(row, name, value)


def at_desk(user: str, channel: str = DESK) -> Press:
    return press(user, channel=channel)


async def refused(sentence: str, call: Callable[[], object]) -> None:
    with pytest.raises(AdvisoryError) as caught:
        await call()  # type: ignore[misc]
    assert sentence in caught.value.user_text
