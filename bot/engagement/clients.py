"""The organisations we serve, and which workspaces are theirs."""

import re
import unicodedata
from datetime import datetime

from sqlalchemy import select, update

from bot.database import ReadSession, Session
from bot.engagement.models import Client, Person, Workspace
from bot.errors import AdvisoryError
from knowledge.types import OrgSize

FIRM_KEY = "firm"
LONGEST_KEY = 40


def key_from_name(name: str) -> str:
    """Return the short name of a client for commands and collections, like `harbour-bakery`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_KEY].strip("-") or "client"


async def find(session: ReadSession | Session, key: str) -> Client | None:
    """Return the client with that key."""
    return await session.scalar(select(Client).where(Client.key == key))


async def require(session: ReadSession | Session, key: str) -> Client:
    """Return the client with that key; raises `AdvisoryError` naming the known ones."""
    client = await find(session, key)
    if client is None:
        known = ", ".join(await session.scalars(select(Client.key).order_by(Client.key))) or "none yet"
        raise AdvisoryError(
            f"There is no client {key!r}. Known clients: {known}. Add one with `vcio clients add`."
        )
    return client


async def everyone(session: ReadSession) -> list[Client]:
    """Return all clients by name."""
    return list(await session.scalars(select(Client).order_by(Client.name)))


async def names(session: ReadSession) -> tuple[tuple[int, str], ...]:
    """Return id and name of all clients, by name."""
    found = await session.execute(select(Client.id, Client.name).order_by(Client.name, Client.id))
    return tuple((number, name) for number, name in found)


async def add(
    session: Session,
    name: str,
    *,
    now: datetime,
    key: str | None = None,
    org_size: OrgSize | None = None,
    is_firm: bool = False,
    **fields: str | None,
) -> Client:
    """Store a new client; raises `AdvisoryError` when its key is taken or its name is blank.

    `fields` are further texts of a client, checked as `client_fields` does.
    """
    if not name.strip():
        raise AdvisoryError("A client needs a name: give one, like `vcio clients add 'Harbour Bakery'`.")
    wanted = key or key_from_name(name)
    if wanted != key_from_name(wanted):
        raise AdvisoryError(f"{wanted!r} is no usable key: use lower-case letters, digits and dashes.")
    if await find(session, wanted) is not None:
        raise AdvisoryError(f"The key {wanted!r} is taken: give another with `--key`.")
    client = Client(
        key=wanted,
        name=name.strip(),
        org_size=org_size,
        is_firm=is_firm,
        created_at=now,
        **fields,
    )
    session.add(client)
    await session.flush()
    return client


async def firm_client(session: Session, name: str, *, now: datetime) -> Client:
    """Return the firm's own client, whom its people who are not on the desk belong to."""
    client = await session.scalar(select(Client).where(Client.is_firm))
    return client or await add(session, name, now=now, key=FIRM_KEY, is_firm=True)


async def link_workspace(
    session: Session, team_id: str, name: str, client: Client, *, now: datetime
) -> Workspace:
    """Say that the people of a workspace belong to `client`, those met before included."""
    workspace = await session.get(Workspace, team_id)
    if workspace is None:
        workspace = Workspace(team_id=team_id, name=name, client_id=client.id, created_at=now)
        session.add(workspace)
    await session.execute(
        update(Person)
        .where(Person.team_id == team_id, Person.client_id == workspace.client_id)
        .values(client_id=client.id)
    )
    workspace.client_id = client.id
    await session.flush()
    return workspace


async def free_key(session: Session, name: str) -> str:
    """Return a key made from `name` that no client has yet."""
    base = key_from_name(name)
    taken = set(await session.scalars(select(Client.key).where(Client.key.startswith(base))))
    numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
    return next(key for key in (base, *numbered) if key not in taken)
