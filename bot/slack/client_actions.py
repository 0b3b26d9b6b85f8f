"""The listeners behind the form in which a lead sets up a client, and what is said in its channels."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.answering.types import Contacts
from bot.database import Database, ReadSession
from bot.engagement import firm
from bot.engagement.desk_models import Consultant
from bot.engagement.models import Client
from bot.slack import client_ids as ids
from bot.slack import client_texts as said
from bot.slack.blocks.client_form import (
    client_view,
    introduction_message,
    read_before,
    read_typed,
    stored_view,
)
from bot.slack.blocks.message import Message
from bot.slack.blocks.notices import reply_message
from bot.slack.end_ids import client_number
from bot.slack.failures import Answer, kindly, kindly_at
from bot.slack.identity import SlackDirectory
from bot.slack.membership import Membership
from bot.slack.register import after_ack, after_form
from bot.slack.requests import Request
from bot.workflows.introduce import INTRODUCTION, Introduce
from bot.workflows.state_client import StateClient
from bot.workflows.state_firm import FormError

FIRST_BLOCK = ids.field_block("name")


class ClientForms:
    """*Set up a client* and *Change a client* on a lead's Home; the workflow checks who pressed."""

    def __init__(self, database: Database, directory: SlackDirectory, rooms: Membership) -> None:
        self._clients = StateClient(database, directory, rooms)
        self._introduce = Introduce(database, directory, rooms)

    @kindly
    async def set_up(self, request: Request) -> None:
        """*Set up a client*: an empty form."""
        await self._show(request, None)

    @kindly
    async def change(self, request: Request) -> None:
        """*Change a client*: the form of the one chosen."""
        chosen = str((request.action.get("selected_option") or {}).get("value") or "")
        await self._show(request, client_number(chosen))

    async def _show(self, request: Request, client_id: int | None) -> None:
        form, desk = await self._clients.shown(request.press, client_id)
        await request.show(client_view(form, desk, client_id), reply_message(said.PRESS_AGAIN))

    @kindly_at(FIRST_BLOCK, said.NOT_STORED)
    async def submit(self, request: Request) -> Answer:
        """Store it, or say at each field what is wrong; what was typed stays."""
        view = request.body["view"]
        given = str(view.get("private_metadata") or "")
        client_id = client_number(given) if given else None
        try:
            stored = await self._clients.store(
                request.press, client_id, read_before(view), read_typed(view)
            )  # fmt: skip
        except FormError as error:
            errors = {ids.field_block(name): sentence for name, sentence in error.errors.items()}
            return {"response_action": "errors", "errors": errors}
        await self._introduce.sweep()
        shown = stored_view(stored.name, stored.outside, is_new=stored.is_new)
        return {"response_action": "update", "view": shown}


async def _introduction(session: ReadSession, payload: dict[str, Any]) -> Message:
    client = await session.get_one(Client, payload["client_id"])
    lead = await session.get(Consultant, client.lead) if client.lead else None
    name = lead.name if lead and lead.name != lead.user_id else None
    firm_name = (await firm.read_profile(session)).name or Contacts.firm_name
    return introduction_message(firm_name, client.name, name)


INTRODUCTION_RENDERERS = {INTRODUCTION: _introduction}


def register_clients(app: AsyncApp, forms: ClientForms) -> None:
    """Connect them; call it before `register`, whose last routes take all."""
    app.action(ids.SET_UP)(after_ack(forms.set_up))
    app.action(ids.CHANGE)(after_ack(forms.change))
    app.view(ids.VIEW)(after_form(forms.submit, said.NOT_STORED))
