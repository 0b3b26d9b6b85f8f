"""What happens when a decision is recorded from a message or an answer, and when it is shared."""

from slack_bolt.async_app import AsyncApp

from bot.database import Database
from bot.engagement.decisions import Said
from bot.errors import AdvisoryError
from bot.slack import decision_ids as dids
from bot.slack import decision_texts as said
from bot.slack.blocks.decisions import decision_view, recorded_view
from bot.slack.blocks.limits import check_view
from bot.slack.blocks.notices import reply_message
from bot.slack.card_actions import pressed_ticket, written
from bot.slack.failures import Answer, field_error, kindly, kindly_at
from bot.slack.identity import SlackDirectory
from bot.slack.membership import Membership
from bot.slack.outcome_actions import chosen_day
from bot.slack.register import after_ack, after_form, after_work
from bot.slack.requests import Request
from bot.slack.shortcuts import words_of
from bot.workflows.presses import NOT_YOURS
from bot.workflows.record_decision import RecordDecision, Typed, Unfit

_BLOCKS = {"text": dids.TEXT_BLOCK, "decided_by": dids.WHO_BLOCK, "decided_on": dids.DAY_BLOCK}


class DecisionActions:
    """The listeners behind *Record a decision* and *Share*."""

    def __init__(self, database: Database, directory: SlackDirectory, membership: Membership) -> None:
        self._decide = RecordDecision(database, directory, membership)

    @kindly
    async def about_message(self, request: Request) -> None:
        """*Record a decision* on a message: open the form with its words."""
        message = request.body.get("message") or {}
        ts = str(message.get("ts") or request.body.get("message_ts") or "")
        blank = await self._decide.begin(request.press, Said(request.team_id, request.channel, ts))
        is_ours = message.get("app_id") == request.body.get("api_app_id") is not None
        view = decision_view(blank, "" if is_ours else words_of(message))
        await request.show(view, reply_message(said.PRESS_AGAIN))

    @kindly
    async def about_answer(self, request: Request) -> None:
        """*Record a decision* under an answer."""
        press = request.press
        place = Said(request.team_id, press.channel, press.message_ts, pressed_ticket(request.value))
        view = decision_view(await self._decide.begin(press, place))
        await request.show(view, reply_message(said.PRESS_AGAIN))

    @kindly_at(dids.TEXT_BLOCK, said.NOT_STORED)
    async def submit(self, request: Request) -> Answer:
        """The form, sent."""
        place = dids.read_said(str(request.body["view"].get("private_metadata")))
        if place is None:
            raise AdvisoryError(NOT_YOURS)
        boxes = request.body["view"]["state"]["values"].get(dids.SHARE_BLOCK, {}).get(dids.SHARE_INPUT, {})
        typed = Typed(
            text=written(request, dids.TEXT_BLOCK, dids.TEXT_INPUT),
            why=written(request, dids.WHY_BLOCK, dids.WHY_INPUT),
            decided_by=written(request, dids.WHO_BLOCK, dids.WHO_INPUT),
            decided_on=chosen_day(request, dids.DAY_BLOCK, dids.DAY_INPUT),
            shared=bool(boxes.get("selected_options")),
        )
        try:
            decision = await self._decide.record(request.press_at(place.channel), place, typed)
        except Unfit as wrong:
            return field_error(_BLOCKS[wrong.field], wrong.user_text)
        return {"response_action": "update", "view": check_view(recorded_view(shared=decision.shared))}

    @kindly
    async def share(self, request: Request) -> None:
        """*Share* beside a decision on Home."""
        await self._decide.share(request.press, pressed_ticket(request.value))


def register_decisions(app: AsyncApp, decisions: DecisionActions) -> None:
    """Connect the register of decisions; call it before `register`, whose last routes take all."""
    app.shortcut(dids.RECORD_ABOUT_MESSAGE)(after_ack(decisions.about_message))
    app.action(dids.ANSWER_DECISION)(after_ack(decisions.about_answer))
    app.action(dids.SHARE_PATTERN)(after_work(decisions.share))
    app.view(dids.DECISION_VIEW)(after_form(decisions.submit, said.NOT_STORED))
