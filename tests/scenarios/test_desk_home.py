"""Who is suggested, who is away, what is found and what each is told of their own requests."""

from sqlalchemy import update

from bot.app import Service
from bot.engagement.models import Client, Ticket, TicketState
from bot.slack import ids, member_ids, member_texts, status_texts
from bot.workflows.desk import ONLY_DESK
from emulator import sample
from tests.scenarios.desk import action_ids, shown
from tests.scenarios.home_scenes import dm_posts, links, modal, opens_home, presses_old, presses_view
from tests.scenarios.scene import QUESTION, Scene


async def test_a_request_is_suggested_to_the_clients_lead_and_offered_again_when_they_are_away(
    scene: Scene, bot: Service
) -> None:
    async with scene.store.unit_of_work() as session:
        named = update(Client).where(Client.key == "small-bakery").values(lead=sample.DEV, deputy=sample.ELIF)
        await session.execute(named)
    said = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    (card,) = scene.cards()
    assert f"Suggested: <@{sample.DEV}> (leads this client)" in shown(card)
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    assert "Suggested" not in shown(scene.cards()[0])

    home = await opens_home(scene, sample.DEV)
    assert any(card["ts"].replace(".", "") in link for link in links(home))
    await presses_view(scene, sample.DEV, member_ids.AWAY, "2001-01-01")
    await presses_view(scene, sample.DEV, member_ids.AWAY, "2999-12-24")
    refused, told = await dm_posts(scene, sample.DEV)
    assert "not in the future" in shown(refused)
    assert member_texts.went_away(1, "Tuesday 24 December") in shown(told)
    (ticket,) = await scene.rows(Ticket)
    assert ticket.state is TicketState.REQUESTED
    (card,) = scene.cards()
    assert f"Suggested: <@{sample.ELIF}> (stands in" in shown(card)
    assert ids.TICKET_CLAIM in action_ids(card)
    assert "is to be claimed again" in shown(scene.bot_replies(sample.DESK, card["ts"])[-1])
    client_told = scene.bot_replies(said.channel, said.root)[-1]
    assert member_texts.reoffered("Dev Patel", "Tuesday 24 December", ticket.reference) in shown(client_told)

    await scene.presses(sample.ELIF, card, ids.TICKET_CLAIM)
    assert (await scene.rows(Ticket))[0].claimed_by == sample.ELIF
    await presses_view(scene, sample.DEV, member_ids.BACK)
    assert member_ids.BACK not in [each.get("action_id") for each in scene_elements(scene, sample.DEV)]


def scene_elements(scene: Scene, user: str) -> list[dict[str, object]]:
    home = scene.slack.home(user)
    assert home is not None
    return [each for block in home["blocks"] for each in block.get("elements", ())]


async def test_a_consultant_finds_a_request_and_nobody_else_may_look(scene: Scene, bot: Service) -> None:
    said = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    (card,) = scene.cards()
    await opens_home(scene, sample.CORA)
    await presses_view(scene, sample.CORA, member_ids.SEARCH_OPEN)
    await scene.slack.submit(sample.CORA, {member_ids.SEARCH_BLOCK: "bakery backup"})
    assert QUESTION in modal(scene, sample.CORA)
    assert any(card["ts"].replace(".", "") in link for link in links(scene.slack.views(sample.CORA)[-1]))
    await scene.slack.submit(sample.CORA, {member_ids.SEARCH_BLOCK: "nonsense"})
    assert member_texts.found(0) in modal(scene, sample.CORA)

    home = await opens_home(scene, sample.CARL)
    await presses_old(scene, sample.CARL, home, member_ids.SEARCH_OPEN, "x")
    answer = await scene.slack.submit(sample.CARL, {member_ids.SEARCH_BLOCK: "bakery"})
    assert answer["errors"] == {member_ids.SEARCH_BLOCK: ONLY_DESK}


async def test_status_is_told_in_private_and_in_a_channel_shown_to_who_presses(
    scene: Scene, bot: Service
) -> None:
    await scene.commands(sample.ANA, sample.GENERAL, "status")
    (none,) = scene.private(sample.ANA)
    assert status_texts.NONE in shown(none)
    said = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    await scene.presses(sample.DEV, scene.cards()[0], ids.TICKET_CLAIM)
    await scene.commands(sample.ANA, sample.GENERAL, "status")
    (told,) = scene.private(sample.ANA)
    assert "Dev Patel has taken it" in shown(told)
    assert QUESTION in shown(told)
    assert QUESTION in shown((await scene.asks(sample.ANA, "status")).reply)

    offered = (await scene.mentions(sample.ANA, sample.ASK_IT, "status")).reply
    assert QUESTION not in shown(offered)
    await scene.presses(sample.CARL, offered, member_ids.STATUS_SHOW)
    assert status_texts.NONE in modal(scene, sample.CARL)
    await scene.presses(sample.ANA, offered, member_ids.STATUS_SHOW)
    assert QUESTION in modal(scene, sample.ANA)
