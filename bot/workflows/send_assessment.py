"""The result of a self-assessment, sent to nobody but who made it, and not kept once it was sent."""

import hashlib

from bot.answering.advice import Report
from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery import outbox
from bot.delivery.inbox import Arrival, accept
from bot.delivery.lanes import ONCE, finish
from bot.engagement.people import Directory
from bot.workflows.presses import Press

ASSESSMENT = "assessment"


class SendAssessment:
    """The use case behind the last step of the form."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def reaches(self, press: Press) -> bool:
        """Whether the person is of the workspace we act in: nobody else gets the result by message."""
        profile = await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)
        return profile.team_id == press.team_id and not profile.is_guest and not profile.is_gone

    async def directly(self, press: Press, report: Report, shown_in: str) -> None:
        """Queue the result for the person's direct messages, once for the same levels in one form."""
        now, user = self._clock(), press.user_id
        async with self._database.unit_of_work() as session:
            # Kept as done at once, without the answers: a second delivery meets the unique key of this row.
            name = hashlib.sha256(f"{shown_in}\n{report.code}".encode()).hexdigest()[:20]
            sent = Arrival(
                press.team_id,
                f"{ASSESSMENT}:{press.team_id}:{user}:{name}",
                f"{press.team_id}:{ASSESSMENT}:{user}",
                ASSESSMENT,
                {},
            )
            item = await accept(session, sent, now=now)
            if item is None:
                return
            finish(item, now=now)
            await outbox.add(
                session,
                team_id=press.team_id,
                lane=f"{press.team_id}:dm:{user}",
                kind=ASSESSMENT,
                payload={
                    ONCE: report.to_payload(),
                    "user_id": user,
                    "target": {"user": user},
                },
                now=now,
            )
