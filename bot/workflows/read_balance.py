"""Who may read a client's hours, and what they read: who approves them, its CIO, and consultants."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select

from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession
from bot.engagement import clients, corrections, firm, ledger, months, people
from bot.engagement.approvers import approvers_of
from bot.engagement.corrections import By
from bot.engagement.dates import month_of
from bot.engagement.grants import Balance
from bot.engagement.ledger import Reader, Statement
from bot.engagement.models import Client, Person, Role
from bot.engagement.people import Directory, Profile
from bot.errors import AdvisoryError
from bot.workflows.announce_hours import announce
from bot.workflows.desk import OnDesk
from bot.workflows.desk_door import let_in
from bot.workflows.own_request import asker
from bot.workflows.presses import NOT_YOURS, Press

MOST_CLIENTS = 20
ONLY_LEADS = "Whether confidential time is charged is decided by a lead."
DECIDED = "Decided by a lead"
NO_RETAINERS = "No client has a retainer this month. A lead adds one with `vcio retainers add`."


@dataclass(frozen=True)
class Hours:
    """A client's month in one line.

    `undecided` is what of its confidential time is not charged, for a lead who may decide it; None for
    others, and where there is none or the month is closed.
    """

    client_id: int
    client_name: str
    month: date
    balance: Balance | None
    inside: bool = False
    undecided: int | None = None


def whom_to_ask(names: list[str]) -> str:
    """Say kindly whom to ask about hours."""
    if not names:
        return (
            "Hours are shown to whoever approves them at your organisation, and nobody is named yet. "
            "Asking me costs nothing, and a consultant can tell you more."
        )
    who = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
    return (
        f"Hours are shown to whoever approves them at your organisation: please ask {who}. "
        "Asking me costs nothing."
    )


class ReadBalance:
    """The use cases behind `retainer` and *Show the lines*."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def of(self, press: Press, words: str = "") -> list[Hours]:
        """Return this month's hours of the presser's client; for a consultant, of the client that is named.

        Without a name a consultant reads all that have a retainer. Raises `AdvisoryError` for everybody else.
        """
        profile = await asker(self._directory, press)
        inside = await self._is_inside(profile)
        async with self._database.read() as session:
            month = month_of(await self._today(session))
            if not inside:
                person = await _allowed(session, profile)
                client = await session.get_one(Client, person.client_id)
                return [await _hours(session, client, month)]
            if words.strip():
                client = await _named(session, words.strip())
                return [await _hours(session, client, month, inside=True)]
            every = [
                await _hours(session, each, month, inside=True) for each in await clients.everyone(session)
            ]
            held = [each for each in every if each.balance is not None]
        if not held:
            raise AdvisoryError(NO_RETAINERS)
        return held[:MOST_CLIENTS]

    async def lines(self, press: Press, client_id: int, month: date) -> tuple[Hours, Statement]:
        """Return the lines of a client's month as the presser may read them; raises `AdvisoryError`."""
        profile = await asker(self._directory, press)
        inside = await self._is_inside(profile)
        async with self._database.read() as session:
            client = await session.get(Client, client_id)
            person = None if inside else await _allowed(session, profile)
            if client is None or (person is not None and person.client_id != client.id):
                raise AdvisoryError(NOT_YOURS)
            reader = Reader(person_id=person.id if person else None, inside=inside)
            statement = await ledger.statement(session, client.id, month, reader)
            leads = await self._may_decide(session, press, client.id, month, inside=inside)
            undecided = None
            if leads and any(item.confidential for item in statement.lines):
                undecided = await corrections.undecided(session, client.id, month)
            return Hours(client.id, client.name, month, statement.balance, inside, undecided), statement

    async def decide(self, press: Press, client_id: int, month: date, *, charged: bool) -> None:
        """Charge a month's confidential time, or do not; raises `AdvisoryError` for who does not lead.

        A threshold that this reaches is told as any other, by the hours used and nothing of what used them.
        """
        member, now = await let_in(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            if not await member.leads(session):
                raise AdvisoryError(ONLY_LEADS)
            by = By(member.user_id, member.profile.name, DECIDED)
            changed = await corrections.decide_confidential(
                session, client_id, month, by, charged=charged, now=now
            )
            if changed > 0:
                desk = OnDesk(self._directory.firm_team_id, member.desk, member.admins)
                await announce(session, await session.get_one(Client, client_id), month, desk, now=now)

    async def _may_decide(
        self, session: ReadSession, press: Press, client_id: int, month: date, *, inside: bool
    ) -> bool:
        closed = await ledger.last_closed(session, client_id)
        if not inside or (closed is not None and month <= closed):
            return False
        return await (await let_in(self._directory, press)).leads(session)

    async def _is_inside(self, profile: Profile) -> bool:
        if profile.team_id != self._directory.firm_team_id:
            return False
        return profile.user_id in await self._directory.consultants()

    async def _today(self, session: ReadSession) -> date:
        return months.today(await firm.read_calendar(session), self._clock())


def may_read(person: Person) -> bool:
    """Whether somebody may read their client's hours."""
    return person.approves is not None or person.role is Role.CIO


async def hours_of(session: ReadSession, person: Person, now: datetime) -> Hours:
    """Return this month's hours of a person's client, for who may read them."""
    month = month_of(months.today(await firm.read_calendar(session), now))
    return await _hours(session, await session.get_one(Client, person.client_id), month)


async def readers_of(session: ReadSession, client_id: int) -> list[str]:
    """Return the names of those a client's staff may ask about hours."""
    named = [person.name for person in (await approvers_of(session, client_id)).everyone]
    cios = select(Person.name).where(Person.client_id == client_id, Person.role == Role.CIO)
    return named or list(await session.scalars(cios.order_by(Person.id)))


async def _allowed(session: ReadSession, profile: Profile) -> Person:
    person = await people.find(session, profile.team_id, profile.user_id)
    if person is None or not may_read(person):
        raise AdvisoryError(whom_to_ask(await readers_of(session, person.client_id) if person else []))
    return person


async def _named(session: ReadSession, words: str) -> Client:
    found = await session.scalar(
        select(Client).where(or_(Client.key == words.lower(), func.lower(Client.name) == words.lower()))
    )
    return found or await clients.require(session, words)


async def _hours(session: ReadSession, client: Client, month: date, *, inside: bool = False) -> Hours:
    return Hours(client.id, client.name, month, await ledger.balance(session, client.id, month), inside)
