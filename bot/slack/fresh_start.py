"""The button under an answer that was understood to go on with an earlier conversation: the way out of it."""

from bot.database import Database
from bot.errors import AdvisoryError
from bot.slack import ids
from bot.slack.failures import kindly
from bot.slack.identity import SlackDirectory
from bot.slack.requests import Request
from bot.workflows.follow_up import AskAlone
from bot.workflows.presses import NOT_YOURS


class FreshStart:
    """The listener behind *New question*."""

    def __init__(self, database: Database, directory: SlackDirectory) -> None:
        self._alone = AskAlone(database, directory)

    @kindly
    async def new_question(self, request: Request) -> None:
        """Have the message answered by itself; the answer comes through the outbox."""
        read = ids.read_answer_value(request.value)
        if read is None:
            raise AdvisoryError(NOT_YOURS)
        await self._alone.ask(request.press, read[0])
