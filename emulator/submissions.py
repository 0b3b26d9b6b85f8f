"""Submitting and closing modals, and what the app's acknowledgement does to them."""

from __future__ import annotations

import copy
from typing import Any, Never

from emulator import payloads
from emulator.definition import Person
from emulator.failures import PageError, SlackError
from emulator.feed import Change
from emulator.input_state import by_block, incomplete, state_values
from emulator.runtime import Runtime
from emulator.shapes import Surface
from emulator.view_check import check_view
from emulator.wire import Json


async def submit(runtime: Runtime, person: Person, view_id: str, answers: Json) -> Json:
    """Submit the person's topmost modal; the result holds `response_action` and `errors` as the page needs.

    Raises DispatchFailedError without an acknowledgement, PageError for one Slack would not understand.
    """
    view = _top(runtime, person, view_id)
    typed = by_block(view["blocks"], answers)
    values = state_values(view["blocks"], _over(view["state"]["values"], typed))
    if errors := incomplete(view["blocks"], values):
        return {"response_action": "errors", "errors": errors}
    view["state"] = {"values": values}
    payload = _view_payload(runtime, person, view, "view_submission")
    team_id = view["app_installed_team_id"]
    payload["trigger_id"] = runtime.grants.issue_trigger(person.id, view["app_id"], view_id, team_id=team_id)
    answer = await runtime.delivery(view["app_id"]).ask("interactive", payload | {"response_urls": []})
    result = _apply(runtime, person, view, answer)
    runtime.feed.tell(Change.VIEW, may_see=lambda user_id: user_id == person.id)
    return result


def _over(old: Json, typed: Json) -> Json:
    merged = {block_id: dict(actions) for block_id, actions in old.items()}
    for block_id, actions in typed.items():
        merged.setdefault(block_id, {}).update(actions)
    return merged


def _top(runtime: Runtime, person: Person, view_id: str) -> Json:
    stack = runtime.views.stack(person.id)
    if not stack or stack[-1]["id"] != view_id:
        raise PageError("view_not_found")
    return stack[-1]


def _view_payload(runtime: Runtime, person: Person, view: Json, kind: str) -> Json:
    app = runtime.workspace.app(view["app_id"])
    domain = runtime.workspace.teams[person.team_id].domain
    payload = payloads.interaction(kind, app, person, team_id=person.team_id, domain=domain)
    return payload | {"view": copy.deepcopy(view)}


def _apply(runtime: Runtime, person: Person, view: Json, answer: Json) -> Json:
    views = runtime.views
    action = answer.get("response_action")
    match action:
        case None:
            views.close(person.id, view["id"])
        case "clear":
            views.clear(person.id)
        case "errors":
            return {"response_action": "errors", "errors": _errors(view, answer.get("errors"))}
        case "update":
            views.update(view["id"], _checked(answer.get("view")))
        case "push":
            _push(runtime, person, view, answer.get("view"))
        case _:
            raise PageError(f"unknown_response_action: {action!r}")
    return {"response_action": action} if action else {}


def _errors(view: Json, errors: Any) -> dict[str, str]:
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise PageError("invalid_response_errors: keys must be block_ids of input blocks")
    return {str(block_id): str(sentence) for block_id, sentence in errors.items()}


def _checked(view: Any) -> Json:
    try:
        return copy.deepcopy(check_view(view, Surface.MODAL))
    except SlackError as refusal:
        _refuse(refusal)


def _refuse(refusal: SlackError) -> Never:
    raise PageError(f"invalid_response_view: {refusal.code} {' '.join(refusal.messages)}") from refusal


def _push(runtime: Runtime, person: Person, below: Json, view: Any) -> None:
    checked = _checked(view)
    try:
        runtime.views.push(
            checked,
            app_id=below["app_id"],
            bot_id=below["bot_id"],
            team_id=below["app_installed_team_id"],
            user_id=person.id,
        )
    except SlackError as refusal:
        _refuse(refusal)


async def close(runtime: Runtime, person: Person, view_id: str, *, whole_stack: bool = False) -> None:
    """Close the topmost modal; the app hears of it where it asked to, and is not waited for.

    Slack's close button takes one view away, the cross in its corner the `whole_stack`.
    """
    view = copy.deepcopy(_top(runtime, person, view_id))
    is_cleared = whole_stack or bool(view["clear_on_close"])
    if is_cleared:
        runtime.views.clear(person.id)
    else:
        runtime.views.close(person.id, view_id)
    runtime.feed.tell(Change.VIEW, may_see=lambda user_id: user_id == person.id)
    if view["notify_on_close"]:
        payload = _view_payload(runtime, person, view, "view_closed")
        payload["is_cleared"] = is_cleared
        await runtime.delivery(view["app_id"]).ask("interactive", payload)
