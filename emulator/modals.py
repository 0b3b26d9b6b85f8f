"""Open modals and Home tabs of everybody, with their stacks and hashes."""

from __future__ import annotations

from emulator import limits
from emulator.failures import SlackError
from emulator.input_state import state_values
from emulator.message_check import name_blocks
from emulator.wire import Json, new_id, new_secret

_TEXT_FIELDS = ("title", "submit", "close")


class Views:
    """Views by id, one stack of modals and one Home for each person and app."""

    def __init__(self) -> None:
        self.by_id: dict[str, Json] = {}
        self.stacks: dict[str, list[str]] = {}
        self.homes: dict[tuple[str, str], str] = {}
        self.owners: dict[str, tuple[str, str]] = {}

    def stack(self, user_id: str) -> list[Json]:
        """The person's open modals, bottom first."""
        return [self.by_id[view_id] for view_id in self.stacks.get(user_id, [])]

    def open(self, view: Json, *, app_id: str, bot_id: str, team_id: str, user_id: str) -> Json:
        """Show a modal in place of whatever was open."""
        made = self._make(view, app_id=app_id, bot_id=bot_id, team_id=team_id, user_id=user_id)
        self.stacks[user_id] = [made["id"]]
        return made

    def push(self, view: Json, *, app_id: str, bot_id: str, team_id: str, user_id: str) -> Json:
        """Show a modal on top; raises not_found without one below, push_limit_reached above three."""
        stack = self.stacks.get(user_id) or []
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= limits.VIEW_STACK:
            raise SlackError("push_limit_reached")
        made = self._make(view, app_id=app_id, bot_id=bot_id, team_id=team_id, user_id=user_id)
        made |= {"root_view_id": stack[0], "previous_view_id": stack[-1]}
        stack.append(made["id"])
        return made

    def update(self, view_id: str, view: Json) -> Json:
        """Replace a view's content; what was typed stays where block and action ids stay."""
        old = self.by_id[view_id]
        self._refuse_doubled_external_id(view, view_id)
        fresh = _document(view)
        for name in ("id", "team_id", "app_id", "bot_id", "root_view_id", "previous_view_id"):
            fresh[name] = old[name]
        fresh["app_installed_team_id"] = old["app_installed_team_id"]
        fresh["state"] = {"values": state_values(fresh["blocks"], old["state"]["values"])}
        old.clear()
        old.update(fresh)
        return old

    def publish(self, view: Json, *, app_id: str, bot_id: str, team_id: str, user_id: str) -> Json:
        """Replace the person's Home."""
        known = self.homes.get((app_id, user_id))
        if known is not None:
            return self.update(known, view)
        made = self._make(view, app_id=app_id, bot_id=bot_id, team_id=team_id, user_id=user_id)
        self.homes[(app_id, user_id)] = made["id"]
        return made

    def home(self, app_id: str, user_id: str) -> Json | None:
        """The person's Home of that app, if it was ever published."""
        view_id = self.homes.get((app_id, user_id))
        return self.by_id[view_id] if view_id else None

    def find(self, *, view_id: str | None, external_id: str | None) -> Json:
        """A view by either id; raises not_found."""
        for view in self.by_id.values():
            if view["id"] == view_id or (external_id and view["external_id"] == external_id):
                return view
        raise SlackError("not_found")

    def close(self, user_id: str, view_id: str) -> None:
        """Take a modal and whatever stands on it away."""
        stack = self.stacks.get(user_id, [])
        if view_id in stack:
            for gone in stack[stack.index(view_id) :]:
                self.by_id.pop(gone, None)
            del stack[stack.index(view_id) :]

    def clear(self, user_id: str) -> None:
        """Take all of the person's modals away."""
        for view_id in self.stacks.pop(user_id, []):
            self.by_id.pop(view_id, None)

    def _make(self, view: Json, *, app_id: str, bot_id: str, team_id: str, user_id: str) -> Json:
        self._refuse_doubled_external_id(view, None)
        made = _document(view)
        made |= {
            "id": new_id("V"),
            "team_id": team_id,
            "app_id": app_id,
            "bot_id": bot_id,
            "app_installed_team_id": team_id,
            "previous_view_id": None,
        }
        made["root_view_id"] = made["id"]
        made["state"] = {"values": state_values(made["blocks"], {})}
        self.by_id[made["id"]] = made
        self.owners[made["id"]] = (app_id, user_id)
        return made

    def _refuse_doubled_external_id(self, view: Json, own: str | None) -> None:
        external = view.get("external_id")
        if external and any(
            each["external_id"] == external and each["id"] != own for each in self.by_id.values()
        ):
            raise SlackError("duplicate_external_id")


def _document(view: Json) -> Json:
    made: Json = {
        "type": view["type"],
        "blocks": name_blocks(view["blocks"]),
        "private_metadata": view.get("private_metadata") or "",
        "callback_id": view.get("callback_id") or "",
        "external_id": view.get("external_id") or "",
        "clear_on_close": bool(view.get("clear_on_close")),
        "notify_on_close": bool(view.get("notify_on_close")),
        "hash": f"{new_secret()[:10]}.{new_secret()[:8]}",
    }
    return made | {name: view.get(name) for name in _TEXT_FIELDS}
