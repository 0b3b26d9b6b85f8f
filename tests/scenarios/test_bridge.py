"""What is written on a card and in the client's thread: what crosses, what stays, what is taken back."""

import asyncio

import pytest

from bot.app import Service
from bot.engagement.desk_models import Carried
from bot.engagement.models import Ticket, TicketState
from bot.slack import bridge_texts, ids, ticket_texts
from bot.workflows.bridge import ONLY_ITS_CONSULTANTS
from bot.workflows.presses import NOT_YOURS
from emulator import sample
from tests.scenarios.desk import Json, action_ids, shown
from tests.scenarios.scene import Said, Scene

ANSWER = "Keep the offline copy in another building."


async def _claimed(scene: Scene) -> tuple[Said, Json]:
    """Ben asks for a person in the shared channel, and Dev claims; returns Ben's thread and the card."""
    said = await scene.mentions(sample.BEN, sample.SHARED)
    await scene.presses(sample.BEN, said.reply, ids.TALK)
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    return said, card


def _client_reads(scene: Scene, said: Said) -> list[str]:
    return [shown(each) for each in scene.bot_replies(sample.SHARED, said.root)]


async def test_what_the_tickets_consultant_writes_reaches_the_client_once_under_their_name(
    scene: Scene, bot: Service
) -> None:
    said, card = await _claimed(scene)
    before = len(_client_reads(scene, said))
    written = await scene.says(sample.DEV, sample.DESK, ANSWER, card["ts"])
    (copy,) = _client_reads(scene, said)[before:]
    assert ANSWER in copy
    assert bridge_texts.from_consultant("Dev Patel") in copy
    assert bridge_texts.SENT in shown(written.reply)
    for told in (ticket_texts.in_thread(1), f"Dev Patel: {ANSWER}"):
        assert told in shown(scene.cards()[0])
    (ticket,) = await scene.rows(Ticket)
    assert ticket.state is TicketState.IN_PROGRESS
    assert ticket.first_replied_at is not None
    # The card goes on saying what was said last: written later, taken back, and by the client. No Home does.
    await scene.slack.open_home(sample.CORA)
    await scene.quiet()
    published = len(scene.slack.calls_of("views.publish"))
    more = await scene.says(sample.DEV, sample.DESK, "Test it too.", card["ts"])
    assert "Dev Patel: Test it too." in shown(scene.cards()[0])
    await scene.slack.delete(sample.DEV, sample.DESK, more.ts)
    await scene.says(sample.BEN, sample.SHARED, "Thank you", said.root)
    assert "Test it too." not in shown(scene.cards()[0])
    assert "Thank you" in shown(scene.cards()[0])
    assert len(scene.slack.calls_of("views.publish")) == published


@pytest.mark.parametrize("text", ["// ask Cora first", "  note: she is on leave", "NOTE: call him", "\n//x"])
async def test_an_internal_note_stays_on_the_desk_and_says_so(scene: Scene, bot: Service, text: str) -> None:
    said, card = await _claimed(scene)
    before = _client_reads(scene, said)
    written = await scene.says(sample.DEV, sample.DESK, text, card["ts"])
    assert _client_reads(scene, said) == before
    assert bridge_texts.INTERNAL in shown(written.reply)
    # No edit makes it cross.
    await scene.slack.edit(sample.DEV, sample.DESK, written.ts, ANSWER)
    await scene.quiet()
    assert _client_reads(scene, said) == before


async def test_before_a_claim_and_from_colleagues_who_have_not_joined_nothing_crosses(
    scene: Scene, bot: Service
) -> None:
    said = await scene.mentions(sample.BEN, sample.SHARED)
    await scene.presses(sample.BEN, said.reply, ids.TALK)
    (card,) = scene.cards()
    before = _client_reads(scene, said)
    early = await scene.says(sample.DEV, sample.DESK, "Who takes this one?", card["ts"])
    assert bridge_texts.INTERNAL in shown(early.reply)
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    before = _client_reads(scene, said)
    other = await scene.says(sample.CORA, sample.DESK, ANSWER, card["ts"])
    assert bridge_texts.INTERNAL in shown(other.reply)
    assert _client_reads(scene, said) == before


async def test_an_edit_reaches_the_copy_and_a_deletion_or_a_press_takes_it_back(
    scene: Scene, bot: Service
) -> None:
    said, card = await _claimed(scene)
    before = len(_client_reads(scene, said))
    first = await scene.says(sample.DEV, sample.DESK, "Teh first.", card["ts"])
    await scene.slack.edit(sample.DEV, sample.DESK, first.ts, "The first.")
    second = await scene.says(sample.DEV, sample.DESK, "The second.", card["ts"])
    third = await scene.says(sample.DEV, sample.DESK, "The third.", card["ts"])
    copies = _client_reads(scene, said)[before:]
    assert [copy.split("\n")[-1] for copy in copies] == ["The first.", "The second.", "The third."]
    await scene.slack.delete(sample.DEV, sample.DESK, first.ts)
    await scene.quiet()
    # An edit that marks it as internal takes it back as well.
    await scene.slack.edit(sample.DEV, sample.DESK, second.ts, "// The second.")
    await scene.quiet()
    await scene.presses(sample.DEV, third.reply, ids.MAKE_INTERNAL)
    assert _client_reads(scene, said)[before:] == []
    marks = scene.bot_replies(sample.DESK, card["ts"])[-3:]
    assert [shown(mark) for mark in marks] == [bridge_texts.TAKEN_BACK] * 3
    assert all(ids.MAKE_INTERNAL not in action_ids(mark) for mark in marks)


async def test_what_a_client_changes_is_changed_on_the_card(scene: Scene, bot: Service) -> None:
    said, card = await _claimed(scene)
    wrote = await scene.says(sample.BEN, sample.SHARED, "It is the red tape.", said.root)
    await scene.slack.edit(sample.BEN, sample.SHARED, wrote.ts, "It is the blue tape.")
    await scene.quiet()
    (copy,) = scene.bot_replies(sample.DESK, card["ts"])
    assert "blue tape" in shown(copy)
    assert "red" not in shown(copy)
    await scene.slack.delete(sample.BEN, sample.SHARED, wrote.ts)
    await scene.quiet()
    (copy,) = scene.bot_replies(sample.DESK, card["ts"])
    assert bridge_texts.DELETED in shown(copy)
    assert "tape" not in shown(copy)


async def test_order_is_kept_and_nothing_is_lost_when_both_sides_write_at_once(
    scene: Scene, bot: Service
) -> None:
    said, card = await _claimed(scene)
    before = len(_client_reads(scene, said))
    for number in range(5):
        await asyncio.gather(
            scene.slack.say(sample.DEV, sample.DESK, f"desk {number}", thread_ts=card["ts"]),
            scene.slack.say(sample.BEN, sample.SHARED, f"client {number}", thread_ts=said.root),
        )
    await scene.quiet()
    copies = [copy.split("\n")[-1] for copy in _client_reads(scene, said)[before:]]
    assert copies == [f"desk {number}" for number in range(5)]
    desk = [shown(each) for each in scene.bot_replies(sample.DESK, card["ts"])]
    relayed = [text.split("\n")[-1] for text in desk if "wrote in" in text]
    assert relayed == [f"client {number}" for number in range(5)]


async def test_a_long_message_crosses_whole(scene: Scene, bot: Service) -> None:
    said, card = await _claimed(scene)
    before = len(_client_reads(scene, said))
    text = " ".join(f"word{number}" for number in range(1_200))
    await scene.says(sample.DEV, sample.DESK, text, card["ts"])
    (copy,) = _client_reads(scene, said)[before:]
    assert [word for word in copy.split() if word.startswith("word")] == text.split()


async def test_only_the_tickets_consultants_take_back_and_only_where_it_stands(
    scene: Scene, bot: Service
) -> None:
    said, card = await _claimed(scene)
    written = await scene.says(sample.DEV, sample.DESK, ANSWER, card["ts"])
    before = _client_reads(scene, said)
    await scene.presses(sample.CORA, written.reply, ids.MAKE_INTERNAL)
    (refused,) = scene.private(sample.CORA)
    assert ONLY_ITS_CONSULTANTS in shown(refused)
    (carried,) = await scene.rows(Carried, text=ANSWER)
    await scene.forges(sample.BEN, sample.SHARED, ids.MAKE_INTERNAL, ids.answer_value(carried.id))
    assert any(NOT_YOURS in shown(each) for each in scene.private(sample.BEN))
    assert _client_reads(scene, said) == before
