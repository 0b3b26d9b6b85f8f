"""Forgetting somebody of whom everything is held: no table and no file has their id, name or words."""

from pathlib import Path

import pytest
from sqlalchemy import String, cast, func, or_, select

from bot.answering.voice_models import Comment, GapQuestion, Spend
from bot.app import Service
from bot.database import Base
from bot.library import Library
from bot.privacy import forget
from bot.rounds import gap_round
from bot.settings import Settings
from bot.slack import ids, voice_ids
from emulator import sample
from tests.llm.server import FakeOpenAI
from tests.scenarios.desk import shown
from tests.scenarios.scene import Scene

# In everything that Ana writes; no article has it.
WORD = "zebrafinch"
NAME, EMAIL = "Ana Alves", "ana.alves@bakery.example"
NEEDLES = (sample.ANA, NAME, EMAIL, WORD)
QUESTION = f"What is the 3-2-1-1-0 backup rule? I am {NAME} ({EMAIL}) of the {WORD} team."
BOTH = f"How often should restores be tested, says {WORD}? How should we remove access when someone leaves?"
OPEN = f"How many litres of water does the cooling tower of our {WORD} need?"


@pytest.fixture
def settings(settings: Settings, model: FakeOpenAI) -> Settings:
    return settings.isolated(vcio_llm="openai:scripted")


@pytest.mark.each_database
async def test_nothing_of_a_forgotten_person_is_left_in_tables_files_or_cards(
    scene: Scene, bot: Service, settings: Settings, library: Library, tmp_path: Path
) -> None:
    await _say_everything(scene)
    await gap_round(scene.store, library).work()
    for table in (Comment, Spend, GapQuestion):
        assert await scene.rows(table), table.__name__
    held = await traces(scene, NEEDLES)
    assert {"answers.composed", "comments.text", "gap_questions.text", "turns.text", "carried.text"} <= held
    assert any(WORD in shown(each) for each in scene.bot_posts(sample.DESK))
    await forget(settings, sample.ANA, as_json=True)
    await scene.quiet()
    assert await traces(scene, NEEDLES) == set()
    for post in scene.bot_posts(sample.DESK):
        below = scene.bot_replies(sample.DESK, post["ts"])
        for each in (post, *below):
            assert not [needle for needle in NEEDLES if needle in shown(each) + each["text"]], shown(each)
    await bot.stop()
    await scene.store.close()
    assert in_files(tmp_path, settings.vcio_data_dir) == set()


async def _say_everything(scene: Scene) -> None:
    """Ana asks in all ways and in vain, is unhappy, comments, asks for a person, and uses a command."""
    asked = await scene.asks(sample.ANA, QUESTION)
    await scene.says(sample.ANA, asked.channel, f"And what does each number mean for {WORD}?", asked.root)
    await scene.asks(sample.ANA, BOTH)
    await scene.asks(sample.ANA, OPEN)
    await scene.presses(sample.ANA, asked.reply, ids.FEEDBACK, ids.answer_value(1, ids.Verdict.NOT_HELPFUL))
    (thanks,) = scene.private(sample.ANA)
    await scene.presses(sample.ANA, thanks, voice_ids.WHY, "1:outdated")
    await scene.slack.press(sample.ANA, asked.reply, voice_ids.COMMENT_ANSWER)
    await scene.quiet()
    await scene.slack.submit(sample.ANA, {voice_ids.COMMENT_INPUT: f"{NAME} says: {WORD}."})
    await scene.quiet()
    (card,) = [each for each in scene.bot_posts(sample.DESK) if "comments on" in each["text"]]
    await scene.slack.press(sample.DEV, card, voice_ids.COMMENT_REPLY)
    await scene.quiet()
    await scene.slack.submit(sample.DEV, {voice_ids.REPLY_INPUT: f"Dear {NAME}, {WORD} it is."})
    await scene.quiet()
    public = await scene.mentions(sample.ANA, sample.ASK_IT, QUESTION)
    await scene.presses(sample.ANA, public.reply, ids.TALK)
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    await scene.mentions(sample.DEV, sample.DESK, "draft an answer", card["ts"])
    await scene.says(sample.ANA, sample.ASK_IT, f"Thank you, {WORD}.", public.root)
    await scene.commands(sample.ANA, sample.ASK_IT, f"ask {QUESTION}")


async def traces(scene: Scene, needles: tuple[str, ...]) -> set[str]:
    """Every column of whatever type in which one of the texts is found."""
    found = set()
    columns = [(table, column) for table in Base.metadata.sorted_tables for column in table.columns]
    async with scene.store.read() as session:
        for table, column in columns:
            text = func.lower(cast(column, String))
            holds = or_(*(text.contains(needle.lower()) for needle in needles))
            if await session.scalar(select(func.count()).select_from(table).where(holds)):
                found.add(f"{table.name}.{column.name}")
    return found


def in_files(*folders: Path) -> set[str]:
    """Every file below these folders that holds one of the texts, in whatever place of it."""
    found = set()
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes().lower()
        found |= {f"{path.name}: {needle}" for needle in NEEDLES if needle.lower().encode() in content}
    return found
