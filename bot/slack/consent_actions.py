"""What happens when hours are asked for on a card, and when an approver answers."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.database import Database
from bot.engagement.retainer_models import Consent
from bot.errors import AdvisoryError
from bot.slack import consent_ids, ids
from bot.slack import consent_texts as said
from bot.slack.blocks import consent as blocks
from bot.slack.blocks.limits import check_view
from bot.slack.blocks.notices import reply_message
from bot.slack.card_actions import pressed_ticket, sent_form, written
from bot.slack.client import call
from bot.slack.consent_rendering import question_of
from bot.slack.failures import Answer, kindly, kindly_at
from bot.slack.identity import SlackDirectory
from bot.slack.register import after_ack, after_form, after_work
from bot.slack.requests import Request
from bot.workflows.ask_consent import OFFERED, AskConsent
from bot.workflows.decide_consent import DecideConsent
from bot.workflows.presses import NOT_YOURS

PRESET = 30


class ConsentActions:
    """The listeners behind *Ask for hours* and behind an approver's answers."""

    def __init__(self, database: Database, directory: SlackDirectory) -> None:
        self._database = database
        self._ask = AskConsent(database, directory)
        self._decide = DecideConsent(database, directory)

    @kindly
    async def show(self, request: Request) -> None:
        """*Ask for hours* on a card: open the form."""
        await self.show_for(request, request.value)

    async def show_for(self, request: Request, value: str) -> None:
        """Open the form for the ticket a button's value names."""
        ticket_id = pressed_ticket(value)
        _ticket, gate = await self._ask.look(request.press, ticket_id)
        told = said.allowed(gate.spent, gate.allowed)
        view = blocks.ask_view(ticket_id, request.channel, OFFERED, preset=PRESET, told=told)
        await request.show(view, reply_message(said.PRESS_AGAIN))

    @kindly_at(consent_ids.HOURS_BLOCK, said.NOT_STORED)
    async def submit(self, request: Request) -> Answer:
        """The form behind *Ask for hours*, sent."""
        ticket_id, press = sent_form(request)
        chosen = request.body["view"]["state"]["values"][consent_ids.HOURS_BLOCK][consent_ids.HOURS_INPUT]
        minutes = str((chosen.get("selected_option") or {}).get("value") or "")
        if not minutes.isdecimal():
            raise AdvisoryError(NOT_YOURS)
        line = written(request, consent_ids.WHAT_FOR_BLOCK, consent_ids.WHAT_FOR_INPUT)
        await self._ask.ask(press, ticket_id, int(minutes), line)
        return {}

    @kindly
    async def go_ahead(self, request: Request) -> None:
        """*Go ahead*."""
        await self._decide.decide(request.press, _pressed(request), go_ahead=True)
        await _answer_in_modal(request, said.SAID_GO_AHEAD)

    @kindly
    async def not_now(self, request: Request) -> None:
        """*Not now*."""
        await self._decide.decide(request.press, _pressed(request), go_ahead=False)
        await _answer_in_modal(request, said.SAID_NOT_NOW)

    @kindly
    async def talk(self, request: Request) -> None:
        """*Talk*: the consultant hears of it."""
        reference = await self._decide.talk(request.press, _pressed(request))
        sentence = said.talk_answer(reference)
        if not await _answer_in_modal(request, sentence):
            await request.reply(reply_message(sentence))

    @kindly
    async def open(self, request: Request) -> None:
        """*Open the question* in a channel: for those who may answer it alone."""
        consent_id = _pressed(request)
        await self._decide.look(request.press, consent_id)
        async with self._database.read() as session:
            consent = await session.get_one(Consent, consent_id)
            question = await question_of(session, consent, consent.rung)
        await request.show(blocks.question_view(question), reply_message(said.PRESS_AGAIN))


async def _answer_in_modal(request: Request, sentence: str) -> bool:
    """Say in the modal that was pressed in what came of it; false where none was."""
    view: dict[str, Any] = request.body.get("view") or {}
    if view.get("type") != "modal":
        return False
    shown = check_view(blocks.said_view(sentence))
    await call(request.client.views_update(view_id=view["id"], view=shown), "views.update")
    return True


def _pressed(request: Request) -> int:
    """Return the consent a button names; raises `AdvisoryError` for a value that is not ours."""
    read = ids.read_answer_value(request.value)
    if read is None:
        raise AdvisoryError(NOT_YOURS)
    return read[0]


def register_consents(app: AsyncApp, consents: ConsentActions) -> None:
    """Connect them; call it before `register`, whose last routes take all."""
    app.action(consent_ids.ASK_HOURS)(after_ack(consents.show))
    app.view(consent_ids.ASK_VIEW)(after_form(consents.submit, said.NOT_STORED))
    app.action(consent_ids.GO_AHEAD)(after_work(consents.go_ahead))
    app.action(consent_ids.NOT_NOW)(after_work(consents.not_now))
    app.action(consent_ids.TALK)(after_work(consents.talk))
    app.action(consent_ids.OPEN)(after_ack(consents.open))
