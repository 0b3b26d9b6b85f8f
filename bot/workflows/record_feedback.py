"""Keep what a person thought of an answer."""

from sqlalchemy import update

from bot.answering.models import Complaint, Feedback
from bot.clock import Clock, utc_now
from bot.database import Database
from bot.engagement.people import Directory
from bot.first_writes import find_or_add
from bot.workflows.presses import Press, answer_pressed, person_of


class RecordFeedback:
    """The use case behind *helpful* and *not helpful*: one verdict a person and answer."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def record(self, press: Press, answer_id: int, *, helpful: bool) -> int:
        """Store the verdict, the last press counts; return the conversation's id.

        Raises `AdvisoryError` when the button does not belong to the presser.
        """
        profile = await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)
        now = self._clock()
        async with self._database.unit_of_work() as session:
            person = await person_of(session, profile, self._directory, now=now)
            answer = await answer_pressed(session, press, person, answer_id)
            one = {"answer_id": answer_id, "person_id": person.id}
            kept, _new = await find_or_add(session, Feedback, one, helpful=helpful, created_at=now)
            kept.helpful = helpful
            if helpful:
                kept.complaint = None
            return answer.conversation_id

    async def explain(self, press: Press, answer_id: int, complaint: Complaint) -> None:
        """Keep why an answer did not help; the last reason counts. Raises as `record` does."""
        await self.record(press, answer_id, helpful=False)
        profile = await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)
        async with self._database.unit_of_work() as session:
            person = await person_of(session, profile, self._directory, now=self._clock())
            await session.execute(
                update(Feedback)
                .where(Feedback.answer_id == answer_id, Feedback.person_id == person.id)
                .values(complaint=complaint)
            )
