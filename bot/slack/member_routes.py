"""The routes of what consultants and leads use on Home."""

from slack_bolt.async_app import AsyncApp

from bot.slack import firm_texts
from bot.slack import member_ids as ids
from bot.slack.firm_form import FirmProfileForm
from bot.slack.register import after_ack, after_form


def register_members(app: AsyncApp, firm: FirmProfileForm) -> None:
    """Connect them; call it before `register`, whose last routes take all."""
    app.action(ids.FIRM_EDIT)(after_ack(firm.open))
    app.view(ids.FIRM_VIEW)(after_form(firm.submit, firm_texts.NOT_STORED))
