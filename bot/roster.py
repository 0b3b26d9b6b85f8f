"""`vcio consultants` and `vcio people`: list, show and change who works on the desk and who asks."""

from typing import Any

import click
from sqlalchemy import select

from bot.administration import opened
from bot.clock import utc_now
from bot.database import ReadSession, Session
from bot.delivery.inbox import Arrival, accept
from bot.engagement import audit, clients, firm, people
from bot.engagement import consultants as desk
from bot.engagement.desk_models import Consultant
from bot.engagement.models import Approves, Client, Person, Role
from bot.errors import AdvisoryError
from bot.printing import print_json
from bot.settings import Settings
from bot.workflows.absence import AWAY

ACTOR = "command line"
NOT_APPROVING = "no"
NOBODY = (
    "Nobody yet: a running bot lists the members of the desk channel here, "
    "and `vcio consultants change USER` adds one."
)
Fields = dict[str, Any]


async def show_consultants(settings: Settings, *, as_json: bool) -> None:
    """Print everybody who is or was on the desk, by name."""
    async with opened(settings) as database, database.read() as session:
        rows = [_consultant(row) for row in await desk.everyone(session)]
    if as_json:
        print_json(rows)
        return
    if not rows:
        click.echo(NOBODY)
    for row in rows:
        away = f"  away until {row['away_until'][:10]}" if row["away_until"] else ""
        skills = f"  {', '.join(row['skills'])}" if row["skills"] else ""
        click.echo(f"{row['user']:<14} {row['role']:<10} {row['name']}{skills}{away}")


async def show_consultant(settings: Settings, given: str, *, as_json: bool) -> None:
    """Print one consultant."""
    async with opened(settings) as database, database.read() as session:
        user = await desk.find_user(session, given)
        row = await session.get(Consultant, user)
    if row is None:
        raise AdvisoryError(f"Nothing is known of {user!r}: `vcio consultants list` shows who is known.")
    _print(_consultant(row), as_json=as_json)


async def change_consultant(settings: Settings, given: str, *, as_json: bool, **fields: str | None) -> None:
    """Change what is given of a consultant and print it; what somebody has who goes away is offered again."""
    changes = {field: text for field, text in fields.items() if text is not None}
    now = utc_now()
    async with opened(settings) as database, database.unit_of_work() as session:
        user = await desk.find_user(session, given)
        zone = (await firm.read_profile(session)).timezone or settings.vcio_timezone
        row = await desk.change(session, user, changes, zone=zone, actor=ACTOR, now=now)
        if changes.get("away_until"):
            # Only the bot knows the firm's workspace: it offers what they have again, or does when it starts.
            name = f"{AWAY}:{user}:{now.isoformat()}"
            await accept(session, Arrival("", name, f"desk:{AWAY}", AWAY, {"user_id": user}), now=now)
    _print(_consultant(row), as_json=as_json)


async def show_people(settings: Settings, client_key: str | None, *, as_json: bool) -> None:
    """Print people by client and name."""
    query = select(Person, Client).join(Client, Client.id == Person.client_id)
    async with opened(settings) as database, database.read() as session:
        if client_key is not None:
            query = query.where(Person.client_id == (await clients.require(session, client_key)).id)
        found = await session.execute(query.order_by(Client.name, Person.name, Person.id))
        rows = [_person(person, client) for person, client in found]
    if as_json:
        print_json(rows)
        return
    if not rows:
        click.echo("Nobody yet: people are listed once they have written to the bot.")
    for row in rows:
        who, approves = f"{row['team']}/{row['user']}", row["approves"] or ""
        click.echo(f"{who:<26} {row['role']:<6} {approves:<9} {row['client']:<20} {row['name']}")


async def show_person(settings: Settings, given: str, *, as_json: bool) -> None:
    """Print one person."""
    async with opened(settings) as database, database.read() as session:
        person = await require_person(session, given)
        shown = _person(person, await session.get_one(Client, person.client_id))
    _print(shown, as_json=as_json)


async def change_person(
    settings: Settings,
    given: str,
    *,
    role: str | None,
    approves: str | None,
    client_key: str | None,
    as_json: bool,
) -> None:
    """Change a person's role, consent or client and print them; what they were for one client ends there."""
    async with opened(settings) as database, database.unit_of_work() as session:
        person = await require_person(session, given)
        if client_key is not None:
            people.move(person, await clients.require(session, client_key))
        if role is not None:
            person.role = Role(role)
        if approves is not None:
            person.approves = None if approves == NOT_APPROVING else Approves(approves)
        client = await session.get_one(Client, person.client_id)
        shown = _person(person, client)
        audit.append(
            session,
            actor=ACTOR,
            what="person changed",
            now=utc_now(),
            client_id=client.id,
            detail=people.described(person, client),
        )
    _print(shown, as_json=as_json)


async def require_person(session: ReadSession | Session, given: str) -> Person:
    """Return the person of a user id, or workspace and user; raises `AdvisoryError` unless it is one."""
    team, _, user = given.strip().rpartition("/")
    query = select(Person).where(Person.user_id == user)
    found = list(await session.scalars(query.where(Person.team_id == team) if team else query))
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(f"{person.team_id}/{person.user_id}" for person in found)
        raise AdvisoryError(f"{given!r} is somebody in several workspaces: name one of {listed}.")
    raise AdvisoryError(f"There is no person {given!r}: `vcio people list` shows who has written.")


def _consultant(row: Consultant) -> Fields:
    back = row.away_until
    return {
        "user": row.user_id,
        "name": row.name,
        "role": row.role,
        "skills": row.skills,
        "timezone": row.timezone,
        "hours": row.hours,
        "away_until": back.isoformat(timespec="minutes") if back and back > utc_now() else None,
    }


def _person(person: Person, client: Client) -> Fields:
    return {
        "team": person.team_id,
        "user": person.user_id,
        "name": person.name,
        "role": person.role,
        "approves": person.approves,
        "client": client.key,
    }


def _print(fields: Fields, *, as_json: bool) -> None:
    if as_json:
        print_json(fields)
        return
    for name, value in fields.items():
        shown = ", ".join(value) if isinstance(value, list) else value
        click.echo(f"{name.replace('_', ' '):<12} {shown or 'not set'}")
