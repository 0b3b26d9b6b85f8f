"""A person's own requests: as a private message, as a modal, and the button that opens it."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block, SectionBlock

from bot.slack import member_ids as ids
from bot.slack import status_texts as said
from bot.slack.blocks.build import actions, button, heading, message, modal, mrkdwn, say, talk_button
from bot.slack.blocks.home_lists import line
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import clip, escape, moment
from bot.slack.ids import ACTIONS_BLOCK
from bot.workflows.own_tickets import OwnTicket

_NAME_CHARS = 80


def status_message(tickets: Sequence[OwnTicket], *, conversation_id: int | None = None) -> Message:
    """Return somebody's requests with a state each, as only they may read them."""
    spoken = said.lead(len(tickets)) if tickets else said.NONE
    ways = actions(ACTIONS_BLOCK, [talk_button(conversation_id)])
    return message(spoken, [heading(said.TITLE), *_lines(tickets), ways])


def status_view(tickets: Sequence[OwnTicket]) -> dict[str, Any]:
    """Return the same as a modal."""
    return modal(said.TITLE, _lines(tickets), callback_id=ids.STATUS_VIEW)


def status_offer(*, conversation_id: int | None = None) -> Message:
    """Return what is said where others read along: a button that shows the presser their own."""
    show = button(said.SHOW, ids.STATUS_SHOW, ids.STATUS_SHOW, said.SHOW_SPOKEN, "primary")
    ways = actions(ACTIONS_BLOCK, [show, talk_button(conversation_id)])
    return message(said.PRIVATELY, [*say(said.PRIVATELY), ways])


def _lines(tickets: Sequence[OwnTicket]) -> list[Block]:
    return [_ticket(each) for each in tickets] or [*say(said.NONE)]


def _ticket(ticket: OwnTicket) -> SectionBlock:
    holder = clip(ticket.holder, _NAME_CHARS) if ticket.holder else None
    question = said.CONFIDENTIAL if ticket.question is None else escape(line(ticket.question)) or "–"
    state = escape(said.state(ticket.state, holder))
    text = f"*{escape(ticket.reference)}* · {state}\n{question}\nsince {moment(ticket.since)}"
    return SectionBlock(text=mrkdwn(text))
