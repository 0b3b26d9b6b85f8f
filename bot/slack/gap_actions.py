"""What happens when a consultant looks at gaps, takes one, closes it by an article or sets it aside."""

import asyncio
from collections.abc import Awaitable

from slack_bolt.async_app import AsyncApp

from bot.database import Database
from bot.errors import AdvisoryError
from bot.log import get_logger
from bot.slack import gap_ids as ids
from bot.slack import gap_texts as said
from bot.slack import home_texts
from bot.slack.blocks.gaps import LISTED, close_view, gaps_view
from bot.slack.blocks.limits import check_view
from bot.slack.blocks.notices import reply_message
from bot.slack.client import SlackError, call
from bot.slack.failures import Answer, kindly, kindly_at
from bot.slack.identity import SlackDirectory
from bot.slack.outcome_actions import chosen
from bot.slack.register import after_ack, after_form, after_work
from bot.slack.requests import Request
from bot.slack.shelf import Shelf
from bot.workflows.mend_gaps import MendGaps
from bot.workflows.presses import NOT_YOURS

log = get_logger(__name__)


class GapActions:
    """The listeners behind the gaps on Home and in their list."""

    def __init__(self, database: Database, directory: SlackDirectory, shelf: Shelf) -> None:
        self._mend = MendGaps(database, directory)
        self._shelf = shelf

    @kindly
    async def show(self, request: Request) -> None:
        """*Show all* on Home."""
        gaps, count = await self._mend.look(request.press, 0, LISTED)
        await request.show(gaps_view(gaps, count, 0, request.user_id), reply_message(said.PRESS_AGAIN))

    @kindly
    async def turn(self, request: Request) -> None:
        """*Previous* and *Next*."""
        await self._update(request, _number(request.value))

    @kindly
    async def take(self, request: Request) -> None:
        """*I take it*."""
        await self._step(request, self._mend.take(request.press, _number(request.value)), said.TAKEN)

    @kindly
    async def set_aside(self, request: Request) -> None:
        """*Set aside*."""
        await self._step(request, self._mend.dismiss(request.press, _number(request.value)), said.SET_ASIDE)

    @kindly
    async def begin_close(self, request: Request) -> None:
        """*Closed by an article*: ask which."""
        gap = await self._mend.require(request.press, _number(request.value))
        articles = await asyncio.to_thread(self._shelf.articles)
        if not articles:
            raise AdvisoryError(home_texts.STARTING)
        view = close_view(gap, _offset(request), articles)
        await request.show(view, reply_message(said.PRESS_AGAIN))

    @kindly_at(ids.ARTICLE_BLOCK, said.NOT_STORED)
    async def close(self, request: Request) -> Answer:
        """The form, sent: the list below it shows what came of it."""
        closing = ids.read_closing(str(request.body["view"].get("private_metadata")))
        if closing is None:
            raise AdvisoryError(NOT_YOURS)
        slug = chosen(request, ids.ARTICLE_BLOCK, ids.ARTICLE_INPUT)
        article = await asyncio.to_thread(self._shelf.article, slug)
        if article is None:
            raise AdvisoryError(said.NO_ARTICLE)
        await self._mend.close(request.press, closing.gap_id, slug)
        try:
            await self._update(request, closing.offset, said.closed(article.title))
        except SlackError as error:
            # It is stored; the list is right again when it is opened.
            log.info("gaps.not_shown", code=error.code)
        return {}

    async def _step(self, request: Request, work: Awaitable[None], done: str) -> None:
        """Take a step, and say in the list what came of it, also where somebody was quicker."""
        try:
            await work
        except AdvisoryError as error:
            done = error.user_text
        await self._update(request, _offset(request), done)

    async def _update(self, request: Request, offset: int, notice: str | None = None) -> None:
        gaps, count = await self._mend.look(request.press, offset, LISTED)
        if not gaps and offset:
            offset = max(0, offset - LISTED)
            gaps, count = await self._mend.look(request.press, offset, LISTED)
        view = check_view(gaps_view(gaps, count, offset, request.user_id, notice))
        shown = request.body.get("view") or {}
        view_id = str(shown.get("root_view_id") or shown.get("id"))
        await call(request.client.views_update(view_id=view_id, view=view), "views.update")


def _number(value: str) -> int:
    number = ids.read_number(value)
    if number is None:
        raise AdvisoryError(NOT_YOURS)
    return number


def _offset(request: Request) -> int:
    """Return the page that was pressed in; the first, where a view does not say."""
    return ids.read_number(str((request.body.get("view") or {}).get("private_metadata"))) or 0


def register_gaps(app: AsyncApp, gaps: GapActions) -> None:
    """Connect gaps; call it before `register`, whose last routes take all."""
    app.action(ids.GAPS_SHOW)(after_ack(gaps.show))
    app.action(ids.GAPS_BACK)(after_ack(gaps.turn))
    app.action(ids.GAPS_ON)(after_ack(gaps.turn))
    app.action(ids.GAP_TAKE)(after_work(gaps.take))
    app.action(ids.GAP_ASIDE)(after_work(gaps.set_aside))
    app.action(ids.GAP_CLOSE)(after_ack(gaps.begin_close))
    app.view(ids.CLOSE_VIEW)(after_form(gaps.close, said.NOT_STORED))
