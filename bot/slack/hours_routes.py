"""The route table of hours: time that is logged, balances and their lines."""

from slack_bolt.async_app import AsyncApp

from bot.slack import hours_ids as hids
from bot.slack import hours_texts as said
from bot.slack.hours_actions import HoursActions
from bot.slack.register import after_ack, after_form, after_work


def register_hours(app: AsyncApp, hours: HoursActions) -> None:
    """Connect them; call it before `register`, whose last routes take all."""
    app.action(hids.LOG_TIME)(after_ack(hours.show_form))
    app.view(hids.LOG_VIEW)(after_form(hours.submit, said.NOT_STORED))
    app.action(hids.TAKE_BACK)(after_work(hours.take_back))
    app.action(hids.SHOW_BALANCE)(after_ack(hours.show_balance))
    for decision in (hids.CHARGE, hids.WAIVE):
        app.action(decision)(after_work(hours.charge))
    app.action(hids.LINES_PATTERN)(after_ack(hours.show_lines))
