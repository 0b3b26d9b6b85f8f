"""The line that names the consultant a request is suggested to."""

import re
from dataclasses import replace

from slack_sdk.models.blocks import ContextBlock

from bot.engagement.routing import Suggestion
from bot.slack import member_texts
from bot.slack.blocks.build import mrkdwn
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import escape

_USER_ID = re.compile(r"^[UW][A-Z0-9]{2,29}$", re.ASCII)


def with_suggestion(shown: Message, suggestion: Suggestion) -> Message:
    """Return a message of the desk with whom a request is suggested to, above its first row of buttons."""
    who = f"<@{suggestion.user_id}>" if _USER_ID.match(suggestion.user_id) else escape(suggestion.user_id)
    line = ContextBlock(elements=[mrkdwn(f"Suggested: {who} ({escape(member_texts.reason(suggestion))})")])
    blocks = list(shown.blocks)
    rows = (at for at, block in enumerate(blocks) if block["type"] == "actions")
    blocks.insert(next(rows, len(blocks)), dict(line.to_dict()))
    return replace(shown, blocks=tuple(blocks))
