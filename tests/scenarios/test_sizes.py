"""Advice fitted to a size: chosen, changed, said in words, and confirmed for the profile."""

import pytest

from bot.app import Service
from bot.engagement.models import Client
from bot.slack import ids, texts
from bot.workflows.fit_size import ALREADY_FITTED, ONLY_CIO
from emulator import sample
from knowledge.types import OrgSize
from tests.scenarios.desk import Json, action_ids, elements, shown
from tests.scenarios.scene import QUESTION, Scene

CHOOSE_SMALL, CHOOSE_LARGE = "size_choose_small", "size_choose_large"
SAYS_SMALL = f"We are 30 people. {QUESTION}"


async def test_without_a_size_three_buttons_are_offered_and_one_press_answers_again_once(
    scene: Scene, bot: Service
) -> None:
    answer = (await scene.asks(sample.ELIF)).reply
    assert {CHOOSE_SMALL, CHOOSE_LARGE} <= set(action_ids(answer))
    (again,) = await scene.presses(sample.ELIF, answer, CHOOSE_SMALL)
    assert texts.size_fitted(OrgSize.SMALL) in shown(again)
    assert await scene.presses(sample.ELIF, answer, CHOOSE_SMALL) == []
    (already,) = scene.private(sample.ELIF)
    assert ALREADY_FITTED in shown(already)


async def test_the_size_is_changed_in_a_form_and_the_question_answered_for_it(
    scene: Scene, bot: Service
) -> None:
    said = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, said.reply, ids.SIZE_CHANGE)
    assert await scene.slack.submit(sample.ANA, {ids.SIZE_RADIO: OrgSize.LARGE}) == {}
    await scene.quiet()
    _first, again = scene.bot_replies(said.channel, said.root)
    assert texts.size_fitted(OrgSize.LARGE) in shown(again)
    assert await _size(scene, "small-bakery") is OrgSize.SMALL


async def test_where_no_form_can_be_opened_the_sizes_are_offered_privately(
    scene: Scene, bot: Service
) -> None:
    said = await scene.asks(sample.ANA)
    scene.slack.faults.add(method="views.open", error="expired_trigger_id")
    await scene.presses(sample.ANA, said.reply, ids.SIZE_CHANGE)
    (choice,) = scene.private(sample.ANA)
    await scene.presses(sample.ANA, choice, CHOOSE_LARGE)
    _first, again = scene.bot_replies(said.channel, said.root)
    assert texts.size_fitted(OrgSize.LARGE) in shown(again)


async def test_a_size_said_in_words_holds_for_the_conversation_and_the_person_only(
    scene: Scene, bot: Service
) -> None:
    said = await scene.mentions(sample.BEN, sample.SHARED, SAYS_SMALL)
    same = await scene.mentions(sample.BEN, sample.SHARED, "How do we back up?", said.root)
    other = await scene.mentions(sample.BEN, sample.SHARED)
    for answer in (said.reply, same.reply, other.reply):
        assert texts.size_fitted(OrgSize.SMALL) in shown(answer)
    colleague = await scene.mentions(sample.BELLA, sample.SHARED)
    assert texts.size_fitted(OrgSize.LARGE) in shown(colleague.reply)
    assert await _size(scene, "large-housing") is OrgSize.LARGE


async def test_staff_are_not_offered_to_change_the_profile(scene: Scene, bot: Service) -> None:
    answer = (await scene.mentions(sample.BEN, sample.SHARED, SAYS_SMALL)).reply
    assert ids.SIZE_CONFIRM not in action_ids(answer)


@pytest.mark.parametrize("presser", [sample.BELLA, sample.DEV])
async def test_a_cio_or_a_consultant_makes_a_stated_size_the_profiles(
    scene: Scene, bot: Service, presser: str
) -> None:
    answer = await _answer_to_the_cio(scene)
    assert await scene.presses(presser, answer, ids.SIZE_CONFIRM) == []
    (confirmed,) = scene.private(presser)
    assert texts.size_confirmed("Large Housing", OrgSize.SMALL) in shown(confirmed)
    assert await _size(scene, "large-housing") is OrgSize.SMALL


async def test_staff_who_press_the_cios_button_are_refused_kindly(scene: Scene, bot: Service) -> None:
    answer = await _answer_to_the_cio(scene)
    assert await scene.presses(sample.BEN, answer, ids.SIZE_CONFIRM) == []
    (refusal,) = scene.private(sample.BEN)
    assert ONLY_CIO in shown(refusal)
    assert await _size(scene, "large-housing") is OrgSize.LARGE


async def test_the_cio_of_another_client_cannot_change_the_profile(scene: Scene, bot: Service) -> None:
    answer = await _answer_to_the_cio(scene)
    button = next(each for each in elements(answer["blocks"]) if each["action_id"] == ids.SIZE_CONFIRM)
    await scene.forges(sample.CARL, sample.SHARED, ids.SIZE_CONFIRM, button["value"])
    (refusal,) = scene.private(sample.CARL)
    assert ONLY_CIO in shown(refusal)
    assert await _size(scene, "large-housing") is OrgSize.LARGE


async def _answer_to_the_cio(scene: Scene) -> Json:
    answer = (await scene.mentions(sample.BELLA, sample.SHARED, SAYS_SMALL)).reply
    assert ids.SIZE_CONFIRM in action_ids(answer)
    return answer


async def _size(scene: Scene, key: str) -> OrgSize | None:
    (client,) = await scene.rows(Client, key=key)
    size: OrgSize | None = client.org_size
    return size
