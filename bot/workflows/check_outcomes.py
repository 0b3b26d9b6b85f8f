"""An outcome's owner is asked after 30, 60 and 90 days; what they say is kept, and silence says nothing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.answering.models import Conversation
from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery import outbox
from bot.engagement import firm, outcomes, people
from bot.engagement.models import Ticket
from bot.engagement.outcome_models import Outcome, OutcomeCheck, OutcomeState
from bot.engagement.outcomes import DueCheck
from bot.engagement.people import Directory
from bot.engagement.work_models import Engagement
from bot.errors import AdvisoryError
from bot.workflows.own_request import REDRAW, asker
from bot.workflows.presses import NOT_YOURS, Press, reply_lane, reply_target
from bot.workflows.reach import written_from
from bot.workflows.unasked import OUTCOME, plan_personal

EVERY = timedelta(minutes=10)
# For an owner on the other side of a shared channel: that a question is there, which only they can open.
LINE, LINE_CHARS = "What became of: {}", 150
OUTCOME_THERE = "outcome_there"


@dataclass(frozen=True)
class Asked:
    """An outcome with the question about it that its owner pressed."""

    outcome: Outcome
    check: OutcomeCheck


class CheckOutcomes:
    """The sweep that asks, and what its owner answers."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def sweep(self) -> int:
        """Ask whose day has come, and return how many; each in a transaction of its own, safe to repeat."""
        now = self._clock()
        async with self._database.read() as session:
            calendar = await firm.read_calendar(session)
            today = now.astimezone(ZoneInfo(calendar.zone)).date()
            due = await outcomes.due_checks(session, today)
        asked = 0
        for each in due:
            async with self._database.unit_of_work() as session:
                asked += await self._ask(session, each, today, now, is_open=calendar.is_open(now))
        return asked

    async def _ask(
        self, session: Session, due: DueCheck, today: date, now: datetime, *, is_open: bool
    ) -> bool:
        outcome = await session.get_one(Outcome, due.outcome.id, with_for_update=True)
        still = await outcomes.due_checks(session, today, outcome.id)
        if not still:
            return False
        owner, team = due.owner, await written_from(session, due.owner, self._directory.firm_team_id)
        if team is None and not is_open:
            return False
        check = await outcomes.ask(session, outcome, due.day, now=now)
        if team is None:
            is_asked = await _knock(session, outcome, check, owner.user_id, now)
        else:
            is_asked = await plan_personal(
                session,
                (owner.team_id, owner.user_id),
                OUTCOME,
                f"{outcome.id}:{due.day}",
                line=LINE.format("an outcome" if outcome.confidential else outcome.statement[:LINE_CHARS]),
                seen_from=team,
                now=now,
                values={"check_id": check.id},
            )
        if not is_asked:
            # Who does not want to be asked, or cannot be, was not.
            await session.delete(check)
        return is_asked

    async def look(self, press: Press, check_id: int) -> Asked:
        """Return the outcome a question is about; raises `AdvisoryError` for anybody but its owner."""
        profile = await asker(self._directory, press)
        async with self._database.read() as session:
            check = await session.get(OutcomeCheck, check_id)
            outcome = await session.get_one(Outcome, check.outcome_id) if check else None
            person = await people.find(session, profile.team_id, profile.user_id)
            if check is None or outcome is None or person is None or outcome.owner_id != person.id:
                raise AdvisoryError(NOT_YOURS)
            return Asked(outcome, check)

    async def answer(self, press: Press, check_id: int, state: OutcomeState) -> None:
        """Keep what its owner says, and show it in place of the question.

        Raises `AdvisoryError` for anybody else, and where it was answered or asked anew.
        """
        await self.look(press, check_id)
        now = self._clock()
        async with self._database.unit_of_work() as session:
            check = await session.get_one(OutcomeCheck, check_id)
            actor = f"{press.actor_team_id}/{press.user_id}"
            await outcomes.answer(session, check, state, actor=actor, now=now)
            if press.message_ts and press.channel.startswith("D"):
                await _redraw(session, press, check_id, now)

    async def add(self, press: Press, check_id: int, value: str, comment: str) -> None:
        """Keep a figure and a comment with what was answered; raises `AdvisoryError` for anybody else."""
        await self.look(press, check_id)
        async with self._database.unit_of_work() as session:
            check = await session.get_one(OutcomeCheck, check_id)
            outcome = await session.get_one(Outcome, check.outcome_id)
            check.said = comment or check.said
            outcome.value = value or outcome.value


async def _knock(
    session: Session, outcome: Outcome, check: OutcomeCheck, user_id: str, now: datetime
) -> bool:
    """Say in the thread of the work that there is a question for its owner; nothing where none is shared."""
    ticket_id = outcome.ticket_id
    if ticket_id is None and outcome.engagement_id is not None:
        ticket_id = (await session.get_one(Engagement, outcome.engagement_id)).ticket_id
    conversation = await session.scalar(
        select(Conversation).join(Ticket, Ticket.conversation_id == Conversation.id)
        .where(Ticket.id == ticket_id, Conversation.is_private.is_(False))
    )  # fmt: skip
    if conversation is None or outcome.confidential:
        return False
    await outbox.add(
        session,
        team_id=conversation.team_id,
        lane=reply_lane(conversation, user_id),
        kind=OUTCOME_THERE,
        payload={
            "check_id": check.id,
            "user_id": user_id,
            "target": reply_target(conversation, user_id),
        },
        now=now,
    )
    return True


async def _redraw(session: Session, press: Press, check_id: int, now: datetime) -> None:
    place = {"channel": press.channel, "ts": press.message_ts}
    await outbox.add(
        session,
        team_id=press.team_id,
        lane=f"{press.team_id}:{press.channel}",
        kind=REDRAW,
        payload={"check_id": check_id, "of": OUTCOME, "message": place, "target": {"user": press.user_id}},
        now=now,
    )
