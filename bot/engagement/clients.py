"""The organisations we serve, and which workspaces are theirs."""

import re
import unicodedata
from datetime import datetime

from sqlalchemy import select, update

from bot.database import ReadSession, Session
from bot.engagement.models import Client, Person, Workspace
from bot.errors import AdvisoryError
from bot.first_writes import find_or_add
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
    client, is_new = await find_or_add(
        session,
        Client,
        {"key": wanted},
        name=name.strip(),
        org_size=org_size,
        is_firm=is_firm,
        created_at=now,
        **fields,
    )
    if not is_new:
        raise AdvisoryError(f"The key {wanted!r} is taken: give another with `--key`.")
    return client


async def add_numbered(session: Session, name: str, *, now: datetime) -> Client:
    """Store a new client under a key of its name, numbered where others have that; raises as `add` does."""
    while True:
        key = await free_key(session, name)
        client, is_new = await find_or_add(session, Client, {"key": key}, name=name.strip(), created_at=now)
        if is_new:
            return client


async def firm_client(session: Session, name: str, *, now: datetime) -> tuple[Client, bool]:
    """Return the firm's own client, whom its people who are not on the desk belong to; true when new.

    Raises `AdvisoryError` where a client that is not the firm's has its key.
    """
    client = await session.scalar(select(Client).where(Client.is_firm))
    if client is not None:
        return client, False
    client, is_new = await find_or_add(
        session, Client, {"key": FIRM_KEY}, name=name.strip(), is_firm=True, created_at=now
    )
    if not client.is_firm:
        raise AdvisoryError(f"The key {FIRM_KEY!r} is {client.name}'s: the firm's own client needs it.")
    return client, is_new


async def of_workspace(
    session: Session, team_id: str, name: str, *, now: datetime, firm_name: str | None = None
) -> tuple[Client, bool]:
    """Return the client whose people those of a workspace are, made for it where it is new; true when made.

    `firm_name` says that the workspace is the firm's own, and what the firm's client is called.
    """
    workspace = await session.get(Workspace, team_id)
    if workspace is None:
        if firm_name is None:
            client, is_new = await add_numbered(session, name, now=now), True
        else:
            client, is_new = await firm_client(session, firm_name, now=now)
        workspace, is_first = await find_or_add(
            session, Workspace, {"team_id": team_id}, name=name, client_id=client.id, created_at=now
        )
        if is_first:
            return client, is_new
        if is_new:
            # Somebody else of the workspace was met a moment before: theirs is its client.
            await session.delete(client)
            await session.flush()
    return await session.get_one(Client, workspace.client_id), False


async def link_workspace(
    session: Session, team_id: str, name: str, client: Client, *, now: datetime
) -> Workspace:
    """Say that the people of a workspace belong to `client`, those met before included."""
    workspace, _new = await find_or_add(
        session, Workspace, {"team_id": team_id}, name=name, client_id=client.id, created_at=now
    )
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
