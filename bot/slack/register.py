"""The route table: every command, button and form and its listener, on one screen.

Events are not here: `intake` stores them before Bolt looks for a listener.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot.slack import ids
from bot.slack.actions import Actions
from bot.slack.commands import Commands
from bot.slack.requests import Request

Handler = Callable[[Request], Awaitable[None]]
# Slack waits three seconds for an acknowledgement.
ACK_SECONDS = 2.0
ANYTHING = re.compile(".*", re.DOTALL)


def register(app: AsyncApp, actions: Actions, commands: Commands) -> None:
    """Connect every route; what nobody knows is acknowledged, so that Slack shows no error."""
    app.command("/vcio")(after_work(commands.vcio))
    kept: dict[str | re.Pattern[str], Handler] = {
        ids.TALK: actions.talk,
        ids.FEEDBACK: actions.feedback,
        ids.SIZE_CHOOSE_PATTERN: actions.choose_size,
        ids.SIZE_CONFIRM: actions.confirm_size,
        ids.TICKET_CLAIM: actions.claim,
        ids.ASK_ANYWAY: actions.ask_anyway,
    }
    shown: dict[str | re.Pattern[str], Handler] = {
        ids.SOURCE_OPEN: actions.open_source,
        ids.ANSWER_MORE: actions.more,
        ids.SIZE_CHANGE: actions.change_size,
        ids.DESK_USE: actions.use_as_desk,
        ids.DESK_SELECT: actions.use_as_desk,
    }
    for action_id, handler in kept.items():
        app.action(action_id)(after_work(handler))
    for action_id, handler in shown.items():
        app.action(action_id)(after_ack(handler))
    app.view(ids.SIZE_VIEW)(after_work(actions.submit_size))
    for catch_all in (app.action, app.view, app.view_closed, app.shortcut, app.command, app.options):
        catch_all(ANYTHING)(acknowledge)


def after_ack(handler: Handler) -> Callable[..., Awaitable[None]]:
    """Acknowledge first: a press must be answered within three seconds, whatever the work takes."""

    async def listen(ack: Any, body: dict[str, Any], client: Any, context: AsyncBoltContext) -> None:
        await ack()
        await handler(request_of(body, client, context))

    return listen


def after_work(handler: Handler) -> Callable[..., Awaitable[None]]:
    """Acknowledge last: what is asked for must be stored before Slack hears that we have it.

    Work that takes long is acknowledged in time all the same, or Slack would show an error for what succeeds.
    """

    async def listen(ack: Any, body: dict[str, Any], client: Any, context: AsyncBoltContext) -> None:
        work = asyncio.ensure_future(handler(request_of(body, client, context)))
        await asyncio.wait({work}, timeout=ACK_SECONDS)
        await ack()
        await work

    return listen


def request_of(body: dict[str, Any], client: Any, context: AsyncBoltContext) -> Request:
    """Return the request with the workspace the app acts in, which is not always the presser's."""
    result = context.authorize_result
    team = (result.team_id if result else None) or context.team_id or ""
    return Request(body=body, client=client, team_id=str(team))


async def acknowledge(ack: Any) -> None:
    """Answer what needs no work."""
    await ack()
