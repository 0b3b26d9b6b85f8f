"""What ends a ticket on the desk, and what opens a confidential one there."""

from bot.database import Database
from bot.engagement.durations import parse_duration
from bot.engagement.models import Ending
from bot.errors import AdvisoryError
from bot.slack import hours_ids, ticket_ids
from bot.slack import ticket_texts as said
from bot.slack.blocks import desk_forms as forms
from bot.slack.blocks.hours import logged_view, logged_words
from bot.slack.blocks.limits import check_view
from bot.slack.blocks.notices import reply_message
from bot.slack.card_actions import pressed_ticket, sent_form, written
from bot.slack.failures import Answer, field_error, kindly, kindly_at
from bot.slack.identity import SlackDirectory
from bot.slack.requests import Request
from bot.workflows.log_time import LogTime
from bot.workflows.presses import NOT_YOURS, Press
from bot.workflows.read_request import ReadRequest
from bot.workflows.resolve_ticket import ResolveTicket, Result, TimeRefused, WroteMeanwhile


class ResolveActions:
    """The listeners behind *Resolve* and *Read the request*."""

    def __init__(self, database: Database, directory: SlackDirectory) -> None:
        self._resolve = ResolveTicket(database, directory)
        self._read = ReadRequest(database, directory)
        self._log = LogTime(database, directory)

    @kindly
    async def show(self, request: Request) -> None:
        """*Resolve* on a card: open the form."""
        ticket_id = pressed_ticket(request.value)
        _ticket, heard = await self._resolve.look(request.press, ticket_id)
        suggestion = await self._log.look(request.press, ticket_id)
        view = forms.resolve_view(ticket_id, request.channel, heard, suggested=suggestion.minutes)
        await request.show(view, reply_message(said.PRESS_AGAIN))

    @kindly_at(ticket_ids.LINE_BLOCK, said.NOT_STORED)
    async def submit(self, request: Request) -> Answer:
        """The form behind *Resolve*, sent; shown again where the client wrote meanwhile."""
        ticket_id, press, heard = _sent(request)
        chosen = request.body["view"]["state"]["values"][ticket_ids.ENDING_BLOCK][ticket_ids.ENDING_RADIO]
        ending = _ending(str((chosen.get("selected_option") or {}).get("value")))
        summary = written(request, ticket_ids.LINE_BLOCK, ticket_ids.LINE_INPUT)
        took = written(request, hours_ids.TIME_BLOCK, hours_ids.TIME_INPUT)
        try:
            minutes = _minutes(took)
            logged = await self._resolve.resolve(press, ticket_id, Result(ending, summary, heard, minutes))
        except TimeRefused as refused:
            return field_error(hours_ids.TIME_BLOCK, f"{refused.user_text} {said.RESOLVE_WITHOUT_TIME}")
        except WroteMeanwhile as more:
            view = forms.resolve_view(
                ticket_id,
                press.channel,
                more.heard,
                ending=ending,
                summary=summary,
                took=took,
                notice=more.user_text,
            )
            return {"response_action": "update", "view": check_view(view)}
        if logged is None:
            return {}
        # What was booked is said in the form's place, with the way to take it back.
        shown = logged_view(logged_words(logged), logged.entry.id)
        return {"response_action": "update", "view": check_view(shown)}

    @kindly
    async def read(self, request: Request) -> None:
        """*Read the request* on a confidential card: for its consultant and the lead only."""
        reading = await self._read.read(request.press, pressed_ticket(request.value))
        await request.show(forms.reading_view(reading), reply_message(said.PRESS_AGAIN))


def _sent(request: Request) -> tuple[int, Press, int]:
    """Return ticket, press and last message read of a sent form."""
    ticket_id, press = sent_form(request)
    channel, _, heard = press.channel.partition(":")
    if not heard.isdecimal():
        raise AdvisoryError(NOT_YOURS)
    return ticket_id, request.press_at(channel), int(heard)


def _minutes(took: str) -> int:
    """Return the time typed in the form, 0 where none was; raises `TimeRefused`."""
    try:
        return parse_duration(took) if took else 0
    except AdvisoryError as error:
        raise TimeRefused(error.user_text) from error


def _ending(word: str) -> Ending:
    try:
        return Ending(word)
    except ValueError:
        raise AdvisoryError(NOT_YOURS) from None
