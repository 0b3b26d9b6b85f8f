"""The action, callback and block ids of decisions; values are checked by their workflow."""

import re

from bot.engagement.decisions import Said

# The shortcut on a message, as the manifest names it; and the button under an answer.
RECORD_ABOUT_MESSAGE = "record_decision"
ANSWER_DECISION = "answer_decision"
DECISION_VIEW = "decision_view"
TEXT_BLOCK = "decision_text_block"
TEXT_INPUT = "decision_text"
WHY_BLOCK = "decision_why_block"
WHY_INPUT = "decision_why"
WHO_BLOCK = "decision_who_block"
WHO_INPUT = "decision_who"
DAY_BLOCK = "decision_day_block"
DAY_INPUT = "decision_day"
SHARE_BLOCK = "decision_share_block"
SHARE_INPUT = "decision_share"
SHARED = "shared"

# On Home; a list has one for each
_SHARE = "decision_share_"
SHARE_PATTERN = re.compile(r"^decision_share_[0-9]{1,3}$", re.ASCII)
_NAME = re.compile(r"^[A-Za-z0-9.]{1,30}$")
_NUMBER = re.compile(r"^[0-9]{1,18}$", re.ASCII)


def share_action(number: int) -> str:
    """Return the action id of the button that shares one of several decisions."""
    return f"{_SHARE}{number}"


def said_value(said: Said) -> str:
    """Return where a decision was said, as a view's `private_metadata`."""
    return f"{said.team_id}:{said.channel}:{said.ts}:{said.answer_id or ''}"


def read_said(metadata: str) -> Said | None:
    """Take `private_metadata` apart; None if it is not one of these."""
    team_id, channel, ts, answer_id = (metadata.split(":") + [""] * 4)[:4]
    if metadata.count(":") != 3 or not all(_NAME.match(part) for part in (team_id, channel, ts)):
        return None
    if answer_id and not _NUMBER.match(answer_id):
        return None
    return Said(team_id, channel, ts, int(answer_id) if answer_id else None)
