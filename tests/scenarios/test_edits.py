"""Messages that people change or take back, before and after they are answered."""

from bot.answering.models import AnswerRecord, TurnRecord
from bot.answering.types import Speaker
from bot.app import Service
from bot.delivery.models import InboxItem
from emulator import sample
from tests.scenarios.scene import OTHER_QUESTION, QUESTION, Scene

# Long enough for an edit to arrive while the worker still asks who wrote the question.
SECONDS = 1.5


async def _ask_and_wait_until_stored(scene: Scene) -> tuple[str, str]:
    scene.slack.faults.add(method="users.info", delay=SECONDS)
    dm = await scene.slack.dm(sample.ANA)
    ts = await scene.slack.say(sample.ANA, dm, QUESTION)

    async def stored() -> bool:
        return len(await scene.rows(InboxItem, kind="question")) == 1

    await scene.until(stored)
    return dm, ts


async def test_an_edit_before_the_answer_changes_the_question(scene: Scene, bot: Service) -> None:
    dm, ts = await _ask_and_wait_until_stored(scene)
    await scene.slack.edit(sample.ANA, dm, ts, OTHER_QUESTION)
    await scene.quiet()
    assert len(scene.bot_replies(dm, ts)) == 1
    (record,) = await scene.rows(AnswerRecord)
    assert record.question == OTHER_QUESTION


async def test_an_edit_after_the_answer_brings_no_second_one_and_is_kept(scene: Scene, bot: Service) -> None:
    said = await scene.asks(sample.ANA)
    await scene.slack.edit(sample.ANA, said.channel, said.ts, OTHER_QUESTION)
    await scene.quiet()
    assert len(scene.bot_replies(said.channel, said.root)) == 1
    (turn,) = await scene.rows(TurnRecord, speaker=Speaker.PERSON)
    assert turn.text == OTHER_QUESTION


async def test_a_question_deleted_before_the_answer_is_not_answered(scene: Scene, bot: Service) -> None:
    dm, ts = await _ask_and_wait_until_stored(scene)
    await scene.slack.delete(sample.ANA, dm, ts)
    await scene.quiet()
    assert scene.bot_posts(dm) == []
    assert scene.slack.calls_of("chat.postMessage")[-1].args["channel"] == sample.DESK
    assert await scene.rows(AnswerRecord) == []


async def test_a_message_deleted_after_the_answer_leaves_our_transcript(scene: Scene, bot: Service) -> None:
    said = await scene.asks(sample.ANA)
    await scene.slack.delete(sample.ANA, said.channel, said.ts)
    await scene.quiet()
    assert len(scene.bot_replies(said.channel, said.root)) == 1
    (turn,) = await scene.rows(TurnRecord, speaker=Speaker.PERSON)
    assert turn.text == ""
