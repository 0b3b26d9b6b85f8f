"""What the demo's bot knows before anybody speaks: the sample firm, its desk and its two clients."""

from datetime import datetime

from bot.clock import utc_now
from bot.database import Database, Session
from bot.demo_history import seed_history
from bot.engagement import clients, consultants, firm
from bot.engagement.desk_models import SlaPolicy
from bot.engagement.models import Client, Person, Role, Urgency
from emulator import seed as people
from knowledge.types import OrgSize

HARBOUR_KEY, WESTMOOR_KEY = "harbour-bakery", "westmoor-housing"
_PROFILE = {
    "name": "Lantern Advisory",
    "phone": "+44 20 7946 0000",
    "email": "desk@lantern.example",
    "on_call": "+44 20 7946 0999",
    "timezone": "Europe/London",
    "holidays": "GB-ENG",
    "currency": "GBP",
    "benchmark": 150_000,
    "benchmark_source": "A sample figure, invented for this demo",
}
_DESK = {
    people.CORA: {"role": "lead", "skills": "strategy-and-governance"},
    people.DEV: {"skills": "security-risk-and-continuity"},
    people.ELIF: {"skills": "strategy-and-governance, service-and-operations"},
}


async def seed(database: Database) -> None:
    """Store firm, desk and clients: one small, one medium that is promised more, each with its CIO."""
    now = utc_now()
    async with database.unit_of_work() as session:
        await firm.change_profile(session, **_PROFILE)
        for user, known in _DESK.items():
            await consultants.change(session, user, known, zone="Europe/London", actor="demo", now=now)
        harbour = await _add_harbour(session, now)
        await _add_westmoor(session, now)
        await seed_history(session, *harbour, now=now)


async def _add_harbour(session: Session, now: datetime) -> tuple[Client, Person]:
    """Add the bakery, and return it with its CIO."""
    harbour = await clients.add(
        session,
        "Harbour Bakery",
        now=now,
        key=HARBOUR_KEY,
        org_size=OrgSize.SMALL,
        it_support="Quay Computers, 01632 960100",
        emergency_phone="01632 960199",
    )
    harbour.lead, harbour.deputy = people.DEV, people.ELIF
    _add_person(session, people.FIRM, people.ANA, harbour, Role.STAFF, now)
    carl = _add_person(session, people.FIRM, people.CARL, harbour, Role.CIO, now)
    await session.flush()
    return harbour, carl


async def _add_westmoor(session: Session, now: datetime) -> None:
    westmoor = await clients.add(
        session, "Westmoor Housing", now=now, key=WESTMOOR_KEY, org_size=OrgSize.MEDIUM
    )
    westmoor.lead, westmoor.deputy = people.CORA, people.DEV
    # In minutes of working time.
    session.add(
        SlaPolicy(
            client_id=westmoor.id,
            urgency=Urgency.WORK_STOPPED,
            first_reply=45,
            next_reply=60,
            resolution=8 * 60,
        )
    )
    await clients.link_workspace(session, people.WESTMOOR, "Westmoor Housing", westmoor, now=now)
    _add_person(session, people.WESTMOOR, people.BELLA, westmoor, Role.CIO, now)


def _add_person(session: Session, team: str, user: str, client: Client, role: Role, now: datetime) -> Person:
    person = Person(team_id=team, user_id=user, client_id=client.id, name=user, role=role, created_at=now)
    session.add(person)
    return person
