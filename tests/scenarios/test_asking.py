"""From a message to a cited answer, over the real protocol; every question once."""

import pytest

from bot.app import Service
from bot.delivery.models import InboxItem
from bot.settings import Settings
from bot.slack import ids, texts
from emulator import sample
from knowledge.types import OrgSize
from tests.scenarios.desk import action_ids, shown
from tests.scenarios.scene import OTHER_QUESTION, Scene
from tests.scenarios.workspace import LEADERS, running


async def test_a_question_in_a_direct_message_is_answered_once_in_its_thread_with_sources(
    scene: Scene, bot: Service
) -> None:
    answer = (await scene.asks(sample.ANA)).reply
    assert "backup" in answer["text"].lower()
    assert texts.size_fitted(OrgSize.SMALL) in shown(answer)
    assert "Backup, restore testing and disaster recovery" in shown(answer)
    assert {ids.TALK, ids.FEEDBACK, ids.SOURCE_OPEN} <= set(action_ids(answer))


async def test_the_same_question_shows_each_client_its_own_size(scene: Scene, bot: Service) -> None:
    answer = (await scene.mentions(sample.BEN, sample.SHARED)).reply
    assert texts.size_fitted(OrgSize.LARGE) in shown(answer)
    assert texts.size_heading(OrgSize.SMALL) not in shown(answer)


@pytest.mark.parametrize("channel", [sample.ASK_IT, LEADERS])
async def test_a_mention_in_a_channel_comes_as_two_events_and_is_answered_once(
    scene: Scene, bot: Service, channel: str
) -> None:
    said = await scene.mentions(sample.ANA, channel)
    assert "backup" in said.reply["text"].lower()
    kinds = [event["event"]["type"] for event in _delivered(scene) if event["event"].get("ts") == said.ts]
    assert sorted(kinds) == ["app_mention", "message"]
    assert scene.bot_posts(channel) == []


async def test_each_question_at_the_top_level_gets_an_answer_of_its_own(scene: Scene, bot: Service) -> None:
    first, second = await scene.asks(sample.ANA), await scene.asks(sample.ANA, OTHER_QUESTION)
    assert first.root != second.root
    assert len(scene.bot_replies(first.channel, first.root)) == 1
    assert second.reply["thread_ts"] == second.ts


async def test_an_event_that_slack_delivers_again_is_answered_once(scene: Scene, bot: Service) -> None:
    said = await scene.asks(sample.ANA)
    _deliver_again(scene, said.ts)
    await scene.quiet()
    assert len(scene.bot_replies(said.channel, said.root)) == 1


async def test_an_event_delivered_again_after_a_restart_is_answered_once(
    scene: Scene, settings: Settings
) -> None:
    async with running(settings, scene):
        said = await scene.mentions(sample.ANA, sample.ASK_IT)
    async with running(settings, scene):
        _deliver_again(scene, said.ts)
        await scene.quiet()
        assert len(scene.bot_replies(said.channel, said.root)) == 1
        assert len(await scene.rows(InboxItem, kind="question")) == 1


async def test_a_question_asked_while_the_bot_was_away_is_answered_when_it_is_back(
    scene: Scene, settings: Settings
) -> None:
    async with running(settings, scene):
        pass
    dm = await scene.slack.dm(sample.ANA)
    ts = await scene.slack.say(sample.ANA, dm, OTHER_QUESTION)
    async with running(settings, scene):
        await scene.quiet()
        assert len(scene.bot_replies(dm, ts)) == 1


def _delivered(scene: Scene) -> list[dict[str, dict[str, str]]]:
    return list(scene.slack.runtime.hubs[scene.slack.definition.app.id].delivered)


def _deliver_again(scene: Scene, ts: str) -> None:
    hub = scene.slack.runtime.hubs[scene.slack.definition.app.id]
    again = [event for event in _delivered(scene) if event["event"].get("ts") == ts]
    assert again
    for event in again:
        hub.post_event(event)
