"""When the bot speaks in a thread, and when it leaves people to each other."""

from bot.answering.models import TurnRecord
from bot.app import Service
from bot.delivery.models import InboxItem
from emulator import sample
from tests.scenarios.scene import AT_BOT, OTHER_QUESTION, QUESTION, Scene

FOLLOW_UP = "How often should we test that?"


async def test_a_follow_up_of_the_one_person_in_a_thread_needs_no_mention(scene: Scene, bot: Service) -> None:
    first = await scene.mentions(sample.ANA, sample.ASK_IT)
    follow_up = await scene.says(sample.ANA, sample.ASK_IT, FOLLOW_UP, first.root)
    assert follow_up.reply["thread_ts"] == first.root


async def test_the_bot_is_silent_once_a_second_person_speaks_until_it_is_mentioned(
    scene: Scene, bot: Service
) -> None:
    root = (await scene.mentions(sample.ANA, sample.ASK_IT)).root
    assert (await scene.says(sample.CARL, sample.ASK_IT, "We do that already.", root)).replies == []
    assert (await scene.says(sample.ANA, sample.ASK_IT, "Do we? How often?", root)).replies == []
    assert (await scene.mentions(sample.CARL, sample.ASK_IT, OTHER_QUESTION, root)).reply


async def test_the_bot_is_silent_when_somebody_else_is_named(scene: Scene, bot: Service) -> None:
    root = (await scene.mentions(sample.ANA, sample.ASK_IT)).root
    aside = f"<@{sample.CARL}> can you have a look at this?"
    assert (await scene.says(sample.ANA, sample.ASK_IT, aside, root)).replies == []
    assert (await scene.says(sample.ANA, sample.ASK_IT, FOLLOW_UP, root)).reply


async def test_a_mention_deep_in_a_thread_of_people_is_answered_there(scene: Scene, bot: Service) -> None:
    talk = await scene.says(sample.CARL, sample.ASK_IT, "What shall we do about backups?")
    assert talk.replies == []
    assert (await scene.mentions(sample.ANA, sample.ASK_IT, QUESTION, talk.ts)).reply


async def test_talk_that_is_none_of_its_business_is_never_stored(scene: Scene, bot: Service) -> None:
    talk = await scene.says(sample.ANA, sample.ASK_IT, QUESTION)
    reply = await scene.says(sample.CARL, sample.ASK_IT, "Ask the bot.", talk.ts)
    named = await scene.says(sample.CARL, sample.ASK_IT, f"<@{sample.ANA}> lunch?")
    assert talk.replies == reply.replies == named.replies == []
    assert await scene.rows(InboxItem) == []
    assert await scene.rows(TurnRecord) == []


async def test_a_post_of_another_bot_is_neither_kept_nor_answered(scene: Scene, bot: Service) -> None:
    stranger = scene.slack.definition.apps[1]
    text = f"{AT_BOT} {QUESTION}"
    ts = await scene.posts_as_app(stranger, sample.GENERAL, text)
    await scene.quiet()
    assert scene.bot_replies(sample.GENERAL, ts) == []
    assert await scene.rows(TurnRecord) == []


async def test_the_bot_does_not_answer_itself(scene: Scene, bot: Service) -> None:
    await scene.asks(sample.ANA)
    assert len(await scene.rows(InboxItem, kind="question")) == 1
