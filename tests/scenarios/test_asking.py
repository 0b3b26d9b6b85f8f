"""From a message to a cited answer, over the real protocol."""

from bot.app import Service
from bot.slack import ids
from emulator import sample
from emulator.testing import LocalWorkspace
from tests.scenarios.desk import action_ids, shown

QUESTION = "What is the 3-2-1-1-0 backup rule?"


async def test_a_question_in_a_direct_message_is_answered_in_its_thread_with_sources(
    slack: LocalWorkspace, bot: Service
) -> None:
    dm = await slack.dm(sample.ANA)
    ts = await slack.say(sample.ANA, dm, QUESTION)
    (answer,) = await slack.replies(dm, ts)
    assert "three copies" in shown(answer)
    assert "For fewer than 50 people" in shown(answer)
    assert "Backup, restore testing and disaster recovery" in shown(answer)
    assert {ids.TALK, ids.FEEDBACK, ids.SOURCE_OPEN} <= set(action_ids(answer))
    assert "backup" in answer["text"].lower()


async def test_the_same_question_shows_each_client_its_own_size(slack: LocalWorkspace, bot: Service) -> None:
    ts = await slack.say(sample.BEN, sample.SHARED, f"<@{sample.BOT}> {QUESTION}")
    (answer,) = await slack.replies(sample.SHARED, ts)
    assert "More than 500 people" in shown(answer) or "more than 500 people" in shown(answer)
    assert "small organisation" not in shown(answer)
