"""The routes of what consultants and leads use on Home, and of `status`."""

from slack_bolt.async_app import AsyncApp

from bot.slack import firm_texts, member_texts
from bot.slack import member_ids as ids
from bot.slack.desk_home import DeskHome
from bot.slack.firm_form import FirmProfileForm
from bot.slack.register import after_ack, after_form, after_work
from bot.slack.status import Status


def register_members(app: AsyncApp, home: DeskHome, firm: FirmProfileForm, status: Status) -> None:
    """Connect them; call it before `register`, whose last routes take all."""
    app.action(ids.AWAY)(after_work(home.away))
    app.action(ids.BACK)(after_work(home.back))
    app.action(ids.DIGEST_SWITCH)(after_work(home.switch_digest))
    app.action(ids.SEARCH_OPEN)(after_ack(home.open_search))
    app.view(ids.SEARCH_VIEW)(after_form(home.search, member_texts.SEARCH_LATE))
    app.action(ids.STATUS_SHOW)(after_ack(status.show))
    app.action(ids.FIRM_EDIT)(after_ack(firm.open))
    app.view(ids.FIRM_VIEW)(after_form(firm.submit, firm_texts.NOT_STORED))
