"""The Slack app as declared fits Slack's limits, and asks for what the code uses and nothing else."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import decision_ids, ids
from bot.slack.scopes import NEEDED_SCOPES, WISHED_SCOPES

ROOT = Path(__file__).parents[1]
LIMITS = ROOT.parent / "shared" / "slack_limits.json"
SLACK = ROOT / "bot" / "slack"
# The parts outside bot/slack that talk to Slack while the program starts or is checked.
BESIDE = (ROOT / "bot" / "app.py", ROOT / "bot" / "doctor.py")
# Slack tells messages apart by the conversation they stand in, the code by `channel_type`.
MESSAGE_EVENTS = {"message.channels", "message.groups", "message.im", "message.mpim"}
# What a feature of the manifest needs by itself.
FEATURE_SCOPES = {"slash_commands": {"commands"}, "agent_view": {"assistant:write"}}
# Where Slack accepts any of several scopes, which kinds of conversation we really use it for.
CHOSEN_SCOPES = {
    # The desk is a private channel; the choice of one must also see and refuse a public one.
    "conversations.info": {"groups:read", "channels:read"},
    "conversations.members": {"groups:read"},
    "conversations.open": {"im:write"},
    # Looking for our own message where it may have been posted before.
    "conversations.history": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "conversations.replies": {"channels:history", "groups:history", "im:history", "mpim:history"},
}
# Arguments of a method that need a scope of their own (docs.slack.dev/reference/methods/chat.postMessage).
ARGUMENT_SCOPES = {"username": "chat:write.customize"}
CHOSEN_EVENT_SCOPES = {
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yaml").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def limits() -> dict[str, Any]:
    if not LIMITS.exists():
        pytest.skip("the list of Slack's limits is not beside this checkout")
    loaded: dict[str, Any] = json.loads(LIMITS.read_text(encoding="utf-8"))
    return loaded


def trees() -> Iterator[ast.Module]:
    for path in [*sorted(SLACK.rglob("*.py")), *filter(Path.exists, BESIDE)]:
        yield ast.parse(path.read_text(encoding="utf-8"))


def methods_used() -> set[str]:
    """Web API methods the code names, as Slack spells them (`chat_postMessage` is chat.postMessage)."""
    attributes = (node for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return {node.attr.replace("_", ".") for node in attributes if is_web_api_method(node)}


def arguments_named() -> set[str]:
    """Names under which the sender hands arguments to Slack, as keys of what it passes on."""
    tree = ast.parse((SLACK / "sender.py").read_text(encoding="utf-8"))
    keys = (key for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys)
    return {str(key.value) for key in keys if isinstance(key, ast.Constant)}


def is_web_api_method(node: ast.Attribute) -> bool:
    owner = ast.unparse(node.value).rsplit(".", 1)[-1]
    spelled_like_one = "_" in node.attr.strip("_")
    return (
        owner.endswith("client") and spelled_like_one and callable(getattr(AsyncWebClient, node.attr, None))
    )


def events_handled() -> set[str]:
    """Event types named in the door's `match`, where everything else is ignored."""
    tree = ast.parse((SLACK / "intake.py").read_text(encoding="utf-8"))
    door = next(
        node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef) and node.name == "_take"
    )
    patterns = (node.value for node in ast.walk(door) if isinstance(node, ast.MatchValue))
    return {str(value.value) for value in patterns if isinstance(value, ast.Constant)}


def commands_handled() -> set[str]:
    tree = ast.parse((SLACK / "register.py").read_text(encoding="utf-8"))
    return {
        str(argument.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "command"
        for argument in node.args
        if isinstance(argument, ast.Constant)
    }


def shortcuts_handled() -> set[str]:
    """Callback ids that `app.shortcut(...)` is called with; they are constants of a module of ids."""
    calls = (node for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Call))
    named = [
        argument.attr
        for node in calls
        if isinstance(node.func, ast.Attribute) and node.func.attr == "shortcut"
        for argument in node.args
        if isinstance(argument, ast.Attribute)
    ]
    known = {**vars(ids), **vars(decision_ids)}
    return {str(known[name]) for name in named}


def subscribed(manifest: dict[str, Any]) -> set[str]:
    return set(manifest["settings"]["event_subscriptions"]["bot_events"])


def granted(manifest: dict[str, Any]) -> set[str]:
    return set(manifest["oauth_config"]["scopes"]["bot"])


def scopes_needed(manifest: dict[str, Any], limits: dict[str, Any]) -> set[str]:
    needed: set[str] = set()
    for event in subscribed(manifest):
        needed |= CHOSEN_EVENT_SCOPES.get(event) or set(limits["events_bot_scopes"][event])
    for method in methods_used():
        needed |= CHOSEN_SCOPES.get(method) or set(limits["methods"][method]["scopes_bot"])
    needed |= {scope for name, scope in ARGUMENT_SCOPES.items() if name in arguments_named()}
    for feature, scopes in FEATURE_SCOPES.items():
        needed |= scopes if manifest["features"].get(feature) else set()
    return needed


def test_the_app_subscribes_to_the_events_the_door_takes(manifest: dict[str, Any]) -> None:
    handled = events_handled()
    assert "message" in handled
    expected = (handled - {"message"}) | MESSAGE_EVENTS
    assert subscribed(manifest) == expected


def test_the_scopes_are_those_the_events_and_calls_need(
    manifest: dict[str, Any], limits: dict[str, Any]
) -> None:
    assert granted(manifest) == scopes_needed(manifest, limits)


def test_doctor_looks_for_the_scopes_the_manifest_asks_for(manifest: dict[str, Any]) -> None:
    shown_by_slack_alone = FEATURE_SCOPES["agent_view"]
    assert granted(manifest) == NEEDED_SCOPES | WISHED_SCOPES | shown_by_slack_alone


def test_every_call_is_a_method_whose_scopes_are_known(limits: dict[str, Any]) -> None:
    used = methods_used()
    assert "chat.postMessage" in used
    assert used <= set(limits["methods"])


def test_every_choice_among_scopes_is_one_slack_offers(limits: dict[str, Any]) -> None:
    for method, chosen in CHOSEN_SCOPES.items():
        assert chosen <= set(limits["methods"][method]["scopes_bot"]), method
    for event, chosen in CHOSEN_EVENT_SCOPES.items():
        assert chosen <= set(limits["events_bot_scopes"][event]), event


def test_every_choice_among_scopes_is_still_used(manifest: dict[str, Any]) -> None:
    assert set(CHOSEN_SCOPES) <= methods_used()
    assert set(CHOSEN_EVENT_SCOPES) <= subscribed(manifest)


def test_the_slash_commands_are_the_registered_ones(manifest: dict[str, Any]) -> None:
    declared = {entry["command"] for entry in manifest["features"].get("slash_commands", ())}
    assert declared == commands_handled()


def test_the_shortcuts_are_the_registered_ones(manifest: dict[str, Any], limits: dict[str, Any]) -> None:
    declared = manifest["features"].get("shortcuts", [])
    assert {entry["callback_id"] for entry in declared} == shortcuts_handled()
    for entry in declared:
        assert len(entry["name"]) <= 24
        assert len(entry["description"]) <= 150
        assert entry["type"] in {"message", "global"}


def test_the_texts_fit_slacks_limits(manifest: dict[str, Any], limits: dict[str, Any]) -> None:
    most = limits["manifest"]
    shown, features = manifest["display_information"], manifest["features"]
    shortest, longest = most["display_information.long_description"]
    assert set(most["required"]) <= set(manifest)
    assert manifest["_metadata"]["major_version"] in most["_metadata.major_version"]
    assert len(shown["name"]) <= most["display_information.name"]
    assert len(shown["description"]) <= most["display_information.description"]
    assert shortest <= len(shown["long_description"]) <= longest
    assert len(features["bot_user"]["display_name"]) <= most["features.bot_user.display_name"]
    agent = features["agent_view"]
    assert len(agent["agent_description"]) <= most["features.agent_view.agent_description"]
    assert len(agent["suggested_prompts"]) <= most["features.agent_view.suggested_prompts"]
    assert len(features["slash_commands"]) <= most["features.slash_commands"]
    assert len(subscribed(manifest)) <= most["settings.event_subscriptions.bot_events"]


def test_the_app_can_be_used_without_a_public_address(manifest: dict[str, Any]) -> None:
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert manifest["settings"]["interactivity"]["is_enabled"] is True
    assert manifest["features"]["app_home"]["messages_tab_read_only_enabled"] is False
