"""Both shortcuts over the real protocol: any message asked about in private, and posted where it may be."""

from collections.abc import AsyncIterator

import pytest

from bot.answering.models import Conversation
from bot.app import Service
from bot.slack import home_texts, ids, texts
from bot.workflows.ask import GONE
from bot.workflows.post_in_thread import ALREADY_POSTED, NOT_A_MEMBER, NOT_IN_CHANNEL
from bot.workflows.presses import NOT_YOURS
from emulator import sample
from emulator.testing import LocalWorkspace
from tests.scenarios import manners
from tests.scenarios.desk import Json, action_ids, elements, shown
from tests.scenarios.home_scenes import modal, with_shortcuts
from tests.scenarios.scene import QUESTION, Scene
from tests.scenarios.workspace import CONSULTANTS, definition


@pytest.fixture
async def slack() -> AsyncIterator[LocalWorkspace]:
    """The workspace of the scenarios, with the shortcuts of the manifest."""
    async with LocalWorkspace(with_shortcuts(definition())) as workspace:
        yield workspace
        assert manners.faults(workspace) == []


async def asks_about(scene: Scene, user: str, channel: str, ts: str) -> None:
    await scene.slack.shortcut(user, ids.ASK_ABOUT_MESSAGE, channel, ts)
    await scene.quiet()


async def private_answer(scene: Scene, user: str, channel: str, ts: str) -> Json:
    await asks_about(scene, user, channel, ts)
    (answer,) = scene.private(user)
    return answer


async def test_a_colleagues_message_is_answered_to_the_presser_alone(scene: Scene, bot: Service) -> None:
    ts = await scene.slack.say(sample.CARL, sample.ASK_IT, QUESTION)
    answer = await private_answer(scene, sample.ANA, sample.ASK_IT, ts)
    assert "backup" in answer["text"].lower()
    assert home_texts.ONLY_YOU in shown(answer)
    assert {ids.POST_IN_THREAD, ids.TALK, ids.SOURCE_OPEN} <= set(action_ids(answer))
    assert scene.bot_replies(sample.ASK_IT, ts) == scene.private(sample.CARL) == []


async def test_the_answer_is_posted_in_the_thread_for_everyone_there_and_once(
    scene: Scene, bot: Service
) -> None:
    ts = await scene.slack.say(sample.CARL, sample.ASK_IT, QUESTION)
    answer = await private_answer(scene, sample.ANA, sample.ASK_IT, ts)
    await scene.presses(sample.ANA, answer, ids.POST_IN_THREAD)
    (posted,) = scene.bot_replies(sample.ASK_IT, ts)
    assert home_texts.POSTED in shown(scene.private(sample.ANA)[-1])
    assert texts.SOURCES in shown(posted)
    assert ids.POST_IN_THREAD not in action_ids(posted)
    await scene.presses(sample.CARL, posted, ids.SOURCE_OPEN)
    assert scene.slack.views(sample.CARL)
    await scene.presses(sample.ANA, answer, ids.POST_IN_THREAD)
    assert ALREADY_POSTED in shown(scene.private(sample.ANA)[-1])
    assert len(scene.bot_replies(sample.ASK_IT, ts)) == 1


async def test_a_reply_is_answered_in_its_own_thread(scene: Scene, bot: Service) -> None:
    root = await scene.slack.say(sample.CARL, sample.ASK_IT, "I have a question.")
    ts = await scene.slack.say(sample.CARL, sample.ASK_IT, QUESTION, thread_ts=root)
    answer = await private_answer(scene, sample.ANA, sample.ASK_IT, ts)
    await scene.presses(sample.ANA, answer, ids.POST_IN_THREAD)
    assert len(scene.bot_replies(sample.ASK_IT, root)) == 1


async def test_where_the_app_is_not_the_answer_is_private_and_posting_says_how_to_invite(
    scene: Scene, bot: Service
) -> None:
    ts = await scene.slack.say(sample.CORA, CONSULTANTS, QUESTION)
    answer = await private_answer(scene, sample.DEV, CONSULTANTS, ts)
    await scene.presses(sample.DEV, answer, ids.POST_IN_THREAD)
    assert NOT_IN_CHANNEL in shown(scene.private(sample.DEV)[-1])
    await scene.slack.invite(sample.CORA, CONSULTANTS, sample.BOT)
    await scene.presses(sample.DEV, answer, ids.POST_IN_THREAD)
    assert len(scene.bot_replies(CONSULTANTS, ts)) == 1


async def test_who_has_left_the_channel_cannot_have_it_posted_there(scene: Scene, bot: Service) -> None:
    ts = await scene.slack.say(sample.CARL, sample.ASK_IT, QUESTION)
    answer = await private_answer(scene, sample.ANA, sample.ASK_IT, ts)
    number = next(
        element["value"]
        for element in elements(answer["blocks"])
        if element["action_id"] == ids.POST_IN_THREAD
    )
    scene.slack.runtime.workspace.conversations[sample.ASK_IT].members.remove(sample.ANA)
    await scene.forges(sample.ANA, sample.ASK_IT, ids.POST_IN_THREAD, number)
    assert scene.bot_replies(sample.ASK_IT, ts) == []
    assert not [each for each in await scene.rows(Conversation) if not each.is_private]


async def test_somebody_elses_answer_is_not_posted(scene: Scene, bot: Service) -> None:
    ts = await scene.slack.say(sample.CARL, sample.ASK_IT, QUESTION)
    answer = await private_answer(scene, sample.ANA, sample.ASK_IT, ts)
    number = next(
        each["value"] for each in elements(answer["blocks"]) if each["action_id"] == ids.POST_IN_THREAD
    )
    for who, channel in ((sample.CARL, sample.ASK_IT), (sample.ANA, sample.GENERAL)):
        await scene.forges(who, channel, ids.POST_IN_THREAD, number)
        assert NOT_YOURS in shown(scene.private(who)[-1])
    await scene.forges(sample.ANA, sample.ASK_IT, ids.POST_IN_THREAD, "nonsense")
    assert NOT_YOURS in shown(scene.private(sample.ANA)[-1])
    assert scene.bot_replies(sample.ASK_IT, ts) == []


async def test_a_message_of_another_bot_is_read_like_any_other(scene: Scene, bot: Service) -> None:
    other = scene.slack.definition.apps[1]
    ts = await scene.posts_as_app(other, sample.GENERAL, QUESTION)
    assert "backup" in (await private_answer(scene, sample.ANA, sample.GENERAL, ts))["text"].lower()


async def test_a_message_of_the_assistants_own_is_not_asked_back(scene: Scene, bot: Service) -> None:
    said = await scene.mentions(sample.ANA, sample.ASK_IT)
    await asks_about(scene, sample.ANA, sample.ASK_IT, said.reply["ts"])
    assert home_texts.OWN_MESSAGE in shown(scene.private(sample.ANA)[-1])


async def test_a_message_without_words_is_met_with_a_sentence(scene: Scene, bot: Service) -> None:
    file = {"name": "plan.pdf", "mimetype": "application/pdf"}
    ts = await scene.slack.say(sample.CARL, sample.ASK_IT, "", files=[file])
    await asks_about(scene, sample.ANA, sample.ASK_IT, ts)
    assert home_texts.NO_WORDS in shown(scene.private(sample.ANA)[-1])


async def test_ones_own_question_in_the_direct_messages_can_be_asked_about(
    scene: Scene, bot: Service
) -> None:
    said = await scene.asks(sample.ANA)
    answer = await private_answer(scene, sample.ANA, said.channel, said.root)
    await scene.presses(sample.ANA, answer, ids.POST_IN_THREAD)
    assert len(scene.bot_replies(said.channel, said.root)) == 2


async def test_an_account_that_was_closed_gets_a_kind_word_and_no_answer(scene: Scene, bot: Service) -> None:
    ts = await scene.slack.say(sample.CARL, sample.ASK_IT, QUESTION)
    scene.slack.runtime.workspace.inactive.add(sample.ANA)
    await asks_about(scene, sample.ANA, sample.ASK_IT, ts)
    (told,) = scene.private(sample.ANA)
    assert GONE in shown(told)


async def test_the_global_shortcut_opens_the_form_and_its_question_is_answered(
    scene: Scene, bot: Service
) -> None:
    await scene.slack.shortcut(sample.ANA, ids.ASK_ANYTHING)
    await scene.quiet()
    assert home_texts.ASK_HINT in modal(scene, sample.ANA)
    await scene.slack.submit(sample.ANA, {ids.ASK_INPUT: QUESTION})
    await scene.quiet()
    (root,) = scene.bot_posts(await scene.slack.dm(sample.ANA))
    assert len(scene.bot_replies(root["channel"], root["ts"])) == 1


async def test_a_shortcut_too_late_for_its_form_says_to_press_again(scene: Scene, bot: Service) -> None:
    scene.slack.faults.add(method="views.open", error="expired_trigger_id")
    await scene.slack.shortcut(sample.ANA, ids.ASK_ANYTHING)
    await scene.quiet()
    (told,) = scene.bot_posts(await scene.slack.dm(sample.ANA))
    assert home_texts.PRESS_AGAIN in shown(told)


async def test_only_members_may_post(scene: Scene, bot: Service) -> None:
    """Anybody may read a public channel without joining it, and use the shortcut there."""
    ts = await scene.slack.say(sample.CARL, sample.ASK_IT, QUESTION)
    scene.slack.runtime.workspace.conversations[sample.ASK_IT].members.append(sample.ELIF)
    answer = await private_answer(scene, sample.ELIF, sample.ASK_IT, ts)
    scene.slack.faults.add(method="conversations.members", error="fetch_members_failed", times=1)
    await scene.presses(sample.ELIF, answer, ids.POST_IN_THREAD)
    assert texts.FAILED in shown(scene.private(sample.ELIF)[-1])
    assert NOT_A_MEMBER not in shown(answer)
    await scene.presses(sample.ELIF, answer, ids.POST_IN_THREAD)
    assert len(scene.bot_replies(sample.ASK_IT, ts)) == 1
