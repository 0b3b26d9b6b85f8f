"""The people who address the bot, known by workspace and user id."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import bindparam, select

from bot.database import ReadSession, Session
from bot.engagement import clients
from bot.engagement.models import Client, Person, Role
from bot.first_writes import find_or_add


@dataclass(frozen=True)
class Profile:
    """What Slack says of a person; `team_id` is the workspace they belong to."""

    team_id: str
    user_id: str
    name: str
    team_name: str
    is_admin: bool = False
    is_guest: bool = False
    is_bot: bool = False
    is_gone: bool = False
    timezone: str | None = None

    def is_apart(self, team_id: str) -> bool:
        """Whether they cannot open the app of that workspace, and are served by mention alone.

        So are guests, whom Slack keeps from apps with an agent view, and people of other organisations.
        """
        return self.is_guest or self.team_id != team_id


class Directory(Protocol):
    """Who people are, as Slack knows it; asked outside any transaction."""

    @property
    def firm_team_id(self) -> str:
        """The firm's own workspace; empty while it is not known."""

    async def profile(self, team_id: str, user_id: str, actor_team_id: str = "") -> Profile:
        """Look a person up through the workspace where the app is installed."""

    async def teams_in(self, team_id: str, channel: str) -> frozenset[str]:
        """Return the workspaces whose people may be in a channel of `team_id`, itself included."""

    async def consultants(self) -> frozenset[str]:
        """Return the user ids of the desk's full members; empty without a usable desk."""

    async def admins(self) -> frozenset[str]:
        """Return the user ids of the firm workspace's admins."""


_PERSON = select(Person).where(Person.team_id == bindparam("team_id"), Person.user_id == bindparam("user_id"))
_WITH_CLIENT = (
    select(Person, Client)
    .join(Client, Client.id == Person.client_id)
    .where(Person.team_id == bindparam("team_id"), Person.user_id == bindparam("user_id"))
)


async def find(session: ReadSession | Session, team_id: str, user_id: str) -> Person | None:
    """Return the person as far as we know them."""
    return await session.scalar(_PERSON, {"team_id": team_id, "user_id": user_id})


async def find_with_client(
    session: ReadSession | Session, team_id: str, user_id: str
) -> tuple[Person, Client] | None:
    """Return the person with their client, read at once."""
    found = (await session.execute(_WITH_CLIENT, {"team_id": team_id, "user_id": user_id})).first()
    return (found[0], found[1]) if found else None


async def meet(
    session: Session, profile: Profile, *, firm_team_id: str, firm_name: str, now: datetime
) -> tuple[Person, Client, bool]:
    """Return the person with their client, stored when new; true when the client was first met here.

    People of the firm's workspace are its own client's until they are assigned another.
    """
    person = await find(session, profile.team_id, profile.user_id)
    if person is not None:
        person.name = profile.name
        return person, await session.get_one(Client, person.client_id), False
    team, is_firm = profile.team_id, profile.team_id == firm_team_id
    client, is_new = await clients.of_workspace(
        session, team, profile.team_name, now=now, firm_name=firm_name if is_firm else None
    )
    person, is_first = await add(session, (team, profile.user_id), client, name=profile.name, now=now)
    if not is_first:
        client = await session.get_one(Client, person.client_id)
    return person, client, is_new and not is_firm


async def add(
    session: Session, who: tuple[str, str], client: Client, *, name: str, now: datetime
) -> tuple[Person, bool]:
    """Return somebody (workspace and user), stored as a person of `client` when new; true then."""
    key = {"team_id": who[0], "user_id": who[1]}
    return await find_or_add(session, Person, key, client_id=client.id, name=name, created_at=now)


def move(person: Person, client: Client) -> None:
    """Make somebody a person of `client`; what they might do for another one they may not do here."""
    if person.client_id != client.id:
        person.client_id, person.role, person.approves = client.id, Role.STAFF, None


def described(person: Person, client: Client) -> str:
    """Return who somebody is for their client, for the audit trail."""
    consent = f", {person.approves}" if person.approves else ""
    return f"{person.team_id}/{person.user_id}: {person.role}{consent} of {client.key}"
