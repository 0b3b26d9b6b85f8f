"""What consultants press about gaps: taken, closed by an article, set aside; each press is checked."""

from datetime import datetime

from bot.answering.voice_models import Gap, GapState
from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.engagement.people import Directory
from bot.errors import AdvisoryError
from bot.workflows import gaps
from bot.workflows.desk_door import Member, let_in
from bot.workflows.gaps import GapLine, Step
from bot.workflows.home import homes_of, queue_home
from bot.workflows.presses import Press


class MendGaps:
    """The use cases behind what consultants press about gaps; each press is checked against the desk."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def look(self, press: Press, offset: int, limit: int) -> tuple[list[GapLine], int]:
        """Return some of the gaps to be mended and how many there are; raises for who is not on the desk."""
        await let_in(self._directory, press)
        async with self._database.read() as session:
            return await gaps.read_gaps(session, limit=limit, offset=offset), await gaps.count_gaps(session)

    async def require(self, press: Press, gap_id: int) -> GapLine:
        """Return a gap still to be mended; raises `AdvisoryError` with what became of it."""
        await let_in(self._directory, press)
        async with self._database.read() as session:
            found = await gaps.read_gap(session, gap_id)
            if found is None or found[0].state not in gaps.TO_MEND:
                raise AdvisoryError(await gaps.why_not(session, gap_id))
            return found[0]

    async def take(self, press: Press, gap_id: int) -> None:
        """*I take it*: a gap is taken by one; whose holder has left the desk is anybody's to take."""
        member, now = await let_in(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            await session.get(Gap, gap_id, with_for_update=True)
            found = await gaps.read_gap(session, gap_id)
            held = found[0].holder_id if found and found[0].state is GapState.ASSIGNED else None
            if held == member.user_id:
                return
            if held in member.desk:
                raise AdvisoryError(await gaps.why_not(session, gap_id))
            step = Step(member.user_id, now)
            await gaps.assign(session, gap_id, member.user_id, member.profile.name, step)
            await self._show_anew(session, member, now)

    async def close(self, press: Press, gap_id: int, slug: str) -> None:
        """*Closed by an article*; which there are, the caller knows."""
        member, now = await let_in(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            await gaps.close(session, gap_id, slug, Step(member.user_id, now))
            await self._show_anew(session, member, now)

    async def dismiss(self, press: Press, gap_id: int) -> None:
        """*Set aside*."""
        member, now = await let_in(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            await gaps.dismiss(session, gap_id, Step(member.user_id, now))
            await self._show_anew(session, member, now)

    async def _show_anew(self, session: Session, member: Member, now: datetime) -> None:
        """Queue the Homes of the desk, whose list has changed: of who pressed, and of those known to look."""
        firm_team = self._directory.firm_team_id
        looking = await homes_of(ReadSession(session), member.desk, {firm_team})
        for team, user in sorted({*looking, (firm_team, member.user_id)}):
            await queue_home(session, team, user, now=now)
