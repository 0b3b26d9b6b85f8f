"""The listeners behind *End a service* on a lead's Home."""

from datetime import date
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.database import Database
from bot.engagement.service_ends import NO_WORDS
from bot.errors import AdvisoryError
from bot.slack import end_ids as ids
from bot.slack import end_texts as said
from bot.slack.blocks.end_form import confirm_view, done_view, end_view, refused_view
from bot.slack.blocks.limits import check_view
from bot.slack.blocks.notices import reply_message
from bot.slack.failures import Answer, field_error, kindly, kindly_at
from bot.slack.identity import SlackDirectory
from bot.slack.register import after_ack, after_form
from bot.slack.requests import Request
from bot.workflows.end_by_form import EndByForm, Ending


class ServiceEnds:
    """The form, its second step, and what stands there afterwards; the workflow checks who pressed."""

    def __init__(self, database: Database, directory: SlackDirectory) -> None:
        self._ends = EndByForm(database, directory)

    @kindly
    async def open(self, request: Request) -> None:
        """*End a service*: an empty form."""
        clients, today = await self._ends.begin(request.press)
        if not clients:
            raise AdvisoryError(said.NO_CLIENTS)
        await request.show(end_view(clients, today), reply_message(said.PRESS_AGAIN))

    @kindly_at(ids.DAY_BLOCK, said.NOT_STORED)
    async def look(self, request: Request) -> Answer:
        """The form sent: show what is open, above it, so that what was typed stays."""
        ending = _typed(request)
        if not ending.ask_instead:
            return field_error(ids.WORDS_BLOCK, NO_WORDS)
        outlook = await self._ends.look(request.press, ending)
        return {"response_action": "push", "view": check_view(confirm_view(ending, outlook))}

    @kindly_at(None, said.NOT_STORED)
    async def confirm(self, request: Request) -> Answer:
        """The second step sent: the end is set."""
        ending = ids.read_kept(str(request.body["view"].get("private_metadata") or ""))
        try:
            name = await self._ends.confirm(request.press, ending)
        except AdvisoryError as error:
            # There is no field here at which it could stand.
            return {"response_action": "update", "view": check_view(refused_view(error.user_text))}
        return {"response_action": "update", "view": check_view(done_view(name, ending))}


def _typed(request: Request) -> Ending:
    """Return what was filled in; raises `AdvisoryError` where it says no day or no client."""
    day = str(_field(request, ids.DAY_BLOCK).get("selected_date") or "")
    text = str(_field(request, ids.WORDS_BLOCK).get("value") or "")
    try:
        ends_on = date.fromisoformat(day)
    except ValueError:
        raise AdvisoryError(said.NO_DAY) from None
    return Ending(
        ids.client_number(_option(request, ids.CLIENT_BLOCK)),
        ends_on,
        # Neither database keeps a NUL, nor a half of a surrogate pair, which has no UTF-8.
        " ".join(text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8").split()),
        erases=_option(request, ids.DATA_BLOCK) == ids.ERASE,
    )


def _field(request: Request, block_id: str) -> dict[str, Any]:
    values = request.body["view"]["state"]["values"]
    return dict((values.get(block_id) or {}).get(ids.INPUT) or {})


def _option(request: Request, block_id: str) -> str:
    return str((_field(request, block_id).get("selected_option") or {}).get("value") or "")


def register_ends(app: AsyncApp, ends: ServiceEnds) -> None:
    """Connect them; call it before `register`, whose last routes take all."""
    app.action(ids.OPEN)(after_ack(ends.open))
    app.view(ids.VIEW)(after_form(ends.look, said.NOT_STORED))
    app.view(ids.CONFIRM_VIEW)(after_form(ends.confirm, said.NOT_STORED))
