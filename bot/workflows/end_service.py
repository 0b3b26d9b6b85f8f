"""A client's service ends on its day: who must know is told, what is open is settled, a pack handed over."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select

from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery import outbox
from bot.delivery.lanes import ONCE
from bot.engagement import audit, firm, handover, ledger, proposals, retainers, service_ends
from bot.engagement import work as works
from bot.engagement.approvers import approvers_of
from bot.engagement.desk_models import Notice
from bot.engagement.models import OPEN_STATES, Client, Ending, Person, Ticket
from bot.engagement.people import Directory
from bot.engagement.work_models import OPEN_WORK, Engagement, EngagementState, ServiceEnd
from bot.errors import AdvisoryError
from bot.log import get_logger
from bot.workflows.reach import written_from
from bot.workflows.resolve_ticket import close, end
from bot.workflows.telling import tell_client, update_card
from bot.workflows.work_telling import say_on_card, show_anew

log = get_logger(__name__)
EVERY = timedelta(minutes=5)
# What is sent: the pack with its message, and the word in the thread of what was open.
PACK, OVER = "handover_pack", "service_over"
SWEEP = "vcio"
CLOSED = "The service for this client has ended."


class EndService:
    """The sweep over clients whose service ends."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def sweep(self) -> None:
        """Announce ends that were set, and settle those whose day is over; safe to repeat, by any replica."""
        if not self._directory.firm_team_id:
            return
        async with self._database.read() as session:
            today = await service_ends.today_of(session, self._clock())
            announced = await service_ends.to_announce(session)
            over = await service_ends.to_settle(session, today)
        for client_id in announced:
            await self._announce(client_id)
        for client_id in over:
            await self._settle(client_id)

    async def _announce(self, client_id: int) -> None:
        """Tell lead and approvers what is open, with the pack as it stands."""
        now = self._clock()
        async with self._database.unit_of_work() as session:
            ending = await session.get_one(ServiceEnd, client_id, with_for_update=True)
            if ending.announced_at is not None:
                return
            ending.announced_at = now
            client = await session.get_one(Client, client_id)
            await self._hand_over(session, client, now, final=False)

    async def _settle(self, client_id: int) -> None:
        """End what is open, tell its people whom to ask now, and hand over the last pack."""
        now, firm_team = self._clock(), self._directory.firm_team_id
        async with self._database.unit_of_work() as session:
            ending = await session.get_one(ServiceEnd, client_id, with_for_update=True)
            if ending.done_at is not None:
                return
            client = await session.get_one(Client, client_id)
            await _hold_tickets(session, client_id)
            # Written before anything is ended: it tells what was open on the last day.
            await self._hand_over(session, client, now, final=True)
            for work in await works.open_of_client(session, client_id):
                await proposals.withdraw(session, work)
                await works.step(
                    session, work, EngagementState.ENDED, actor=SWEEP, now=now, why="service ended"
                )
                await show_anew(session, work, None, now=now)
                await say_on_card(session, work, "ended", {}, firm_team, now)
            for ticket in await _open_tickets(session, client_id):
                await end(session, ticket, Ending.NOT_FOR_US, actor=SWEEP, now=now)
                ticket.summary = CLOSED
                await close(session, ticket, actor=SWEEP, why="service ended", now=now)
                await tell_client(session, ticket, OVER, firm_team_id=firm_team, now=now)
                await update_card(session, ticket, firm_team_id=firm_team, now=now)
            await _drop_notices(session, client_id)
            await _end_retainer(session, ending, now)
            ending.done_at, ending.announced_at = now, ending.announced_at or now
            audit.append(session, actor=SWEEP, what="service ended", now=now, client_id=client_id)
            log.info("service.ended", client=client.id)

    async def _hand_over(self, session: Session, client: Client, now: datetime, *, final: bool) -> None:
        """Queue the pack, as it is now, for the lead on our side and the approvers on theirs."""
        ending = await session.get_one(ServiceEnd, client.id)
        pack = await handover.gather(session, client)
        firm_team = self._directory.firm_team_id
        reached, by_hand = await _readers(session, client, firm_team)
        told: dict[str, Any] = {
            "client_id": client.id,
            "by_hand": by_hand,
            "open": pack.open_count,
            "final": final,
            "erases": ending.erases,
        }
        texts = {
            desk: handover.written(
                pack,
                ends_on=ending.ends_on,
                ask_instead=ending.ask_instead,
                erases=ending.erases,
                for_desk=desk,
            )
            for desk in (True, False)
        }
        ours = client.lead or client.deputy
        desk = (await firm.read_profile(session)).desk_channel
        if ours is not None:
            target = {"user": ours}
            await _send(session, firm_team, f"dm:{ours}", target, {**told, "desk": True}, texts[True], now)
        elif desk is not None:
            target = {"channel": desk}
            await _send(session, firm_team, desk, target, {**told, "desk": True}, texts[True], now)
        for team, user in reached:
            values = {**told, "desk": False}
            await _send(session, team, f"dm:{user}", {"user": user}, values, texts[False], now)


async def _readers(session: Session, client: Client, firm_team: str) -> tuple[list[tuple[str, str]], bool]:
    """Return whom the client's pack is sent to, by workspace and user, and whether a hand is needed too."""
    approvers = await approvers_of(session, client.id)
    asked = approvers.approvers or approvers.deputies
    reached = []
    for person in asked:
        team = await written_from(session, person, firm_team)
        if team is not None:
            reached.append((team, person.user_id))
    return reached, len(reached) < len(asked) or not asked


async def _send(
    session: Session,
    team: str,
    lane: str,
    target: dict[str, str],
    values: dict[str, Any],
    text: str,
    now: datetime,
) -> None:
    payload = {**values, "target": target, ONCE: {"pack": text}}
    if "user" in target:
        payload["user_id"] = target["user"]
    await outbox.add(session, team_id=team, lane=f"{team}:{lane}", kind=PACK, payload=payload, now=now)


async def _hold_tickets(session: Session, client_id: int) -> None:
    """Hold what is to be ended, requests before their work."""
    of_work = select(Engagement.ticket_id).where(
        Engagement.client_id == client_id, Engagement.state.in_(OPEN_WORK)
    )
    is_open = or_(Ticket.state.in_(OPEN_STATES), Ticket.id.in_(of_work))
    held = select(Ticket).where(Ticket.client_id == client_id, is_open).order_by(Ticket.id)
    await session.scalars(held.with_for_update())


async def _open_tickets(session: Session, client_id: int) -> list[Ticket]:
    found = select(Ticket).where(Ticket.client_id == client_id, Ticket.state.in_(OPEN_STATES))
    return list(await session.scalars(found.order_by(Ticket.id)))


async def _end_retainer(session: Session, ending: ServiceEnd, now: datetime) -> None:
    """Have the hours of a client end with its service; what was said of them to a later day is shortened."""
    for retainer in await ledger.retainers_of(session, ending.client_id):
        is_longer = retainer.ends_on is None or retainer.ends_on > ending.ends_on
        if retainer.starts_on <= ending.ends_on and is_longer:
            try:
                await retainers.end(session, ending.client_id, ending.ends_on, actor=SWEEP, now=now)
            except AdvisoryError:
                # Its month was closed before the end was settled: then it stays as it was closed.
                log.warning("retainer.left", client=ending.client_id)


async def _drop_notices(session: Session, client_id: int) -> None:
    """Say nothing more that nobody asked for."""
    theirs = select(Person.team_id, Person.user_id).where(Person.client_id == client_id)
    for team, user in list(await session.execute(theirs)):
        await session.execute(
            delete(Notice).where(Notice.team_id == team, Notice.user_id == user, Notice.sent_at.is_(None))
        )
