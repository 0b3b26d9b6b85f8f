"""Packs and what is said about them, rendered when they are sent."""

from datetime import date
from typing import Any

from bot.database import ReadSession
from bot.engagement.models import Client
from bot.engagement.outcome_models import Pack
from bot.engagement.reports import from_json
from bot.slack.blocks.message import Message
from bot.slack.blocks.packs import announced_message, pack_message, there_message
from bot.slack.ticket_rendering import Render
from bot.workflows.send_pack import PACK_THERE
from bot.workflows.unasked import PACK


async def _pack(session: ReadSession, payload: dict[str, Any]) -> Message:
    if "pack_id" not in payload:
        client = await session.get_one(Client, payload["client_id"])
        return announced_message(client.name, client.id, date.fromisoformat(payload["month"]))
    pack = await session.get_one(Pack, payload["pack_id"])
    return pack_message(from_json(pack.figures), pack.id, preview=bool(payload.get("preview")))


async def _there(_session: ReadSession, payload: dict[str, Any]) -> Message:
    return there_message(payload["pack_id"])


PACK_RENDERERS: dict[str, Render] = {PACK: _pack, PACK_THERE: _there}
