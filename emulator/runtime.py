"""Everything one running local Slack consists of, in one place for methods, events and the page."""

from __future__ import annotations

from dataclasses import dataclass

from emulator.agent_surface import AgentSurface
from emulator.clock import Clock
from emulator.conversations import Conversation
from emulator.definition import AppDefinition, Definition, Install, Person
from emulator.delivery import Delivery
from emulator.failures import SlackError
from emulator.faults import Faults
from emulator.feed import Change, Feed
from emulator.grants import Grants
from emulator.http_delivery import HttpDelivery
from emulator.modals import Views
from emulator.pace import Pace
from emulator.rates import Rates
from emulator.socket_mode import SocketHub
from emulator.wire import Json
from emulator.workspace import Workspace


@dataclass(frozen=True)
class Token:
    """Whose token it is, the app with the scopes this token has; without an install: the app-level token."""

    app: AppDefinition
    install: Install | None


@dataclass
class Code:
    """A code that OAuth's last step exchanges for a token, once and within ten minutes."""

    app_id: str
    team_id: str
    user_id: str
    scopes: frozenset[str]
    redirect_uri: str | None
    issued_at: float
    used: bool = False


@dataclass
class CallRecord:
    """One Web API call as it was made; `error` is Slack's code, None when it went well."""

    method: str
    args: Json
    time: float
    error: str | None = None


class Runtime:
    """The parts of a running local Slack; made inside the event loop that serves it."""

    def __init__(self, definition: Definition, *, pace: Pace, rate_limits: bool) -> None:
        self.definition = definition
        self.pace = pace
        self.clock = Clock()
        self.workspace = Workspace(definition, self.clock)
        self.views = Views()
        self.grants = Grants(self.clock)
        self.feed = Feed()
        self.faults = Faults()
        self.rates = Rates(self.clock, enabled=rate_limits)
        self.calls: list[CallRecord] = []
        self.agents = AgentSurface(self.clock)
        self.base_url = ""
        self.hubs = {app.id: SocketHub(app.id, pace, self._connections_changed) for app in definition.apps}
        self.http = {app.id: HttpDelivery(app, pace, self.hubs[app.id]) for app in definition.apps}
        self.codes: dict[str, Code] = {}
        self.dead_tokens: dict[str, str] = {}

    def person(self, user_id: str) -> Person:
        """The person of that id; KeyError when there is none."""
        return self.workspace.people[user_id]

    def apps(self) -> list[AppDefinition]:
        """Every app with the installs it has now."""
        return list(self.workspace.apps.values())

    def delivery(self, app_id: str) -> Delivery:
        """The way that leads to the app: its request URL when it has one, its connections otherwise."""
        http = self.http[app_id]
        return http if http.url else self.hubs[app_id]

    def token(self, given: str) -> Token:
        """Whose token this is; raises account_inactive or token_revoked for a dead one, else invalid_auth."""
        for app in self.apps():
            if given == app.app_token:
                return Token(app, None)
            for install in app.installs:
                if given == install.bot_token:
                    return Token(app.granted(install), install)
        raise SlackError(self.dead_tokens.get(given, "invalid_auth"))

    def tell(
        self,
        change: Change,
        conversation: Conversation,
        thread_ts: str | None = None,
        **more: object,
    ) -> None:
        """Tell the pages of everybody who can see the conversation."""
        self.feed.tell(
            change,
            channel=conversation.id,
            thread_ts=thread_ts,
            may_see=lambda user_id: self.workspace.can_see(user_id, conversation),
            **more,
        )

    def _connections_changed(self) -> None:
        self.feed.tell(Change.CONNECTIONS)
