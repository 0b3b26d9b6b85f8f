"""What cannot reach the client, or not yet: it goes another way, waits, or is told on the card."""

from typing import Any

import pytest

from bot.app import Service
from bot.delivery.models import OutboxItem, WorkState
from bot.slack import bridge_texts, ids
from emulator import sample
from tests.scenarios.desk import Json, shown
from tests.scenarios.scene import Said, Scene

ANSWER = "Keep one copy offline."
POST = "chat.postMessage"


async def _claimed(scene: Scene, said: Said, who: str) -> Json:
    await scene.presses(who, said.reply, ids.TALK)
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    return card


def _in(channel: str) -> Any:
    return lambda arguments: arguments.get("channel") == channel


@pytest.mark.parametrize("code", ["is_archived", "not_in_channel"])
async def test_where_the_channel_is_closed_the_message_goes_to_the_persons_direct_messages(
    scene: Scene, bot: Service, code: str
) -> None:
    said = await scene.mentions(sample.CARL, sample.ASK_IT)
    card = await _claimed(scene, said, sample.CARL)
    scene.slack.faults.add(method=POST, error=code, times=9, when=_in(sample.ASK_IT))
    written = await scene.says(sample.DEV, sample.DESK, ANSWER, card["ts"])
    (copy,) = scene.bot_posts(await scene.slack.dm(sample.CARL))
    assert ANSWER in shown(copy)
    assert bridge_texts.SENT in shown(written.reply)
    await scene.slack.edit(sample.DEV, sample.DESK, written.ts, "Two copies.")
    await scene.quiet()
    (copy,) = scene.bot_posts(await scene.slack.dm(sample.CARL))
    assert "Two copies." in shown(copy)


async def test_what_reaches_nobody_is_said_in_its_mark(scene: Scene, bot: Service) -> None:
    """Ben can be met in the shared channel alone."""
    card = await _claimed(scene, await scene.mentions(sample.BEN, sample.SHARED), sample.BEN)
    scene.slack.faults.add(method=POST, error="is_archived", times=9, when=_in(sample.SHARED))
    written = await scene.says(sample.DEV, sample.DESK, ANSWER, card["ts"])
    (mark,) = [each for each in scene.bot_replies(sample.DESK, card["ts"]) if each["ts"] > written.ts]
    assert shown(mark) == bridge_texts.not_delivered("conversations.open: user_not_visible")
    await scene.slack.edit(sample.DEV, sample.DESK, written.ts, "Two copies.")
    await scene.quiet()
    (mark,) = [each for each in scene.bot_replies(sample.DESK, card["ts"]) if each["ts"] > written.ts]
    assert shown(mark) == bridge_texts.not_delivered("conversations.open: user_not_visible")
    (item,) = await scene.rows(OutboxItem, kind="from_consultant")
    assert item.state is WorkState.PARKED


async def test_what_is_deleted_before_it_was_sent_is_never_shown(scene: Scene, bot: Service) -> None:
    said = await scene.mentions(sample.BEN, sample.SHARED)
    card = await _claimed(scene, said, sample.BEN)
    before = scene.bot_replies(sample.SHARED, said.root)
    posts = len(_posts(scene))
    scene.slack.faults.add(method=POST, error="ratelimited", retry_after=1, when=_in(sample.SHARED))
    ts = await scene.slack.say(sample.DEV, sample.DESK, ANSWER, thread_ts=card["ts"])

    async def tried() -> bool:
        return len(_posts(scene)) > posts

    await scene.until(tried)
    await scene.slack.delete(sample.DEV, sample.DESK, ts)
    await scene.quiet()
    assert scene.bot_replies(sample.SHARED, said.root) == before
    assert len(_posts(scene)) == posts + 1


def _posts(scene: Scene) -> list[Any]:
    return [each for each in scene.slack.calls_of(POST) if each.args.get("channel") == sample.SHARED]
