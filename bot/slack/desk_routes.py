"""The route table of tickets: the buttons of cards, the forms of the desk, and what clients press."""

import re

from slack_bolt.async_app import AsyncApp

from bot.slack import desk_ids, desk_texts
from bot.slack.desk_actions import DeskActions
from bot.slack.register import Handler, after_ack, after_form, after_work
from bot.slack.request_actions import RequestActions
from bot.slack.resolve_actions import ResolveActions


def register_desk(app: AsyncApp, desk: DeskActions, ends: ResolveActions, own: RequestActions) -> None:
    """Connect what concerns tickets; call it before `register`, whose last routes take all."""
    kept: dict[str | re.Pattern[str], Handler] = {
        desk_ids.TICKET_JOIN: desk.join,
        desk_ids.TICKET_WAIT: desk.wait,
        desk_ids.TICKET_RESUME: desk.resume,
        desk_ids.URGENCY_PATTERN: own.urgency,
        desk_ids.REQUEST_PRIVATE: own.keep_private,
        desk_ids.REQUEST_WITHDRAW: own.withdraw,
        desk_ids.RATE_PATTERN: own.rate,
    }
    shown: dict[str | re.Pattern[str], Handler] = {
        desk_ids.TICKET_ASSIGN: desk.show,
        desk_ids.TICKET_TRANSFER: desk.show,
        desk_ids.TICKET_NOTE: desk.show,
        desk_ids.TICKET_MORE: desk.more,
        desk_ids.TICKET_RESOLVE: ends.show,
        desk_ids.TICKET_READ: ends.read,
        desk_ids.RATING_COMMENT: own.show_comment,
    }
    for action_id, handler in kept.items():
        app.action(action_id)(after_work(handler))
    for action_id, handler in shown.items():
        app.action(action_id)(after_ack(handler))
    app.view(desk_ids.ASSIGN_VIEW)(after_form(desk.submit_assign, desk_texts.NOT_STORED))
    app.view(desk_ids.TRANSFER_VIEW)(after_form(desk.submit_transfer, desk_texts.NOT_STORED))
    app.view(desk_ids.NOTE_VIEW)(after_form(desk.submit_note, desk_texts.NOT_STORED))
    app.view(desk_ids.RESOLVE_VIEW)(after_form(ends.submit, desk_texts.NOT_STORED))
    app.view(desk_ids.COMMENT_VIEW)(after_form(own.submit_comment, desk_texts.NOT_STORED))
