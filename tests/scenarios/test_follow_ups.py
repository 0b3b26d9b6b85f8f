"""People answer below instead of in the thread: what goes on with their last conversation, and how not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.answering.models import AnswerRecord, Conversation, TurnRecord
from bot.app import Service
from bot.slack import agent_texts, ids
from bot.workflows import follow_up
from emulator import sample
from emulator.wire import Json
from tests.scenarios.desk import action_ids, shown
from tests.scenarios.scene import OTHER_QUESTION, Scene

TOPIC = "How often should we test our backups?"
BELOW = "and who should do it?"
CONTINUING = agent_texts.continuing(TOPIC)


async def _standalone(scene: Scene) -> str:
    """The last question as it was searched for."""
    return str((await scene.rows(AnswerRecord))[-1].body["standalone"])


def _goes_on(message: Json) -> bool:
    return CONTINUING in shown(message)


async def _older(scene: Scene, by: timedelta) -> None:
    """Let everything said so far have been said earlier."""
    async with scene.store.unit_of_work() as session:
        for turn in await session.scalars(select(TurnRecord)):
            turn.created_at -= by


async def test_a_message_below_that_points_back_goes_on_and_says_so(scene: Scene, bot: Service) -> None:
    first = await scene.asks(sample.ANA, TOPIC)
    below = await scene.asks(sample.ANA, BELOW)
    assert below.root != first.root
    assert _goes_on(below.reply)
    assert ids.NEW_QUESTION in action_ids(below.reply)
    assert TOPIC in await _standalone(scene)
    before, after = await scene.rows(Conversation)
    assert after.continues_id == before.id


async def test_a_clear_question_of_its_own_stays_one(scene: Scene, bot: Service) -> None:
    await scene.asks(sample.ANA, TOPIC)
    below = await scene.asks(sample.ANA, OTHER_QUESTION)
    assert not _goes_on(below.reply)
    assert ids.NEW_QUESTION not in action_ids(below.reply)
    assert await _standalone(scene) == OTHER_QUESTION


@pytest.mark.parametrize("text", ["hello", "thanks, that helps", "my printer is broken", "what can you do?"])
async def test_small_talk_and_clear_matters_go_on_with_nothing(scene: Scene, bot: Service, text: str) -> None:
    await scene.asks(sample.ANA, TOPIC)
    assert not _goes_on((await scene.asks(sample.ANA, text)).replies[0])


async def test_after_half_an_hour_a_message_stands_alone(scene: Scene, bot: Service) -> None:
    await scene.asks(sample.ANA, TOPIC)
    await _older(scene, follow_up.WINDOW - timedelta(minutes=1))
    assert _goes_on((await scene.asks(sample.ANA, BELOW)).reply)
    await _older(scene, follow_up.WINDOW + timedelta(minutes=1))
    assert not _goes_on((await scene.asks(sample.ANA, "why?")).reply)


async def test_nobody_goes_on_with_somebody_elses_conversation(scene: Scene, bot: Service) -> None:
    await scene.asks(sample.CARL, TOPIC)
    assert not _goes_on((await scene.asks(sample.ANA, BELOW)).reply)
    await scene.mentions(sample.CARL, sample.ASK_IT, TOPIC)
    assert not _goes_on((await scene.asks(sample.ANA, "why?")).reply)


async def test_new_question_answers_the_same_message_alone_and_once(scene: Scene, bot: Service) -> None:
    await scene.asks(sample.ANA, TOPIC)
    below = (await scene.asks(sample.ANA, BELOW)).reply
    (alone,) = await scene.presses(sample.ANA, below, ids.NEW_QUESTION)
    assert not _goes_on(alone)
    assert TOPIC not in await _standalone(scene)
    assert await scene.presses(sample.ANA, below, ids.NEW_QUESTION) == []
    assert follow_up.ALREADY_ALONE in shown(scene.private(sample.ANA)[-1])


async def test_what_follows_in_the_thread_after_new_question_leaves_the_old_one_alone(
    scene: Scene, bot: Service
) -> None:
    await scene.asks(sample.ANA, TOPIC)
    below = await scene.asks(sample.ANA, BELOW)
    await scene.presses(sample.ANA, below.reply, ids.NEW_QUESTION)
    await scene.says(sample.ANA, below.channel, "and how long does it take?", below.root)
    assert TOPIC not in await _standalone(scene)


async def test_a_forged_new_question_is_refused(scene: Scene, bot: Service) -> None:
    await scene.asks(sample.ANA, TOPIC)
    await scene.asks(sample.ANA, BELOW)
    answers = len(await scene.rows(AnswerRecord))
    for value in ("1", "2", "x", "999"):
        await scene.forges(sample.CARL, await scene.slack.dm(sample.CARL), ids.NEW_QUESTION, value)
    assert len(await scene.rows(AnswerRecord)) == answers


async def test_a_size_said_before_holds_on(scene: Scene, bot: Service) -> None:
    await scene.asks(sample.ANA, "We are 700 people. How much should we spend on IT?")
    await scene.asks(sample.ANA, "and how is it split?")
    assert (await scene.rows(AnswerRecord))[-1].body["org_size"] == "large"
    assert (await scene.rows(Conversation))[-1].stated_size == "large"


async def test_a_size_told_below_asks_the_same_again_for_it(scene: Scene, bot: Service) -> None:
    await scene.asks(sample.ANA, TOPIC)
    below = (await scene.asks(sample.ANA, "We are 700 people")).reply
    assert _goes_on(below)
    assert (await scene.rows(AnswerRecord))[-1].body["org_size"] == "large"


async def test_a_chain_of_messages_below_reaches_the_first(scene: Scene, bot: Service) -> None:
    for text in (TOPIC, BELOW, "why?"):
        await scene.asks(sample.ANA, text)
    assert TOPIC in await _standalone(scene)


async def test_a_reply_in_the_thread_of_one_that_goes_on_reaches_the_first(
    scene: Scene, bot: Service
) -> None:
    await scene.asks(sample.ANA, TOPIC)
    below = await scene.asks(sample.ANA, BELOW)
    reply = (await scene.says(sample.ANA, below.channel, "why?", below.root)).reply
    assert TOPIC in await _standalone(scene)
    assert not _goes_on(reply)


async def test_two_messages_at_once_are_taken_in_order(scene: Scene, bot: Service) -> None:
    dm = await scene.slack.dm(sample.ANA)
    await scene.slack.say(sample.ANA, dm, TOPIC)
    below = await scene.slack.say(sample.ANA, dm, BELOW)
    await scene.quiet()
    assert [_goes_on(each) for each in scene.bot_replies(dm, below)] == [True]


async def test_what_a_consultant_has_is_carried_and_the_person_told_who_has_it(
    scene: Scene, bot: Service
) -> None:
    said = await scene.asks(sample.ANA, TOPIC)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    below = await scene.asks(sample.ANA, BELOW)
    assert action_ids(below.reply) == [ids.ASK_ANYWAY]
    (carried,) = scene.bot_replies(sample.DESK, card["ts"])
    assert BELOW in shown(carried)
    again = await scene.says(sample.ANA, below.channel, "It is urgent.", below.root)
    assert again.replies == []
    assert "It is urgent." in shown(scene.bot_replies(sample.DESK, card["ts"])[-1])
    await scene.presses(sample.ANA, below.reply, ids.ASK_ANYWAY)
    assert len(scene.bot_replies(below.channel, below.root)) == 2


async def test_a_new_question_below_what_a_consultant_has_is_answered(scene: Scene, bot: Service) -> None:
    said = await scene.asks(sample.ANA, TOPIC)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    assert ids.SOURCE_OPEN in action_ids((await scene.asks(sample.ANA, OTHER_QUESTION)).reply)
    assert scene.bot_replies(sample.DESK, card["ts"]) == []


async def test_before_a_claim_a_message_below_is_answered_and_carried(scene: Scene, bot: Service) -> None:
    said = await scene.asks(sample.ANA, TOPIC)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    (card,) = scene.cards()
    assert _goes_on((await scene.asks(sample.ANA, BELOW)).reply)
    assert BELOW in shown(scene.bot_replies(sample.DESK, card["ts"])[0])


async def test_a_thread_somebody_looks_at_is_a_hint_for_their_own_part_of_it(
    scene: Scene, bot: Service
) -> None:
    await scene.mentions(sample.ANA, sample.ASK_IT, TOPIC)
    await scene.slack.open_app(sample.ANA, sample.ASK_IT)
    assert _goes_on((await scene.asks(sample.ANA, BELOW)).reply)


async def test_what_somebody_looks_at_is_no_way_into_the_words_of_others(scene: Scene, bot: Service) -> None:
    await scene.mentions(sample.CARL, sample.ASK_IT, TOPIC)
    await scene.slack.open_app(sample.ANA, sample.ASK_IT)
    below = (await scene.asks(sample.ANA, BELOW)).reply
    assert ids.NEW_QUESTION not in action_ids(below)
    assert TOPIC not in await _standalone(scene)


async def test_a_reply_in_a_thread_goes_on_with_its_own_thread_only(scene: Scene, bot: Service) -> None:
    first = await scene.asks(sample.ANA, OTHER_QUESTION)
    await scene.asks(sample.ANA, TOPIC)
    await scene.says(sample.ANA, first.channel, BELOW, first.root)
    assert TOPIC not in await _standalone(scene)
