"""Put what was asked to the approver, then to the deputy, then to our lead, as long as nobody answers.

A sweep finds what is due and takes each step by one conditional UPDATE, so that over restarts and replicas
everybody is asked exactly once. What needs no consent any more is withdrawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CursorResult, Select, or_, select, update

from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.engagement import audit, consents, sla
from bot.engagement.approvers import approvers_of
from bot.engagement.consents import ANSWER_WITHIN, NOBODY_YET, client_calendar
from bot.engagement.consultants import everyone, leads
from bot.engagement.models import OPEN_STATES, Client, Person, Ticket, Urgency
from bot.engagement.people import Directory, Profile
from bot.engagement.retainer_models import Consent, ConsentState
from bot.engagement.work_models import Engagement, EngagementState
from bot.errors import DeliveryError
from bot.log import get_logger
from bot.workflows.consent_telling import Seat, home_of, put_to, seat_of, show_anew, tell_waiting
from bot.workflows.desk import OnDesk, who_is_on_desk

log = get_logger(__name__)
BY_TIME = "time"


@dataclass(frozen=True)
class Around:
    """Who there is to ask, as Slack says: profiles by person, and the leads of the desk."""

    profiles: Mapping[int, Profile]
    desk: OnDesk
    leads: frozenset[str]


class ConsentLadder:
    """The use case behind the periodic look at unanswered consents."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def sweep(self) -> int:
        """Ask everybody who is to be asked by now; return how many steps were taken."""
        now = self._clock()
        async with self._database.read() as session:
            due = list(await session.scalars(_due(now)))
            over = list(await session.scalars(_overtaken()))
        steps = 0
        for consent_id in over:
            steps += await self._withdraw(consent_id, now)
        for consent_id in due:
            try:
                around = await self._look(consent_id)
            except DeliveryError:
                # Looked at again by the next sweep.
                log.warning("consent.left", consent=consent_id, exc_info=True)
                continue
            steps += await self._take(consent_id, around, now)
        return steps

    async def _look(self, consent_id: int) -> Around:
        """Ask Slack about everybody who may be asked; outside any transaction."""
        firm_team = self._directory.firm_team_id
        async with self._database.read() as session:
            consent = await session.get_one(Consent, consent_id)
            people = (await approvers_of(session, consent.client_id)).everyone
            seen_from = {person.id: await home_of(session, person.team_id, firm_team) for person in people}
            client = await session.get_one(Client, consent.client_id)
        desk = await who_is_on_desk(self._directory)
        profiles = {
            person.id: await self._directory.profile(seen_from[person.id], person.user_id, person.team_id)
            for person in people
        }
        async with self._database.read() as session:
            leads = await leads_for(session, client, desk)
        return Around(profiles, desk, leads)

    async def _take(self, consent_id: int, around: Around, now: datetime) -> int:
        firm_team = self._directory.firm_team_id
        async with self._database.unit_of_work() as session:
            consent = await session.get_one(Consent, consent_id)
            if consent.ring_at is None or consent.ring_at > now:
                # Another sweep was quicker, or somebody answered.
                return 0
            # Before the question, as by whoever answers it.
            ticket = await session.get_one(Ticket, consent.ticket_id, with_for_update=True)
            client = await session.get_one(Client, consent.client_id)
            seats = await self._seats(session, ticket, around)
            if not any(seats):
                # Nobody could be asked: it waits until somebody can.
                return 0
            above, people = sla.next_rung([frozenset(each) for each in seats], consent.rung + 1)
            calendar = await client_calendar(session, client)
            ends = not people or not sla.next_rung([frozenset(each) for each in seats], above)[1]
            changes = {
                "rung": above - 1,
                "ring_at": None if ends else calendar.add_minutes(now, ANSWER_WITHIN),
            }
            was_new = consent.rung == NOBODY_YET
            if not await _won(session, consent, changes):
                return 0
            known = {name: seat for rung in seats for name, seat in rung.items()}
            for name in sorted(people):
                await put_to(session, consent, known[name], now=now)
            detail = ", ".join(sorted(people)) or "nobody could be asked"
            audit.append(
                session, actor=BY_TIME, what="consent put", now=now, ticket=ticket, detail=detail
            )  # fmt: skip
            asker = await session.get_one(Person, ticket.person_id)
            if was_new and _name(asker.team_id, asker.user_id) not in people:
                await tell_waiting(session, ticket, consent, firm_team_id=firm_team, now=now)
            await show_anew(session, ticket, consent, firm_team_id=firm_team, now=now)
        return 1

    async def _seats(self, session: Session, ticket: Ticket, around: Around) -> tuple[dict[str, Seat], ...]:
        """Return rung by rung who can be asked, with where: approvers, deputies, our lead."""
        firm_team = self._directory.firm_team_id
        found = await approvers_of(session, ticket.client_id)
        rungs: list[dict[str, Seat]] = []
        for people in (found.approvers, found.deputies):
            rung: dict[str, Seat] = {}
            for person in people:
                # Named after Slack was asked: heard of by the next rung.
                if (profile := around.profiles.get(person.id)) is None:
                    continue
                seat = await seat_of(session, person, profile, ticket, firm_team_id=firm_team)
                if seat is not None:
                    rung[_name(person.team_id, person.user_id)] = seat
            rungs.append(rung)
        rungs.append({_name(firm_team, user): Seat(firm_team, user) for user in around.leads})
        return tuple(rungs)

    async def _withdraw(self, consent_id: int, now: datetime) -> int:
        """End a question about a request that is over, has turned confidential, or stops work."""
        async with self._database.unit_of_work() as session:
            consent = await session.get_one(Consent, consent_id)
            ticket = await session.get_one(Ticket, consent.ticket_id, with_for_update=True)
            if not await consents.end(session, consent, ConsentState.WITHDRAWN, now=now):
                return 0
            await consents.go_on(session, ticket, now=now)
            audit.append(session, actor=BY_TIME, what="consent withdrawn", now=now, ticket=ticket)
            await show_anew(session, ticket, consent, firm_team_id=self._directory.firm_team_id, now=now)
        return 1


async def leads_for(session: ReadSession | Session, client: Client, desk: OnDesk) -> frozenset[str]:
    """Return whom of ours a client's unanswered question is put to: its own consultant, else the leads."""
    if client.lead in desk.members:
        return frozenset({client.lead})
    return leads(await everyone(session), desk.members, desk.admins)


def _due(now: datetime) -> Select[int]:
    return (
        select(Consent.id)
        .where(Consent.state == ConsentState.ASKED, Consent.ring_at <= now)
        .order_by(Consent.ring_at, Consent.id)
    )


def _overtaken() -> Select[int]:
    """Select the questions about tickets that are not asked about any more."""
    # Its time counts for the work that was agreed meanwhile.
    agreed = select(Engagement.ticket_id).where(
        Engagement.ticket_id.is_not(None),
        Engagement.state.in_((EngagementState.ACTIVE, EngagementState.COMPLETED)),
    )
    is_over = or_(
        Ticket.state.not_in(OPEN_STATES),
        Ticket.confidential,
        Ticket.urgency == Urgency.WORK_STOPPED,
        Ticket.id.in_(agreed),
    )
    asked = select(Consent.id).join(Ticket, Ticket.id == Consent.ticket_id)
    return asked.where(Consent.state == ConsentState.ASKED, is_over)


async def _won(session: Session, consent: Consent, changes: Mapping[str, object]) -> bool:
    """Take the step unless somebody was quicker, or answered: of two sweeps one moves the rung."""
    result = await session.execute(
        update(Consent)
        .where(Consent.id == consent.id, Consent.state == ConsentState.ASKED)
        .where(Consent.rung == consent.rung, Consent.ring_at == consent.ring_at)
        .values(**changes)
        .execution_options(synchronize_session=False)
    )
    await session.refresh(consent)
    return isinstance(result, CursorResult) and bool(result.rowcount)


def _name(team_id: str, user_id: str) -> str:
    return f"{team_id}/{user_id}"
