"""Home over the real protocol: what it shows to whom, what its buttons do, and when it is published again."""

import threading

import pytest

from bot.app import Service
from bot.engagement import firm
from bot.engagement.models import Person, Ticket
from bot.library import Library
from bot.settings import Settings
from bot.slack import home_texts, ids, texts
from bot.workflows.ask import ALREADY_ASKED
from bot.workflows.desk_door import ONLY_CONSULTANTS
from emulator import sample
from tests.scenarios.desk import elements, shown
from tests.scenarios.home_scenes import (
    button,
    comes_to_say,
    dm_posts,
    home_of,
    links,
    modal,
    opens_home,
    presses_old,
    presses_view,
    words,
)
from tests.scenarios.scene import QUESTION, Scene
from tests.scenarios.workspace import running


async def test_client_staff_find_everything_on_home(scene: Scene, bot: Service) -> None:
    home = await opens_home(scene, sample.ANA)
    said = words(home)
    for part in (
        home_texts.ASK,
        home_texts.BROWSE,
        home_texts.MINE_NONE,
        texts.PRIVACY_TITLE,
        "fewer than 50",
    ):
        assert part in said
    assert home_texts.UNCLAIMED_TITLE not in said
    assert home_texts.LOADING not in said
    assert [each for each in elements(home["blocks"]) if ids.TOPIC_PATTERN.match(each["action_id"])]


async def test_home_lists_what_was_asked_with_its_state_and_a_link(scene: Scene, bot: Service) -> None:
    said = await scene.mentions(sample.ANA, sample.ASK_IT)
    home = await opens_home(scene, sample.ANA)
    assert f"{QUESTION}\n" in words(home)
    assert home_texts.ANSWERED in words(home)
    ts = said.root.replace(".", "")
    assert links(home) == [
        f"https://firm.slack.com/archives/{sample.ASK_IT}/p{ts}?thread_ts={said.root}&cid={sample.ASK_IT}"
    ]
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    await comes_to_say(scene, sample.ANA, home_texts.WAITING)
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    await comes_to_say(scene, sample.ANA, "with a consultant: Dev Patel")


async def test_home_lists_the_latest_five_and_nobody_elses(scene: Scene, bot: Service) -> None:
    for number in range(6):
        await scene.asks(sample.ANA, f"How often should we test backup number {number}?")
    await scene.asks(sample.ELIF, "What does a CIO do?")
    said = words(await opens_home(scene, sample.ANA))
    assert [number for number in range(6) if f"backup number {number}?" in said] == [1, 2, 3, 4, 5]
    assert "What does a CIO do?" not in said


async def test_a_private_question_is_listed_and_its_answer_shown_to_its_asker_alone(
    scene: Scene, bot: Service
) -> None:
    await scene.commands(sample.ANA, sample.GENERAL, f"ask {QUESTION}")
    show = button(await opens_home(scene, sample.ANA), ids.HOME_SHOW)
    await presses_view(scene, sample.ANA, ids.HOME_SHOW)
    (view,) = scene.slack.views(sample.ANA)
    assert view["callback_id"] == ids.MORE_VIEW
    await presses_view(scene, sample.ANA, ids.SOURCE_OPEN)
    assert scene.slack.views(sample.ANA)[-1]["callback_id"] == ids.SECTION_VIEW
    await scene.commands(sample.ELIF, sample.GENERAL, f"ask {QUESTION}")
    await opens_home(scene, sample.ELIF)
    await presses_view(scene, sample.ELIF, ids.HOME_SHOW, show["value"])
    assert scene.slack.views(sample.ELIF) == []


async def test_a_question_by_the_form_is_asked_and_answered_in_the_direct_messages(
    scene: Scene, bot: Service
) -> None:
    await opens_home(scene, sample.ANA)
    await presses_view(scene, sample.ANA, ids.HOME_ASK)
    await scene.slack.submit(sample.ANA, {ids.ASK_INPUT: QUESTION})
    await scene.quiet()
    assert home_texts.ASKED in modal(scene, sample.ANA)
    (root,) = await dm_posts(scene, sample.ANA)
    assert QUESTION in shown(root)
    (answer,) = scene.bot_replies(root["channel"], root["ts"])
    assert "backup" in answer["text"].lower()
    await comes_to_say(scene, sample.ANA, QUESTION)
    followed = await scene.says(sample.ANA, root["channel"], "How often should it be tested?", root["ts"])
    assert followed.reply


async def test_an_empty_question_is_refused_at_the_field_and_what_was_typed_stays(
    scene: Scene, bot: Service
) -> None:
    await opens_home(scene, sample.ANA)
    await presses_view(scene, sample.ANA, ids.HOME_ASK)
    answer = await scene.slack.submit(sample.ANA, {ids.ASK_INPUT: "  \n "})
    assert answer["errors"] == {ids.ASK_BLOCK: home_texts.ASK_EMPTY}
    (view,) = scene.slack.views(sample.ANA)
    assert view["callback_id"] == ids.ASK_VIEW
    assert await dm_posts(scene, sample.ANA) == []


async def test_a_question_that_cannot_be_answered_to_its_asker_is_refused_at_the_field(
    scene: Scene, bot: Service
) -> None:
    await opens_home(scene, sample.ANA)
    await presses_view(scene, sample.ANA, ids.HOME_ASK)
    scene.slack.faults.add(method="conversations.open", error="cannot_dm_bot")
    answer = await scene.slack.submit(sample.ANA, {ids.ASK_INPUT: QUESTION})
    assert answer["errors"] == {ids.ASK_BLOCK: home_texts.ASK_UNREACHABLE}
    (view,) = scene.slack.views(sample.ANA)
    assert view["state"]["values"][ids.ASK_BLOCK][ids.ASK_INPUT]["value"] == QUESTION


async def test_a_topic_is_asked_once_however_often_it_is_pressed(scene: Scene, bot: Service) -> None:
    await opens_home(scene, sample.ANA)
    home = home_of(scene, sample.ANA)
    topic = button(home, ids.topic_action(0))
    await presses_view(scene, sample.ANA, topic["action_id"])
    assert home_texts.ASKED in modal(scene, sample.ANA)
    (root,) = await dm_posts(scene, sample.ANA)
    (answer,) = scene.bot_replies(root["channel"], root["ts"])
    assert ids.TALK in [element["action_id"] for element in elements(answer["blocks"])]
    await scene.slack.close_view(sample.ANA)
    await presses_old(scene, sample.ANA, home, topic["action_id"], topic["value"])
    assert ALREADY_ASKED in modal(scene, sample.ANA)
    assert len(await dm_posts(scene, sample.ANA)) == 1


async def test_consultants_claim_on_home_what_nobody_has_and_find_their_own_by_link(
    scene: Scene, bot: Service
) -> None:
    await opens_home(scene, sample.DEV)
    await opens_home(scene, sample.CORA)
    said = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    await comes_to_say(scene, sample.DEV, "Small Bakery")
    home = home_of(scene, sample.DEV)
    assert QUESTION in words(home)
    await presses_view(scene, sample.DEV, ids.HOME_CLAIM)
    (ticket,) = await scene.rows(Ticket)
    (card,) = scene.cards()
    assert ticket.claimed_by == sample.DEV
    assert "Dev Patel has this" in shown(card)
    for user in (sample.DEV, sample.CORA):
        await comes_to_say(scene, user, home_texts.UNCLAIMED_NONE)
    await comes_to_say(scene, sample.DEV, home_texts.UNCLAIMED_NONE)
    assert any(card["ts"].replace(".", "") in link for link in links(home_of(scene, sample.DEV)))
    await presses_old(scene, sample.CORA, home, ids.HOME_CLAIM, str(ticket.id))
    (lost,) = await dm_posts(scene, sample.CORA)
    assert texts.claim_lost("Dev Patel") in shown(lost)


async def test_who_is_not_on_the_desk_sees_and_claims_nothing_of_it(scene: Scene, bot: Service) -> None:
    said = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    home = await opens_home(scene, sample.CARL)
    assert home_texts.UNCLAIMED_TITLE not in words(home)
    (ticket,) = await scene.rows(Ticket)
    await presses_old(scene, sample.CARL, home, ids.HOME_CLAIM, str(ticket.id))
    (told,) = await dm_posts(scene, sample.CARL)
    assert ONLY_CONSULTANTS in shown(told)
    assert (await scene.rows(Ticket))[0].claimed_by is None


async def test_a_claim_after_leaving_the_desk_is_refused_and_home_forgets_the_desk(
    scene: Scene, bot: Service
) -> None:
    said = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    home = await opens_home(scene, sample.ELIF)
    assert home_texts.UNCLAIMED_TITLE in words(home)
    await leaves(scene, sample.DESK, sample.ELIF)
    await presses_view(scene, sample.ELIF, ids.HOME_CLAIM)
    (told,) = await dm_posts(scene, sample.ELIF)
    assert ONLY_CONSULTANTS in shown(told)
    await scene.slack.wait_for(
        lambda: home_texts.UNCLAIMED_TITLE not in words(home_of(scene, sample.ELIF)), 20
    )


async def leaves(scene: Scene, channel: str, user: str) -> None:
    """Take somebody out of a channel; the bot hears that the desk's members changed."""
    scene.slack.runtime.workspace.conversations[channel].members.remove(user)
    await scene.slack.invite(sample.CORA, channel, sample.ANA)
    await scene.quiet()


async def test_a_press_that_came_too_late_for_slack_is_answered_kindly(scene: Scene, bot: Service) -> None:
    await opens_home(scene, sample.ANA)
    for action_id in (ids.HOME_ASK, ids.browse_action(0)):
        scene.slack.faults.add(method="views.open", error="expired_trigger_id")
        await presses_view(scene, sample.ANA, action_id)
    told = await dm_posts(scene, sample.ANA)
    assert [home_texts.PRESS_AGAIN in shown(each) for each in told] == [True, True]


async def test_a_person_without_a_home_costs_nobody_anything(scene: Scene, bot: Service) -> None:
    before = len(scene.bot_posts(sample.DESK))
    scene.slack.faults.add(method="views.publish", error="not_enabled")
    await scene.slack.open_home(sample.ANA)
    await scene.quiet()
    assert scene.slack.home(sample.ANA) is None
    assert len(scene.bot_posts(sample.DESK)) == before


async def test_before_the_methodology_is_loaded_home_says_so_and_comes_again_with_topics(
    settings: Settings, scene: Scene, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = threading.Event()

    def slowly(*_given: object, **_named: object) -> Library:
        loaded.wait(30)
        return library

    monkeypatch.setattr("bot.app.open_library", slowly)
    service = Service(settings)
    await service.start()
    try:
        await scene.slack.wait_for_connection()
        await scene.slack.open_home(sample.ANA)
        await scene.slack.wait_for(lambda: scene.slack.home(sample.ANA) is not None, 20)
        assert home_texts.LOADING in words(home_of(scene, sample.ANA))
        loaded.set()
        await scene.slack.wait_for(lambda: home_texts.LOADING not in words(home_of(scene, sample.ANA)), 20)
    finally:
        loaded.set()
        await service.stop()


async def test_an_admin_chooses_the_desk_on_home(settings: Settings, scene: Scene) -> None:
    settings = settings.model_copy(update={"vcio_desk_channel": None})
    async with running(settings, scene):
        home = await opens_home(scene, sample.CORA)
        assert texts.HOME_DESK_MISSING in words(home)
        await presses_view(scene, sample.CORA, ids.DESK_SELECT, sample.DESK)
        async with scene.store.read() as session:
            assert (await firm.read_profile(session)).desk_channel == sample.DESK


async def test_opening_home_again_asks_slack_nothing_but_to_publish_it(scene: Scene, bot: Service) -> None:
    for number in range(5):
        await scene.asks(sample.DEV, f"How often should we test backup number {number}?")
    said = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    await opens_home(scene, sample.DEV)
    before = len(scene.slack.calls)
    await opens_home(scene, sample.DEV)
    assert [call.method for call in scene.slack.calls[before:]] == ["views.publish"]


async def test_who_opened_home_once_is_remembered(scene: Scene, bot: Service) -> None:
    await scene.asks(sample.ELIF)
    (person,) = await scene.rows(Person, user_id=sample.ELIF)
    assert person.home_seen_at is None
    await opens_home(scene, sample.ELIF)
    (person,) = await scene.rows(Person, user_id=sample.ELIF)
    assert person.home_seen_at is not None
