"""With a language model: several questions in one message, and drafts for the desk."""

import pytest

from bot.answering.models import AnswerRecord
from bot.answering.voice_models import Spend
from bot.app import Service
from bot.replaying import lines_of, replay
from bot.settings import Settings
from bot.slack import draft_texts, ids
from bot.slack.composed_texts import COMPOSED
from emulator import sample
from tests.llm.server import Behaviour, FakeOpenAI, first_sentences, says
from tests.scenarios.desk import shown
from tests.scenarios.scene import Scene

BOTH = "How often should restores be tested? How should we remove access when someone leaves?"


@pytest.fixture
def settings(settings: Settings, model: FakeOpenAI) -> Settings:
    """The bot's settings with that model."""
    return settings.isolated(vcio_llm="openai:scripted")


async def last(scene: Scene) -> AnswerRecord:
    records: list[AnswerRecord] = await scene.rows(AnswerRecord)
    return max(records, key=lambda record: record.id)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_draft_is_put_into_words_for_the_desk_and_sent_without_marks(
    scene: Scene, model: FakeOpenAI, bot: Service
) -> None:
    model.behaviour = Behaviour(status=429)
    said = await scene.mentions(sample.BEN, sample.SHARED)
    await scene.presses(sample.BEN, said.reply, ids.TALK)
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    plain = (await scene.mentions(sample.DEV, sample.DESK, "draft an answer", card["ts"])).replies[-1]
    assert draft_texts.HEADING in shown(plain) and draft_texts.BY_MODEL not in shown(plain)
    honest = "One copy should be away from the site. [1]"
    model.behaviour = Behaviour(
        say=lambda posed: f"{first_sentences(posed)}\n{honest}\nSee evil.example. [1]"
    )
    harmed = (await scene.mentions(sample.DEV, sample.DESK, "draft an answer", card["ts"])).replies[-1]
    assert shown(harmed) == shown(plain)
    model.behaviour = Behaviour()
    draft = (await scene.mentions(sample.DEV, sample.DESK, "draft an answer", card["ts"])).replies[-1]
    assert draft_texts.BY_MODEL in shown(draft) and "[1]" not in shown(draft)
    before = len(scene.bot_replies(sample.SHARED, said.root))
    await scene.presses(sample.DEV, draft, ids.SEND_DRAFT)
    (copy,) = scene.bot_replies(sample.SHARED, said.root)[before:]
    assert "backup" in shown(copy).lower() and "[1]" not in shown(copy)
    (spend,) = await scene.rows(Spend)
    assert spend.questions == 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_several_questions_are_composed_one_by_one_and_one_that_fails_falls_back_alone(
    scene: Scene, model: FakeOpenAI, settings: Settings, bot: Service
) -> None:
    model.behaviour = Behaviour(seconds_apart=0.005)
    said = await scene.asks(sample.ANA, BOTH)
    (stream,) = scene.slack.streams(said.channel)
    assert (stream["state"], stream["ts"]) == ("finished", said.reply["ts"])
    text = shown(said.reply)
    for each in ("How often should restores be tested?", "How should we remove access when someone leaves?"):
        assert text.count(f"*{each}*") == 1
    assert COMPOSED in text and "[1]" in text and "[2]" in text
    assert [each.question for each in model.asked] == [part.strip() + "?" for part in BOTH.split("?")[:2]]
    model.behaviour = Behaviour(
        say=lambda posed: says("See https://evil.example [1]")(posed) if "leaves" in posed.question
        else first_sentences(posed)
    )  # fmt: skip
    text = shown((await scene.mentions(sample.ANA, sample.ASK_IT, BOTH)).reply)
    assert COMPOSED in text and "[1]" in text and "evil.example" not in text
    record = await last(scene)
    assert record.composed is not None and record.composed["ending"] == "composed"
    replayed = "\n".join(lines_of(await replay(settings, record.id)))
    assert "part:     1 composed: How often" in replayed and "part:     2 harmful: How should" in replayed
    assert sum(each.questions for each in await scene.rows(Spend)) == 2
