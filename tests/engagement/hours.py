"""Hours for tests: a client with a retainer, its request, and time booked as a day asks for it."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from bot.answering.models import Conversation
from bot.database import Session
from bot.engagement import clients, retainers, timesheet
from bot.engagement.models import Client, Person, Ticket
from bot.engagement.retainer_models import AtZero, Carry, Retainer, TimeEntry
from bot.engagement.retainers import Agreed
from bot.engagement.timesheet import Spent
from bot.engagement.work_models import Engagement, EngagementKind, EngagementState

NOW = datetime(2026, 12, 15, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
_numbers = count(1)


async def client_of(session: Session, name: str = "Acme") -> Client:
    """A client of that name."""
    return await clients.add(session, name, now=NOW, key=await clients.free_key(session, name))


async def ticket_of(session: Session, client: Client, *, private: bool = False, **more: Any) -> Ticket:
    """A request of a person of the client, in a channel unless private."""
    number = next(_numbers)
    person = Person(team_id="T1", user_id=f"UH{number}", client_id=client.id, name="Ana", created_at=NOW)
    session.add(person)
    await session.flush()
    talk = Conversation(
        team_id="T1", channel="C1", thread_ts=f"{number}.9", client_id=client.id, person_id=person.id,
        is_private=private, created_at=NOW,
    )  # fmt: skip
    session.add(talk)
    await session.flush()
    ticket = Ticket(
        client_id=client.id, person_id=person.id, conversation_id=talk.id, question="Help",
        created_at=NOW, **{"reason": "asked_for_person", **more},
    )  # fmt: skip
    session.add(ticket)
    await session.flush()
    return ticket


async def work_of(session: Session, ticket: Ticket, kind: EngagementKind, **more: Any) -> Engagement:
    """Agreed work of the client and person of a ticket."""
    work = Engagement(
        client_id=ticket.client_id, person_id=ticket.person_id, kind=kind, title="Board paper",
        needed="Help", created_at=NOW, **{"state": EngagementState.ACTIVE, **more},
    )  # fmt: skip
    session.add(work)
    await session.flush()
    return work


async def retained(
    session: Session,
    client: Client,
    minutes: int = 600,
    starts_on: date = NOVEMBER,
    ends_on: date | None = None,
    *,
    rounding: int = 15,
    carry: Carry = Carry.EXPIRE,
    at_zero: AtZero = AtZero.WARN,
) -> Retainer:
    """A retainer of the client."""
    terms = Agreed(minutes, rounding, carry, at_zero)
    return await retainers.add(session, client.id, terms, starts_on, ends_on, actor="test", now=NOW)


def spent(minutes: int, on: date = TODAY, *, user: str = "UC", key: str = "", **more: Any) -> Spent:
    """Time of a consultant; with a key of its own unless one is given."""
    return Spent(user, "Cora Consultant", minutes, on, key or f"test:{next(_numbers)}", **more)


async def logged(
    session: Session, about: Ticket | Engagement, minutes: int, on: date = TODAY, **more: Any
) -> TimeEntry:
    """Time booked."""
    return await timesheet.book(session, about, spent(minutes, on, **more), now=NOW, today=TODAY)
