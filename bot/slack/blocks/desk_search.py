"""The form to find a request by, with what was found below it, and the morning digest."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, InputBlock, PlainTextInputElement, SectionBlock

from bot.slack import member_ids as ids
from bot.slack import member_texts as said
from bot.slack.blocks.build import (
    TITLE_CHARS,
    actions,
    button,
    context,
    heading,
    message,
    modal,
    mrkdwn,
    words,
)
from bot.slack.blocks.desk_home import request_block, request_line
from bot.slack.blocks.home_lists import Link
from bot.slack.blocks.message import Message
from bot.workflows.desk_home import DeskPart, Request

LONGEST_SEARCH = 200
_LISTED = 5


def search_view(
    typed: str = "", found: Sequence[Request] | None = None, link: Link | None = None
) -> dict[str, Any]:
    """Return the form; once something was looked for, with what was found."""
    field = PlainTextInputElement(
        action_id=ids.SEARCH_INPUT,
        initial_value=typed[:LONGEST_SEARCH] or None,
        max_length=LONGEST_SEARCH,
        placeholder=words(said.SEARCH_PLACEHOLDER, 150),
        focus_on_load=True,
    )
    asked = InputBlock(
        block_id=ids.SEARCH_BLOCK,
        label=words(said.SEARCH_LABEL, 150),
        hint=words(said.SEARCH_HINT, 200),
        element=field,
    )
    blocks: list[Block] = [asked]
    if found is not None:
        blocks.append(heading(said.found(len(found))))
        blocks += [request_block("found", each, link or (lambda _spot: None)) for each in found]
    submit = words(said.SEARCH_SUBMIT, TITLE_CHARS)
    return modal(said.SEARCH, blocks, submit=submit, callback_id=ids.SEARCH_VIEW)


def digest_message(desk: DeskPart, now: datetime) -> Message:
    """Return what is due to a consultant this morning, and what else waits on the desk."""
    zone = ZoneInfo(desk.timezone)
    today = now.astimezone(zone).date()
    due = [each for each in desk.own if each.due and each.due.at.astimezone(zone).date() <= today]
    rest = [each for each in desk.own if each not in due]
    spoken = said.digest(len(due), len(rest), len(desk.unclaimed) + desk.more, len(desk.waiting))
    lists = (
        (said.DIGEST_DUE, due),
        (said.DIGEST_REST, rest),
        (said.UNCLAIMED, desk.unclaimed),
        (said.LATE_TITLE, desk.late),
        (said.WAITING_TITLE, desk.waiting),
    )
    blocks: list[Block] = []
    for title, requests in lists:
        blocks += [heading(title), *map(_line, requests[:_LISTED])] if requests else []
    press = button(said.DIGEST_OFF, ids.DIGEST_SWITCH, "off", said.DIGEST_OFF_SPOKEN)
    blocks += [context(said.DIGEST_WHERE), actions(ids.DESK_ROW, [press])]
    return message(spoken, blocks)


def _line(request: Request) -> SectionBlock:
    return SectionBlock(text=mrkdwn(request_line(request)))
