"""What a press on *Get as a file* comes to, wherever the button stands."""

from bot.database import Database
from bot.errors import AdvisoryError
from bot.slack import file_texts
from bot.slack.identity import SlackDirectory
from bot.slack.requests import Request
from bot.workflows.send_file import SendFile, WantedFile


class FilePresses:
    """Queues the file, and knows the sentence for every way it may go."""

    def __init__(self, database: Database, directory: SlackDirectory) -> None:
        self._send = SendFile(database, directory)

    async def ask(self, request: Request, wanted: WantedFile) -> str:
        """Return what to say: that the file is under way, was before, or cannot be sent to this person."""
        if not await request.can_be_written_to():
            return file_texts.UNREACHABLE
        try:
            await self._send.directly(request.press, wanted, _shown_in(request))
        except AdvisoryError as error:
            return error.user_text
        return file_texts.ON_ITS_WAY


def _shown_in(request: Request) -> str:
    """Return the view or message the button stands in, which a second press and delivery share."""
    view, container = request.body.get("view") or {}, request.body.get("container") or {}
    return str(view.get("id") or container.get("message_ts") or request.body.get("trigger_id") or "")
