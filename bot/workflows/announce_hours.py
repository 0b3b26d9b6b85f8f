"""How far a month's hours are used is told once at each threshold, to who approves them and to our lead."""

from datetime import date, datetime

from sqlalchemy import select

from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery import outbox
from bot.delivery.lanes import finish
from bot.delivery.models import InboxItem, WorkState
from bot.engagement import consultants, ledger
from bot.engagement.approvers import approvers_of
from bot.engagement.dates import month_words
from bot.engagement.durations import hours_words
from bot.engagement.grants import Balance
from bot.engagement.models import Client, Person
from bot.engagement.people import Directory
from bot.engagement.retainer_models import Announced
from bot.engagement.retainers import held
from bot.engagement.work_models import ClientChannel
from bot.errors import DeliveryError
from bot.workflows.desk import OnDesk, who_is_on_desk
from bot.workflows.reach import written_from
from bot.workflows.unasked import THRESHOLD, plan_personal

THRESHOLDS = (70, 90, 100)
# For an approver on the other side of a shared channel: a button that only they can use.
HOURS_THERE = "hours_there"
# What the command line leaves to the bot, which knows the desk.
CHARGED = "hours_charged"


def line(client: str, balance: Balance) -> str:
    """Return what is told, in a sentence."""
    month = month_words(balance.month)
    if balance.left <= 0:
        over = f", {hours_words(-balance.left)} more than agreed" if balance.left < 0 else ""
        return f"{client}: the hours of {month} are used up{over}."
    return (
        f"{client}: {balance.used_per_cent} % of the hours of {month} are used, "
        f"{hours_words(balance.left)} are left."
    )


async def announce(session: Session, client: Client, month: date, by: OnDesk, *, now: datetime) -> int | None:
    """Plan to tell of the highest threshold a month has newly reached; return it, None where none was.

    Those below it are told with it, and none of them is ever told again. What is late in a month that has
    passed is told all the same: it is what its balance will be closed with.
    """
    balance = await ledger.balance(session, client.id, month)
    if balance is None:
        return None
    told = set(
        await session.scalars(
            select(Announced.per_cent).where(Announced.client_id == client.id, Announced.month == month)
        )
    )
    reached = [each for each in THRESHOLDS if balance.used_per_cent >= each and each not in told]
    if not reached or balance.spent <= 0:
        return None
    for each in reached:
        session.add(Announced(client_id=client.id, month=month, per_cent=each, at=now))
    highest = max(reached)
    values = {"client_id": client.id, "month": month.isoformat(), "per_cent": highest}
    about = f"{client.id}:{month:%Y-%m}:{highest}"
    for person in (await approvers_of(session, client.id)).approvers:
        await _tell(session, client, person, about, values, balance, by, now)
    for user in await _leads(session, client, by):
        whose = (by.firm_team_id, user)
        await plan_personal(
            session,
            whose,
            THRESHOLD,
            about,
            line=line(client.name, balance),
            seen_from=by.firm_team_id,
            now=now,
            values={**values, "inside": True},
        )
    return highest


async def _tell(
    session: Session,
    client: Client,
    person: Person,
    about: str,
    values: dict[str, object],
    balance: Balance,
    by: OnDesk,
    now: datetime,
) -> None:
    """Plan to write to an approver, or where the app cannot, offer it in their client's channel."""
    team = await written_from(session, person, by.firm_team_id)
    if team is not None:
        whose, said = (person.team_id, person.user_id), line(client.name, balance)
        await plan_personal(
            session, whose, THRESHOLD, about, line=said, seen_from=team, now=now, values=dict(values)
        )
        return
    place = await session.scalar(
        select(ClientChannel).where(ClientChannel.client_id == client.id).order_by(ClientChannel.created_at)
    )
    if place is not None:
        await outbox.add(
            session,
            team_id=place.team_id,
            lane=f"{place.team_id}:{place.channel}",
            kind=HOURS_THERE,
            payload={"user_id": person.user_id, "target": {"channel": place.channel}},
            now=now,
        )


async def _leads(session: Session, client: Client, desk: OnDesk) -> list[str]:
    """Return the client's own lead; without one who is still on the desk, the leads."""
    if client.lead in desk.members and client.lead:
        return [client.lead]
    rows = await consultants.everyone(session)
    return sorted(consultants.leads(rows, desk.members, desk.admins))


class AnnounceHours:
    """What follows where the command line has charged time: the bot tells of the threshold it reaches."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def handle(self, item: InboxItem) -> None:
        """Tell of the month of a client; safe to repeat."""
        desk, now = await who_is_on_desk(self._directory), self._clock()
        if not desk.firm_team_id:
            raise DeliveryError("The firm's workspace is not known yet, and so not who leads there")
        async with self._database.unit_of_work() as session:
            work = await session.get_one(InboxItem, item.id)
            client = await session.get(Client, int(item.payload["client_id"]))
            if client is not None:
                # As who books holds it: of two that reach a threshold at once one tells of it.
                await held(session, client.id)
                await announce(session, client, date.fromisoformat(item.payload["month"]), desk, now=now)
            if work.state is WorkState.WAITING:
                finish(work, now=now)
