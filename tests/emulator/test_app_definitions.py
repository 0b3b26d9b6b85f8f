"""An app can be made from a manifest, so that tests meet exactly what it grants."""

from __future__ import annotations

from dataclasses import replace

from emulator import sample
from emulator.apps import described_by
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import client_of, refusal

MANIFEST = {
    "features": {
        "slash_commands": [{"command": "/vcio"}],
        "shortcuts": [{"name": "Ask", "type": "message", "callback_id": "ask"}],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_mention"]}},
}


async def test_an_app_from_a_manifest_may_do_what_the_manifest_says() -> None:
    app = described_by(MANIFEST, sample.FIRM)
    assert (app.commands, app.events, app.is_agent) == (("/vcio",), frozenset({"app_mention"}), False)
    assert [(each.callback_id, each.is_message) for each in app.shortcuts] == [("ask", True)]
    definition = sample.sample_definition()
    async with LocalWorkspace(replace(definition, apps=(app, definition.apps[1]))) as slack:
        client = client_of(slack)
        await client.chat_postMessage(channel=sample.ASK_IT, text="May I?")
        assert await refusal(client.users_info(user=sample.ANA)) == "missing_scope"
