"""The agent view: what may be asked, what is being worked on, and what a conversation is called."""

import pytest

from bot.answering.models import Conversation
from bot.app import Service
from bot.delivery.models import OutboxItem, WorkState
from bot.slack import ids
from emulator import sample
from tests.scenarios.desk import Json
from tests.scenarios.scene import OTHER_QUESTION, QUESTION, Scene
from tests.scenarios.workspace import CROWD

STATUS = "agents.sessions.setStatus"
RECORDS = "How do we start with records management?"


async def _comes_to(scene: Scene, channel: str, root: str, status: str) -> None:
    await scene.slack.wait_for(
        lambda: (scene.slack.session(channel, root) or {}).get("status") == status, 30, status
    )


async def test_opening_it_suggests_at_most_four_things_to_ask(scene: Scene, bot: Service) -> None:
    await scene.slack.open_app(sample.ANA)
    await scene.quiet()
    prompts = scene.slack.prompts(sample.ANA)
    assert 2 <= len(prompts) <= 4
    assert all(prompt["title"] and prompt["message"] for prompt in prompts)
    (call,) = scene.slack.calls_of("assistant.threads.setSuggestedPrompts")
    assert "thread_ts" not in call.args


async def test_what_three_people_of_a_client_asked_about_comes_first(scene: Scene, bot: Service) -> None:
    *askers, opener = CROWD[:4]
    for user in askers:
        assert await _first_prompt(scene, opener) != RECORDS
        await scene.asks(user, RECORDS)
    assert await _first_prompt(scene, opener) == RECORDS
    assert await _first_prompt(scene, sample.ANA) != RECORDS


async def _first_prompt(scene: Scene, user: str) -> str:
    await scene.slack.open_app(user)
    await scene.quiet()
    return str(scene.slack.prompts(user)[0]["message"])


async def test_a_suggestion_is_answered(scene: Scene, bot: Service) -> None:
    await scene.slack.open_app(sample.ANA)
    await scene.quiet()
    for prompt in scene.slack.prompts(sample.ANA):
        assert ids.SOURCE_OPEN in str((await scene.asks(sample.ANA, prompt["message"])).reply)


async def test_a_question_is_shown_at_work_under_its_title_and_at_rest_afterwards(
    scene: Scene, bot: Service
) -> None:
    said = await scene.asks(sample.ANA)
    await _comes_to(scene, said.channel, said.root, "active")
    first = scene.slack.calls_of(STATUS)[0].args
    assert (first["status"], first["title"]) == ("processing", QUESTION)
    (conversation,) = await scene.rows(Conversation)
    assert conversation.title == QUESTION


@pytest.mark.parametrize(
    "text", ["hello", "Can I talk to a consultant please?", "we are being hacked right now"]
)
async def test_whatever_the_reply_is_the_thread_comes_to_rest(scene: Scene, bot: Service, text: str) -> None:
    said = await scene.asks(sample.ANA, text)
    assert said.replies
    await _comes_to(scene, said.channel, said.root, "active")
    assert scene.slack.calls_of(STATUS)[0].args["status"] == "processing"


async def test_thanks_close_the_thread(scene: Scene, bot: Service) -> None:
    said = await scene.asks(sample.ANA)
    await scene.says(sample.ANA, said.channel, "great, thank you", said.root)
    await _comes_to(scene, said.channel, said.root, "closed")
    await scene.says(sample.ANA, said.channel, OTHER_QUESTION, said.root)
    await _comes_to(scene, said.channel, said.root, "active")


def _is_to(given: Json, channel: str) -> bool:
    return bool(given["channel"] == channel)


async def test_a_thread_whose_answer_was_given_up_comes_to_rest(scene: Scene, bot: Service) -> None:
    scene.slack.faults.add(method="chat.startStream", error="restricted_action", times=9)
    dm = await scene.slack.dm(sample.ANA)
    scene.slack.faults.add(
        method="chat.postMessage", error="invalid_blocks", times=2, when=lambda given: _is_to(given, dm)
    )
    ts = await scene.slack.say(sample.ANA, dm, QUESTION)
    await scene.quiet()
    parked = await scene.rows(OutboxItem, kind="answer")
    assert [item.state for item in parked] == [WorkState.PARKED]
    await _comes_to(scene, dm, ts, "active")


@pytest.mark.parametrize("code", ["feature_disabled", "not_authorized", "unknown_method", "missing_scope"])
async def test_where_there_is_no_agent_view_answers_come_and_it_is_not_tried_again(
    scene: Scene, bot: Service, code: str
) -> None:
    scene.slack.faults.add(method=STATUS, error=code, times=9)
    for question in (QUESTION, OTHER_QUESTION, "hello"):
        assert (await scene.asks(sample.ANA, question)).reply
    assert len(scene.slack.calls_of(STATUS)) == 1


@pytest.mark.parametrize("code", ["not_agent_app", "missing_scope", "fatal_error"])
async def test_prompts_that_are_refused_disturb_nobody(scene: Scene, bot: Service, code: str) -> None:
    scene.slack.faults.add(method="assistant.threads.setSuggestedPrompts", error=code)
    await scene.slack.open_app(sample.ANA)
    await scene.quiet()
    assert [item.state for item in await scene.rows(OutboxItem, kind="prompts")] == [WorkState.DONE]
    assert scene.bot_posts(sample.DESK)[1:] == []


async def test_a_status_that_takes_long_holds_up_no_answer(scene: Scene, bot: Service) -> None:
    scene.slack.faults.add(method=STATUS, delay=3, times=1)
    dm = await scene.slack.dm(sample.ANA)
    ts = await scene.slack.say(sample.ANA, dm, QUESTION)
    (reply,) = await scene.slack.replies(dm, ts)
    assert reply["text"]
    assert scene.slack.calls_of("chat.startStream")
    await scene.quiet()
    await _comes_to(scene, dm, ts, "active")


async def test_channels_have_no_sessions(scene: Scene, bot: Service) -> None:
    assert (await scene.mentions(sample.ANA, sample.ASK_IT)).reply
    assert scene.slack.calls_of(STATUS) == []


async def test_a_conversation_is_called_what_its_person_calls_it(scene: Scene, bot: Service) -> None:
    said = await scene.asks(sample.ANA)
    await scene.slack.rename_session(sample.ANA, said.channel, said.root, "Our backups")
    await scene.slack.wait_for(lambda: not scene.slack.events_on_the_way, 30, "the new title to arrive")
    assert [each.title for each in await scene.rows(Conversation)] == ["Our backups"]


async def test_looking_at_something_else_is_taken_note_of_and_nothing_more(
    scene: Scene, bot: Service
) -> None:
    await scene.asks(sample.ANA)
    calls = len(scene.slack.calls)
    await scene.slack.look_at(sample.ANA, sample.GENERAL)
    await scene.quiet()
    assert len(scene.slack.calls) == calls
