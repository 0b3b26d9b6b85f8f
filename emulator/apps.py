"""The apps a local workspace knows: the assistant under development and a bot of somebody else."""

from __future__ import annotations

from dataclasses import replace

from emulator.definition import AppDefinition, Install, Shortcut
from emulator.wire import Json

SCOPES = frozenset(
    {
        "app_mentions:read",
        "assistant:write",
        "channels:history",
        "channels:join",
        "channels:read",
        "chat:write",
        "chat:write.customize",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "mpim:history",
        "reactions:read",
        "reactions:write",
        "team:read",
        "users:read",
    }
)
EVENTS = frozenset(
    {
        "agent_session_stopped",
        "agent_session_title_changed",
        "app_context_changed",
        "app_home_opened",
        "app_mention",
        "app_uninstalled",
        "member_joined_channel",
        "member_left_channel",
        "message.channels",
        "message.groups",
        "message.im",
        "reaction_added",
        "reaction_removed",
        "tokens_revoked",
    }
)
SHORTCUTS = (Shortcut("ask_virtual_cio", "Ask the Virtual CIO", is_message=True),)

BOT_TOKEN = "xoxb-local-assistant"  # noqa: S105  (opens nothing but a local workspace)
APP_TOKEN = "xapp-local-assistant"  # noqa: S105
CLIENT_ID = "1010101010.2020202020"
CLIENT_SECRET = "local-client-secret"  # noqa: S105
SIGNING_SECRET = "local-signing-secret"  # noqa: S105
OTHER_BOT_TOKEN = "xoxb-local-noticeboard"  # noqa: S105
OTHER_APP_TOKEN = "xapp-local-noticeboard"  # noqa: S105


def assistant(team_id: str) -> AppDefinition:
    """The app under development, installed in one team."""
    return AppDefinition(
        id="A01VCIO",
        name="Virtual CIO",
        app_token=APP_TOKEN,
        installs=(Install(team_id, BOT_TOKEN, "U01VCIOBOT", "B01VCIO"),),
        scopes=SCOPES,
        events=EVENTS,
        commands=("/vcio",),
        shortcuts=SHORTCUTS,
        is_agent=True,
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        signing_secret=SIGNING_SECRET,
    )


def noticeboard(team_id: str) -> AppDefinition:
    """A second bot that only posts, for everything that must not start a conversation of bots."""
    return AppDefinition(
        id="A02NOTICE",
        name="Noticeboard",
        app_token=OTHER_APP_TOKEN,
        installs=(Install(team_id, OTHER_BOT_TOKEN, "U02NOTICEBOT", "B02NOTICE"),),
        scopes=frozenset({"chat:write", "channels:read", "channels:history"}),
        events=frozenset(),
    )


def described_by(manifest: Json, team_id: str) -> AppDefinition:
    """The assistant with exactly the scopes, events, commands and shortcuts of an app manifest.

    `manifest` is the parsed document; a test that runs on it meets what an install from the manifest would.
    """
    features = manifest.get("features", {})
    shortcuts = features.get("shortcuts", [])
    subscriptions = manifest.get("settings", {}).get("event_subscriptions", {})
    return replace(
        assistant(team_id),
        scopes=frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])),
        events=frozenset(subscriptions.get("bot_events", [])),
        commands=tuple(each["command"] for each in features.get("slash_commands", [])),
        shortcuts=tuple(
            Shortcut(each["callback_id"], each["name"], is_message=each["type"] == "message")
            for each in shortcuts
        ),
        is_agent="agent_view" in features,
    )
