"""The morning digest: once a working day, in a consultant's own hours; with nothing to say, none."""

import asyncio
from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, or_, update

from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery import outbox
from bot.engagement import consultants, firm
from bot.engagement.consultants import Times, at_work, day_hours, is_away
from bot.engagement.desk_models import Consultant, Muted
from bot.engagement.people import Directory
from bot.first_writes import find_or_add
from bot.workflows.desk import OnDesk, require_consultant, who_is_on_desk
from bot.workflows.desk_home import DIGEST, read_desk
from bot.workflows.home import queue_home
from bot.workflows.presses import Press
from bot.workflows.route import times_of

# A bot that was down in the morning still says it before noon, and not at the end of the day.
MEET_EVERY = timedelta(minutes=30)
STILL_MORNING = timedelta(hours=3)


def digest_day(row: Consultant, now: datetime, times: Times) -> str | None:
    """Return the day, in their zone, whose digest is to be said now; None when it is not, or was."""
    if is_away(row, now) or not at_work(row, now, times):
        return None
    local = now.astimezone(ZoneInfo(row.timezone or times.timezone))
    opens, _closes = day_hours(row.hours or times.hours, local.weekday()) or (0, 0)
    since = timedelta(hours=local.hour, minutes=local.minute) - timedelta(minutes=opens)
    day = local.date().isoformat()
    return day if since < STILL_MORNING and row.digest_day != day else None


class Digests:
    """The sweep that queues them, and the switch beside them."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock
        self._meet_at = clock()

    async def sweep(self) -> int:
        """Queue what is to be said now, and return to how many; raises `DeliveryError` when Slack is away.

        Slack is asked who is on the desk only when something is due, or new members may have come.
        """
        now = self._clock()
        async with self._database.read() as session:
            rows = await consultants.everyone(session)
            times = times_of(await firm.read_profile(session))
        due = [(row.user_id, day) for row in rows if (day := digest_day(row, now, times))]
        if not due and now < self._meet_at:
            return 0
        desk = await who_is_on_desk(self._directory)
        if now >= self._meet_at:
            await self._meet(desk, {row.user_id for row in rows}, now)
            self._meet_at = now + MEET_EVERY
        told = 0
        for user, day in due:
            async with self._database.unit_of_work() as session:
                told += await self._tell(session, desk, user, day, now)
        return told

    async def switch(self, press: Press, *, on: bool) -> None:
        """Have a consultant's digest said, or not; raises `AdvisoryError` for who is not on the desk."""
        desk = await require_consultant(self._directory, press)
        key, now = (desk.firm_team_id, press.user_id, DIGEST), self._clock()
        async with self._database.unit_of_work() as session:
            if on:
                await session.execute(
                    delete(Muted).where(
                        Muted.team_id == key[0], Muted.user_id == key[1], Muted.kind == key[2]
                    )
                )
            else:
                await find_or_add(session, Muted, {"team_id": key[0], "user_id": key[1], "kind": key[2]})
            await queue_home(session, press.team_id, press.user_id, now=now)

    async def _meet(self, desk: OnDesk, known: Collection[str], now: datetime) -> None:
        """Write down who is on the desk and was not met yet, with their zone."""
        new = sorted(desk.members - frozenset(known))
        profiles = await asyncio.gather(*(self._directory.profile(desk.firm_team_id, user) for user in new))
        if not new:
            return
        async with self._database.unit_of_work() as session:
            for each in profiles:
                await consultants.meet(session, each.user_id, each.name, timezone=each.timezone, now=now)

    async def _tell(self, session: Session, desk: OnDesk, user: str, day: str, now: datetime) -> bool:
        # The row itself is asked, so that of two replicas one says it.
        result = await session.execute(
            update(Consultant)
            .where(Consultant.user_id == user)
            .where(or_(Consultant.digest_day.is_(None), Consultant.digest_day != day))
            .values(digest_day=day)
        )
        team = desk.firm_team_id
        muted = await session.get(Muted, (team, user, DIGEST)) is not None
        if user not in desk.members or muted or not getattr(result, "rowcount", 0):
            return False
        if not (await read_desk(session, user, team, now=now)).shown:
            return False
        payload = {"user_id": user, "firm_team_id": team, "target": {"user": user}}
        await outbox.add(
            session, team_id=team, lane=f"{team}:dm:{user}", kind=DIGEST, payload=payload, now=now
        )
        return True
