"""A bot that is killed at any moment answers every accepted question, and answers it once."""

import asyncio
import random
import signal
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from bot.slack import ids
from emulator import sample
from emulator.faults import Fault
from emulator.testing import LocalWorkspace
from tests.processes.conftest import BotProcess, bot_process

KILLS = {"sqlite": 10, "postgresql": 5}
LONGEST_LIFE = 1.5
QUESTIONS = (
    "What is the 3-2-1-1-0 backup rule?",
    "How do we choose a supplier fairly?",
    "What does a records manager keep?",
)
# Longer than it takes to see the call and kill, much shorter than a start.
SECONDS_ON_THE_WAY = 0.7
# An answer has sentences, sources under a title, ways on, and the question whether it helped.
FEWEST_BLOCKS = 6
pytestmark = [pytest.mark.processes, pytest.mark.timeout(600)]


@pytest.mark.each_database
@pytest.mark.parametrize("seed", [20261123])
async def test_no_question_is_lost_or_answered_twice_when_the_bot_is_killed_again_and_again(
    slack: LocalWorkspace, database_url: URL, library_dir: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    dm = await slack.dm(sample.ANA)
    asked: list[str] = []
    async with bot_process(slack, database_url, library_dir, tmp_path) as bot:
        for _life in range(KILLS[database_url.get_backend_name()]):
            await bot.start()
            asked += [await slack.say(sample.ANA, dm, question) for question in QUESTIONS]
            await asyncio.sleep(chance.uniform(0.0, LONGEST_LIFE))
            await bot.kill()
        await bot.start()
        await _expect_one_answer_each(slack, dm, asked, bot)


@pytest.mark.each_database
async def test_a_kill_between_the_post_and_its_record_sends_nothing_twice(
    slack: LocalWorkspace, database_url: URL, library_dir: Path, tmp_path: Path
) -> None:
    dm = await slack.dm(sample.ANA)
    async with bot_process(slack, database_url, library_dir, tmp_path) as bot:
        await bot.start()
        slack.faults.add(method="chat.startStream", error="unknown_method", times=9)
        post = slack.faults.add(
            method="chat.postMessage",
            delay=SECONDS_ON_THE_WAY,
            when=lambda arguments: bool(arguments.get("channel") == dm),
        )
        ts = await slack.say(sample.ANA, dm, QUESTIONS[0])
        await slack.wait_for(lambda: _taken(post), timeout=60, what="the post on its way")
        await bot.kill()
        await slack.replies(dm, ts, timeout=10)
        await bot.start()
        await _expect_one_answer_each(slack, dm, [ts], bot)
        assert "message.found" in bot.log


async def test_a_kill_before_the_post_arrives_has_it_sent_after_the_restart(
    slack: LocalWorkspace, database_url: URL, library_dir: Path, tmp_path: Path
) -> None:
    dm = await slack.dm(sample.ANA)
    async with bot_process(slack, database_url, library_dir, tmp_path) as bot:
        await bot.start()
        slack.faults.add(method="chat.startStream", error="unknown_method", times=9)
        post = slack.faults.add(
            method="chat.postMessage",
            status=503,
            delay=SECONDS_ON_THE_WAY,
            when=lambda arguments: bool(arguments.get("channel") == dm),
        )
        ts = await slack.say(sample.ANA, dm, QUESTIONS[0])
        await slack.wait_for(lambda: _taken(post), timeout=60, what="the post on its way")
        await bot.kill()
        await bot.start()
        await _expect_one_answer_each(slack, dm, [ts], bot)


@pytest.mark.parametrize("method", ["chat.startStream", "chat.appendStream", "chat.stopStream"])
async def test_a_kill_while_an_answer_grows_leaves_one_whole_answer_in_the_end(
    slack: LocalWorkspace, database_url: URL, library_dir: Path, tmp_path: Path, method: str
) -> None:
    dm = await slack.dm(sample.ANA)
    async with bot_process(slack, database_url, library_dir, tmp_path) as bot:
        await bot.start()
        call = slack.faults.add(method=method, delay=SECONDS_ON_THE_WAY)
        ts = await slack.say(sample.ANA, dm, QUESTIONS[0])
        await slack.wait_for(lambda: _taken(call), timeout=60, what="the answer to grow")
        await bot.kill()
        await bot.start()
        await slack.wait_for(lambda: _is_whole(slack, dm, ts), timeout=120, what="the whole answer")
        await _expect_one_answer_each(slack, dm, [ts], bot)
        assert _is_whole(slack, dm, ts)
    assert slack.streams(dm)[0]["state"] == "finished"


def _is_whole(slack: LocalWorkspace, channel: str, ts: str) -> bool:
    """Whether one answer stands there with everything an answer ends with, and what it said is said."""
    answers = slack.thread(channel, ts)[1:]
    return len(answers) == 1 and ids.FEEDBACK in str(answers[0]) and len(answers[0]["blocks"]) > FEWEST_BLOCKS


async def test_a_bot_that_is_asked_to_stop_leaves_with_success_and_no_process_and_answers_after_its_restart(
    slack: LocalWorkspace, database_url: URL, library_dir: Path, tmp_path: Path
) -> None:
    dm = await slack.dm(sample.ANA)
    async with bot_process(slack, database_url, library_dir, tmp_path, thinkers=1) as bot:
        await bot.start()
        asked = [await slack.say(sample.ANA, dm, question) for question in QUESTIONS]
        await slack.wait_for(lambda: bot.children, what="the process that is to think beside it")
        assert await bot.stop() == 0
        await bot.start()
        await _expect_one_answer_each(slack, dm, asked, bot)
        assert bot.log.count("thinker.ready") == 1
        await slack.say(sample.ANA, dm, QUESTIONS[1])
        assert bot.children
        assert await bot.stop(signal.SIGINT) == 0


def _taken(fault: Fault) -> bool:
    return fault.times == 0


async def _expect_one_answer_each(slack: LocalWorkspace, dm: str, asked: list[str], bot: BotProcess) -> None:
    for ts in asked:
        await slack.replies(dm, ts, timeout=120)
    # Whatever would be sent twice is sent by now: a last question comes through the same lanes.
    last = await slack.say(sample.ANA, dm, QUESTIONS[0])
    await slack.replies(dm, last, timeout=60)
    counts = [len(slack.thread(dm, ts)) - 1 for ts in asked]
    assert counts == [1] * len(asked), bot.log[-4000:]
