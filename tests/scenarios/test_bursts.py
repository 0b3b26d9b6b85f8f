"""Several messages within a moment in one thread are one question; at top level each is its own."""

from bot.answering.models import AnswerRecord, TurnRecord
from bot.answering.types import Speaker
from bot.app import Service
from bot.delivery.models import InboxItem
from emulator import sample
from tests.scenarios.scene import AT_BOT, OTHER_QUESTION, QUESTION, Scene

# Long enough for all of a burst to arrive while the worker still asks who wrote its first message.
SECONDS = 1.5


async def _burst(scene: Scene, channel: str, root: str, *texts: str) -> list[str]:
    """Let Ana send `texts` in a thread, one right after the other, and wait until they are stored."""
    scene.slack.faults.add(method="users.info", delay=SECONDS)
    before = len(await scene.rows(InboxItem, kind="question"))
    stamps = [await scene.slack.say(sample.ANA, channel, text, thread_ts=root) for text in texts]

    async def stored() -> bool:
        return len(await scene.rows(InboxItem, kind="question")) == before + len(texts)

    await scene.until(stored)
    return stamps


async def test_a_burst_in_a_thread_is_answered_once_and_an_edit_of_its_first_part_counts(
    scene: Scene, bot: Service
) -> None:
    first = await scene.asks(sample.ANA)
    burst = await _burst(scene, first.channel, first.root, "and what about", "our laptops", "in the field?")
    await scene.slack.edit(sample.ANA, first.channel, burst[1], "our tablets")
    await scene.quiet()
    assert len(scene.bot_replies(first.channel, first.root)) == 2
    record = (await scene.rows(AnswerRecord))[-1]
    assert record.question == "and what about\nour tablets\nin the field?"
    said = await scene.rows(TurnRecord, speaker=Speaker.PERSON)
    assert [turn.text for turn in said[1:]] == ["and what about", "our tablets", "in the field?"]


async def test_two_whole_questions_of_a_burst_get_a_part_each(scene: Scene, bot: Service) -> None:
    first = await scene.asks(sample.ANA)
    budget, role = "What should an IT budget contain?", "Who should own our data quality?"
    await _burst(scene, first.channel, first.root, budget, role)
    await scene.quiet()
    assert len(scene.bot_replies(first.channel, first.root)) == 2
    assert (await scene.rows(AnswerRecord))[-1].body["questions"] == [budget, role]


async def test_a_message_that_breaks_off_waits_for_the_next(scene: Scene, bot: Service) -> None:
    first = await scene.asks(sample.ANA)
    await scene.slack.say(sample.ANA, first.channel, "one more question:", thread_ts=first.root)
    follow_up = await scene.says(sample.ANA, first.channel, OTHER_QUESTION, first.root)
    assert len(follow_up.replies) == 1
    assert (await scene.rows(AnswerRecord))[-1].question == f"one more question:\n{OTHER_QUESTION}"


async def test_messages_at_top_level_and_of_two_people_are_questions_of_their_own(
    scene: Scene, bot: Service
) -> None:
    scene.slack.faults.add(method="users.info", delay=SECONDS)
    dm = await scene.slack.dm(sample.ANA)
    own = [await scene.slack.say(sample.ANA, dm, text) for text in (QUESTION, OTHER_QUESTION)]
    root = await scene.slack.say(sample.ANA, sample.ASK_IT, f"{AT_BOT} {QUESTION}")
    await scene.slack.say(sample.CARL, sample.ASK_IT, f"{AT_BOT} {OTHER_QUESTION}", thread_ts=root)
    await scene.quiet()
    assert [len(scene.bot_replies(dm, ts)) for ts in own] == [1, 1]
    assert len(scene.bot_replies(sample.ASK_IT, root)) == 2


async def test_what_follows_a_mention_in_a_thread_of_several_is_answered_with_it(
    scene: Scene, bot: Service
) -> None:
    talk = await scene.says(sample.CARL, sample.ASK_IT, "What shall we do about backups?")
    await _burst(scene, sample.ASK_IT, talk.ts, f"{AT_BOT} {QUESTION}", "It is for our shop.")
    await scene.quiet()
    assert len(scene.bot_replies(sample.ASK_IT, talk.ts)) == 1
    (record,) = await scene.rows(AnswerRecord)
    assert record.question.endswith("It is for our shop.")
