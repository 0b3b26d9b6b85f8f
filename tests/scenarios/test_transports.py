"""The main stories over the socket and over HTTP: nobody who asks can tell the difference."""

import pytest

from bot.app import Service
from bot.delivery.models import InboxItem, OutboxItem
from bot.engagement.models import Ticket
from bot.slack import ids
from emulator import sample
from emulator.signing import FORM_TYPE
from tests.scenarios.desk import action_ids
from tests.scenarios.scene import QUESTION, Scene
from tests.scenarios.workspace import Transport

both = pytest.mark.parametrize("transport", list(Transport))


@both
async def test_a_question_is_answered_once_with_sources_that_open(scene: Scene, bot: Service) -> None:
    answer = (await scene.asks(sample.ANA)).reply
    assert "backup" in answer["text"].lower()
    await scene.presses(sample.ANA, answer, ids.SOURCE_OPEN)
    assert scene.slack.views(sample.ANA)


@both
async def test_a_mention_that_comes_as_two_events_is_answered_once(scene: Scene, bot: Service) -> None:
    assert "backup" in (await scene.mentions(sample.ANA, sample.ASK_IT)).reply["text"].lower()


@both
async def test_an_event_delivered_again_is_answered_once(scene: Scene, bot: Service) -> None:
    said = await scene.asks(sample.ANA)
    app_id = scene.slack.definition.app.id
    delivered = scene.slack.runtime.hubs[app_id].delivered
    again = [event for event in delivered if event["event"].get("ts") == said.ts]
    assert again
    for event in again:
        scene.slack.runtime.delivery(app_id).post_event(event)
    await scene.quiet()
    assert len(scene.bot_replies(said.channel, said.root)) == 1


@both
async def test_a_command_is_answered_to_its_user_alone(scene: Scene, bot: Service) -> None:
    await scene.commands(sample.ANA, sample.GENERAL, f"ask {QUESTION}")
    (answer,) = scene.private(sample.ANA)
    assert ids.TALK in action_ids(answer)


@both
async def test_a_consultant_is_called_with_one_press(scene: Scene, bot: Service) -> None:
    answer = (await scene.asks(sample.ANA)).reply
    await scene.presses(sample.ANA, answer, ids.TALK)
    assert len(await scene.rows(Ticket)) == 1
    assert len(scene.cards()) == 1


@pytest.mark.parametrize("transport", [Transport.HTTP])
async def test_a_recorded_request_sent_again_does_nothing(scene: Scene, bot: Service) -> None:
    answer = (await scene.asks(sample.ANA)).reply
    await scene.presses(sample.ANA, answer, ids.TALK)
    press = next(each for each in reversed(scene.slack.requests) if each.headers["Content-Type"] == FORM_TYPE)
    for headers in ({}, {"x-slack-retry-num": "1"}):
        assert (await scene.slack.resend(press, headers)).status == 401
    await scene.quiet()
    assert len(await scene.rows(Ticket)) == 1


@pytest.mark.parametrize("transport", [Transport.HTTP])
async def test_forged_requests_leave_nothing_behind(scene: Scene, bot: Service) -> None:
    event = {
        "type": "event_callback",
        "event_id": "EvForged",
        "team_id": sample.FIRM,
        "event": {
            "type": "message",
            "channel_type": "im",
            "channel": await scene.slack.dm(sample.ANA),
            "user": sample.ANA,
            "text": QUESTION,
            "ts": "1800000000.000100",
        },
    }
    assert (await scene.slack.forge(event, secret="guessed")).status == 401
    assert (await scene.slack.forge(event, timestamp="1000000000")).status == 401
    await scene.quiet()
    assert await scene.rows(InboxItem) == await scene.rows(OutboxItem, kind="answer") == []
