"""The route table of tickets: the buttons of cards, the forms of the desk, and what clients press."""

import re

from slack_bolt.async_app import AsyncApp

from bot.slack import ticket_ids, ticket_texts
from bot.slack.card_actions import CardActions
from bot.slack.register import Handler, after_ack, after_form, after_work
from bot.slack.request_actions import RequestActions
from bot.slack.resolve_actions import ResolveActions


def register_tickets(app: AsyncApp, desk: CardActions, ends: ResolveActions, own: RequestActions) -> None:
    """Connect what concerns tickets; call it before `register`, whose last routes take all."""
    kept: dict[str | re.Pattern[str], Handler] = {
        ticket_ids.TICKET_JOIN: desk.join,
        ticket_ids.TICKET_WAIT: desk.wait,
        ticket_ids.TICKET_RESUME: desk.resume,
        ticket_ids.URGENCY_PATTERN: own.urgency,
        ticket_ids.REQUEST_PRIVATE: own.keep_private,
        ticket_ids.TALK_PRIVATE: own.ask_in_private,
        ticket_ids.REQUEST_WITHDRAW: own.withdraw,
        ticket_ids.RATE_PATTERN: own.rate,
        ticket_ids.MUTE_PATTERN: own.mute,
        ticket_ids.NOTICE_PATTERN: own.show_notice,
    }
    shown: dict[str | re.Pattern[str], Handler] = {
        ticket_ids.TICKET_ASSIGN: desk.show,
        ticket_ids.TICKET_TRANSFER: desk.show,
        ticket_ids.TICKET_NOTE: desk.show,
        ticket_ids.TICKET_MORE: desk.more,
        ticket_ids.TICKET_RESOLVE: ends.show,
        ticket_ids.TICKET_READ: ends.read,
        ticket_ids.RATING_COMMENT: own.show_comment,
    }
    for action_id, handler in kept.items():
        app.action(action_id)(after_work(handler))
    for action_id, handler in shown.items():
        app.action(action_id)(after_ack(handler))
    app.view(ticket_ids.ASSIGN_VIEW)(after_form(desk.submit_assign, ticket_texts.NOT_STORED))
    app.view(ticket_ids.TRANSFER_VIEW)(after_form(desk.submit_transfer, ticket_texts.NOT_STORED))
    app.view(ticket_ids.NOTE_VIEW)(after_form(desk.submit_note, ticket_texts.NOT_STORED))
    app.view(ticket_ids.RESOLVE_VIEW)(after_form(ends.submit, ticket_texts.NOT_STORED))
    app.view(ticket_ids.COMMENT_VIEW)(after_form(own.submit_comment, ticket_texts.NOT_STORED))
