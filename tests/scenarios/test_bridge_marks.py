"""What a card says of its own thread: who reads it, and what is no longer sent once a ticket is over."""

import pytest

from bot.app import Service
from bot.clock import utc_now
from bot.engagement import states
from bot.engagement.models import Ticket, TicketState
from bot.slack import bridge_texts, ids
from emulator import sample
from tests.scenarios.desk import Json, shown
from tests.scenarios.scene import Scene


async def test_a_claimed_card_says_who_reads_its_thread_and_a_closed_one_that_nobody_does(
    scene: Scene, bot: Service
) -> None:
    said = await scene.mentions(sample.BEN, sample.SHARED)
    await scene.presses(sample.BEN, said.reply, ids.TALK)
    (card,) = scene.cards()
    line = bridge_texts.read_in_channel("Ben Brook")
    assert line not in shown(card)
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    assert line in shown(scene.cards()[0])
    async with scene.store.unit_of_work() as session:
        ticket = await session.get_one(Ticket, 1)
        await states.step(session, ticket, TicketState.RESOLVED, actor=sample.DEV, now=utc_now())
    before = len(scene.bot_replies(sample.SHARED, said.root))
    written = await scene.says(sample.DEV, sample.DESK, "One more thing.", card["ts"])
    assert bridge_texts.closed(ticket.reference, "resolved") in shown(written.reply)
    assert len(scene.bot_replies(sample.SHARED, said.root)) == before


@pytest.mark.parametrize("may_name", [True, False])
async def test_a_consultants_message_stands_under_their_name_where_the_workspace_allows_it(
    scene: Scene, bot: Service, may_name: bool
) -> None:
    said = await scene.mentions(sample.BEN, sample.SHARED)
    await scene.presses(sample.BEN, said.reply, ids.TALK)
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    if not may_name:
        scene.slack.faults.add(method="chat.postMessage", error="missing_scope", when=_names_somebody)
    before = len(scene.bot_replies(sample.SHARED, said.root))
    await scene.says(sample.DEV, sample.DESK, "Keep one copy offline.", card["ts"])
    (copy,) = scene.bot_replies(sample.SHARED, said.root)[before:]
    assert copy.get("username") == (bridge_texts.username("Dev Patel") if may_name else None)
    assert bridge_texts.from_consultant("Dev Patel") in shown(copy)


def _names_somebody(arguments: Json) -> bool:
    return "username" in arguments
