"""Fit advice to an organisation's size: for this conversation on request, in the profile when confirmed."""

from bot.answering.models import Conversation
from bot.answering.render import from_stored
from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery.inbox import Arrival, accept
from bot.engagement.models import Client, Role
from bot.engagement.people import Directory
from bot.errors import AdvisoryError
from bot.workflows.arrivals import COMMAND_THREAD, IncomingMessage
from bot.workflows.presses import Press, answer_pressed, person_of
from knowledge.types import OrgSize

ALREADY_FITTED = "My answer for that size is in this conversation already; the next ones will fit it too."
ONLY_CIO = (
    "The size in the profile can be changed by your CIO or a consultant. "
    "For this conversation I use the one you said."
)


class FitSize:
    """The use cases behind the size buttons: answer again for a size, and confirm it for the client."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def answer_again(
        self, press: Press, answer_id: int, size: OrgSize, *, response_url: str | None = None
    ) -> None:
        """Keep `size` for this conversation and person, and have the question answered again for it.

        However often it is pressed, an answer is given once for each size; raises `AdvisoryError` after that.
        """
        profile = await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)
        now = self._clock()
        async with self._database.unit_of_work() as session:
            person = await person_of(session, profile, self._directory, now=now)
            answer = await answer_pressed(session, press, person, answer_id)
            conversation = await session.get_one(Conversation, answer.conversation_id)
            conversation.stated_size = person.stated_size = size
            is_command = conversation.thread_ts.startswith(COMMAND_THREAD)
            again = IncomingMessage(
                team_id=conversation.team_id,
                actor_team_id=press.actor_team_id,
                user_id=press.user_id,
                channel=conversation.channel,
                is_private=conversation.is_private,
                ts=f"size-{answer_id}-{size}",
                thread_ts=conversation.thread_ts,
                text=answer.question,
                addressed=True,
                by_button=True,
                response_url=response_url if is_command else None,
            )
            arrival = Arrival(
                team_id=conversation.team_id,
                event_key=f"size:{answer_id}:{size}",
                lane=again.place.lane,
                kind="question",
                payload=again.to_payload(),
            )
            accepted = await accept(session, arrival, now=now)
        if accepted is None:
            raise AdvisoryError(ALREADY_FITTED)

    async def confirm(self, press: Press, answer_id: int) -> tuple[str, OrgSize]:
        """Put the size stated with the answer's question into the client's profile; return both.

        Raises `AdvisoryError` when the presser is neither the client's CIO nor a consultant.
        """
        profile = await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)
        consultants = await self._directory.consultants()
        is_consultant = profile.team_id == self._directory.firm_team_id and profile.user_id in consultants
        async with self._database.unit_of_work() as session:
            person = await person_of(session, profile, self._directory, now=self._clock())
            answer = await answer_pressed(session, press, person, answer_id)
            conversation = await session.get_one(Conversation, answer.conversation_id)
            is_own_cio = person.role is Role.CIO and person.client_id == conversation.client_id
            stated = from_stored(answer.body).stated_size
            if stated is None or not (is_own_cio or is_consultant):
                raise AdvisoryError(ONLY_CIO)
            client = await session.get_one(Client, conversation.client_id)
            client.org_size = stated
            return client.name, stated
