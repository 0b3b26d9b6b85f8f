"""*Claim*: one consultant has a request, whoever presses, and only a consultant may."""

import asyncio

import pytest

from bot.app import Service
from bot.engagement.models import AuditEvent, Ticket, TicketState
from bot.slack import ids, texts
from bot.workflows.desk_door import ONLY_CONSULTANTS
from bot.workflows.presses import NOT_YOURS
from emulator import sample
from tests.scenarios.desk import Json, action_ids, shown
from tests.scenarios.scene import Said, Scene
from tests.scenarios.workspace import CROWD

pytestmark = pytest.mark.each_database


async def request(scene: Scene) -> tuple[Said, Json]:
    """Ana asks, and then for a person; returns her thread and the card."""
    said = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    (card,) = scene.cards()
    return said, card


async def test_a_claim_updates_the_card_and_tells_the_client_who(scene: Scene, bot: Service) -> None:
    said, card = await request(scene)
    before = len(scene.bot_replies(said.channel, said.root))
    assert await scene.presses(sample.DEV, card, ids.TICKET_CLAIM) == []
    told = scene.bot_replies(said.channel, said.root)[before:]
    (ticket,) = await scene.rows(Ticket)
    assert [shown(each) for each in told] == [texts.claimed("Dev Patel", ticket.reference)]
    (updated,) = scene.cards()
    assert "Dev Patel has this" in shown(updated)
    assert ids.TICKET_CLAIM not in action_ids(updated)
    assert scene.private(sample.DEV) == []
    assert [event.what for event in await scene.rows(AuditEvent)] == ["requested", "claimed"]


async def test_a_second_consultant_is_told_who_was_first(scene: Scene, bot: Service) -> None:
    _said, card = await request(scene)
    both = (sample.DEV, sample.ELIF)
    await asyncio.gather(*(scene.slack.press(who, card, ids.TICKET_CLAIM) for who in both))
    await scene.quiet()
    (ticket,) = await scene.rows(Ticket)
    (loser,) = set(both) - {ticket.claimed_by}
    (word,) = scene.private(loser)
    assert shown(word) == texts.claim_lost(ticket.claimed_name)
    assert scene.private(ticket.claimed_by) == []


async def test_twenty_claims_at_once_have_one_winner(scene: Scene, bot: Service) -> None:
    said, card = await request(scene)
    before = len(scene.bot_replies(said.channel, said.root))
    pressers = (sample.CORA, sample.DEV, sample.ELIF, *CROWD)
    assert len(pressers) == 20
    await asyncio.gather(*(scene.slack.press(who, card, ids.TICKET_CLAIM) for who in pressers))
    await scene.quiet()
    (ticket,) = await scene.rows(Ticket)
    words = {who: [shown(word) for word in scene.private(who)] for who in pressers}
    assert words.pop(ticket.claimed_by) == []
    assert list(words.values()) == [[texts.claim_lost(ticket.claimed_name)]] * 19
    assert len(scene.bot_replies(said.channel, said.root)) == before + 1
    assert len(await scene.rows(AuditEvent, what="claimed")) == 1


async def test_a_guest_on_the_desk_cannot_claim(scene: Scene, bot: Service) -> None:
    _said, card = await request(scene)
    await scene.slack.invite(sample.CORA, sample.DESK, sample.GUS)
    await scene.quiet()
    await scene.presses(sample.GUS, card, ids.TICKET_CLAIM)
    await _refused(scene, sample.GUS, ONLY_CONSULTANTS)


@pytest.mark.parametrize("outsider", [sample.ANA, sample.CARL, sample.BEN])
async def test_whoever_is_not_on_the_desk_cannot_claim(scene: Scene, bot: Service, outsider: str) -> None:
    await request(scene)
    (ticket,) = await scene.rows(Ticket)
    await scene.forges(outsider, sample.DESK, ids.TICKET_CLAIM, str(ticket.id))
    await _refused(scene, outsider, ONLY_CONSULTANTS)


async def test_a_consultant_who_left_the_desk_cannot_claim(scene: Scene, bot: Service) -> None:
    await request(scene)
    (ticket,) = await scene.rows(Ticket)
    scene.slack.runtime.workspace.conversations[sample.DESK].members.remove(sample.ELIF)
    # The bot hears that the desk's members changed; the emulator has nobody leave by themselves.
    await scene.slack.invite(sample.CORA, sample.DESK, sample.GUS)
    await scene.quiet()
    await scene.forges(sample.ELIF, sample.DESK, ids.TICKET_CLAIM, str(ticket.id))
    await _refused(scene, sample.ELIF, ONLY_CONSULTANTS)


@pytest.mark.parametrize("channel", [sample.GENERAL, sample.SHARED])
async def test_a_cards_button_pressed_outside_the_desk_is_refused(
    scene: Scene, bot: Service, channel: str
) -> None:
    await request(scene)
    (ticket,) = await scene.rows(Ticket)
    await scene.forges(sample.DEV, channel, ids.TICKET_CLAIM, str(ticket.id))
    await _refused(scene, sample.DEV, NOT_YOURS)


async def _refused(scene: Scene, user: str, why: str) -> None:
    (refusal,) = scene.private(user)
    assert why in shown(refusal)
    (ticket,) = await scene.rows(Ticket)
    assert ticket.state is TicketState.REQUESTED
    assert ids.TICKET_CLAIM in action_ids(scene.cards()[0])
