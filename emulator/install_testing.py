"""Installs, OAuth and HTTP delivery as a test drives and reads them; `LocalWorkspace` has all of this."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from emulator import acting, tenancy
from emulator.browser import Browser
from emulator.definition import Install
from emulator.oauth import admin_address
from emulator.oauth_pages import AUTHORIZE_PATH
from emulator.runtime import Runtime
from emulator.signing import Sent, forged
from emulator.wire import Json


class InstallActs:
    """What the admins of workspaces do with the app, and what arrives at its request URL."""

    @property
    def runtime(self) -> Runtime:
        """The state behind it all."""
        raise NotImplementedError

    @property
    def authorize_url(self) -> str:
        """Where OAuth begins here, for Bolt's `AsyncOAuthSettings(authorization_url=…)`."""
        return self.runtime.base_url + AUTHORIZE_PATH

    @property
    def requests(self) -> list[Sent]:
        """Every request made to the app's request URL, with its answer."""
        return self.runtime.http[self._app_id].sent

    @property
    def _app_id(self) -> str:
        return self.runtime.definition.app.id

    async def deliver_to(self, url: str | None) -> None:
        """Set the app's request URL, which switches Socket Mode off; None goes back to Socket Mode.

        Raises RequestUrlRefusedError when what listens there does not echo the challenge.
        """
        http = self.runtime.http[self._app_id]
        if url is None:
            http.url = None
        else:
            await http.verify(url)
        await self.runtime.hubs[self._app_id].switch(on=url is None)

    def register_redirect(self, url: str) -> None:
        """Add a redirect URL to the app's configuration; installs may return to it and below it."""
        app = self.runtime.workspace.app(self._app_id)
        self.runtime.workspace.apps[app.id] = replace(app, redirect_urls=(*app.redirect_urls, url))

    def install_of(self, team: str) -> Install | None:
        """The app's install in a team, with its token and bot, if there is one."""
        return self.runtime.workspace.app(self._app_id).install_in(team)

    async def install(self, team: str, scopes: frozenset[str] | None = None) -> str:
        """Install the app in a team without a browser and return the team's bot token."""
        return tenancy.install(self.runtime, self._app_id, team, scopes).bot_token

    async def uninstall(self, team: str, *, revoked_first: bool = False) -> None:
        """Remove the app from a team: app_uninstalled and tokens_revoked, then account_inactive."""
        tenancy.uninstall(self.runtime, self._app_id, team, revoked_first=revoked_first)

    async def revoke(self, team: str) -> None:
        """Revoke the app's token in a team: tokens_revoked, then token_revoked."""
        tenancy.revoke(self.runtime, self._app_id, team)

    def oauth_client(self) -> Browser:
        """A browser to install the app with."""
        return Browser(self.authorize_url)

    def admin_install_url(self, user: str) -> str:
        """Where the browser of an admin goes who installs from Slack's own pages: a code and no state."""
        return admin_address(self.runtime, self._app_id, acting.person_named(self.runtime, user))

    async def forge(
        self,
        body: bytes | Json,
        *,
        timestamp: str | None = None,
        signature: str | None = None,
        secret: str | None = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> Sent:
        """Send the app a request made to order and return it with the answer.

        Whatever is not given is what Slack would send, the signature fitting body, timestamp and `secret`;
        a header that is None is left out.
        """
        http = self.runtime.http[self._app_id]
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        request = forged(
            http.address,
            secret or http.signing_secret,
            raw,
            timestamp=timestamp,
            signature=signature,
            headers=headers or {},
        )
        return await http.send(request)

    async def resend(self, sent: Sent, headers: Mapping[str, str] | None = None) -> Sent:
        """Send the very same request again, as somebody who recorded it would."""
        again = Sent(sent.url, {**sent.headers, **(headers or {})}, sent.body)
        return await self.runtime.http[self._app_id].send(again)
