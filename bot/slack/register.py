"""The route table: every command, button and form and its listener, on one screen.

Events are not here: `intake` stores them before Bolt looks for a listener.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot.slack import assessment_texts, home_texts, ids
from bot.slack.actions import Actions
from bot.slack.assessment import Assessments
from bot.slack.browsing import Browsing
from bot.slack.client_pool import ClientPool
from bot.slack.commands import Commands
from bot.slack.failures import Answer, field_error, first_field
from bot.slack.home import HomeActions
from bot.slack.requests import Request
from bot.slack.shortcuts import Shortcuts

Handler = Callable[[Request], Awaitable[None]]
Next = Callable[[], Awaitable[None]]
# Slack waits three seconds for an acknowledgement.
ACK_SECONDS = 2.0
ANYTHING = re.compile(".*", re.DOTALL)


def register(app: AsyncApp, pool: ClientPool, actions: Actions, commands: Commands) -> None:
    """Connect every route; what nobody knows is acknowledged, so that Slack shows no error."""

    @app.middleware
    async def use_pool(context: AsyncBoltContext, next: Next) -> None:  # noqa: A002 - Bolt's name
        # Bolt's own client would not notice that a workspace has taken our access away.
        context["client"] = await pool.of(installed_team(context))
        await next()

    app.command("/vcio")(after_work(commands.vcio))
    kept: dict[str | re.Pattern[str], Handler] = {
        ids.TALK: actions.talk,
        ids.FEEDBACK: actions.feedback,
        ids.SIZE_CHOOSE_PATTERN: actions.choose_size,
        ids.SIZE_CONFIRM: actions.confirm_size,
        ids.TICKET_CLAIM: actions.claim,
        ids.ASK_ANYWAY: actions.ask_anyway,
        ids.MAKE_INTERNAL: actions.make_internal,
        ids.SEND_DRAFT: actions.drafts.send,
        ids.SEND_TO_CONSULTANT: actions.passing.send,
        ids.NEW_QUESTION: actions.fresh_start.new_question,
        ids.SOURCE_FILE_PATTERN: actions.sources.get_file,
    }
    shown: dict[str | re.Pattern[str], Handler] = {
        ids.SOURCE_OPEN: actions.sources.open,
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


def register_home(app: AsyncApp, home: HomeActions, browsing: Browsing, shortcuts: Shortcuts) -> None:
    """Connect Home, browsing and the shortcuts; call it before `register`, whose last routes take all."""
    kept: dict[str | re.Pattern[str], Handler] = {
        ids.HOME_CLAIM: home.claim,
        ids.BROWSE_TALK: browsing.talk,
        ids.BROWSE_FILE_PATTERN: browsing.get_file,
        ids.POST_IN_THREAD: shortcuts.post_in_thread,
        ids.TOPIC_PATTERN: home.topic,
    }
    shown: dict[str | re.Pattern[str], Handler] = {
        ids.HOME_ASK: shortcuts.open_form,
        ids.HOME_SHOW: home.show,
        ids.BROWSE_GO_PATTERN: browsing.go,
        ids.BROWSE_BACK: browsing.back,
    }
    for action_id, handler in kept.items():
        app.action(action_id)(after_work(handler))
    for action_id, handler in shown.items():
        app.action(action_id)(after_ack(handler))
    app.shortcut(ids.ASK_ANYTHING)(after_ack(shortcuts.open_form))
    app.shortcut(ids.ASK_ABOUT_MESSAGE)(after_work(shortcuts.about_message))
    app.view(ids.ASK_VIEW)(after_form(shortcuts.submit, home_texts.ASK_NOT_STORED))


def register_assessment(app: AsyncApp, assessments: Assessments) -> None:
    """Connect the self-assessment; call it before `register`, whose last routes take all."""
    app.action(ids.ASSESS_TALK)(after_work(assessments.talk))
    app.action(ids.ASSESS_FILE_PATTERN)(after_work(assessments.get_file))
    app.action(ids.ASSESS_START)(after_ack(assessments.start))
    app.action(ids.ASSESS_STEP)(after_ack(assessments.step))
    app.action(ids.ASSESS_READ_PATTERN)(after_ack(assessments.read))
    app.action(ids.ASSESS_RESULT)(after_ack(assessments.result))
    app.view(ids.ASSESS_VIEW)(after_form(assessments.submit, assessment_texts.NOT_STORED))


def after_form(
    handler: Callable[[Request], Awaitable[Answer]], otherwise: str
) -> Callable[..., Awaitable[None]]:
    """Acknowledge a form with what its handler says: an error at a field keeps what was typed.

    `otherwise` is said where the handler does not end in time.
    """

    async def listen(ack: Any, body: dict[str, Any], client: Any, context: AsyncBoltContext) -> None:
        work = asyncio.ensure_future(handler(request_of(body, client, context)))
        await asyncio.wait({work}, timeout=ACK_SECONDS)
        # Work that takes longer goes on; pressed again, the form's id keeps it from being done twice.
        await ack(**work.result() if work.done() else field_error(first_field(body), otherwise))
        await work

    return listen


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
    return Request(body=body, client=client, team_id=installed_team(context))


def installed_team(context: AsyncBoltContext) -> str:
    """Return the workspace the app acts in, as `authorize` found it."""
    result = context.authorize_result
    return str((result.team_id if result else None) or context.team_id or "")


async def acknowledge(ack: Any) -> None:
    """Answer what needs no work."""
    await ack()
