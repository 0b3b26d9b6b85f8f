"""The client decides: on a proposal, on a change of scope, and whether completed work is what was agreed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.engagement import audit, outcomes, people, promises, proposals
from bot.engagement import work as works
from bot.engagement.deciders import deciders_of
from bot.engagement.models import Ending, Person
from bot.engagement.people import Directory, Profile
from bot.engagement.service_ends import today_of
from bot.engagement.work_models import Engagement, EngagementState, Proposal, ProposalState
from bot.errors import AdvisoryError
from bot.workflows.home import renew_home
from bot.workflows.own_request import asker
from bot.workflows.presses import NOT_YOURS, Press
from bot.workflows.rate_ticket import ask_for_rating
from bot.workflows.resolve_ticket import end
from bot.workflows.telling import tell_client
from bot.workflows.work_telling import (
    ENDED,
    STARTED,
    say_on_card,
    show_anew,
    tell_asker,
    tell_lead,
    ticket_of,
)

S, P = EngagementState, ProposalState
ONLY_DECIDERS = "Only who approves work for your organisation can decide this."
NOT_COMPLETED = "{} is {}, so there is nothing to accept now."


@dataclass(frozen=True)
class Decider:
    """Somebody whose decision on a piece of work counts."""

    person: Person
    work: Engagement

    @property
    def actor(self) -> str:
        """Who acted, as the audit trail names them."""
        return f"{self.person.team_id}/{self.person.user_id}"


class DecideWork:
    """The use cases behind *Accept*, *Ask for changes*, *Decline*, and those on completed work."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def look(self, press: Press, proposal_id: int) -> Proposal:
        """Return a proposal the presser decides on; raises `AdvisoryError` for everybody else."""
        profile = await asker(self._directory, press)
        async with self._database.read() as session:
            proposal, _by = await _decides(session, profile, proposal_id)
            return proposal

    async def look_at_result(self, press: Press, work_id: int) -> Engagement:
        """Return work whose completion the presser may accept; raises `AdvisoryError` for everybody else."""
        profile = await asker(self._directory, press)
        async with self._database.read() as session:
            return (await _accepts(session, profile, work_id)).work

    async def accept(self, press: Press, proposal_id: int) -> None:
        """Accept a proposal: its terms hold from now on.

        Raises `AdvisoryError` when the presser does not decide, or somebody was quicker, or it was changed
        or has lapsed.
        """

        async def follow(session: Session, proposal: Proposal, by: Decider, now: datetime) -> None:
            await self._agree(session, proposal, by, now)

        await self._decide(press, proposal_id, P.ACCEPTED, None, follow)

    async def ask_changes(self, press: Press, proposal_id: int, said: str) -> None:
        """Ask for another proposal; raises `AdvisoryError` as `accept` does."""

        async def follow(session: Session, proposal: Proposal, by: Decider, now: datetime) -> None:
            if not proposal.is_change:
                await works.step(session, by.work, S.REQUESTED, actor=by.actor, now=now, why="changes asked")

        await self._decide(press, proposal_id, P.CHANGES, said, follow)

    async def decline(self, press: Press, proposal_id: int, said: str | None) -> None:
        """Decline a proposal; the old terms hold where it was a change. Raises as `accept` does."""

        async def follow(session: Session, proposal: Proposal, by: Decider, now: datetime) -> None:
            if not proposal.is_change:
                await works.step(session, by.work, S.DECLINED, actor=by.actor, now=now, why="declined")

        await self._decide(press, proposal_id, P.DECLINED, said, follow)

    async def _decide(
        self,
        press: Press,
        proposal_id: int,
        after: ProposalState,
        said: str | None,
        follow: Callable[[Session, Proposal, Decider, datetime], Awaitable[None]],
    ) -> None:
        profile, now = await asker(self._directory, press), self._clock()
        firm_team = self._directory.firm_team_id
        async with self._database.unit_of_work() as session:
            proposal, by = await _decides(session, profile, proposal_id, holds=True)
            today = await proposals.day_of(session, by.work, now)
            await proposals.decide(session, proposal, after, by.person, said=said, today=today, now=now)
            what = f"{'change' if proposal.is_change else 'proposal'} {after}"
            audit.append(session, actor=by.actor, what=what, now=now, work=by.work, detail=said or "")
            await follow(session, proposal, by, now)
            told = {"name": by.person.name, "said": said or "", "change": proposal.is_change}
            await show_anew(session, by.work, press, now=now)
            await tell_lead(session, by.work, after, told, firm_team, now)
            await say_on_card(session, by.work, after, told, firm_team, now)
            await renew_home(session, press.team_id, press.user_id, now=now)

    async def _agree(self, session: Session, proposal: Proposal, by: Decider, now: datetime) -> None:
        """Make the terms of an accepted proposal those of the work."""
        work = by.work
        if not proposal.is_change:
            await works.step(session, work, S.ACTIVE, actor=by.actor, now=now)
        elif work.state is not S.ACTIVE:
            raise AdvisoryError(works.refusal(work, S.ACTIVE))
        work.deliverable, work.minutes = proposal.deliverable, proposal.minutes
        work.starts_on, work.ends_on = proposal.starts_on, proposal.ends_on
        ticket = await ticket_of(session, work)
        if ticket is not None:
            # Its dates are agreed: what was promised of a request does not measure the work.
            await promises.work_agreed(session, ticket, now=now)
        told = {"change": proposal.is_change, "by": by.person.name}
        await tell_asker(session, work, STARTED, told, self._directory.firm_team_id, now)

    async def accept_result(self, press: Press, work_id: int) -> None:
        """Accept completed work: its outcome is opened, and its request resolved.

        Raises `AdvisoryError` when the presser may not, or it is not completed (any more).
        """
        profile, now = await asker(self._directory, press), self._clock()
        firm_team = self._directory.firm_team_id
        async with self._database.unit_of_work() as session:
            by = await _accepts(session, profile, work_id, holds=True)
            work = by.work
            _require_completed(work)
            await works.step(session, work, S.ACCEPTED, actor=by.actor, now=now)
            await self._open_outcome(session, by, now)
            await tell_asker(session, work, ENDED, {"by": by.person.name}, firm_team, now)
            ticket = await ticket_of(session, work)
            if ticket is not None and ticket.is_held:
                await end(session, ticket, Ending.WORK_AGREED, actor=by.actor, now=now)
                ask = {"ask": await ask_for_rating(session, ticket, now=now)}
                await tell_client(session, ticket, "resolved", ask, firm_team_id=firm_team, now=now)
            told = {"name": by.person.name}
            await show_anew(session, work, press, now=now)
            await tell_lead(session, work, "result accepted", told, firm_team, now)
            await say_on_card(session, work, "result accepted", told, firm_team, now)
            await renew_home(session, press.team_id, press.user_id, now=now)

    async def _open_outcome(self, session: Session, by: Decider, now: datetime) -> None:
        terms = await proposals.in_force(session, by.work)
        if terms is None:
            return
        await outcomes.open_outcome(
            session,
            engagement=by.work,
            owner=by.person,
            statement=terms.outcome,
            measure=terms.measure,
            baseline=terms.baseline,
            target=terms.target,
            starts_on=await today_of(session, now),
            recorded_by=terms.proposed_by,
            now=now,
        )

    async def is_missing(self, press: Press, work_id: int, said: str) -> None:
        """Say what is missing of completed work, which goes on; raises as `accept_result` does."""
        profile, now = await asker(self._directory, press), self._clock()
        firm_team = self._directory.firm_team_id
        async with self._database.unit_of_work() as session:
            by = await _accepts(session, profile, work_id, holds=True)
            _require_completed(by.work)
            await works.step(session, by.work, S.ACTIVE, actor=by.actor, now=now, why=said)
            told = {"name": by.person.name, "said": said}
            await show_anew(session, by.work, press, now=now)
            await tell_lead(session, by.work, "missing", told, firm_team, now)
            await say_on_card(session, by.work, "missing", told, firm_team, now)
            await renew_home(session, press.team_id, press.user_id, now=now)


def _require_completed(work: Engagement) -> None:
    if work.state is not S.COMPLETED:
        raise AdvisoryError(NOT_COMPLETED.format(work.reference, works.WORDS[work.state]))


async def _decides(
    session: ReadSession | Session, profile: Profile, proposal_id: int, *, holds: bool = False
) -> tuple[Proposal, Decider]:
    """Return a proposal and who decides on it, whatever the button's value says; `holds` its work."""
    proposal = await session.get(Proposal, proposal_id)
    if proposal is None:
        raise AdvisoryError(NOT_YOURS)
    work = await session.get_one(Engagement, proposal.engagement_id)
    if holds:
        await works.hold(session, work)
    person = await _of_client(session, profile, work)
    if not (await deciders_of(session, work)).include(person):
        raise AdvisoryError(ONLY_DECIDERS)
    return proposal, Decider(person, work)


async def _accepts(
    session: ReadSession | Session, profile: Profile, work_id: int, *, holds: bool = False
) -> Decider:
    """Return who accepts completed work: whoever decides on it, and who asked for it; `holds` the work."""
    work = await session.get(Engagement, work_id)
    if work is None:
        raise AdvisoryError(NOT_YOURS)
    if holds:
        await works.hold(session, work)
    person = await _of_client(session, profile, work)
    if person.id != work.person_id and not (await deciders_of(session, work)).include(person):
        raise AdvisoryError(ONLY_DECIDERS)
    return Decider(person, work)


async def _of_client(session: ReadSession | Session, profile: Profile, work: Engagement) -> Person:
    """Return the presser as a person of the work's client; to everybody else it does not exist."""
    person = await people.find(session, profile.team_id, profile.user_id)
    if person is None or person.client_id != work.client_id:
        raise AdvisoryError(NOT_YOURS)
    return person
