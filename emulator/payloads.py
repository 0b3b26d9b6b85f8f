"""The documents Slack sends to an app: events, and interactions of people."""

from __future__ import annotations

from emulator.conversations import Conversation, Post
from emulator.definition import AppDefinition, ChannelKind, Install, Person
from emulator.wire import Json, new_id

VERIFICATION_TOKEN = "local-verification-token"  # noqa: S105  (deprecated field of every payload, not a secret)


def event_envelope(
    app: AppDefinition, install: Install, conversation: Conversation | None, event: Json, now: float
) -> Json:
    """An event_callback as it reaches one install of an app; every call makes a new event_id."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": install.team_id,
        "context_team_id": install.team_id,
        "context_enterprise_id": None,
        "api_app_id": app.id,
        "event": event,
        "type": "event_callback",
        "event_id": new_id("Ev"),
        "event_time": int(now),
        "authorizations": [authorization(install.team_id, install.bot_user_id, is_bot=True)],
        "is_ext_shared_channel": conversation.is_ext_shared if conversation else False,
        "event_context": new_id("4-"),
    }


def authorization(team_id: str, user_id: str, *, is_bot: bool) -> Json:
    """Whose permission an event is delivered by."""
    return {
        "enterprise_id": None,
        "team_id": team_id,
        "user_id": user_id,
        "is_bot": is_bot,
        "is_enterprise_install": False,
    }


def connect_fields(conversation: Conversation, author: Person) -> Json:
    """What a message of a Slack Connect channel says about its author's team."""
    if not conversation.is_ext_shared:
        return {}
    profile = {
        "name": author.name,
        "real_name": author.real_name,
        "display_name": author.name,
        "first_name": author.real_name.split(" ")[0],
        "team": author.team_id,
        "is_restricted": author.is_guest,
        "is_ultra_restricted": False,
    }
    return {"user_team": author.team_id, "source_team": author.team_id, "user_profile": profile}


def message_event(conversation: Conversation, post: Post, author: Person | None) -> Json:
    """The event for a new post."""
    event = conversation.render(post)
    for counted in ("reply_count", "reply_users", "reply_users_count", "latest_reply"):
        event.pop(counted, None)
    event |= _address(conversation, post.ts)
    return event | (connect_fields(conversation, author) if author else {})


def changed_event(conversation: Conversation, post: Post, previous: Json, event_ts: str) -> Json:
    """The event for an edited post."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "message": conversation.render(post),
        "previous_message": previous,
        "ts": event_ts,
    } | _address(conversation, event_ts)


def deleted_event(conversation: Conversation, previous: Json, event_ts: str) -> Json:
    """The event for a deleted post."""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": previous["ts"],
        "previous_message": previous,
        "ts": event_ts,
    } | _address(conversation, event_ts)


def mention_event(conversation: Conversation, post: Post, author: Person) -> Json:
    """The app_mention that comes beside the message event of the same post."""
    names = ("user", "text", "ts", "client_msg_id", "team", "thread_ts", "parent_user_id", "blocks", "files")
    event: Json = {"type": "app_mention", "channel": conversation.id, "event_ts": post.ts}
    event |= {name: post.body[name] for name in names if name in post.body}
    return event | connect_fields(conversation, author)


def joined_event(conversation: Conversation, user: Person, inviter: str | None, event_ts: str) -> Json:
    """The event for a person who joined a channel."""
    event = {
        "type": "member_joined_channel",
        "user": user.id,
        "channel": conversation.id,
        "channel_type": "G" if conversation.kind is ChannelKind.PRIVATE else "C",
        "team": user.team_id,
        "event_ts": event_ts,
    }
    return event | ({"inviter": inviter} if inviter else {})


def _address(conversation: Conversation, event_ts: str) -> Json:
    return {"channel": conversation.id, "event_ts": event_ts, "channel_type": conversation.channel_type}


def user_stub(person: Person) -> Json:
    """The person as interactions name them."""
    return {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team_id}


def interaction(
    kind: str, app: AppDefinition, person: Person, *, team_id: str, domain: str, **more: object
) -> Json:
    """What every interactive payload has in common."""
    return {
        "type": kind,
        "user": user_stub(person),
        "api_app_id": app.id,
        "token": VERIFICATION_TOKEN,
        "team": {"id": team_id, "domain": domain},
        "enterprise": None,
        "is_enterprise_install": False,
        **more,
    }


def channel_stub(conversation: Conversation) -> Json:
    """The conversation as interactions name it."""
    names = {ChannelKind.IM: "directmessage", ChannelKind.PRIVATE: "privategroup"}
    return {"id": conversation.id, "name": names.get(conversation.kind, conversation.name)}


def bot_signature(app: AppDefinition, install: Install) -> Json:
    """The fields of a message that tell which app posted it."""
    profile = {
        "id": install.bot_id,
        "app_id": app.id,
        "user_id": install.bot_user_id,
        "name": app.name,
        "icons": {},
        "deleted": False,
        "updated": 0,
        "team_id": install.team_id,
    }
    return {
        "user": install.bot_user_id,
        "bot_id": install.bot_id,
        "app_id": app.id,
        "team": install.team_id,
        "bot_profile": profile,
    }
