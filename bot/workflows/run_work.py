"""Work under way: its milestones, what its client is told of it, and its completion."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select, update

from bot.answering.models import Conversation
from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.engagement import audit, promises, proposals
from bot.engagement import work as works
from bot.engagement.deciders import deciders_of
from bot.engagement.models import AuditEvent, Person
from bot.engagement.people import Directory
from bot.engagement.service_ends import today_of
from bot.engagement.work_models import Engagement, EngagementState, Milestone
from bot.errors import AdvisoryError
from bot.workflows.confidence import can_be_told
from bot.workflows.desk_door import Member, let_in
from bot.workflows.presses import Press
from bot.workflows.propose_work import work_at_card
from bot.workflows.telling import update_card
from bot.workflows.work_telling import (
    RESULT,
    STATUS,
    ask_deciders,
    say_on_card,
    show_anew,
    tell_asker,
    ticket_of,
)

S = EngagementState
COMPLETED = "work completed"
FARTHEST = timedelta(days=3 * 366)
MOST_MILESTONES = 50
NO_DAY = "Choose a day for it, at most three years ahead."
NO_OWNER = "Say who owns it."
TOO_MANY = "There are 50 milestones already. Mark some as done, or agree on a change of scope."
UNREACHABLE = "I cannot write to whoever asked for this in private. Please write to them personally."


class Unfit(AdvisoryError):  # noqa: N818 - it is shown at a field, and the form stays open
    """What is wrong with a field of a milestone."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Step:
    """A milestone to add: who owns it, by when."""

    title: str
    owner: str
    due_on: date | None


async def milestones_of(session: ReadSession | Session, work: Engagement) -> list[Milestone]:
    """Return the milestones of a piece of work in the order they are due."""
    found = select(Milestone).where(Milestone.engagement_id == work.id)
    return list(await session.scalars(found.order_by(Milestone.due_on, Milestone.id)))


async def last_said(session: ReadSession | Session, work: Engagement, what: str) -> str:
    """Return what the audit trail last says of something that was done; empty for never."""
    found = await session.scalar(
        select(AuditEvent.detail)
        .where(AuditEvent.engagement_id == work.id, AuditEvent.what == what)
        .order_by(AuditEvent.id.desc())
        .limit(1)
    )
    return found or ""


class RunWork:
    """The use cases behind *Milestones*, *Post a status* and *Complete*."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def look(self, press: Press, ticket_id: int) -> tuple[Engagement, list[Milestone]]:
        """Return work under way with its milestones; raises `AdvisoryError` where it is not theirs."""
        member = await let_in(self._directory, press)
        async with self._database.read() as session:
            work = await _under_way(session, press, ticket_id, member)
            return work, await milestones_of(session, work)

    async def change_milestones(
        self, press: Press, ticket_id: int, done: tuple[int, ...], step: Step | None
    ) -> None:
        """Mark milestones as done and add one; what is sent twice changes nothing twice.

        Raises `Unfit` for a milestone that says too little, `AdvisoryError` as `look` does.
        """
        member, now = await let_in(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            work = await _under_way(session, press, ticket_id, member)
            await works.hold(session, work)
            ended = await session.execute(
                update(Milestone)
                .where(
                    Milestone.engagement_id == work.id, Milestone.id.in_(done), Milestone.done_at.is_(None)
                )
                .values(done_at=now)
            )
            if count := int(getattr(ended, "rowcount", 0)):
                audit.append(
                    session,
                    actor=member.user_id,
                    what="milestone done",
                    now=now,
                    work=work,
                    detail=str(count),
                )
            if step is not None:
                await self._add(session, work, step, member)
            ticket = await ticket_of(session, work)
            if ticket is not None:
                await update_card(session, ticket, firm_team_id=self._directory.firm_team_id, now=now)

    async def _add(self, session: Session, work: Engagement, step: Step, member: Member) -> None:
        now = self._clock()
        today, known = await today_of(session, now), await milestones_of(session, work)
        if not step.owner:
            raise Unfit("owner", NO_OWNER)
        if step.due_on is None or not work.created_at.date() <= step.due_on <= today + FARTHEST:
            raise Unfit("due", NO_DAY)
        if any((each.title, each.due_on) == (step.title, step.due_on) for each in known):
            return
        if len(known) >= MOST_MILESTONES:
            raise Unfit("step", TOO_MANY)
        session.add(
            Milestone(
                engagement_id=work.id,
                title=step.title,
                owner=step.owner,
                due_on=step.due_on,
                created_at=now,
            )
        )
        audit.append(
            session, actor=member.user_id, what="milestone added", now=now, work=work, detail=step.title
        )

    async def post_status(self, press: Press, ticket_id: int, text: str) -> None:
        """Tell the client in their thread how the work stands; raises `AdvisoryError` as `look` does."""
        member, now = await let_in(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            work = await _under_way(session, press, ticket_id, member)
            await works.hold(session, work)
            ticket = await ticket_of(session, work)
            if ticket is None:
                raise AdvisoryError(UNREACHABLE)
            conversation = await session.get_one(Conversation, ticket.conversation_id)
            if not can_be_told(conversation):
                raise AdvisoryError(UNREACHABLE)
            audit.append(session, actor=member.user_id, what="work status", now=now, work=work, detail=text)
            told = {"name": member.profile.name, "text": text}
            firm_team = self._directory.firm_team_id
            await tell_asker(session, work, STATUS, told, firm_team, now)
            await promises.replied(session, ticket, now=now)
            await say_on_card(session, work, STATUS, told, firm_team, now)

    async def complete(self, press: Press, ticket_id: int, text: str) -> None:
        """Say that the work is done; whoever decides, and who asked for it, say whether it is.

        A change of scope nobody has decided on falls. Raises `AdvisoryError` as `look` does.
        """
        member, now = await let_in(self._directory, press), self._clock()
        firm_team = self._directory.firm_team_id
        async with self._database.unit_of_work() as session:
            work = await _under_way(session, press, ticket_id, member)
            await works.hold(session, work)
            await proposals.withdraw(session, work)
            await works.step(session, work, S.COMPLETED, actor=member.user_id, now=now, why=text)
            asker = await session.get_one(Person, work.person_id)
            deciders = await deciders_of(session, work)
            asked = deciders.people if deciders.include(asker) else (*deciders.people, asker)
            values = {"ticket_id": ticket_id}
            await show_anew(session, work, None, now=now)
            await ask_deciders(session, work, asked, RESULT, values, firm_team_id=firm_team, now=now)
            await say_on_card(session, work, RESULT, {"name": member.profile.name}, firm_team, now)


async def _under_way(
    session: ReadSession | Session, press: Press, ticket_id: int, member: Member
) -> Engagement:
    work = await work_at_card(session, press, ticket_id, member)
    if work.state is not S.ACTIVE:
        raise AdvisoryError(f"{work.reference} is {works.WORDS[work.state]}, and not under way.")
    return work
