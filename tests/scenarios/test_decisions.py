"""Decisions are recorded from messages and answers; what was said in private stays its person's alone."""

from collections.abc import AsyncIterator

import pytest

from bot.app import Service
from bot.engagement.models import Client, Person
from bot.engagement.outcome_models import Decision
from bot.slack import decision_ids as dids
from bot.slack import decision_texts
from bot.workflows.presses import NOT_YOURS
from bot.workflows.record_decision import NO_DAY, ON_DESK
from emulator import sample
from emulator.testing import LocalWorkspace
from tests.scenarios import manners
from tests.scenarios.desk import Json, action_ids, shown
from tests.scenarios.home_scenes import modal, with_shortcuts
from tests.scenarios.scene import Scene
from tests.scenarios.workspace import definition

DECIDED = "We keep backups for 90 days."


@pytest.fixture
async def slack() -> AsyncIterator[LocalWorkspace]:
    """The workspace of the scenarios, with the shortcuts of the manifest."""
    async with LocalWorkspace(with_shortcuts(definition())) as workspace:
        yield workspace
        assert manners.faults(workspace) == []


async def _sends(scene: Scene, user: str, **typed: str) -> Json:
    result = await scene.slack.submit(user, {f"decision_{name}": text for name, text in typed.items()})
    await scene.quiet()
    errors: Json = result.get("errors") or {}
    return errors


async def _about(scene: Scene, user: str, channel: str, ts: str) -> None:
    await scene.slack.shortcut(user, dids.RECORD_ABOUT_MESSAGE, channel, ts)
    await scene.quiet()


async def test_a_message_in_a_channel_becomes_a_decision_of_its_client(scene: Scene, bot: Service) -> None:
    ts = await scene.slack.say(sample.CARL, sample.ASK_IT, DECIDED)
    await _about(scene, sample.ANA, sample.ASK_IT, ts)
    assert decision_texts.OPEN in modal(scene, sample.ANA)
    assert await _sends(scene, sample.ANA, day="2035-01-01") == {dids.DAY_BLOCK: NO_DAY}
    assert await _sends(scene, sample.ANA, day="2026-11-02", who="Carl, CIO", why="The law asks it") == {}
    (decision,) = await scene.rows(Decision)
    assert (decision.text, decision.decided_by, decision.why) == (DECIDED, "Carl, CIO", "The law asks it")
    assert decision.shared
    await _about(scene, sample.CARL, sample.ASK_IT, ts)
    assert await _sends(scene, sample.CARL) == {dids.TEXT_BLOCK: "This is in the register already."}
    desk = await scene.slack.say(sample.DEV, sample.DESK, "We take them on.")
    await _about(scene, sample.DEV, sample.DESK, desk)
    assert ON_DESK in shown(scene.private(sample.DEV)[-1])


async def test_a_decision_under_a_private_answer_is_shared_only_by_its_person(
    scene: Scene, bot: Service
) -> None:
    answer = (await scene.asks(sample.ANA)).reply
    await scene.presses(sample.ANA, answer, dids.ANSWER_DECISION)
    assert decision_texts.PRIVATE in modal(scene, sample.ANA)
    assert await _sends(scene, sample.ANA, text=DECIDED) == {}
    (decision,) = await scene.rows(Decision)
    assert not decision.shared
    assert decision.answer_id is not None
    await scene.forges(sample.CARL, sample.ASK_IT, dids.share_action(0), str(decision.id))
    assert NOT_YOURS in shown(scene.private(sample.CARL)[-1])
    await scene.forges(sample.ANA, sample.ASK_IT, dids.share_action(0), str(decision.id))
    (decision,) = await scene.rows(Decision)
    assert decision.shared


async def test_a_consultant_records_for_the_client_of_the_channel(scene: Scene, bot: Service) -> None:
    said = await scene.mentions(sample.BEN, sample.SHARED)
    assert dids.ANSWER_DECISION in action_ids(said.reply)
    await scene.presses(sample.DEV, said.reply, dids.ANSWER_DECISION)
    assert await _sends(scene, sample.DEV, text=DECIDED, who="Ben Brook") == {}
    (decision,) = await scene.rows(Decision)
    names = {each.id: each.name for each in await scene.rows(Client)}
    people = {each.id: each.user_id for each in await scene.rows(Person)}
    assert names[decision.client_id] == "Large Housing"
    assert people[decision.person_id] == sample.DEV
