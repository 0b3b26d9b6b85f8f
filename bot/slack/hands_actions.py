"""What happens when somebody asks for hands or an assignment by a button, a command or the form."""

from datetime import timedelta

from bot.clock import utc_now
from bot.database import Database
from bot.errors import AdvisoryError
from bot.slack import work_ids
from bot.slack import work_texts as said
from bot.slack.blocks.hands import hands_view, told_view
from bot.slack.blocks.limits import check_view
from bot.slack.blocks.notices import reply_message
from bot.slack.card_actions import pressed_ticket
from bot.slack.failures import Answer, field_error, kindly, kindly_at
from bot.slack.identity import SlackDirectory
from bot.slack.requests import Request
from bot.slack.ticket_texts import PRESS_AGAIN
from bot.slack.work_forms import FieldError, filled_hands, opened_from
from bot.workflows.ask_for_hands import AskForHands
from bot.workflows.presses import NOT_YOURS

# Somewhere it is still yesterday.
BEHIND = timedelta(hours=12)


class HandsActions:
    """The listeners of whoever asks for work."""

    def __init__(self, database: Database, directory: SlackDirectory) -> None:
        self._ask = AskForHands(database, directory)

    @kindly
    async def open_form(self, request: Request) -> None:
        """*Ask for hands or an assignment*, and `/vcio hands`."""
        await request.show(hands_view(), reply_message(PRESS_AGAIN))

    @kindly
    async def tell_more(self, request: Request) -> None:
        """*Tell us more* under the confirmation of a request."""
        ticket_id = pressed_ticket(request.value)
        work = await self._ask.look(request.press, ticket_id)
        place = work_ids.place_value(ticket_id, request.channel, request.press.message_ts)
        await request.show(hands_view(work, metadata=place), reply_message(PRESS_AGAIN))

    @kindly_at(work_ids.NEEDED_BLOCK, said.NOT_STORED)
    async def submit(self, request: Request) -> Answer:
        """The form, sent: a request of its own, or the completion of one."""
        view = request.body["view"]
        metadata = str(view.get("private_metadata"))
        try:
            filled = filled_hands(request, (utc_now() - BEHIND).date())
        except FieldError as error:
            return field_error(error.block_id, error.user_text)
        if metadata == work_ids.NEW:
            stored = await self._ask.anew(request.press, filled, str(view["id"]))
        elif work_ids.read_place(metadata) is not None:
            ticket_id, press = opened_from(request)
            stored = await self._ask.complete(press, ticket_id, filled)
        else:
            raise AdvisoryError(NOT_YOURS)
        told = said.stored(stored.reference, told=stored.told)
        return {"response_action": "update", "view": check_view(told_view(told))}
