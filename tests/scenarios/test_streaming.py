"""An answer in a direct message grows before the person's eyes, and is whole whatever goes wrong."""

import pytest

from bot.app import Service
from bot.delivery.models import OutboxItem, WorkState
from bot.slack import ids, sessions
from bot.slack.streaming import STARTS_A_MINUTE
from emulator import limits, sample
from emulator.wire import Json
from tests.scenarios.desk import action_ids, shown
from tests.scenarios.scene import OTHER_QUESTION, QUESTION, Scene

WAYS_ON = {ids.SOURCE_OPEN, ids.TALK, ids.FEEDBACK}
APPEND, STOP = "chat.appendStream", "chat.stopStream"


def _posts_to(scene: Scene, channel: str) -> int:
    calls = scene.slack.calls_of("chat.postMessage")
    return sum(call.args.get("channel") == channel for call in calls)


def _words(message: Json) -> str:
    """What a person reads; a grown answer marks bold words in its own way."""
    return shown(message).replace("*", "").strip()


async def test_an_answer_grows_and_ends_with_sources_and_all_ways_on(scene: Scene, bot: Service) -> None:
    said = await scene.asks(sample.ANA)
    (stream,) = scene.slack.streams(said.channel)
    assert (stream["state"], stream["ts"]) == ("finished", said.reply["ts"])
    assert set(action_ids(said.reply)) >= WAYS_ON
    assert len(scene.slack.calls_of(APPEND)) >= 1
    assert _posts_to(scene, said.channel) == 0


async def test_in_a_crowd_answers_come_whole_and_nothing_else_is_shown(
    scene: Scene, bot: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as crowded:
        crowded.setattr(sessions, "CROWD", -1)
        whole = await scene.asks(sample.ANA)
    assert not scene.slack.streams(whole.channel)
    assert _posts_to(scene, whole.channel) == 1
    assert not scene.slack.calls_of("agents.sessions.setStatus")
    alone = await scene.asks(sample.ANA, OTHER_QUESTION)
    assert [stream["ts"] for stream in scene.slack.streams(alone.channel)] == [alone.reply["ts"]]


async def test_it_says_what_a_posted_answer_says_in_the_same_order(scene: Scene, bot: Service) -> None:
    await scene.mentions(sample.ANA, sample.ASK_IT, "hello")
    posted = (await scene.mentions(sample.ANA, sample.ASK_IT)).reply
    grown = (await scene.asks(sample.ANA)).reply
    assert _words(grown) == _words(posted)
    types = [[block["type"] for block in message["blocks"]] for message in (grown, posted)]
    assert types[0][1:] == types[1][1:]


async def test_its_text_says_what_is_in_it(scene: Scene, bot: Service) -> None:
    grown = (await scene.asks(sample.ANA)).reply
    in_channel = (await scene.mentions(sample.ANA, sample.ASK_IT)).reply
    assert grown["text"].split()[:5] == in_channel["text"].split()[:5]


async def test_every_button_of_a_grown_answer_works_as_on_a_posted_one(scene: Scene, bot: Service) -> None:
    reply = (await scene.asks(sample.ANA)).reply
    await scene.presses(sample.ANA, reply, ids.SOURCE_OPEN)
    assert scene.slack.views(sample.ANA)
    await scene.slack.close_view(sample.ANA)
    await scene.presses(sample.ANA, reply, ids.FEEDBACK)
    assert scene.private(sample.ANA)
    await scene.presses(sample.ANA, reply, ids.TALK)
    assert len(scene.cards()) == 1


async def test_a_channel_gets_its_answer_whole(scene: Scene, bot: Service) -> None:
    assert (await scene.mentions(sample.ANA, sample.ASK_IT)).reply
    assert scene.slack.streams() == []


@pytest.mark.parametrize("code", ["unknown_method", "feature_disabled", "ratelimited", "fatal_error"])
async def test_where_nothing_grows_the_answer_is_posted_whole(scene: Scene, bot: Service, code: str) -> None:
    scene.slack.faults.add(method="chat.startStream", error=code, times=5)
    said = await scene.asks(sample.ANA)
    assert set(action_ids(said.reply)) >= WAYS_ON
    assert _posts_to(scene, said.channel) == 1


async def test_a_workspace_without_streaming_is_asked_once_and_not_at_every_answer(
    scene: Scene, bot: Service
) -> None:
    scene.slack.faults.add(method="chat.startStream", error="unknown_method", times=5)
    for question in (QUESTION, OTHER_QUESTION):
        assert (await scene.asks(sample.ANA, question)).reply
    assert len(scene.slack.calls_of("chat.startStream")) == 1


@pytest.mark.parametrize(
    ("method", "trouble"),
    [
        (APPEND, {"error": "message_not_in_streaming_state"}),
        (APPEND, {"error": "invalid_blocks"}),
        (APPEND, {"error": "ratelimited", "retry_after": 1}),
        (APPEND, {"status": 503}),
        (APPEND, {"drop_response": True}),
        (STOP, {"error": "msg_blocks_too_long"}),
        (STOP, {"error": "internal_error"}),
        (STOP, {"drop_response": True}),
        ("chat.startStream", {"drop_response": True}),
        ("chat.startStream", {"status": 503}),
    ],
)
async def test_an_answer_that_stops_growing_half_way_is_made_whole_in_its_place(
    scene: Scene, bot: Service, method: str, trouble: Json
) -> None:
    await scene.asks(sample.ANA, "hello")
    like = (await scene.asks(sample.ANA)).reply
    scene.slack.faults.add(method=method, **trouble)
    said = await scene.asks(sample.ANA)
    assert _words(said.reply) == _words(like)
    assert action_ids(said.reply) == action_ids(like)
    (item,) = [each for each in await scene.rows(OutboxItem) if each.slack_ts == said.reply["ts"]]
    assert (item.state, item.error) == (WorkState.DONE, None)
    assert "open" not in {each["state"] for each in scene.slack.streams(said.channel)}


async def test_an_answer_that_was_cut_off_by_age_is_made_whole(scene: Scene, bot: Service) -> None:
    def grow_old(_arguments: Json) -> bool:
        scene.slack.clock.advance(limits.STREAM_LIFE_SECONDS + 1)
        return False

    scene.slack.faults.add(method=APPEND, error="unused", when=grow_old)
    said = await scene.asks(sample.ANA)
    assert set(action_ids(said.reply)) >= WAYS_ON
    assert scene.slack.calls_of(APPEND)[0].error == "message_not_in_streaming_state"


async def test_more_answers_than_the_rate_allows_are_posted_whole_and_none_waits(
    scene: Scene, bot: Service
) -> None:
    dm = await scene.slack.dm(sample.ANA)
    asked = [await scene.slack.say(sample.ANA, dm, OTHER_QUESTION) for _number in range(20)]
    await scene.quiet()
    assert [len(scene.bot_replies(dm, ts)) for ts in asked] == [1] * 20
    grown = len(scene.slack.calls_of("chat.startStream"))
    assert 1 <= grown <= STARTS_A_MINUTE
    assert _posts_to(scene, dm) == 20 - grown


async def test_a_grown_answer_that_was_deleted_meanwhile_is_posted_anew(scene: Scene, bot: Service) -> None:
    scene.slack.faults.add(method=APPEND, error="message_not_found")
    scene.slack.faults.add(method="chat.update", error="message_not_found")
    said = await scene.asks(sample.ANA)
    assert _posts_to(scene, said.channel) == 1
    assert set(action_ids(said.replies[-1])) >= WAYS_ON
