"""The route table of tickets: the buttons of cards, the forms of the desk, and what clients press."""

import re

from slack_bolt.async_app import AsyncApp

from bot.slack import desk_ids
from bot.slack.desk_actions import DeskActions
from bot.slack.register import Handler, after_ack, after_form, after_work


def register_desk(app: AsyncApp, desk: DeskActions) -> None:
    """Connect what concerns tickets; call it before `register`, whose last routes take all."""
    kept: dict[str | re.Pattern[str], Handler] = {
        desk_ids.TICKET_JOIN: desk.join,
        desk_ids.TICKET_WAIT: desk.wait,
        desk_ids.TICKET_RESUME: desk.resume,
    }
    shown: dict[str | re.Pattern[str], Handler] = {
        desk_ids.TICKET_ASSIGN: desk.show,
        desk_ids.TICKET_TRANSFER: desk.show,
        desk_ids.TICKET_NOTE: desk.show,
        desk_ids.TICKET_MORE: desk.more,
    }
    for action_id, handler in kept.items():
        app.action(action_id)(after_work(handler))
    for action_id, handler in shown.items():
        app.action(action_id)(after_ack(handler))
    app.view(desk_ids.ASSIGN_VIEW)(after_form(desk.submit_assign))
    app.view(desk_ids.TRANSFER_VIEW)(after_form(desk.submit_transfer))
    app.view(desk_ids.NOTE_VIEW)(after_form(desk.submit_note))
