"""The Home tab."""

import re
from typing import Any

from slack_sdk.models.blocks import Block, ConversationFilter, ConversationSelectElement, SectionBlock
from slack_sdk.models.views import View

from bot.slack import ids, texts
from bot.slack.blocks.build import actions, heading, mrkdwn, say, talk_button, words
from bot.slack.blocks.notices import about
from bot.slack.blocks.text import escape

_CHANNEL_ID = re.compile(r"^[CG][A-Z0-9]{2,30}$", re.ASCII)


def home_view(*, is_admin: bool, desk_channel: str | None, firm_name: str | None) -> dict[str, Any]:
    """Return the Home tab; a workspace admin also sees the desk's channel (an id) or chooses one."""
    blocks: list[Block] = [
        *about(firm_name),
        actions(ids.ACTIONS_BLOCK, [talk_button(None)]),
        *(_desk(desk_channel) if is_admin else []),
    ]
    return dict(View(type="home", callback_id=ids.HOME_VIEW, blocks=blocks).to_dict())


def _desk(channel: str | None) -> list[Block]:
    if channel is not None:
        named = f"<#{channel}>" if _CHANNEL_ID.match(channel) else escape(channel)
        return [heading(texts.HOME_DESK_TITLE), SectionBlock(text=mrkdwn(f"{texts.HOME_DESK_SET} {named}"))]
    picker = ConversationSelectElement(
        action_id=ids.DESK_SELECT,
        placeholder=words(texts.HOME_DESK_PICK, 150),
        filter=ConversationFilter(include=["private"], exclude_external_shared_channels=True),
    )
    return [
        heading(texts.HOME_DESK_TITLE),
        *say(texts.HOME_DESK_MISSING),
        actions(ids.DESK_BLOCK, [picker]),
    ]
