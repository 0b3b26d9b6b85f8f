"""The end of a client's service: on which day, whom its people ask from then on, and whether it has come."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select

from bot.database import ReadSession, Session
from bot.engagement import audit, firm
from bot.engagement.models import Client, Person, Workspace
from bot.engagement.work_models import ServiceEnd
from bot.errors import AdvisoryError
from bot.first_writes import find_or_add

FARTHEST = timedelta(days=3 * 366)
MOST_CHARS = 300
THE_FIRM = "The firm's own service does not end here."
PAST = "Service can end today or later, at most three years ahead: {} is not such a day."
NO_WORDS = "Say whom its people ask from then on, in at most 300 characters."
SERVED_NO_MORE = "Our service for your organisation has ended. Please ask {} now."
_OWN = select(Person.client_id).where(
    Person.team_id == bindparam("team_id"), Person.user_id == bindparam("user_id")
)
# Who was never met, or is forgotten, belongs to the client of their workspace.
_OF_TEAM = select(Workspace.client_id).where(Workspace.team_id == bindparam("team_id"))
_END_OF = select(ServiceEnd.client_id, ServiceEnd.ends_on).where(
    ServiceEnd.client_id == func.coalesce(_OWN.scalar_subquery(), _OF_TEAM.scalar_subquery())
)
SETTLED = "The service for {} ended on {} already."


async def today_of(session: ReadSession | Session, now: datetime) -> date:
    """Return the day it is for the firm."""
    return now.astimezone(ZoneInfo((await firm.read_calendar(session)).zone)).date()


async def set_end(
    session: Session,
    client: Client,
    *,
    ends_on: date,
    ask_instead: str,
    erases: bool,
    actor: str,
    now: datetime,
) -> ServiceEnd:
    """Say on which day service ends (it is its last), or change it; raises `AdvisoryError` for nonsense."""
    words = require_sense(client, ends_on, ask_instead, await today_of(session, now))
    first = {"ends_on": ends_on, "ask_instead": words, "erases": erases, "set_by": actor, "set_at": now}
    end, _new = await find_or_add(session, ServiceEnd, {"client_id": client.id}, **first)
    await session.refresh(end, with_for_update=True)
    require_unsettled(client, end)
    end.ends_on, end.ask_instead, end.erases = ends_on, words, erases
    end.set_by, end.set_at, end.announced_at = actor, now, None
    detail = f"{ends_on.isoformat()}, data {'erased' if erases else 'kept'}; asks instead: {words}"
    audit.append(session, actor=actor, what="service end set", now=now, client_id=client.id, detail=detail)
    await session.flush()
    return end


def require_sense(client: Client, ends_on: date, ask_instead: str, today: date) -> str:
    """Return the words in one line; raises `AdvisoryError` for an end that cannot be meant."""
    words = " ".join(ask_instead.split())
    if client.is_firm:
        raise AdvisoryError(THE_FIRM)
    if not today <= ends_on <= today + FARTHEST:
        raise AdvisoryError(PAST.format(ends_on.isoformat()))
    if not words or len(words) > MOST_CHARS:
        raise AdvisoryError(NO_WORDS)
    return words


def require_unsettled(client: Client, end: ServiceEnd | None) -> None:
    """Raise `AdvisoryError` where a client's service is over and settled: its end changes no more."""
    if end is not None and end.done_at is not None:
        raise AdvisoryError(SETTLED.format(client.name, end.ends_on.isoformat()))


async def served(session: ReadSession | Session) -> list[Client]:
    """Return the clients whose service can be ended, by name."""
    over = select(ServiceEnd.client_id).where(ServiceEnd.done_at.is_not(None))
    found = select(Client).where(Client.is_firm.is_(False), Client.id.not_in(over))
    return list(await session.scalars(found.order_by(Client.name, Client.id)))


async def ended(session: ReadSession | Session, client_id: int, now: datetime) -> ServiceEnd | None:
    """Return the end of a client's service once its last day is over; None while it is served."""
    end = await session.get(ServiceEnd, client_id)
    if end is None or await today_of(session, now) <= end.ends_on:
        return None
    return end


async def unserved(session: ReadSession, team_id: str, user_id: str, now: datetime) -> int | None:
    """Return the client of somebody whose service is over; None for all others, by one query."""
    row = (await session.execute(_END_OF, {"team_id": team_id, "user_id": user_id})).first()
    if row is None or await today_of(session, now) <= row.ends_on:
        return None
    return int(row.client_id)


async def require_served(session: ReadSession | Session, client_id: int, now: datetime) -> None:
    """Raise `AdvisoryError`, with whom to ask instead, once a client's service is over."""
    if (over := await ended(session, client_id, now)) is not None:
        raise AdvisoryError(SERVED_NO_MORE.format(over.ask_instead.rstrip(".")))


async def to_announce(session: ReadSession | Session) -> list[int]:
    """Return the clients whose end has been set and not been told to those who must know."""
    found = select(ServiceEnd.client_id).where(ServiceEnd.announced_at.is_(None))
    return list(await session.scalars(found.order_by(ServiceEnd.client_id)))


async def to_settle(session: ReadSession | Session, today: date) -> list[int]:
    """Return the clients whose last day is over, and whose open work is not settled yet."""
    found = select(ServiceEnd.client_id).where(ServiceEnd.done_at.is_(None), ServiceEnd.ends_on < today)
    return list(await session.scalars(found.order_by(ServiceEnd.client_id)))
