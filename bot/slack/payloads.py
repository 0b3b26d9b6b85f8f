"""Slack's JSON translated into our own values."""

import html
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bot.workflows.arrivals import IncomingFile, IncomingMessage

USER = re.compile(r"<@([UWB][A-Z0-9]+)(?:\|[^>]*)?>")
LABELLED = re.compile(
    r"<(?:#[A-Z0-9]+|!subteam\^[A-Z0-9]+|!date\^[^|>]*|https?:[^|>]*|mailto:[^|>]*|tel:[^|>]*)\|([^>]*)>"
)
CHANNEL = re.compile(r"<#[A-Z0-9]+\|?>")
LINK = re.compile(r"<((?:https?|mailto|tel):[^|>]*)>")
BROADCAST = re.compile(r"<!(\w+)(?:\|[^>]*)?>")
GROUP = re.compile(r"<!(?:here|channel|everyone|subteam\^[A-Z0-9]+)[>|]")
PRIVATE_TYPES = frozenset({"im"})
# What people post; every other subtype is Slack telling about joins, topics and the like.
POSTED = frozenset({None, "file_share", "thread_broadcast", "me_message"})


def readable(text: str, bots: Collection[str] = ()) -> str:
    """Return a message's text as its writer saw it, without the mention of the assistant (`bots`)."""
    # Neither database keeps a NUL, nor a half of a surrogate pair, which has no UTF-8.
    text = text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    text = USER.sub(lambda named: " " if named[1] in bots else "@someone", text)
    text = LABELLED.sub(r"\1", text)
    text = CHANNEL.sub("#channel", text)
    text = LINK.sub(r"\1", text)
    text = BROADCAST.sub(r"@\1", text)
    return html.unescape(text).strip()


def bot_user(body: Mapping[str, Any]) -> str:
    """Return the app's own user id in the workspace the event came through, or an empty string."""
    for authorization in body.get("authorizations") or ():
        if authorization.get("is_bot") and authorization.get("user_id"):
            return str(authorization["user_id"])
    return ""


def mentioned(event: Mapping[str, Any]) -> set[str]:
    """Return the user ids that a message names."""
    return set(USER.findall(str(event.get("text") or "")))


def install_team(body: Mapping[str, Any]) -> str:
    """Return the workspace where the app that got this event is installed."""
    for authorization in body.get("authorizations") or ():
        if authorization.get("team_id"):
            return str(authorization["team_id"])
    return str(body.get("team_id") or "")


def is_from_person(event: Mapping[str, Any]) -> bool:
    """Whether a person wrote the message: not an app, not Slack itself, not a note about the channel."""
    from_app = event.get("bot_id") or event.get("bot_profile") or event.get("subtype") == "bot_message"
    system = event.get("user") in {None, "USLACKBOT", "USLACK"}
    return not from_app and not system and event.get("subtype") in POSTED


def incoming_message(body: Mapping[str, Any], known_bots: frozenset[str]) -> IncomingMessage | None:
    """Return the message of a `message` or `app_mention` event; None when no person wrote it.

    `known_bots` are our own user ids: one for each workspace the app is installed in.
    """
    event = body["event"]
    if not is_from_person(event):
        return None
    bots = _our_bots(body, known_bots)
    text = str(event.get("text") or "")
    team = install_team(body)
    named = mentioned(event)
    is_private = event.get("channel_type") in PRIVATE_TYPES
    at_assistant = event["type"] == "app_mention" or bool(bots & named)
    thread_ts = event.get("thread_ts")
    return IncomingMessage(
        team_id=team,
        actor_team_id=str(event.get("user_team") or event.get("source_team") or event.get("team") or team),
        user_id=str(event["user"]),
        channel=str(event["channel"]),
        is_private=is_private,
        ts=str(event["ts"]),
        thread_ts=str(thread_ts) if thread_ts else None,
        text=readable(text, bots),
        addressed=is_private or at_assistant,
        at_others=bool(named - bots) or GROUP.search(text) is not None,
        answers=_thread_starter(event, bots),
        at_assistant=at_assistant,
        files=tuple(
            IncomingFile(str(file.get("id", "")), str(file.get("name") or file.get("title") or "a file"))
            for file in event.get("files") or ()
        ),
        looking_at=_channel_in_view(event) if is_private else None,
    )


def _channel_in_view(event: Mapping[str, Any]) -> str | None:
    """Return the channel the writer has open beside the agent view, as far as Slack says."""
    for entity in (event.get("app_context") or {}).get("entities") or ():
        value = entity.get("value")
        if entity.get("type") == "slack#/types/channel_id" and isinstance(value, str):
            return value
    return None


@dataclass(frozen=True)
class Edit:
    """A person's message that was changed; `is_deleted` when it is gone, and `text` then empty."""

    team_id: str
    channel: str
    ts: str
    thread_ts: str
    text: str
    is_deleted: bool = False

    @property
    def message_key(self) -> str:
        """The key under which the message was accepted."""
        return message_key(self.channel, self.ts)


def message_key(channel: str, ts: str) -> str:
    """Return what all events about one post have in common, whichever installation they came through."""
    return f"{channel}:{ts}"


def incoming_edit(body: Mapping[str, Any], known_bots: frozenset[str]) -> Edit | None:
    """Return the change of a person's message, or None when it is no such change."""
    event = body["event"]
    old = event.get("previous_message") or {}
    new = event.get("message") or {}
    # A deleted message with replies stays as a tombstone, which Slack tells as a change.
    is_deleted = new.get("subtype") == "tombstone" or event.get("subtype") == "message_deleted"
    if event.get("subtype") not in {"message_changed", "message_deleted"}:
        return None
    if is_deleted:
        new = {**old, "text": ""}
    unchanged = new.get("text") == old.get("text") and not is_deleted
    if unchanged or not new.get("ts") or not is_from_person({**new, "subtype": None}):
        return None
    return Edit(
        team_id=install_team(body),
        channel=str(event["channel"]),
        ts=str(new["ts"]),
        thread_ts=str(new.get("thread_ts") or new["ts"]),
        text=readable(str(new.get("text") or ""), _our_bots(body, known_bots)),
        is_deleted=is_deleted,
    )


def _our_bots(body: Mapping[str, Any], known: frozenset[str]) -> frozenset[str]:
    return (known | {bot_user(body)}) - {""}


def _thread_starter(event: Mapping[str, Any], bots: frozenset[str]) -> str | None:
    """Return who wrote the root of a message's thread; None for the assistant and where unsaid."""
    starter = event.get("parent_user_id")
    return None if starter is None or starter in bots else str(starter)
