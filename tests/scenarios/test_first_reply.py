"""The first reply to each person says, once, what this is and who can read it."""

import asyncio

import pytest

from bot.app import Service
from bot.slack import texts
from emulator import sample
from tests.scenarios.desk import shown
from tests.scenarios.scene import OTHER_QUESTION, QUESTION, Scene

ONCE = "passwords and personal files"


async def test_the_first_reply_says_who_can_read_it_and_the_second_does_not(
    scene: Scene, bot: Service
) -> None:
    first, second = await scene.asks(sample.ANA), await scene.asks(sample.ANA)
    expected = texts.notice("Advisory Firm", is_private=True, own_firm=False)
    assert expected in shown(first.reply)
    assert ONCE not in shown(second.reply)


async def test_the_notice_in_a_channel_says_that_the_channel_reads_along(scene: Scene, bot: Service) -> None:
    said = await scene.mentions(sample.BEN, sample.SHARED)
    expected = texts.notice("Advisory Firm", is_private=False, own_firm=False, by_mention=True)
    assert expected in shown(said.reply)
    assert ONCE in shown((await scene.mentions(sample.BELLA, sample.SHARED)).reply)


@pytest.mark.parametrize("text", ["hello", "What is the weather?", "can I talk to a human"])
async def test_the_notice_comes_whatever_the_first_reply_is(scene: Scene, bot: Service, text: str) -> None:
    assert ONCE in shown((await scene.asks(sample.ANA, text)).reply)


async def test_two_first_questions_at_once_bring_one_notice(scene: Scene, bot: Service) -> None:
    dm = await scene.slack.dm(sample.ANA)
    asked = [await scene.slack.say(sample.ANA, dm, text) for text in (QUESTION, OTHER_QUESTION)]
    await scene.quiet()
    replies = [reply for ts in asked for reply in scene.bot_replies(dm, ts)]
    assert len(replies) == 2
    assert sum(ONCE in shown(reply) for reply in replies) == 1


async def test_a_new_person_with_two_questions_at_once_becomes_one_person(scene: Scene, bot: Service) -> None:
    dm = await scene.slack.dm(sample.ELIF)
    asked = await asyncio.gather(
        scene.slack.say(sample.ELIF, dm, QUESTION), scene.slack.say(sample.ELIF, dm, OTHER_QUESTION)
    )
    await scene.quiet()
    assert [len(scene.bot_replies(dm, ts)) for ts in asked] == [1, 1]
