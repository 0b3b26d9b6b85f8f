"""The state of the local workspace: who exists, which conversations there are, which files and views."""

from __future__ import annotations

from dataclasses import replace

from emulator.clock import Clock
from emulator.conversations import Conversation, Post
from emulator.definition import (
    AppDefinition,
    ChannelDefinition,
    ChannelKind,
    Definition,
    Install,
    Person,
    Team,
)
from emulator.wire import Json, stable_id


class Workspace:
    """Pure in-memory state; nothing here knows of HTTP, sockets or events."""

    def __init__(self, definition: Definition, clock: Clock) -> None:
        self.definition = definition
        self.clock = clock
        self.teams: dict[str, Team] = {team.id: team for team in definition.teams}
        self.people: dict[str, Person] = {person.id: person for person in definition.people}
        self.inactive: set[str] = set()
        self.apps: dict[str, AppDefinition] = {app.id: app for app in definition.apps}
        for app in definition.apps:
            for install in app.installs:
                self.people[install.bot_user_id] = _bot_person(app, install)
        self.conversations: dict[str, Conversation] = {}
        for channel in definition.channels:
            self.conversations[channel.id] = _conversation(channel, int(clock.now()))
        self.files: dict[str, Json] = {}
        self.file_contents: dict[str, bytes] = {}
        # Prepared by an app and not completed yet; true once the bytes have come.
        self.uploads: dict[str, bool] = {}
        self._last_microsecond = 0

    def next_ts(self) -> str:
        """A fresh message ts: seconds with six decimals, later than every one before."""
        self._last_microsecond = max(self._last_microsecond + 1, int(self.clock.now() * 1_000_000))
        return f"{self._last_microsecond // 1_000_000}.{self._last_microsecond % 1_000_000:06d}"

    def app(self, app_id: str) -> AppDefinition:
        """The app of that id, with the installs it has now; KeyError when there is none."""
        return self.apps[app_id]

    def set_install(self, app_id: str, install: Install) -> None:
        """Keep an install in place of the one the team had, its bot being active."""
        self.drop_install(app_id, install.team_id)
        app = self.apps[app_id]
        self.apps[app_id] = replace(app, installs=(*app.installs, install))
        self.people[install.bot_user_id] = _bot_person(app, install)
        self.inactive.discard(install.bot_user_id)

    def drop_install(self, app_id: str, team_id: str) -> None:
        """Forget the team's install, if it has one; its bot stays known and is inactive."""
        app = self.apps[app_id]
        gone = app.install_in(team_id)
        if gone is not None:
            kept = tuple(install for install in app.installs if install is not gone)
            self.apps[app_id] = replace(app, installs=kept)
            self.inactive.add(gone.bot_user_id)

    def app_of_bot(self, user_id: str) -> AppDefinition | None:
        """The app whose bot user this is."""
        person = self.people.get(user_id)
        return self.app(person.app_id) if person and person.app_id else None

    def direct_message(self, install: Install, user_id: str) -> Conversation:
        """The direct message between a bot and a person, made when first asked for."""
        channel_id = stable_id("D", install.bot_user_id, user_id)
        if channel_id not in self.conversations:
            self.conversations[channel_id] = Conversation(
                id=channel_id,
                name="",
                kind=ChannelKind.IM,
                team_id=install.team_id,
                members=[install.bot_user_id, user_id],
                created=int(self.clock.now()),
            )
        return self.conversations[channel_id]

    def conversations_of(self, user_id: str) -> list[Conversation]:
        """Conversations the person is a member of."""
        return [each for each in self.conversations.values() if user_id in each.members]

    def can_see(self, user_id: str, conversation: Conversation) -> bool:
        """Members see everything; public channels are open to full members of their own team."""
        if user_id in conversation.members:
            return True
        person = self.people[user_id]
        is_public = conversation.kind is ChannelKind.CHANNEL
        return is_public and not person.is_guest and person.team_id in conversation.team_ids

    def shares_channel(self, team_id: str, user_id: str) -> bool:
        """Whether a person of another team shares a conversation with this team."""
        return any(team_id in each.team_ids for each in self.conversations_of(user_id))

    def is_connected(self, team_id: str, other_team_id: str) -> bool:
        """Whether two teams are the same one or meet in a Slack Connect channel."""
        both = {team_id, other_team_id}
        return len(both) == 1 or any(both <= set(each.team_ids) for each in self.conversations.values())

    def find_post(self, channel_id: str, ts: str) -> Post | None:
        """A post or ephemeral by its address."""
        conversation = self.conversations.get(channel_id)
        if conversation is None:
            return None
        return conversation.posts.get(ts) or conversation.ephemerals.get(ts)


def _bot_person(app: AppDefinition, install: Install) -> Person:
    return Person(
        id=install.bot_user_id,
        team_id=install.team_id,
        name=app.name.lower().replace(" ", "_"),
        real_name=app.name,
        is_bot=True,
        bot_id=install.bot_id,
        app_id=app.id,
    )


def _conversation(channel: ChannelDefinition, created: int) -> Conversation:
    return Conversation(
        id=channel.id,
        name=channel.name,
        kind=channel.kind,
        team_id=channel.team_id,
        shared_with=channel.shared_with,
        members=list(channel.members),
        created=created,
    )
