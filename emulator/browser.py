"""A person's browser during an OAuth install: it keeps cookies, follows redirects and presses buttons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import aiohttp
from yarl import URL


@dataclass(frozen=True)
class Page:
    """What the browser shows: the address it ended at, the status, and the document."""

    url: str
    status: int
    headers: Mapping[str, str]
    text: str

    def links(self) -> list[str]:
        """Addresses the page links to, made absolute."""
        return [urljoin(self.url, each) for each in _parsed(self.text).links]

    def fields(self) -> dict[str, str]:
        """Hidden fields of the page's form."""
        return dict(_parsed(self.text).fields)


class Browser:
    """`async with slack.oauth_client() as browser:`; cookies live as long as it does.

    Cookies marked Secure are kept and sent, since browsers hold loopback for secure.
    """

    def __init__(self, authorize_url: str) -> None:
        self._authorize_url = authorize_url
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def visit(self, url: str) -> Page:
        """Open an address and go where it redirects to."""
        async with self._opened(url).get(url) as response:
            return await _page(response)

    async def start(self, install_url: str) -> Page:
        """Open the app's install page and go on to the authorise page, by its link where there is one."""
        page = await self.visit(install_url)
        if page.url.startswith(self._authorize_url):
            return page
        links = [each for each in page.links() if each.startswith(self._authorize_url)]
        if not links:
            raise AssertionError(
                f"{install_url} (HTTP {page.status}) leads nowhere near {self._authorize_url}: set the app's"
                f" authorization URL to it\n{page.text[:500]}"
            )
        return await self.visit(links[0])

    async def decide(self, page: Page, decision: str, person: str = "") -> Page:
        """Press `allow` or `cancel` on the authorise page and go where it leads, usually back to the app."""
        form = page.fields() | {"decision": decision, "person": person}
        async with self._opened(page.url).post(self._authorize_url, data=form) as response:
            return await _page(response)

    async def install(self, install_url: str, person: str) -> Page:
        """Install the app as this person in their workspace; the page the app shows at the end."""
        return await self.decide(await self.start(install_url), "allow", person)

    async def cancel(self, install_url: str) -> Page:
        """Begin to install and think better of it; the page the app shows at the end."""
        return await self.decide(await self.start(install_url), "cancel")

    def forget_cookies(self) -> None:
        """Lose every cookie, as another browser would not have them."""
        if self._session is not None:
            self._session.cookie_jar.clear()

    def _opened(self, url: str) -> aiohttp.ClientSession:
        if self._session is None:
            origins = [URL(url).origin(), URL(self._authorize_url).origin()]
            jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=origins)
            self._session = aiohttp.ClientSession(cookie_jar=jar)
        return self._session


async def _page(response: aiohttp.ClientResponse) -> Page:
    return Page(str(response.url), response.status, dict(response.headers), await response.text())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fields: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note links and hidden fields."""
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag == "input" and given.get("type") == "hidden" and given.get("name"):
            self.fields.append((str(given["name"]), given.get("value") or ""))


def _parsed(text: str) -> _Reader:
    reader = _Reader()
    reader.feed(text)
    return reader
