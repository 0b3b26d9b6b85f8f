"""What happens when an outcome is recorded, and when its owner is asked about it."""

from slack_bolt.async_app import AsyncApp

from bot.database import Database
from bot.engagement.outcome_models import OutcomeState
from bot.errors import AdvisoryError
from bot.slack import outcome_ids as oids
from bot.slack import outcome_texts as said
from bot.slack.blocks import outcomes as blocks
from bot.slack.blocks.build import modal, say
from bot.slack.blocks.limits import check_view
from bot.slack.blocks.notices import reply_message
from bot.slack.card_actions import pressed_ticket, sent_form, written
from bot.slack.failures import Answer, field_error, kindly, kindly_at
from bot.slack.identity import SlackDirectory
from bot.slack.outcome_rendering import question_of, reference_of
from bot.slack.register import after_ack, after_form, after_work
from bot.slack.requests import Request
from bot.workflows.check_outcomes import CheckOutcomes
from bot.workflows.presses import NOT_YOURS
from bot.workflows.record_outcome import RecordOutcome, Typed, Unfit

_BLOCKS = {
    "statement": oids.STATEMENT_BLOCK,
    "measure": oids.MEASURE_BLOCK,
    "due": oids.DUE_BLOCK,
}


class OutcomeActions:
    """The listeners behind *Record an outcome* and behind the question to its owner."""

    def __init__(self, database: Database, directory: SlackDirectory) -> None:
        self._database = database
        self._record = RecordOutcome(database, directory)
        self._check = CheckOutcomes(database, directory)

    @kindly
    async def begin(self, request: Request) -> None:
        """*Record an outcome* on a resolved card: open the form."""
        blank = await self._record.begin(request.press, pressed_ticket(request.value))
        ticket = blank.ticket
        owners = [(person.id, person.name) for person in blank.owners]
        view = blocks.record_view(ticket.id, request.channel, owners, confidential=ticket.confidential)
        await request.show(view, reply_message(said.PRESS_AGAIN))

    @kindly_at(oids.STATEMENT_BLOCK, said.NOT_STORED)
    async def record(self, request: Request) -> Answer:
        """The form, sent."""
        ticket_id, press = sent_form(request)
        typed = Typed(
            statement=written(request, oids.STATEMENT_BLOCK, oids.STATEMENT_INPUT),
            measure=written(request, oids.MEASURE_BLOCK, oids.MEASURE_INPUT),
            baseline=written(request, oids.BASELINE_BLOCK, oids.BASELINE_INPUT),
            target=written(request, oids.TARGET_BLOCK, oids.TARGET_INPUT),
            due_on=chosen_day(request, oids.DUE_BLOCK, oids.DUE_INPUT),
            owner_id=pressed_ticket(chosen(request, oids.OWNER_BLOCK, oids.OWNER_INPUT)),
        )
        try:
            owner = await self._record.record(press, ticket_id, typed)
        except Unfit as wrong:
            return field_error(_BLOCKS[wrong.field], wrong.user_text)
        view = modal(said.RECORD_TITLE, say(said.recorded(owner)))
        return {"response_action": "update", "view": check_view(view)}

    @kindly
    async def state(self, request: Request) -> None:
        """One of the five buttons below the question."""
        state = oids.read_state(str(request.action.get("action_id")))
        await self._check.answer(request.press, pressed_ticket(request.value), state)

    @kindly
    async def open(self, request: Request) -> None:
        """*Add a figure or comment*, or the question itself in a shared thread: for its owner alone."""
        asked = await self._check.look(request.press, pressed_ticket(request.value))
        async with self._database.read() as session:
            reference = await reference_of(session, asked.outcome)
        question = question_of(asked.outcome, asked.check, reference)
        await request.show(blocks.check_view(question), reply_message(said.PRESS_AGAIN))

    @kindly_at(oids.VALUE_BLOCK, said.NOT_STORED)
    async def add(self, request: Request) -> Answer:
        """The form behind the question, sent."""
        check_id = pressed_ticket(str(request.body["view"].get("private_metadata")))
        state = chosen(request, oids.STATE_BLOCK, oids.STATE_RADIO)
        if state:
            await self._check.answer(request.press, check_id, _state(state))
        value = written(request, oids.VALUE_BLOCK, oids.VALUE_INPUT)
        comment = written(request, oids.COMMENT_BLOCK, oids.COMMENT_INPUT)
        await self._check.add(request.press, check_id, value, comment)
        return {"response_action": "update", "view": check_view(blocks.thanked_view())}


def chosen(request: Request, block_id: str, action_id: str) -> str:
    """Return the value that was chosen in a field of a form; empty where it has none."""
    field = request.body["view"]["state"]["values"].get(block_id, {}).get(action_id, {})
    return str((field.get("selected_option") or {}).get("value") or "")


def chosen_day(request: Request, block_id: str, action_id: str) -> str:
    """Return the day that was chosen in a field of a form; empty where it has none."""
    field = request.body["view"]["state"]["values"].get(block_id, {}).get(action_id, {})
    return str(field.get("selected_date") or "")


def _state(word: str) -> OutcomeState:
    try:
        return OutcomeState(word)
    except ValueError:
        raise AdvisoryError(NOT_YOURS) from None


def register_outcomes(app: AsyncApp, outcomes: OutcomeActions) -> None:
    """Connect outcomes; call it before `register`, whose last routes take all."""
    app.action(oids.TICKET_OUTCOME)(after_ack(outcomes.begin))
    app.action(oids.STATE_PATTERN)(after_work(outcomes.state))
    app.action(oids.OUTCOME_MORE)(after_ack(outcomes.open))
    app.action(oids.OUTCOME_OPEN)(after_ack(outcomes.open))
    app.view(oids.RECORD_VIEW)(after_form(outcomes.record, said.NOT_STORED))
    app.view(oids.CHECK_VIEW)(after_form(outcomes.add, said.NOT_STORED))
