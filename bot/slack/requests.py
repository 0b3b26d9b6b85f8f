"""One press, command or submission, with what is needed to check and to answer it."""

import asyncio
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import DeliveryError
from bot.log import get_logger
from bot.slack.blocks.limits import check_message, check_view
from bot.slack.blocks.message import Message
from bot.slack.blocks.notices import reply_message
from bot.slack.client import SlackError, call
from bot.slack.responses import respond_privately
from bot.workflows.presses import Press

log = get_logger(__name__)
# Of the three seconds Slack gives an acknowledgement.
REACH_SECONDS = 1.0


@dataclass(frozen=True)
class Request:
    """What Bolt hands to a listener, reduced to what ours use."""

    body: dict[str, Any]
    client: AsyncWebClient
    team_id: str

    @property
    def user_id(self) -> str:
        """Who acted."""
        return str((self.body.get("user") or {}).get("id") or self.body.get("user_id") or "")

    @property
    def channel(self) -> str:
        """Where the message with the button stands; empty in views."""
        channel = self.body.get("channel") or {}
        container = self.body.get("container") or {}
        return str(channel.get("id") or container.get("channel_id") or self.body.get("channel_id") or "")

    @property
    def press(self) -> Press:
        """The press for a workflow to check."""
        user = self.body.get("user") or {}
        actor_team = user.get("team_id") or self.body.get("team_id") or self.team_id
        message_ts = str((self.body.get("container") or {}).get("message_ts") or "")
        return Press(self.team_id, str(actor_team), self.user_id, self.channel, message_ts)

    def press_at(self, channel: str, message_ts: str = "") -> Press:
        """The press of a form, which comes without the channel, and the message, it was opened from."""
        return replace(self.press, channel=channel, message_ts=message_ts or self.press.message_ts)

    @property
    def action(self) -> dict[str, Any]:
        """The pressed element."""
        actions = self.body.get("actions") or [{}]
        return dict(actions[0])

    @property
    def value(self) -> str:
        """What the pressed button carries."""
        return str(self.action.get("value") or "")

    @property
    def trace(self) -> str:
        """The id under which the log and the rows of this one act are found."""
        return f"{self.user_id}:{self.body.get('trigger_id') or ''}"[:100]

    @property
    def response_url(self) -> str | None:
        """Where to answer this press privately; views have none."""
        return self.body.get("response_url")

    async def reply(self, message: Message) -> None:
        """Answer only the person who acted: through the response_url, else in their direct messages."""
        checked = check_message(message)
        if self.response_url:
            await respond_privately(self.response_url, checked, session=self.client.session)
            return
        opened = await call(self.client.conversations_open(users=self.user_id), "conversations.open")
        await call(
            self.client.chat_postMessage(
                channel=opened["channel"]["id"], text=checked.text, blocks=list(checked.blocks)
            ),
            "chat.postMessage",
        )

    async def tell(self, text: str) -> None:
        """Say one sentence to the person who acted; a failure to do so is logged, there is nobody to tell."""
        try:
            await self.reply(reply_message(text))
        except DeliveryError:
            log.exception("reply.failed", user=self.user_id)

    async def can_be_written_to(self) -> bool:
        """Whether Slack lets us write to the person who acted; what it does not say in time is no refusal."""
        try:
            async with asyncio.timeout(REACH_SECONDS):
                await call(self.client.conversations_open(users=self.user_id), "conversations.open")
        except SlackError as error:
            return not error.permanent
        except (DeliveryError, TimeoutError):
            return True
        return True

    async def show(self, view: dict[str, Any], fallback: Message) -> None:
        """Open a modal, on top of the one that was pressed in.

        To people for whom Slack cannot open one, send `fallback` privately.
        """
        trigger = str(self.body.get("trigger_id") or "")
        in_modal = (self.body.get("view") or {}).get("type") == "modal"
        method = self.client.views_push if in_modal else self.client.views_open
        try:
            await call(method(trigger_id=trigger, view=check_view(view)), "views.open")
        except SlackError as error:
            log.warning("view.refused", code=error.code)
            await self.reply(fallback)
