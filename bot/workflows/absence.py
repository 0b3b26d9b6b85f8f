"""A consultant goes away: what they have is offered to the desk again, and its clients are told."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery import outbox
from bot.delivery.lanes import finish
from bot.delivery.models import InboxItem, WorkState
from bot.engagement import consultants, promises, states
from bot.engagement.desk_models import Colleague, Consultant
from bot.engagement.models import HELD_STATES, Ticket, TicketState
from bot.engagement.people import Directory
from bot.errors import DeliveryError
from bot.workflows.card_lanes import CARD_UPDATE, below, write_on_card
from bot.workflows.desk import OnDesk, require_consultant, who_is_on_desk
from bot.workflows.home import queue_home
from bot.workflows.presses import Press
from bot.workflows.route import route, unclaimed_suggested_to
from bot.workflows.telling import tell_client

AWAY = "away"
# What is said of a request that is offered again: to its client, and in the thread of its card.
REOFFERED = "reoffered"
OFFERED_AGAIN = "offered_again"


def day_of_return(row: Consultant) -> str:
    """Return the day somebody is back in words, by their own calendar."""
    back = row.away_until
    if back is None:
        return "further notice"
    local = back.astimezone(ZoneInfo(row.timezone or "UTC"))
    return f"{local:%A} {local.day} {local:%B}"


class Absence:
    """The use cases behind *Away until* on a consultant's Home, and behind the same on the command line."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def set_until(self, press: Press, day: str) -> int:
        """Keep that the presser is away until `day`, or here when it is blank.

        Returns how many requests were offered again. Raises `AdvisoryError` for who is not on the desk, and
        for a day that is not to come.
        """
        desk = await require_consultant(self._directory, press)
        profile = await self._directory.profile(press.team_id, press.user_id)
        now, user = self._clock(), press.user_id
        async with self._database.unit_of_work() as session:
            row = await consultants.meet(session, user, profile.name, timezone=profile.timezone, now=now)
            given = {"away_until": day}
            await consultants.change(session, user, given, zone=row.timezone or "UTC", actor=user, now=now)
            offered = await self._reoffer(session, desk, row, now) if consultants.is_away(row, now) else 0
            await queue_home(session, press.team_id, user, now=now)
        return offered

    async def handle(self, item: InboxItem) -> None:
        """Offer again what somebody has whom the command line sent away; safe to repeat."""
        desk, now = await who_is_on_desk(self._directory), self._clock()
        if not desk.firm_team_id:
            raise DeliveryError("The firm's workspace is not known yet, and so not where its cards stand")
        async with self._database.unit_of_work() as session:
            work = await session.get_one(InboxItem, item.id)
            row = await session.get(Consultant, str(item.payload["user_id"]))
            if row is not None and consultants.is_away(row, now):
                await self._reoffer(session, desk, row, now)
            if work.state is WorkState.WAITING:
                finish(work, now=now)

    async def _reoffer(self, session: Session, desk: OnDesk, row: Consultant, now: datetime) -> int:
        held = select(Ticket).where(Ticket.claimed_by == row.user_id, Ticket.state.in_(HELD_STATES))
        tickets = list(await session.scalars(held.order_by(Ticket.id).with_for_update()))
        for ticket in tickets:
            await offer_again(session, desk, ticket, row, actor=row.user_id, now=now)
        await self._suggest_others(session, desk, row.user_id, now)
        return len(tickets)

    async def _suggest_others(self, session: Session, desk: OnDesk, user_id: str, now: datetime) -> None:
        """Suggest somebody else for what nobody has claimed yet and was suggested to who goes away."""
        for ticket in await unclaimed_suggested_to(session, user_id):
            await route(session, ticket, desk.members, now=now)
            if ticket.card_channel and ticket.card_ts:
                await _update_card(session, desk, ticket, now)


async def offer_again(
    session: Session, desk: OnDesk, ticket: Ticket, row: Consultant, *, actor: str, now: datetime
) -> None:
    """Take a ticket from its consultant, who is away: the desk is asked again, and the client is told.

    They are not told where somebody is with them who joined the ticket and is here.
    """
    why = f"{row.name} is away until {day_of_return(row)}"
    before = await states.step(session, ticket, TicketState.REQUESTED, actor=actor, now=now, why=why)
    await promises.after_step(session, ticket, before, now=now)
    await route(session, ticket, desk.members, now=now)
    await _tell_desk(session, desk, ticket, row, now)
    present = consultants.here(await consultants.everyone(session), desk.members, now)
    joined = await session.scalars(select(Colleague.user_id).where(Colleague.ticket_id == ticket.id))
    if not present & set(joined):
        said = {"name": row.name, "until": day_of_return(row)}
        await tell_client(session, ticket, REOFFERED, said, firm_team_id=desk.firm_team_id, now=now)


async def _update_card(session: Session, desk: OnDesk, ticket: Ticket, now: datetime) -> None:
    await write_on_card(session, ticket, CARD_UPDATE, {}, firm_team_id=desk.firm_team_id, now=now)


async def _tell_desk(session: Session, desk: OnDesk, ticket: Ticket, row: Consultant, now: datetime) -> None:
    if not ticket.card_channel or not ticket.card_ts:
        return
    team = desk.firm_team_id
    thread = {"channel": ticket.card_channel, "thread_ts": ticket.card_ts}
    said = {"ticket_id": ticket.id, "name": row.name, "until": day_of_return(row), "target": thread}
    await _update_card(session, desk, ticket, now)
    lane = below(team, ticket.card_channel, ticket.card_ts)
    await outbox.add(session, team_id=team, lane=lane, kind=OFFERED_AGAIN, payload=said, now=now)
