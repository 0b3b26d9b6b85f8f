"""views.open, views.push, views.update and views.publish."""

from __future__ import annotations

import copy

from emulator.failures import SlackError
from emulator.feed import Change
from emulator.grants import Trigger
from emulator.limits import Tier
from emulator.methods.registry import Call, method
from emulator.shapes import Surface
from emulator.view_check import check_view
from emulator.wire import Json


@method("views.open", Tier.T4, required=("view",))
def open_view(call: Call) -> Json:
    """Open a modal for the person whose interaction brought the trigger."""
    view = _checked(call, Surface.MODAL)
    trigger = _trigger(call)
    made = call.runtime.views.open(view, **_owner(call, trigger.user_id))
    return _shown(call, made, trigger.user_id)


@method("views.push", Tier.T4, required=("view",))
def push_view(call: Call) -> Json:
    """Push a modal onto the one the trigger came from."""
    view = _checked(call, Surface.MODAL)
    trigger = _trigger(call)
    if trigger.view_id is None:
        raise SlackError("not_found")
    made = call.runtime.views.push(view, **_owner(call, trigger.user_id))
    return _shown(call, made, trigger.user_id)


@method("views.update", Tier.T4, required=("view",))
def update_view(call: Call) -> Json:
    """Replace the content of an open modal or a Home."""
    view_id, external_id = call.arguments.text("view_id"), call.arguments.text("external_id")
    if not view_id and not external_id:
        raise SlackError("invalid_arguments", messages=["[ERROR] missing required field: view_id"])
    old = call.runtime.views.find(view_id=view_id, external_id=external_id)
    app_id, user_id = call.runtime.views.owners[old["id"]]
    if app_id != call.app.id or old["app_installed_team_id"] != call.install.team_id:
        raise SlackError("not_found")
    _check_hash(call, old)
    made = call.runtime.views.update(old["id"], _checked(call, Surface(old["type"])))
    return _shown(call, made, user_id)


@method("views.publish", Tier.T4, required=("user_id", "view"))
def publish_view(call: Call) -> Json:
    """Replace somebody's Home tab."""
    user_id = call.arguments.need("user_id")
    person = call.runtime.workspace.people.get(user_id)
    if person is None or person.is_bot or person.team_id != call.install.team_id:
        raise SlackError("user_not_found")
    view = _checked(call, Surface.HOME)
    if old := call.runtime.views.home(call.app.id, user_id):
        _check_hash(call, old)
    made = call.runtime.views.publish(view, **_owner(call, user_id))
    return _shown(call, made, user_id)


def _checked(call: Call, surface: Surface) -> Json:
    return copy.deepcopy(check_view(call.arguments.document("view"), surface))


def _trigger(call: Call) -> Trigger:
    trigger_id = call.arguments.text("trigger_id") or call.arguments.need("interactivity_pointer")
    return call.runtime.grants.use_trigger(trigger_id, call.app.id, call.install.team_id)


def _owner(call: Call, user_id: str) -> dict[str, str]:
    return {
        "app_id": call.app.id,
        "bot_id": call.install.bot_id,
        "team_id": call.install.team_id,
        "user_id": user_id,
    }


def _check_hash(call: Call, old: Json) -> None:
    given = call.arguments.text("hash")
    if given and given != old["hash"]:
        raise SlackError("hash_conflict")


def _shown(call: Call, view: Json, user_id: str) -> Json:
    change = Change.HOME if view["type"] == Surface.HOME else Change.VIEW
    call.runtime.feed.tell(change, may_see=lambda each: each == user_id)
    return {"view": copy.deepcopy(view)}
