"""The workspaces of the page: who belongs where, where the app is installed, and how it is reached."""

from __future__ import annotations

from urllib.parse import urljoin

from emulator import tenancy
from emulator.definition import AppDefinition, Install, Person, Team
from emulator.failures import PageError
from emulator.runtime import Runtime
from emulator.signing import Sent
from emulator.wire import Json

_DISCONNECTS = ("warning", "refresh_requested")


class WorkspaceApi:
    """What an admin of the workspaces and the maker of the app can see and do on the page."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime

    @property
    def _app(self) -> AppDefinition:
        return self.runtime.workspace.app(self.runtime.definition.app.id)

    async def look(self, _: Person, __: Json) -> Json:
        """Every workspace with its people and install, and the way to the app."""
        hub, http = self.runtime.hubs[self._app.id], self.runtime.http[self._app.id]
        return {
            "workspaces": [self._workspace(team) for team in self.runtime.workspace.teams.values()],
            "delivery": {
                "request_url": http.url,
                "connections": len(hub.links),
                "on_the_way": hub.on_the_way + http.on_the_way,
                "given_up": len(hub.dropped),
                "last_answer": _outcome(http.sent[-1]) if http.sent else None,
            },
        }

    def _workspace(self, team: Team) -> Json:
        install = self._app.install_in(team.id)
        people = [each for each in self.runtime.workspace.people.values() if each.team_id == team.id]
        return {
            "id": team.id,
            "name": team.name,
            "people": [_member(each) for each in people if not each.is_bot],
            "shared_channels": [
                each.name
                for each in self.runtime.workspace.conversations.values()
                if each.is_ext_shared and team.id in each.team_ids
            ],
            "install": self._install(install) if install else None,
            "install_url": _install_url(self._app),
        }

    def _install(self, install: Install) -> Json:
        return {"bot_user_id": install.bot_user_id, "scopes": len(self._app.granted(install).scopes)}

    async def install(self, _: Person, values: Json) -> Json:
        """Install the app from its own settings, which hand out the token instead of a redirect."""
        return {"token": tenancy.install(self.runtime, self._app.id, values["team"]).bot_token}

    async def uninstall(self, _: Person, values: Json) -> Json:
        """Remove the app from a workspace."""
        tenancy.uninstall(self.runtime, self._app.id, values["team"])
        return {}

    async def revoke(self, _: Person, values: Json) -> Json:
        """Revoke the app's token in a workspace."""
        tenancy.revoke(self.runtime, self._app.id, values["team"])
        return {}

    async def disconnect(self, _: Person, values: Json) -> Json:
        """Tell every connection of the app to go, at once or after a warning."""
        if values["reason"] not in _DISCONNECTS:
            raise PageError(f"unknown_reason: {values['reason']!r}")
        await self.runtime.hubs[self._app.id].disconnect(values["reason"])
        return {}


def _member(person: Person) -> Json:
    return {"id": person.id, "is_guest": person.is_guest, "is_admin": person.is_admin}


def _install_url(app: AppDefinition) -> str | None:
    """The app's own install page, which OAuth's state comes from: Bolt has it beside the redirect URL."""
    return urljoin(app.redirect_urls[0], "install") if app.redirect_urls else None


def _outcome(sent: Sent) -> str:
    return f"HTTP {sent.status}" if sent.status else sent.reason
