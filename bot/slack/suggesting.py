"""What is rendered about who takes a request: suggestions, absence, the morning digest."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from bot.clock import utc_now
from bot.database import ReadSession
from bot.engagement.models import Ticket, TicketState
from bot.engagement.routing import Suggestion
from bot.slack import member_texts
from bot.slack.blocks.build import message, say
from bot.slack.blocks.desk_search import digest_message
from bot.slack.blocks.message import Message
from bot.slack.blocks.suggested import with_suggestion
from bot.slack.request_rendering import hushed
from bot.workflows.absence import OFFERED_AGAIN, REOFFERED
from bot.workflows.desk_home import DIGEST, read_desk
from bot.workflows.route import latest_suggestion

Render = Callable[[ReadSession, dict[str, Any]], Awaitable[Message]]


def suggesting(render: Render) -> Render:
    """Return `render` with whom the request is suggested to, as long as nobody has claimed it."""

    async def with_it(session: ReadSession, payload: dict[str, Any]) -> Message:
        shown = await render(session, payload)
        suggestion = await _for(session, payload["ticket_id"])
        return with_suggestion(shown, suggestion) if suggestion else shown

    return with_it


async def _for(session: ReadSession, ticket_id: int) -> Suggestion | None:
    ticket = await session.get_one(Ticket, ticket_id)
    return await latest_suggestion(session, ticket_id) if ticket.state is TicketState.REQUESTED else None


def honest(render: Render) -> Render:
    """Return the renderer of a request's confirmation, with a word where nobody is at work."""

    async def with_word(session: ReadSession, payload: dict[str, Any]) -> Message:
        shown = await render(session, payload)
        if not payload.get("all_away"):
            return shown
        added = tuple(dict(block.to_dict()) for block in say(member_texts.NOBODY_THERE))
        text = f"{shown.text} {member_texts.NOBODY_THERE}"
        return replace(shown, text=text, blocks=(*shown.blocks, *added))

    return with_word


async def _reoffered(session: ReadSession, payload: dict[str, Any]) -> Message:
    ticket = await session.get_one(Ticket, payload["ticket_id"])
    said = member_texts.reoffered(payload["name"], payload["until"], ticket.reference)
    return message(said, say(said))


async def _offered_again(session: ReadSession, payload: dict[str, Any]) -> Message:
    ticket = await session.get_one(Ticket, payload["ticket_id"])
    said = member_texts.offered_again(payload["name"], payload["until"], ticket.reference)
    return message(said, say(said))


async def _digest(session: ReadSession, payload: dict[str, Any]) -> Message:
    now = utc_now()
    desk = await read_desk(session, payload["user_id"], payload["firm_team_id"], now=now)
    return digest_message(desk, now)


ROUTING_RENDERERS: dict[str, Render] = {
    DIGEST: _digest,
    REOFFERED: hushed(_reoffered),
    OFFERED_AGAIN: suggesting(_offered_again),
}
