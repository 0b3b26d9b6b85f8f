"""Presses, commands and shortcuts: asks the app and waits for its acknowledgement."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from emulator import acting, payloads
from emulator.block_check import elements_of
from emulator.conversations import Conversation, Post
from emulator.definition import AppDefinition, Person
from emulator.failures import PageError
from emulator.input_state import state_values
from emulator.responses import answer_command
from emulator.runtime import Runtime
from emulator.typed_text import deliver
from emulator.wire import Json


@dataclass(frozen=True)
class Press:
    """Which element was used and how.

    `chosen` is what a select or picker gives (`selected_option` and the like), `state` what stands in other
    inputs beside it.
    """

    action_id: str
    block_id: str | None = None
    value: str | None = None
    chosen: Mapping[str, Any] = field(default_factory=dict)
    state: Mapping[str, Any] = field(default_factory=dict)


async def press_in_message(runtime: Runtime, person: Person, channel_id: str, ts: str, press: Press) -> None:
    """Use an element of a message; raises DispatchFailedError when the app does not acknowledge."""
    conversation = acting.conversation_seen(runtime, person, channel_id)
    post = runtime.workspace.find_post(channel_id, ts)
    if post is None or post.ephemeral_for not in (None, person.id) or post.owner_app is None:
        raise PageError("message_not_found")
    app = _installed(runtime, post.owner_app, post.body["team"])
    action = _action(runtime, post.body.get("blocks", []), press)
    payload = _interaction("block_actions", runtime, app, person, conversation, post.body["team"])
    payload |= _message_part(runtime, app, person, conversation, post)
    typed = dict(press.state)
    payload |= {
        "state": {"values": state_values(post.body.get("blocks", []), typed)},
        "actions": [action],
        "trigger_id": runtime.grants.issue_trigger(person.id, app.id, team_id=post.body["team"]),
    }
    await runtime.delivery(app.id).ask("interactive", payload)


def _installed(runtime: Runtime, app_id: str, team_id: str) -> AppDefinition:
    app = runtime.workspace.app(app_id)
    if app.install_in(team_id) is None:
        raise PageError("app_not_installed")
    return app


def _message_part(
    runtime: Runtime, app: AppDefinition, person: Person, conversation: Conversation, post: Post
) -> Json:
    container: Json = {
        "type": "message",
        "message_ts": post.ts,
        "channel_id": conversation.id,
        "is_ephemeral": post.ephemeral_for is not None,
    }
    if post.thread_ts:
        container["thread_ts"] = post.thread_ts
    path = runtime.grants.issue_response_url(
        app_id=app.id,
        user_id=person.id,
        channel_id=conversation.id,
        message_ts=post.ts,
        thread_ts=post.thread_ts,
    )
    part: Json = {
        "container": container,
        "channel": payloads.channel_stub(conversation),
        "response_url": runtime.base_url + path,
    }
    # Slack does not send an ephemeral message's content back.
    return part if post.ephemeral_for else part | {"message": conversation.render(post, with_metadata=True)}


async def press_in_view(runtime: Runtime, person: Person, view_id: str, press: Press) -> None:
    """Use an element of an open modal or a Home."""
    view = runtime.views.by_id.get(view_id)
    if view is None or runtime.views.owners[view_id][1] != person.id:
        raise PageError("view_not_found")
    app = _installed(runtime, view["app_id"], view["app_installed_team_id"])
    action = _action(runtime, view["blocks"], press)
    own = {action["block_id"]: {action["action_id"]: dict(press.chosen)}} if press.chosen else {}
    typed = _merged(_merged(view["state"]["values"], press.state), own)
    view["state"] = {"values": state_values(view["blocks"], typed)}
    payload = _interaction("block_actions", runtime, app, person, None)
    payload |= {
        "container": {"type": "view", "view_id": view_id},
        "view": copy.deepcopy(view),
        "actions": [action],
        "trigger_id": runtime.grants.issue_trigger(
            person.id, app.id, view_id, team_id=view["app_installed_team_id"]
        ),
    }
    await runtime.delivery(app.id).ask("interactive", payload)


async def ask_options(runtime: Runtime, person: Person, view_id: str, press: Press) -> Json:
    """Ask the app for the options of an external select; `press.value` is what was typed so far."""
    view = runtime.views.by_id.get(view_id)
    if view is None or runtime.views.owners[view_id][1] != person.id:
        raise PageError("view_not_found")
    app = _installed(runtime, view["app_id"], view["app_installed_team_id"])
    block, element = find_element(view["blocks"], Press(press.action_id, press.block_id))
    payload = _interaction("block_suggestion", runtime, app, person, None) | {
        "container": {"type": "view", "view_id": view_id},
        "view": copy.deepcopy(view),
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "value": press.value or "",
    }
    answer = await runtime.delivery(app.id).ask("interactive", payload)
    return {name: answer[name] for name in ("options", "option_groups") if name in answer}


def _merged(old: Json, new: Mapping[str, Any]) -> Json:
    merged = {block_id: dict(actions) for block_id, actions in old.items()}
    for block_id, actions in new.items():
        merged.setdefault(block_id, {}).update(actions)
    return merged


def _interaction(
    kind: str,
    runtime: Runtime,
    app: AppDefinition,
    person: Person,
    conversation: Conversation | None,
    installed_team_id: str | None = None,
) -> Json:
    """The common part; it names the team whose install is meant, or the person's own."""
    team_id = installed_team_id or person.team_id
    if installed_team_id is None and conversation is not None:
        install = acting.install_shown_to(person, app, conversation)
        team_id = install.team_id if install else person.team_id
    domain = runtime.workspace.teams[team_id].domain
    return payloads.interaction(kind, app, person, team_id=team_id, domain=domain)


def _action(runtime: Runtime, blocks: list[Json], press: Press) -> Json:
    block, element = find_element(blocks, press)
    action: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": runtime.workspace.next_ts(),
    }
    if press.chosen:
        return action | dict(press.chosen)
    if element["type"] in ("button", "icon_button", "feedback_buttons"):
        return action | _button(element, press.value)
    if element["type"] == "overflow":
        return action | {"selected_option": _overflow_option(element, press.value)}
    beside = (press.state.get(block["block_id"]) or {}).get(element["action_id"])
    given = beside if press.value is None else press.value
    values = state_values([block], {block["block_id"]: {element["action_id"]: given}})
    return action | {
        name: value
        for name, value in values[block["block_id"]][element["action_id"]].items()
        if name != "type"
    }


def _button(element: Json, given: str | None) -> Json:
    if element["type"] == "feedback_buttons":
        sides = [element["positive_button"], element["negative_button"]]
        side = next((each for each in sides if each["value"] == given), sides[0])
        return {"text": side["text"], "value": side["value"]}
    value = element.get("value") if given is None else given
    parts = {"text": element.get("text"), "style": element.get("style"), "value": value}
    return {name: part for name, part in parts.items() if part is not None}


def _overflow_option(element: Json, given: str | None) -> Json:
    options: list[Json] = element["options"]
    return next((option for option in options if option["value"] == given), options[0])


def find_element(blocks: list[Json], press: Press) -> tuple[Json, Json]:
    """The block and element a press names; with a value, the element of that value is preferred."""
    found = [
        (block, element)
        for block in blocks
        for element in elements_of(block)
        if element.get("action_id") == press.action_id and press.block_id in (None, block.get("block_id"))
    ]
    if not found:
        raise PageError("action_not_found")
    exact = [pair for pair in found if press.value is not None and pair[1].get("value") == press.value]
    return (exact or found)[0]


async def run_command(runtime: Runtime, person: Person, channel_id: str, command: str, text: str) -> None:
    """Run a slash command in a channel; its acknowledgement may already carry the answer."""
    app = next((each for each in runtime.apps() if command in each.commands), None)
    if app is None:
        raise PageError("unknown_command")
    install = acting.install_for(runtime, person, app)
    conversation = acting.conversation_seen(runtime, person, channel_id)
    team = runtime.workspace.teams[person.team_id]
    path = runtime.grants.issue_response_url(app_id=app.id, user_id=person.id, channel_id=conversation.id)
    payload = {
        "token": payloads.VERIFICATION_TOKEN,
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": conversation.id,
        "channel_name": payloads.channel_stub(conversation)["name"],
        "user_id": person.id,
        "user_name": person.name,
        "command": command,
        "text": deliver(text, runtime.workspace.people),
        "api_app_id": app.id,
        "is_enterprise_install": "false",
        "response_url": runtime.base_url + path,
        "trigger_id": runtime.grants.issue_trigger(person.id, app.id, team_id=install.team_id),
    }
    answer = await runtime.delivery(app.id).ask("slash_commands", payload)
    if answer:
        answer_command(runtime, app, install, conversation, person.id, answer)


async def run_shortcut(
    runtime: Runtime, person: Person, callback_id: str, channel_id: str | None, ts: str | None
) -> None:
    """Run a global shortcut, or a message shortcut on a message."""
    for app in runtime.apps():
        for shortcut in app.shortcuts:
            if shortcut.callback_id == callback_id and shortcut.is_message == bool(ts):
                acting.install_for(runtime, person, app)
                payload = _shortcut_payload(runtime, app, person, callback_id, channel_id, ts)
                await runtime.delivery(app.id).ask("interactive", payload)
                return
    raise PageError("shortcut_not_found")


def _shortcut_payload(
    runtime: Runtime,
    app: AppDefinition,
    person: Person,
    callback_id: str,
    channel_id: str | None,
    ts: str | None,
) -> Json:
    common: Json = {
        "callback_id": callback_id,
        "action_ts": runtime.workspace.next_ts(),
        "trigger_id": runtime.grants.issue_trigger(person.id, app.id, team_id=person.team_id),
    }
    if not ts:
        return _interaction("shortcut", runtime, app, person, None) | common
    conversation = acting.conversation_seen(runtime, person, channel_id)
    post = conversation.posts.get(ts)
    if post is None:
        raise PageError("message_not_found")
    path = runtime.grants.issue_response_url(
        app_id=app.id, user_id=person.id, channel_id=conversation.id, thread_ts=post.thread_ts
    )
    return (
        _interaction("message_action", runtime, app, person, conversation)
        | common
        | {
            "channel": payloads.channel_stub(conversation),
            "message_ts": ts,
            "message": conversation.render(post),
            "response_url": runtime.base_url + path,
            "is_ephemeral": False,
        }
    )
