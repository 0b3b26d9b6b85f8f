"""What a local workspace consists of before anybody speaks: teams, people, apps and channels."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum


class ChannelKind(StrEnum):
    """The three kinds of conversation the emulator keeps."""

    CHANNEL = "channel"
    PRIVATE = "private"
    IM = "im"


class Persona(StrEnum):
    """Which side of the service a person stands on; only the page shows it."""

    CLIENT = "client"
    CIO = "cio"
    CONSULTANT = "consultant"


@dataclass(frozen=True)
class Team:
    """One Slack workspace."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True)
class Person:
    """A member of one team, human or bot user."""

    id: str
    team_id: str
    name: str
    real_name: str
    title: str = ""
    persona: Persona | None = None
    is_admin: bool = False
    is_guest: bool = False
    is_bot: bool = False
    bot_id: str | None = None
    app_id: str | None = None
    timezone: str = "Europe/London"


@dataclass(frozen=True)
class Install:
    """One app in one team, with the bot it brought; `scopes` None means all that the app asks for."""

    team_id: str
    bot_token: str
    bot_user_id: str
    bot_id: str
    scopes: frozenset[str] | None = None


@dataclass(frozen=True)
class Shortcut:
    """A shortcut of the app; `is_message` tells a message shortcut from a global one."""

    callback_id: str
    name: str
    is_message: bool


@dataclass(frozen=True)
class AppDefinition:
    """An app as its configuration describes it, with where it is installed (first install first).

    With a `request_url` everything reaches the app there, signed with `signing_secret`; without one it comes
    over Socket Mode. `redirect_urls` are the registered addresses that an OAuth install may return to.
    """

    id: str
    name: str
    app_token: str
    installs: tuple[Install, ...]
    scopes: frozenset[str]
    events: frozenset[str]
    commands: tuple[str, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    is_agent: bool = False
    client_id: str = ""
    client_secret: str = ""
    signing_secret: str = ""
    redirect_urls: tuple[str, ...] = ()
    request_url: str | None = None

    def granted(self, install: Install) -> AppDefinition:
        """The app with no more scopes than that install was granted."""
        return self if install.scopes is None else replace(self, scopes=install.scopes)

    def install_in(self, team_id: str) -> Install | None:
        """The install in that team, if there is one."""
        return next((install for install in self.installs if install.team_id == team_id), None)


@dataclass(frozen=True)
class ChannelDefinition:
    """A channel at the start; `shared_with` names the other teams of a Slack Connect channel."""

    id: str
    name: str
    team_id: str
    members: tuple[str, ...]
    kind: ChannelKind = ChannelKind.CHANNEL
    shared_with: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stop:
    """Somewhere worth looking, which the page offers: as whom, in which channel or on the app's Home."""

    title: str
    person: str
    channel: str | None = None


@dataclass(frozen=True)
class Definition:
    """A whole local workspace; the first app is the one under development."""

    teams: tuple[Team, ...]
    people: tuple[Person, ...]
    apps: tuple[AppDefinition, ...]
    channels: tuple[ChannelDefinition, ...]
    desk_channel: str
    tour: tuple[Stop, ...] = ()
    users_by_name: dict[str, str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "users_by_name", {person.name: person.id for person in self.people})

    @property
    def app(self) -> AppDefinition:
        """The app under development."""
        return self.apps[0]

    @property
    def bot_token(self) -> str:
        """Bot token of the app's first install; "" when it starts installed nowhere."""
        return self.app.installs[0].bot_token if self.app.installs else ""

    @property
    def app_token(self) -> str:
        """App-level token that opens Socket Mode connections."""
        return self.app.app_token

    @property
    def bot_user_id(self) -> str:
        """User id of the app's bot in its first install; "" when it starts installed nowhere."""
        return self.app.installs[0].bot_user_id if self.app.installs else ""

    @property
    def firm_team_id(self) -> str:
        """Team of the app's first install, or the first team when it starts installed nowhere."""
        return self.app.installs[0].team_id if self.app.installs else self.teams[0].id
