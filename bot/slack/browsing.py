"""Reading the methodology: a stack of at most three modals, or private messages where none can be opened."""

import asyncio
from typing import Any

from bot.database import Database
from bot.errors import AdvisoryError
from bot.log import get_logger
from bot.slack import home_texts as said
from bot.slack import ids
from bot.slack.blocks import browse
from bot.slack.blocks.browse import Leaf
from bot.slack.blocks.limits import check_view
from bot.slack.blocks.notices import reply_message
from bot.slack.client import SlackError, call
from bot.slack.failures import kindly
from bot.slack.file_presses import FilePresses
from bot.slack.identity import SlackDirectory
from bot.slack.pages import MOST_STACKED, Page, PageKind, Trail, read_page, read_trail
from bot.slack.requests import Request
from bot.slack.shelf import Shelf
from bot.workflows.escalate import Escalate
from bot.workflows.presses import NOT_YOURS
from bot.workflows.send_file import WantedFile
from knowledge.scope import METHODOLOGY
from knowledge.types import Article, ArticleSummary

log = get_logger(__name__)


class Browsing:
    """The listeners behind every button that leads to a page of the methodology."""

    def __init__(self, database: Database, directory: SlackDirectory, shelf: Shelf) -> None:
        self._shelf = shelf
        self._escalate = Escalate(database, directory)
        self._files = FilePresses(database, directory)

    @kindly
    async def go(self, request: Request) -> None:
        """Show the page a button names: on top, in place of the present one, or as a message."""
        page, leaf = await self._read(request)
        trail = _trail(request)
        if trail is None:
            await self._open(request, page, leaf)
        elif trail.depth < MOST_STACKED and not page.continues(trail.here):
            await self._push(request, page, leaf, trail)
        else:
            await _update(request, leaf, trail.turned(page))

    @kindly
    async def back(self, request: Request) -> None:
        """*Back*, where the stack of modals has no room for another."""
        page, leaf = await self._read(request)
        trail = _trail(request)
        if trail is None:
            await self._open(request, page, leaf)
            return
        pages = trail.pages[:-2] if trail.before == page else ()
        await _update(request, leaf, Trail(trail.depth, (*pages, page)))

    @kindly
    async def talk(self, request: Request) -> None:
        """*Talk to a consultant* under a section: the request says what was being read."""
        page, leaf = await self._read(request)
        article = await asyncio.to_thread(self._shelf.article, page.name)
        sections = article.sections if article else ()
        headings = (section.heading for section in sections if section.section_id == page.section_id)
        reading = said.about_section(article.title if article else page.name, next(headings, ""))
        ticket = await self._escalate.without_answer(request.press, reading)
        trail = _trail(request)
        if trail is not None:
            await _replace(request, leaf, trail, notice=said.request_made(ticket.reference))

    @kindly
    async def get_file(self, request: Request) -> None:
        """*Get as a file* under a section; the page says what came of it."""
        page, leaf = await self._read(request)
        kind = ids.read_file_action(str(request.action.get("action_id")))
        told = await self._files.ask(request, WantedFile(METHODOLOGY, page.name, page.section_id, kind))
        trail = _trail(request)
        try:
            await (_replace(request, leaf, trail, notice=told) if trail else request.tell(told))
        except SlackError:
            # Closed meanwhile: what was asked for is under way all the same.
            await request.tell(told)

    async def _read(self, request: Request) -> tuple[Page, Leaf]:
        page = read_page(request.value)
        if page is None:
            raise AdvisoryError(NOT_YOURS)
        if not self._shelf.is_ready:
            raise AdvisoryError(said.STARTING)
        return page, await asyncio.to_thread(leaf_of, self._shelf, page)

    async def _open(self, request: Request, page: Page, leaf: Leaf) -> None:
        view = browse.browse_view(leaf, Trail(1, (page,)))
        on_home = (request.body.get("view") or {}).get("type") == "home"
        # Home has nowhere to show the page itself: Slack allows three seconds, then it must be pressed again.
        instead = reply_message(said.PRESS_AGAIN) if on_home else browse.browse_message(leaf, page)
        await request.show(view, instead)

    async def _push(self, request: Request, page: Page, leaf: Leaf, trail: Trail) -> None:
        view = check_view(browse.browse_view(leaf, Trail(trail.depth + 1, (page,))))
        trigger = str(request.body.get("trigger_id") or "")
        try:
            await call(request.client.views_push(trigger_id=trigger, view=view), "views.push")
        except SlackError as error:
            # Too late, or pressed twice: replacing what is open needs no permission that expires.
            log.info("page.not_pushed", code=error.code)
            await _update(request, leaf, trail.turned(page))


async def _update(request: Request, leaf: Leaf, trail: Trail) -> None:
    """Replace the pressed modal's page; where another press was first, the last one counts and says so."""
    shown = request.body["view"]
    try:
        await _replace(request, leaf, trail, hash=shown.get("hash"))
    except SlackError as error:
        log.info("page.stale", code=error.code)
        if error.code == "hash_conflict":
            await _replace(request, leaf, trail, notice=said.PAGE_CHANGED)
            return
        view = browse.browse_view(leaf, Trail(1, trail.pages[-1:]))
        await request.show(view, reply_message(said.PRESS_AGAIN))


async def _replace(
    request: Request,
    leaf: Leaf,
    trail: Trail,
    *,
    notice: str | None = None,
    hash: str | None = None,  # noqa: A002 - Slack's name
) -> None:
    view = check_view(browse.browse_view(leaf, trail, notice=notice))
    view_id = request.body["view"]["id"]
    await call(request.client.views_update(view_id=view_id, view=view, hash=hash), "views.update")


def _trail(request: Request) -> Trail | None:
    """Return where the pressed modal stands; None for Home, messages and modals of another kind."""
    view: dict[str, Any] = request.body.get("view") or {}
    if view.get("callback_id") != ids.BROWSE_VIEW:
        return None
    return read_trail(str(view.get("private_metadata") or ""))


def leaf_of(shelf: Shelf, page: Page) -> Leaf:
    """Return what a page shows of the present index. Blocking."""
    match page.kind:
        case PageKind.AREAS:
            return browse.areas_leaf(page, shelf.areas())
        case PageKind.AREA:
            found = [article for article in shelf.articles() if article.area == page.name]
            return browse.area_leaf(page, found) if found else browse.gone_leaf()
        case _:
            article = shelf.article(page.name)
            return _in_article(page, article, _related(shelf, article)) if article else browse.gone_leaf()


def _in_article(page: Page, article: Article, related: list[ArticleSummary]) -> Leaf:
    if page.kind is PageKind.ARTICLE:
        return browse.article_leaf(page, article, related)
    section = next((each for each in article.sections if each.section_id == page.section_id), None)
    return browse.section_leaf(page, article, section, related) if section else browse.gone_leaf()


def _related(shelf: Shelf, article: Article | None) -> list[ArticleSummary]:
    """Return the related articles that the index holds, in the article's own order."""
    by_slug = {other.slug: other for other in shelf.articles()} if article else {}
    return [by_slug[slug] for slug in (article.related if article else ()) if slug in by_slug]
