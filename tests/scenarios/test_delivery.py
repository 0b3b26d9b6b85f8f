"""Sending under Slack's limits and faults: in order, once, and never silently given up."""

import asyncio
from collections.abc import Callable

import pytest

from bot.app import Service
from bot.database import Database
from bot.delivery.models import OutboxItem, WorkState
from bot.settings import Settings
from bot.slack import ids, texts
from emulator import sample
from emulator.testing import LocalWorkspace
from emulator.wire import Json
from tests.scenarios.desk import action_ids, shown
from tests.scenarios.scene import OTHER_QUESTION, QUESTION, Scene
from tests.scenarios.workspace import running

pytestmark = pytest.mark.each_database


@pytest.fixture(autouse=True)
def _posted_whole(slack: LocalWorkspace) -> None:
    """Answers are posted whole here; how they grow is a matter of its own."""
    slack.faults.add(method="chat.startStream", error="unknown_method", times=1_000)


async def test_an_answer_whose_acknowledgement_was_lost_is_found_and_not_sent_again(
    scene: Scene, bot: Service
) -> None:
    dm = await scene.slack.dm(sample.ANA)
    scene.slack.faults.add(method="chat.postMessage", drop_response=True, when=_to(dm))
    assert (await scene.asks(sample.ANA)).reply
    assert len(scene.slack.calls_of("conversations.replies")) == 1
    assert len([call for call in scene.slack.calls_of("chat.postMessage") if _to(dm)(call.args)]) == 1


async def test_an_answer_that_never_arrived_is_sent_again_once(scene: Scene, bot: Service) -> None:
    dm = await scene.slack.dm(sample.ANA)
    scene.slack.faults.add(method="chat.postMessage", status=503, times=2, when=_to(dm))
    assert (await scene.asks(sample.ANA)).reply


async def test_a_lost_card_is_found_on_the_desk_and_still_works(scene: Scene, bot: Service) -> None:
    said = await scene.asks(sample.ANA)
    scene.slack.faults.add(method="chat.postMessage", drop_response=True, when=_to(sample.DESK))
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    assert ids.TICKET_CLAIM not in action_ids(scene.cards()[0])


async def test_a_rate_limit_is_waited_out_and_order_is_kept(scene: Scene, bot: Service) -> None:
    dm = await scene.slack.dm(sample.ANA)
    scene.slack.faults.add(
        method="chat.postMessage", error="ratelimited", retry_after=1, times=2, when=_to(dm)
    )
    asked = [await scene.slack.say(sample.ANA, dm, text) for text in (QUESTION, "hello", OTHER_QUESTION)]
    await scene.quiet()
    assert [len(scene.bot_replies(dm, ts)) for ts in asked] == [1, 1, 1]
    queued = await scene.rows(OutboxItem, kind="answer")
    sent = [item.slack_ts for item in sorted(queued, key=lambda item: item.id)]
    assert sent == sorted(sent)


async def test_a_channel_that_waits_holds_up_no_other(scene: Scene, bot: Service) -> None:
    dm = await scene.slack.dm(sample.ANA)
    scene.slack.faults.add(method="chat.postMessage", error="ratelimited", retry_after=3, when=_to(dm))
    waiting = await scene.slack.say(sample.ANA, dm, QUESTION)
    other = await scene.slack.say(sample.BEN, sample.SHARED, f"<@{sample.BOT}> {QUESTION}")
    await scene.slack.replies(sample.SHARED, other, timeout=30)
    assert scene.bot_replies(dm, waiting) == []
    await scene.quiet()
    assert len(scene.bot_replies(dm, waiting)) == 1


async def test_an_answer_that_slack_keeps_refusing_is_parked_and_people_are_told(
    scene: Scene, bot: Service
) -> None:
    dm = await scene.slack.dm(sample.ANA)
    before = len(scene.bot_posts(sample.DESK))
    scene.slack.faults.add(method="chat.postMessage", error="invalid_blocks", times=2, when=_to(dm))
    apology = (await scene.asks(sample.ANA)).reply
    assert texts.PARKED_APOLOGY in shown(apology)
    assert ids.TALK in action_ids(apology)
    (alert,) = scene.bot_posts(sample.DESK)[before:]
    assert "Given up after 1 attempt" in shown(alert)
    (parked,) = await scene.rows(OutboxItem, state=WorkState.PARKED)
    assert parked.kind == "answer"


async def test_what_slack_cannot_show_reaches_the_person_in_words(scene: Scene, bot: Service) -> None:
    dm = await scene.slack.dm(sample.ANA)
    scene.slack.faults.add(method="chat.postMessage", error="invalid_blocks", when=_to(dm))
    assert "backup" in (await scene.asks(sample.ANA)).reply["text"].lower()


async def test_an_apology_that_is_refused_too_brings_no_other(scene: Scene, bot: Service) -> None:
    dm = await scene.slack.dm(sample.ANA)
    scene.slack.faults.add(method="chat.postMessage", error="is_archived", times=99, when=_to(dm))
    assert (await scene.asks(sample.ANA)).replies == []
    assert len(await scene.rows(OutboxItem, state=WorkState.PARKED)) == 2


async def test_what_is_asked_while_the_socket_changes_is_answered_once(scene: Scene, bot: Service) -> None:
    dm = await scene.slack.dm(sample.ANA)
    old = list(scene.slack.connections)
    asked = []
    for reason in ("warning", "refresh_requested"):
        await scene.slack.disconnect_all(reason)
        asked += [await scene.slack.say(sample.ANA, dm, QUESTION) for _ in range(3)]
    await scene.slack.wait_for(lambda: scene.slack.connections and old[0] not in scene.slack.connections, 30)
    asked.append(await scene.slack.say(sample.ANA, dm, QUESTION))
    await scene.quiet()
    assert scene.slack.events_dropped == []
    assert [len(scene.bot_replies(dm, ts)) for ts in asked] == [1] * 7


async def test_two_replicas_share_the_questions_and_answer_each_once(
    scene: Scene, settings: Settings, store: Database
) -> None:
    if store.is_sqlite:
        pytest.skip("one process may serve from SQLite; replicas need PostgreSQL")
    other = settings.isolated(vcio_executor_id="other")
    async with running(settings, scene), running(other, scene):
        await scene.slack.wait_for_connection(2)
        dm = await scene.slack.dm(sample.ANA)
        asked = await asyncio.gather(*(scene.slack.say(sample.ANA, dm, QUESTION) for _ in range(12)))
        await scene.quiet()
        assert [len(scene.bot_replies(dm, ts)) for ts in asked] == [1] * 12
        owners = {item.owner for item in await scene.rows(OutboxItem, kind="answer")}
        assert owners == {"test", "other"}


def _to(channel: str) -> Callable[[Json], bool]:
    """Faults and calls for one channel only."""

    def is_to(arguments: Json) -> bool:
        return bool(arguments.get("channel") == channel)

    return is_to
