"""The route table of agreed work: what its clients press and send, and what the desk does with it."""

from slack_bolt.async_app import AsyncApp

from bot.slack import work_ids
from bot.slack import work_texts as said
from bot.slack.hands_actions import HandsActions
from bot.slack.register import after_ack, after_form


def register_hands(app: AsyncApp, hands: HandsActions) -> None:
    """Connect the ways to ask for work; call it before `register`, whose last routes take all."""
    app.action(work_ids.HANDS_FORM)(after_ack(hands.open_form))
    app.action(work_ids.HANDS_MORE)(after_ack(hands.tell_more))
    app.view(work_ids.HANDS_VIEW)(after_form(hands.submit, said.NOT_STORED))
