"""The form to ask with, wherever it is opened, and the shortcut on a message."""

from typing import Any

from bot.database import Database
from bot.errors import AdvisoryError
from bot.slack import home_texts as said
from bot.slack import ids
from bot.slack.blocks.home_ask import MOST_TYPED, ask_view, said_view
from bot.slack.blocks.notices import reply_message
from bot.slack.blocks.text import width
from bot.slack.failures import Answer, field_error, kindly, kindly_at
from bot.slack.identity import SlackDirectory
from bot.slack.membership import Membership
from bot.slack.payloads import readable
from bot.slack.requests import Request
from bot.workflows.ask import Ask, Subject
from bot.workflows.post_in_thread import PostInThread
from bot.workflows.presses import NOT_YOURS


class Shortcuts:
    """The listeners behind both shortcuts, the ask form and *Post in the thread*."""

    def __init__(self, database: Database, directory: SlackDirectory, membership: Membership) -> None:
        self._ask = Ask(database, directory)
        self._post = PostInThread(database, directory, membership)

    @kindly
    async def open_form(self, request: Request) -> None:
        """*Ask a question*, on Home or from anywhere by the global shortcut."""
        await request.show(ask_view(), reply_message(said.PRESS_AGAIN))

    @kindly_at(ids.ASK_BLOCK, said.ASK_NOT_STORED)
    async def submit(self, request: Request) -> Answer:
        """Store what was typed; the form stays open with it where that cannot be done."""
        view = request.body["view"]
        typed = str(view["state"]["values"][ids.ASK_BLOCK][ids.ASK_INPUT].get("value") or "").strip()
        text = readable(typed)
        if not text:
            return field_error(ids.ASK_BLOCK, said.ASK_EMPTY)
        if width(text) > MOST_TYPED:
            return field_error(ids.ASK_BLOCK, said.ASK_TOO_LONG)
        if not await request.can_be_written_to():
            return field_error(ids.ASK_BLOCK, said.ASK_UNREACHABLE)
        try:
            await self._ask.directly(request.press, text, str(view["id"]))
        except AdvisoryError as error:
            return {"response_action": "update", "view": said_view(error.user_text)}
        return {"response_action": "update", "view": said_view(said.ASKED)}

    @kindly
    async def about_message(self, request: Request) -> None:
        """*Ask the Virtual CIO* on a message: its text is asked, and only the presser sees the answer."""
        message = request.body.get("message") or {}
        if message.get("app_id") == request.body.get("api_app_id") is not None:
            raise AdvisoryError(said.OWN_MESSAGE)
        text = words_of(message)
        url = request.response_url
        if not text or url is None:
            raise AdvisoryError(said.NO_WORDS)
        ts = str(message.get("ts") or request.body.get("message_ts"))
        subject = Subject(text, ts, str(message.get("thread_ts") or ts))
        await self._ask.about(request.press, subject, str(request.body["trigger_id"]), url)

    @kindly
    async def post_in_thread(self, request: Request) -> None:
        """*Post in the thread* under the private answer about a message."""
        read = ids.read_answer_value(request.value)
        if read is None:
            raise AdvisoryError(NOT_YOURS)
        await self._post.post(request.press, read[0])
        await request.tell(said.POSTED)


def words_of(message: dict[str, Any]) -> str:
    """Return the words of any message: its text, else that of what other apps attach or build of blocks."""
    candidates = (
        str(message.get("text") or ""),
        *(str(each.get("text") or each.get("fallback") or "") for each in message.get("attachments") or ()),
        " ".join(_texts(message.get("blocks") or [])),
    )
    return next((text for each in candidates if (text := readable(each))), "")


def _texts(node: Any) -> list[str]:
    if isinstance(node, list):
        return [text for child in node for text in _texts(child)]
    if not isinstance(node, dict):
        return []
    own = [node["text"]] if isinstance(node.get("text"), str) else []
    return own + [text for child in node.values() if not isinstance(child, str) for text in _texts(child)]
