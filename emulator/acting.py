"""What people do in conversations: write, edit, delete, react, invite, open the app."""

from __future__ import annotations

from collections.abc import Sequence

from emulator import posting
from emulator.conversations import Conversation, Post
from emulator.definition import AppDefinition, ChannelKind, Install, Person
from emulator.events import hears, send
from emulator.failures import PageError, SlackError
from emulator.file_store import add_file, attached
from emulator.runtime import Runtime
from emulator.typed_text import deliver, rich_text
from emulator.wire import Json, new_id


def person_named(runtime: Runtime, user_id: str | None) -> Person:
    """The acting person; raises PageError user_not_found for strangers and bots."""
    person = runtime.workspace.people.get(user_id or "")
    if person is None or person.is_bot:
        raise PageError("user_not_found")
    return person


def conversation_seen(runtime: Runtime, person: Person, channel_id: str | None) -> Conversation:
    """A conversation the person can see; raises PageError channel_not_found."""
    found = runtime.workspace.conversations.get(channel_id or "")
    if found is None or not runtime.workspace.can_see(person.id, found):
        raise PageError("channel_not_found")
    return found


def conversation_joined(runtime: Runtime, person: Person, channel_id: str | None) -> Conversation:
    """A conversation the person is in; raises PageError not_in_channel."""
    found = conversation_seen(runtime, person, channel_id)
    if person.id not in found.members:
        raise PageError("not_in_channel")
    return found


def install_for(runtime: Runtime, person: Person, app: AppDefinition | None = None) -> Install:
    """The install that serves this person; raises PageError where the app is not installed for them."""
    app = app or runtime.workspace.app(runtime.definition.app.id)
    install = app.install_in(person.team_id)
    if install is None:
        raise PageError("app_not_installed")
    if person.is_guest and app.is_agent:
        raise PageError("app_not_available_to_guests")
    return install


def install_shown_to(person: Person, app: AppDefinition, conversation: Conversation) -> Install | None:
    """The install behind what a person does in a conversation: of their own team, else of another there."""
    found = [install for install in app.installs if install.team_id in conversation.team_ids]
    own = [install for install in found if install.team_id == person.team_id]
    return next(iter(own or found), None)


def say(
    runtime: Runtime,
    person: Person,
    channel_id: str,
    text: str,
    *,
    thread_ts: str | None = None,
    files: Sequence[Json] = (),
) -> Post:
    """Post as a person; `text` is what was typed, with mentions as `<@U…>`."""
    conversation = conversation_joined(runtime, person, channel_id)
    if not text and not files:
        raise PageError("no_text")
    delivered = deliver(text, runtime.workspace.people)
    body: Json = {
        "type": "message",
        "user": person.id,
        "text": delivered,
        "client_msg_id": new_id("cm-"),
        "team": person.team_id,
        "blocks": rich_text(delivered, new_id("b")[:9]),
    }
    if thread_ts:
        body["thread_ts"] = _root(conversation, thread_ts)
    if files:
        documents = [_store(runtime, person, each) for each in files]
        body |= {"subtype": "file_share", "upload": False, "display_as_bot": False}
        body["files"] = [attached(conversation, each) for each in documents]
    return posting.add_post(runtime, conversation, body)


def _root(conversation: Conversation, thread_ts: str) -> str:
    root = conversation.posts.get(thread_ts)
    if root is None:
        raise PageError("thread_not_found")
    return root.thread_ts or thread_ts


def _store(runtime: Runtime, person: Person, given: Json) -> Json:
    mimetype = str(given.get("mimetype") or "application/octet-stream")
    content = str(given.get("content") or "").encode()
    return add_file(
        runtime,
        person,
        name=str(given.get("name") or "file"),
        mimetype=mimetype,
        size=int(given.get("size") or 0),
        content=content,
    )


def own_post(runtime: Runtime, person: Person, channel_id: str, ts: str) -> tuple[Conversation, Post]:
    """The person's own message; raises PageError message_not_found."""
    conversation = conversation_joined(runtime, person, channel_id)
    post = conversation.posts.get(ts)
    if post is None or post.body.get("user") != person.id:
        raise PageError("message_not_found")
    return conversation, post


def edit(runtime: Runtime, person: Person, channel_id: str, ts: str, text: str) -> None:
    """Change one's own message."""
    conversation, post = own_post(runtime, person, channel_id, ts)
    delivered = deliver(text, runtime.workspace.people)
    edited = {"user": person.id, "ts": runtime.workspace.next_ts()}
    blocks = rich_text(delivered, new_id("b")[:9])
    posting.change_post(runtime, conversation, post, {"text": delivered, "blocks": blocks, "edited": edited})


def delete(runtime: Runtime, person: Person, channel_id: str, ts: str) -> None:
    """Delete one's own message."""
    conversation, post = own_post(runtime, person, channel_id, ts)
    posting.remove_post(runtime, conversation, post)


def react(runtime: Runtime, person: Person, channel_id: str, ts: str, name: str) -> None:
    """React, or take the same reaction back."""
    conversation = conversation_joined(runtime, person, channel_id)
    post = conversation.posts.get(ts)
    if post is None:
        raise PageError("message_not_found")
    try:
        posting.add_reaction(runtime, conversation, post, name, person.id)
    except SlackError:
        posting.remove_reaction(runtime, conversation, post, name, person.id)


def direct_message(runtime: Runtime, person: Person) -> Conversation:
    """The person's direct message with the app under development."""
    return runtime.workspace.direct_message(install_for(runtime, person), person.id)


def invite(runtime: Runtime, person: Person, channel_id: str, user_id: str) -> None:
    """Bring somebody, or the app's bot, into a channel one is in."""
    conversation = conversation_joined(runtime, person, channel_id)
    guest = runtime.workspace.people.get(user_id)
    is_gone = user_id in runtime.workspace.inactive
    if guest is None or is_gone or conversation.kind is ChannelKind.IM:
        raise PageError("user_not_found")
    if guest.team_id not in conversation.team_ids:
        raise PageError("user_not_in_team")
    if user_id in conversation.members:
        raise PageError("already_in_channel")
    posting.join(runtime, conversation, user_id, inviter=person.id)


def open_app(runtime: Runtime, person: Person, tab: str) -> None:
    """Open the app's Home or Messages tab, which the app hears of."""
    app = runtime.workspace.app(runtime.definition.app.id)
    install = install_for(runtime, person, app)
    conversation = runtime.workspace.direct_message(install, person.id)
    event: Json = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": conversation.id,
        "tab": tab,
        "event_ts": runtime.workspace.next_ts(),
    }
    if tab == "home" and (view := runtime.views.home(app.id, person.id)):
        event["view"] = view
    if hears(app.granted(install), "app_home_opened"):
        send(runtime, app, install, None, event)
