"""What stands under an answer: sources, the whole answer, helpful or not."""

import pytest

from bot.answering.models import AnswerRecord, Feedback
from bot.app import Service
from bot.slack import ids, texts
from bot.workflows.presses import NOT_YOURS
from emulator import sample
from tests.scenarios.desk import Json, action_ids, elements, shown
from tests.scenarios.scene import Scene

LONG_QUESTION = "How do we choose a supplier fairly?"


async def test_a_source_opens_in_a_modal_for_the_person_who_pressed(scene: Scene, bot: Service) -> None:
    answer = (await scene.asks(sample.ANA)).reply
    assert await scene.presses(sample.ANA, answer, ids.SOURCE_OPEN) == []
    (view,) = scene.slack.views(sample.ANA)
    assert view["callback_id"] == ids.SECTION_VIEW
    assert "backup" in shown(view).lower()
    assert scene.private(sample.ANA) == []


async def test_where_no_modal_can_be_opened_the_section_comes_privately(scene: Scene, bot: Service) -> None:
    answer = (await scene.asks(sample.ANA)).reply
    scene.slack.faults.add(method="views.open", error="expired_trigger_id")
    assert await scene.presses(sample.ANA, answer, ids.SOURCE_OPEN) == []
    (section,) = scene.private(sample.ANA)
    assert "backup" in shown(section).lower()
    assert scene.slack.views(sample.ANA) == []


async def test_what_does_not_fit_the_first_screen_is_shown_on_request(scene: Scene, bot: Service) -> None:
    answer = await _long_answer(scene)
    await scene.presses(sample.ANA, answer, ids.ANSWER_MORE)
    (view,) = scene.slack.views(sample.ANA)
    assert view["callback_id"] == ids.MORE_VIEW
    assert len(shown(view)) > len(texts.MORE_TITLE)
    assert scene.private(sample.ANA) == []


async def test_the_whole_answer_comes_privately_where_no_modal_can_be_opened(
    scene: Scene, bot: Service
) -> None:
    answer = await _long_answer(scene)
    scene.slack.faults.add(method="views.open", error="expired_trigger_id")
    await scene.presses(sample.ANA, answer, ids.ANSWER_MORE)
    assert len(scene.private(sample.ANA)) == 1


@pytest.mark.parametrize("verdict", list(ids.Verdict))
async def test_a_verdict_is_kept_and_thanked_privately(
    scene: Scene, bot: Service, verdict: ids.Verdict
) -> None:
    answer = (await scene.asks(sample.ANA)).reply
    value = next(each[side]["value"] for each in elements(answer["blocks"]) for side in _side(each, verdict))
    assert await scene.presses(sample.ANA, answer, ids.FEEDBACK, value) == []
    (thanks,) = scene.private(sample.ANA)
    assert (ids.TALK in action_ids(thanks)) is (verdict is ids.Verdict.NOT_HELPFUL)
    (kept,) = await scene.rows(Feedback)
    assert kept.helpful is (verdict is ids.Verdict.HELPFUL)


@pytest.mark.parametrize(
    "action", [ids.SOURCE_OPEN, ids.ANSWER_MORE, ids.SIZE_CHANGE, ids.SIZE_CONFIRM, "size_choose_small"]
)
async def test_a_press_on_somebody_elses_private_answer_is_refused_kindly(
    scene: Scene, bot: Service, action: str
) -> None:
    await scene.asks(sample.ANA)
    (record,) = await scene.rows(AnswerRecord)
    dm = await scene.slack.dm(sample.CARL)
    await scene.forges(sample.CARL, dm, action, ids.answer_value(record.id, "0"))
    (refusal,) = scene.private(sample.CARL)
    assert NOT_YOURS in shown(refusal)
    assert scene.slack.views(sample.CARL) == scene.bot_posts(dm) == []


async def test_asking_for_a_consultant_in_somebody_elses_name_is_refused(scene: Scene, bot: Service) -> None:
    await scene.asks(sample.ANA)
    (record,) = await scene.rows(AnswerRecord)
    dm = await scene.slack.dm(sample.CARL)
    await scene.forges(sample.CARL, dm, ids.TALK, ids.talk_value(record.conversation_id, record.id))
    (refusal,) = scene.private(sample.CARL)
    assert NOT_YOURS in shown(refusal)
    assert scene.cards() == scene.bot_posts(dm) == []


@pytest.mark.parametrize("value", ["", "-", "1:2:3", "x", "99999", "9" * 40])
async def test_a_button_with_a_value_of_nobodys_is_refused_kindly(
    scene: Scene, bot: Service, value: str
) -> None:
    dm = await scene.slack.dm(sample.ANA)
    for action in (ids.SOURCE_OPEN, ids.TICKET_CLAIM, ids.FEEDBACK, ids.ASK_ANYWAY):
        await scene.forges(sample.ANA, dm, action, value)
        assert len(scene.private(sample.ANA)) == 1, action
    assert scene.bot_posts(dm) == []


def _side(element: Json, verdict: ids.Verdict) -> list[str]:
    sides = {ids.Verdict.HELPFUL: "positive_button", ids.Verdict.NOT_HELPFUL: "negative_button"}
    return [sides[verdict]] if element["action_id"] == ids.FEEDBACK else []


async def _long_answer(scene: Scene) -> Json:
    answer = (await scene.asks(sample.ANA, LONG_QUESTION)).reply
    assert ids.ANSWER_MORE in action_ids(answer), shown(answer)
    return answer
