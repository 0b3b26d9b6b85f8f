"""The end of a client's service as it is shown when it is sent."""

from typing import Any

from bot.answering.types import Contacts
from bot.database import ReadSession
from bot.engagement import firm
from bot.engagement.models import Client, Ticket
from bot.engagement.work_models import ServiceEnd
from bot.slack import service_texts as said
from bot.slack.blocks.build import message, say
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import clip
from bot.slack.ticket_rendering import Render
from bot.slack.work_decision_texts import HUSHED
from bot.workflows.after_service import AFTER
from bot.workflows.end_service import OVER, PACK

_NAME_CHARS = 80


async def _after(session: ReadSession, payload: dict[str, Any]) -> Message:
    client, ending = await _end_of(session, payload["client_id"])
    firm_name = (await firm.read_profile(session)).name or Contacts.firm_name
    return _said(
        said.after(
            clip(firm_name, _NAME_CHARS),
            clip(client.name, _NAME_CHARS),
            ending.ends_on,
            ending.ask_instead,
        )
    )


async def _over(session: ReadSession, payload: dict[str, Any]) -> Message:
    ticket = await session.get_one(Ticket, payload["ticket_id"])
    _client, ending = await _end_of(session, ticket.client_id)
    told = _said(said.over(ticket.reference, ending.ends_on, ending.ask_instead))
    return Message(HUSHED, told.blocks) if ticket.confidential else told


async def pack_words(session: ReadSession, payload: dict[str, Any]) -> str:
    """Return the words that go with a handover pack."""
    client, ending = await _end_of(session, payload["client_id"])
    told = said.pack(
        clip(client.name, _NAME_CHARS),
        ending.ends_on,
        int(payload["open"]),
        desk=bool(payload["desk"]),
        final=bool(payload["final"]),
        erases=bool(payload["erases"]),
        key=client.key,
    )
    by_hand = bool(payload["desk"]) and bool(payload["by_hand"])
    return f"{told} {said.BY_HAND}" if by_hand else told


async def _pack(session: ReadSession, payload: dict[str, Any]) -> Message:
    return _said(f"{await pack_words(session, payload)} {said.NOT_SENT}")


async def _end_of(session: ReadSession, client_id: int) -> tuple[Client, ServiceEnd]:
    return await session.get_one(Client, client_id), await session.get_one(ServiceEnd, client_id)


def _said(sentences: str) -> Message:
    return message(sentences, say(sentences))


SERVICE_RENDERERS: dict[str, Render] = {AFTER: _after, OVER: _over, PACK: _pack}
