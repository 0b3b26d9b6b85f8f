"""What happens when time is logged, and when hours are asked for."""

import hashlib
from datetime import date
from typing import Any

from bot.database import Database
from bot.engagement.dates import parse_day
from bot.engagement.durations import parse_duration
from bot.engagement.time_lines import Line
from bot.errors import AdvisoryError
from bot.slack import hours_ids as hids
from bot.slack import hours_texts as said
from bot.slack.blocks import hours as blocks
from bot.slack.blocks.limits import check_view
from bot.slack.blocks.notices import reply_message
from bot.slack.card_actions import pressed_ticket, sent_form, written
from bot.slack.client import call
from bot.slack.failures import Answer, kindly, kindly_at
from bot.slack.identity import SlackDirectory
from bot.slack.payloads import readable
from bot.slack.requests import Request
from bot.workflows.log_time import LogTime
from bot.workflows.presses import NOT_YOURS
from bot.workflows.read_balance import ReadBalance


class HoursActions:
    """The listeners behind *Log time*, `/vcio log`, `/vcio retainer` and their buttons."""

    def __init__(self, database: Database, directory: SlackDirectory) -> None:
        self._log = LogTime(database, directory)
        self._balance = ReadBalance(database, directory)

    async def log(self, request: Request, words: str) -> None:
        """`/vcio log 45m VC-1042 note`, answered to its user alone."""
        if not words:
            await request.reply(reply_message(said.HOW_TO_LOG))
            return
        # One typed command has one trigger, however often it arrives.
        trigger = hashlib.sha256(str(request.body.get("trigger_id")).encode()).hexdigest()[:40]
        logged = await self._log.by_line(request.press, readable(words), f"command:{trigger}")
        await request.reply(blocks.logged_message(blocks.logged_words(logged), logged.entry.id))

    async def retainer(self, request: Request, words: str) -> None:
        """`/vcio retainer`, and for a consultant with a client."""
        found = await self._balance.of(request.press, readable(words))
        await request.reply(blocks.balance_message(found))

    @kindly
    async def show_form(self, request: Request) -> None:
        """*Log time* on a card: open the form."""
        await self.show_form_for(request, request.value)

    async def show_form_for(self, request: Request, value: str) -> None:
        """Open the form for the ticket a button's value names."""
        suggestion = await self._log.look(request.press, pressed_ticket(value))
        await request.show(blocks.log_view(suggestion, request.channel), reply_message(said.PRESS_AGAIN))

    @kindly_at(hids.TIME_BLOCK, said.NOT_STORED)
    async def submit(self, request: Request) -> Answer:
        """The form behind *Log time*, sent; what was booked is said in its place."""
        ticket_id, press = sent_form(request)
        view = request.body["view"]
        logged = await self._log.at_card(press, ticket_id, _line(request), f"form:{view['id']}")
        shown = blocks.logged_view(blocks.logged_words(logged), logged.entry.id)
        return {"response_action": "update", "view": check_view(shown)}

    @kindly
    async def take_back(self, request: Request) -> None:
        """*Take back* under what was logged."""
        await self._log.take_back(request.press, pressed_ticket(request.value))
        if not await _in_modal(request, blocks.said_view(said.TAKEN_BACK)):
            await request.reply(reply_message(said.TAKEN_BACK))

    @kindly
    async def show_balance(self, request: Request) -> None:
        """*Show the hours*: to the presser alone, whoever the button was offered to."""
        found = await self._balance.of(request.press)
        await request.show(blocks.balance_view(found), blocks.balance_message(found))

    @kindly
    async def charge(self, request: Request) -> None:
        """*Charge confidential time*, or *Do not charge it*: for a lead, below the lines."""
        client_id, month, _page_shown = _page(request)
        charged = request.action.get("action_id") == hids.CHARGE
        await self._balance.decide(request.press, client_id, month, charged=charged)
        await self._show(request)

    @kindly
    async def show_lines(self, request: Request) -> None:
        """*Show the lines*, and turning their pages."""
        await self._show(request)

    async def _show(self, request: Request) -> None:
        client_id, month, page = _page(request)
        hours, statement = await self._balance.lines(request.press, client_id, month)
        view = blocks.lines_view(hours, statement, page)
        if not await _in_modal(request, view):
            await request.show(view, blocks.balance_message([hours]))


def _page(request: Request) -> tuple[int, date, int]:
    """Return client, month and page of a pressed button; raises `AdvisoryError` for what is not ours."""
    read = hids.read_lines_value(request.value)
    if read is None:
        raise AdvisoryError(NOT_YOURS)
    return read


def _line(request: Request) -> Line:
    """Return what the form says; raises `AdvisoryError` for a time or day that cannot be."""
    chosen = request.body["view"]["state"]["values"][hids.DAY_BLOCK][hids.DAY_INPUT].get("selected_date")
    reason = written(request, hids.REASON_BLOCK, hids.REASON_INPUT)
    return Line(
        minutes=parse_duration(written(request, hids.TIME_BLOCK, hids.TIME_INPUT)),
        reference="",
        day=parse_day(str(chosen or "")),
        client_note=written(request, hids.CLIENT_BLOCK, hids.CLIENT_INPUT) or None,
        internal_note=written(request, hids.INTERNAL_BLOCK, hids.INTERNAL_INPUT) or None,
        billable=not reason,
        reason=reason or None,
    )


async def _in_modal(request: Request, shown: dict[str, Any]) -> bool:
    """Show something in the modal that was pressed in; false where none was."""
    view = request.body.get("view") or {}
    if view.get("type") != "modal":
        return False
    await call(request.client.views_update(view_id=view["id"], view=check_view(shown)), "views.update")
    return True
