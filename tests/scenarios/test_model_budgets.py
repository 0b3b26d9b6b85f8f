"""Each budget of a language model used up: the answer comes word for word, and metric and doctor say so."""

import asyncio

import aiohttp
import pytest

from bot import meters
from bot.administration import opened
from bot.answering.models import AnswerRecord
from bot.answering.voice_models import Spend
from bot.model_health import spent_finding
from bot.settings import Settings
from bot.slack.composed_texts import COMPOSED
from emulator import sample
from tests.llm.server import Behaviour, FakeOpenAI, first_sentences
from tests.scenarios.desk import shown
from tests.scenarios.scene import AT_BOT, QUESTION, Scene
from tests.scenarios.workspace import running as running_bot
from tests.serving.conftest import free_port
from tests.serving.test_metrics import Samples, read

# What is left of a budget after one question, the ending, whose budget it is, and what doctor calls it.
USED_UP = {
    "person_tokens": (1, "over_budget", "person", "today's of 1 person"),
    "person_cost": (0.000_001, "over_budget", "person", "today's of 1 person"),
    "client_tokens": (1, "over_budget", "client", "the month of 1 client"),
    "client_cost": (0.000_001, "over_budget", "client", "the month of 1 client"),
    "month_tokens": (1, "over_budget", "month", "the month of all clients"),
    "month_cost": (0.000_001, "over_budget", "month", "the month of all clients"),
    "tokens": (900, "too_long", "question", ""),
    "cost": (0.001, "too_long", "question", ""),
    "seconds": (1.0, "timeout", "time", ""),
}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings with that model and its prices, and a port for monitors."""
    return settings.isolated(
        vcio_llm="openai:scripted", vcio_llm_price_in=2.0, vcio_llm_price_out=8.0, vcio_port=free_port()
    )


async def scrape(settings: Settings) -> Samples:
    async with (
        aiohttp.ClientSession() as browser,
        browser.get(f"http://127.0.0.1:{settings.vcio_port}/metrics") as answer,
    ):
        assert answer.status == 200
        return read(await answer.text())


async def doctors_words(settings: Settings) -> str:
    async with opened(settings) as database:
        return "\n".join([f"{each.state}\n{each.cure}" async for each in spent_finding(settings, database)])


async def last(scene: Scene) -> AnswerRecord:
    records: list[AnswerRecord] = await scene.rows(AnswerRecord)
    return max(records, key=lambda record: record.id)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_whatever_is_used_up_the_answer_is_there_and_it_is_said(
    scene: Scene, model: FakeOpenAI, settings: Settings
) -> None:
    extractive = await _composed_once(scene, model, settings)
    (spend,) = await scene.rows(Spend)
    before = len(model.asked)
    for name, (left, ending, whose, told) in USED_UP.items():
        poor = settings.isolated(**{f"vcio_llm_{name}": left})
        model.behaviour = Behaviour(delay=1.5 if name == "seconds" else 0.0)
        counted = meters.BUDGETS.values[(whose,)]
        async with running_bot(poor, scene):
            said = await scene.mentions(sample.ANA, sample.ASK_IT)
            assert (shown(said.reply), name) == (extractive, name)
            samples = await scrape(poor)
        composed = (await last(scene)).composed
        assert composed is not None and (composed["ending"], composed["budget"]) == (ending, whose), name
        assert samples[("vcio_llm_over_budget_total", (("budget", whose),))] == counted + 1
        if told:
            assert samples[("vcio_llm_budgets_used_up", (("budget", whose),))] == 1
            assert f"used up: {told}" in await doctors_words(poor)
        else:
            assert "used up" not in await doctors_words(poor)
    assert len(model.asked) == before + 1, "only the slow one was asked"
    words = await doctors_words(settings)
    assert "1 of 11 answers as the model put them" in words and "over_budget 6, too_long 2" in words
    (spend_after,) = await scene.rows(Spend)
    assert spend_after.questions == spend.questions + 1, "of these, the slow one alone cost something"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_many_at_once_stay_within_a_budget(scene: Scene, model: FakeOpenAI, settings: Settings) -> None:
    # Room for one as long as nobody knows what it took, and for a second when it is known.
    tight = settings.isolated(vcio_llm_tokens=4_000, vcio_llm_person_tokens=3_500)
    may_begin = asyncio.Event()
    model.behaviour = Behaviour(may_begin=may_begin)
    async with running_bot(tight, scene):
        await scene.slack.say(sample.ANA, await scene.slack.dm(sample.ANA), QUESTION)
        await scene.slack.wait_for(lambda: bool(model.asked), 30, "one to be composed")
        second = await scene.slack.say(sample.ANA, sample.ASK_IT, f"{AT_BOT} {QUESTION}")

        async def is_answered() -> bool:
            return bool(scene.bot_replies(sample.ASK_IT, second))

        await scene.until(is_answered)
        may_begin.set()
        await scene.quiet()
        later = await scene.mentions(sample.ANA, sample.ASK_IT)
    assert len(model.asked) == 2 and COMPOSED in shown(later.reply)
    endings = [(each.composed or {}).get("ending") for each in await scene.rows(AnswerRecord)]
    assert sorted(map(str, endings)) == ["composed", "composed", "over_budget"]


async def _composed_once(scene: Scene, model: FakeOpenAI, settings: Settings) -> str:
    """Have one answer composed and one fail, compare /metrics with both, and return the extractive one."""
    model.behaviour = Behaviour(say=lambda posed: f"{first_sentences(posed)}\nA regulator must be told. [1]")
    async with running_bot(settings, scene):
        before = await scrape(settings)
        assert COMPOSED in shown((await scene.mentions(sample.ANA, sample.ASK_IT)).reply)
        model.behaviour = Behaviour(status=429)
        extractive = shown((await scene.mentions(sample.ANA, sample.ASK_IT)).reply)
        after = await scrape(settings)
    (spend,) = await scene.rows(Spend)
    grown = {key: value - before.get(key, 0.0) for key, value in after.items()}
    assert grown[("vcio_llm_tokens_total", (("way", "in"),))] == spend.tokens_in > 0
    assert grown[("vcio_llm_tokens_total", (("way", "out"),))] == spend.tokens_out > 0
    assert spend.cost == 2 * spend.tokens_in + 8 * spend.tokens_out
    assert grown[("vcio_llm_cost_millionths_total", ())] == spend.cost
    assert after[("vcio_llm_month_cost", ())] == spend.cost / 1_000_000
    assert grown[("vcio_composed_total", (("end", "composed"),))] == 1
    assert grown[("vcio_composed_total", (("end", "rate"),))] == 1
    kept = grown[("vcio_composed_sentences_total", (("verdict", "supported"),))]
    said = sum(value for (name, _labels), value in grown.items() if name == "vcio_composed_sentences_total")
    assert said == kept + 1
    assert 0 < after[("vcio_composed_removed_share", ())] < 1
    assert COMPOSED not in extractive
    return extractive
