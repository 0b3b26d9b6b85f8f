"""What happens when whoever decides at the client presses a button about work, or sends its form."""

from bot.database import Database
from bot.errors import AdvisoryError
from bot.slack import work_decision_texts as said
from bot.slack import work_ids
from bot.slack.blocks.hands import told_view
from bot.slack.blocks.limits import check_view
from bot.slack.blocks.notices import reply_message
from bot.slack.blocks.work_decision import proposal_view, reason_view, result_view
from bot.slack.card_actions import pressed_ticket
from bot.slack.client import call
from bot.slack.failures import Answer, kindly, kindly_at
from bot.slack.identity import SlackDirectory
from bot.slack.requests import Request
from bot.slack.ticket_texts import PRESS_AGAIN
from bot.slack.work_forms import opened_from, text_of
from bot.slack.work_rendering import proposal_shown, result_facts
from bot.workflows.decide_work import DecideWork


class VerdictActions:
    """The listeners behind a proposal and behind completed work."""

    def __init__(self, database: Database, directory: SlackDirectory) -> None:
        self._database = database
        self._decide = DecideWork(database, directory)

    @kindly
    async def open_proposal(self, request: Request) -> None:
        """*Read the proposal*: shown only to those who decide on it."""
        proposal = await self._decide.look(request.press, pressed_ticket(request.value))
        async with self._database.read() as session:
            view = proposal_view(*await proposal_shown(session, proposal))
        await request.show(view, reply_message(PRESS_AGAIN))

    @kindly
    async def open_result(self, request: Request) -> None:
        """*Read what was done*: shown only to those who accept it."""
        work = await self._decide.look_at_result(request.press, pressed_ticket(request.value))
        async with self._database.read() as session:
            view = result_view(await result_facts(session, work))
        await request.show(view, reply_message(PRESS_AGAIN))

    @kindly
    async def accept(self, request: Request) -> None:
        """*Accept* below a proposal."""
        await self._decide.accept(request.press, pressed_ticket(request.value))
        await self._done(request)

    @kindly
    async def accept_result(self, request: Request) -> None:
        """*Accept the work* below completed work."""
        await self._decide.accept_result(request.press, pressed_ticket(request.value))
        await self._done(request)

    @kindly
    async def ask_changes(self, request: Request) -> None:
        """*Ask for changes* below a proposal."""
        await self._ask(request, work_ids.CHANGES_VIEW)

    @kindly
    async def decline(self, request: Request) -> None:
        """*Decline* below a proposal."""
        await self._ask(request, work_ids.DECLINE_VIEW)

    @kindly
    async def missing(self, request: Request) -> None:
        """*Something is missing* below completed work."""
        number = pressed_ticket(request.value)
        await self._decide.look_at_result(request.press, number)
        await self._show(request, work_ids.MISSING_VIEW, number)

    async def _ask(self, request: Request, kind: str) -> None:
        number = pressed_ticket(request.value)
        await self._decide.look(request.press, number)
        await self._show(request, kind, number)

    async def _show(self, request: Request, kind: str, number: int) -> None:
        place = work_ids.place_value(number, request.channel, request.press.message_ts)
        await request.show(reason_view(kind, number, place), reply_message(PRESS_AGAIN))

    async def _done(self, request: Request) -> None:
        """Confirm a press in a modal there; a message is shown anew by itself."""
        view = request.body.get("view") or {}
        if view.get("type") == "modal":
            done = check_view(told_view(said.DECIDED, said.DONE_TITLE))
            await call(request.client.views_update(view_id=str(view["id"]), view=done), "views.update")

    @kindly_at(work_ids.SAID_BLOCK, said.NOT_STORED)
    async def submit_changes(self, request: Request) -> Answer:
        """The form behind *Ask for changes*, sent."""
        number, press = opened_from(request)
        await self._decide.ask_changes(press, number, _required(request))
        return _told()

    @kindly_at(work_ids.SAID_BLOCK, said.NOT_STORED)
    async def submit_decline(self, request: Request) -> Answer:
        """The form behind *Decline*, sent."""
        number, press = opened_from(request)
        await self._decide.decline(press, number, text_of(request, work_ids.SAID_BLOCK) or None)
        return _told()

    @kindly_at(work_ids.SAID_BLOCK, said.NOT_STORED)
    async def submit_missing(self, request: Request) -> Answer:
        """The form behind *Something is missing*, sent."""
        number, press = opened_from(request)
        await self._decide.is_missing(press, number, _required(request))
        return _told()


def _required(request: Request) -> str:
    text = text_of(request, work_ids.SAID_BLOCK)
    if not text:
        raise AdvisoryError(said.BLANK)
    return text


def _told() -> Answer:
    return {"response_action": "update", "view": check_view(told_view(said.DECIDED, said.DONE_TITLE))}
