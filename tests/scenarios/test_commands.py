"""`/vcio` and its sub-commands: each is answered, to its user alone."""

import pytest

from bot.app import Service
from bot.engagement.models import Ticket
from bot.slack import hours_texts, ids, texts
from bot.workflows.desk_door import ONLY_CONSULTANTS
from emulator import sample
from tests.scenarios.desk import action_ids, shown
from tests.scenarios.scene import QUESTION, Scene


async def test_a_question_by_command_is_answered_to_its_user_alone(scene: Scene, bot: Service) -> None:
    await scene.commands(sample.ANA, sample.GENERAL, f"ask {QUESTION}")
    (answer,) = scene.private(sample.ANA)
    assert "backup" in answer["text"].lower()
    assert ids.TALK in action_ids(answer)
    assert scene.bot_posts(sample.GENERAL) == []


@pytest.mark.parametrize("typed", ["help", "", "ask", "sing me a song"])
async def test_help_and_what_nobody_knows_say_how_to_ask_and_who_sees_what(
    scene: Scene, bot: Service, typed: str
) -> None:
    await scene.commands(sample.ANA, sample.GENERAL, typed)
    (answer,) = scene.private(sample.ANA)
    assert texts.HOME_ASK_TITLE in shown(answer)
    assert texts.PRIVACY_TITLE in shown(answer)
    assert ids.TALK in action_ids(answer)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("retainer", "Hours are shown to whoever approves them"),
        ("log", hours_texts.HOW_TO_LOG[:40]),
        ("log 45m VC-1042", ONLY_CONSULTANTS),
    ],
)
async def test_hours_are_no_business_of_staff_who_are_told_so_kindly(
    scene: Scene, bot: Service, typed: str, says: str
) -> None:
    await scene.commands(sample.ANA, sample.GENERAL, typed)
    (answer,) = scene.private(sample.ANA)
    assert says in shown(answer)
    assert ids.TALK in action_ids(answer)


async def test_asking_for_a_consultant_under_a_private_answer_goes_on_in_the_direct_message(
    scene: Scene, bot: Service
) -> None:
    await scene.commands(sample.ANA, sample.GENERAL, f"ask {QUESTION}")
    (answer,) = scene.private(sample.ANA)
    await scene.presses(sample.ANA, answer, ids.TALK)
    (ticket,) = await scene.rows(Ticket)
    (told,) = scene.bot_posts(await scene.slack.dm(sample.ANA))
    assert texts.requested(ticket.reference) in shown(told)
    (card,) = scene.cards()
    assert QUESTION in shown(card)
    assert scene.bot_posts(sample.GENERAL) == scene.private(sample.ANA) == []


async def test_asking_for_a_consultant_under_help_makes_a_request_without_a_question(
    scene: Scene, bot: Service
) -> None:
    await scene.commands(sample.ANA, sample.GENERAL, "help")
    (answer,) = scene.private(sample.ANA)
    await scene.presses(sample.ANA, answer, ids.TALK)
    (card,) = scene.cards()
    assert texts.NO_QUESTION_YET in shown(card)
    assert len(scene.bot_posts(await scene.slack.dm(sample.ANA))) == 1


async def test_a_size_chosen_under_a_private_answer_is_answered_privately(scene: Scene, bot: Service) -> None:
    await scene.commands(sample.ELIF, sample.GENERAL, "ask How often should we test our backups?")
    (answer,) = scene.private(sample.ELIF)
    await scene.presses(sample.ELIF, answer, "size_choose_small")
    (again,) = scene.private(sample.ELIF)
    assert "fewer than 50 people" in shown(again)
    assert scene.bot_posts(sample.GENERAL) == []
