"""What time does to agreed work: who decides on a proposal is reminded once, and it lapses on its day."""

from datetime import timedelta

from bot.clock import Clock, utc_now
from bot.database import Database
from bot.engagement import audit, proposals
from bot.engagement import work as works
from bot.engagement.people import Directory
from bot.engagement.service_ends import today_of
from bot.engagement.work_models import Engagement, EngagementState, Proposal
from bot.workflows.remind_deciders import remind, to_remind
from bot.workflows.work_telling import say_on_card, show_anew

EVERY = timedelta(minutes=5)
# Who acts here, in the audit trail.
SWEEP = "vcio"


class TendWork:
    """The sweep over proposals that wait."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def sweep(self) -> None:
        """Remind of what lapses soon, and let lapse what is past its day; safe to repeat, by any replica."""
        firm_team, now = self._directory.firm_team_id, self._clock()
        if not firm_team:
            return
        async with self._database.read() as session:
            waiting = await proposals.overdue(session, await today_of(session, now))
            soon = await to_remind(session, now)
        for proposal_id in soon:
            async with self._database.unit_of_work() as session:
                await remind(session, proposal_id, firm_team_id=firm_team, now=now)
        for proposal_id in waiting:
            await self._lapse(proposal_id)

    async def _lapse(self, proposal_id: int) -> None:
        now, firm_team = self._clock(), self._directory.firm_team_id
        async with self._database.unit_of_work() as session:
            proposal = await session.get_one(Proposal, proposal_id)
            work = await session.get_one(Engagement, proposal.engagement_id)
            await works.hold(session, work)
            if not await proposals.lapse(session, proposal, await proposals.day_of(session, work, now)):
                return
            if not proposal.is_change and work.state is EngagementState.PROPOSED:
                await works.step(session, work, EngagementState.LAPSED, actor=SWEEP, now=now)
            else:
                audit.append(session, actor=SWEEP, what="change lapsed", now=now, work=work)
            await show_anew(session, work, None, now=now)
            await say_on_card(session, work, "lapsed", {"change": proposal.is_change}, firm_team, now)
