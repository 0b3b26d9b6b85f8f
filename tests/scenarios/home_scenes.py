"""What the scenarios of Home, browsing and shortcuts share: opening, pressing and reading views."""

from dataclasses import replace
from typing import Any

from emulator import payloads, sample
from emulator.definition import Definition, Shortcut
from tests.scenarios.desk import Json, elements, shown
from tests.scenarios.scene import Scene

# As manifest.yaml names them.
SHORTCUTS = (
    Shortcut("ask_about_message", "Ask the Virtual CIO", is_message=True),
    Shortcut("record_decision", "Record a decision", is_message=True),
    Shortcut("ask_anything", "Ask a question", is_message=False),
)


def with_shortcuts(definition: Definition) -> Definition:
    """The workspace with the shortcuts of the app's manifest."""
    apps = tuple(
        replace(app, shortcuts=SHORTCUTS) if app.id == definition.app.id else app for app in definition.apps
    )
    return replace(definition, apps=apps)


async def opens_home(scene: Scene, user: str) -> Json:
    """Open Home and return it as published."""
    await scene.slack.open_home(user)
    await scene.quiet()
    return home_of(scene, user)


def home_of(scene: Scene, user: str) -> Json:
    """The Home last published for somebody."""
    home = scene.slack.home(user)
    assert home is not None
    return home


def words(view: Json) -> str:
    """Everything a person reads in a view."""
    return shown({"blocks": view["blocks"]})


async def comes_to_say(scene: Scene, user: str, text: str) -> None:
    """Wait for somebody's Home to say something: it is published after the message that changed it."""
    await scene.slack.wait_for(lambda: text in words(home_of(scene, user)), 20, f"{text!r} on Home")


def button(view: Json, action_id: str) -> Json:
    """The first element with that action id."""
    return next(element for element in elements(view["blocks"]) if element["action_id"] == action_id)


def links(view: Json) -> list[str]:
    """The addresses that buttons of a view open."""
    return [element["url"] for element in elements(view["blocks"]) if "url" in element]


async def presses_view(scene: Scene, user: str, action_id: str, value: str | None = None) -> None:
    """Press in the topmost modal, or on Home where none is open."""
    await scene.slack.press_view(user, action_id, value)
    await scene.quiet()


async def dm_posts(scene: Scene, user: str) -> list[Json]:
    """What the bot wrote at the top level of somebody's direct messages."""
    return scene.bot_posts(await scene.slack.dm(user))


def modal(scene: Scene, user: str) -> str:
    """The words of the topmost modal."""
    return words(scene.slack.views(user)[-1])


async def presses_old(scene: Scene, user: str, view: Json, action_id: str, value: str, **more: Any) -> None:
    """Press in a view as it once was, as a client does that has not heard of the newer one."""
    runtime = scene.slack.runtime
    person, app = runtime.workspace.people[user], scene.slack.definition.app
    body = payloads.interaction("block_actions", app, person, team_id=sample.FIRM, domain="firm")
    body |= {
        "container": {"type": "view", "view_id": view["id"]},
        "view": view,
        "trigger_id": runtime.grants.issue_trigger(user, app.id, view["id"]),
        "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": value}],
    }
    await runtime.delivery(app.id).ask("interactive", body | more)
    await scene.quiet()
