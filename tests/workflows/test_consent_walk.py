"""Consent as people meet it: asked on a card, answered alone, heard by whoever asked and by the desk."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.clock import utc_now
from bot.engagement import firm
from bot.engagement.models import Approves, Person, Ticket
from bot.engagement.retainer_models import Consent, ConsentState
from bot.engagement.work_models import ClientChannel
from bot.slack import consent_ids, consent_texts, ids, ticket_ids
from bot.workflows.climb_consent import ConsentLadder
from bot.workflows.decide_consent import NOT_APPROVER
from emulator import sample
from tests.scenarios.desk import Json, action_ids, shown
from tests.workflows.consent_desk import with_retainer
from tests.workflows.office import QUESTION, Office

MINUTE = timedelta(minutes=1)
# What is about the database is tried on both kinds in the tests of each workflow.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def with_approvers(office: Office, **approves: Approves) -> None:
    """Everybody is at work at any hour, and these consent for their clients of 3.2 hours a month."""
    async with office.store.unit_of_work() as session:
        await firm.change_profile(session, hours="Mon-Sun 00:00-24:00")
        for user, role in approves.items():
            await session.execute(update(Person).where(Person.user_id == user).values(approves=role))
        named = select(Person.client_id).where(Person.user_id.in_(approves)).distinct()
        for client_id in list(await session.scalars(named)):
            await with_retainer(session, client_id, utc_now())


async def asks_for_hours(office: Office, ticket: Ticket) -> Json:
    """Dev claims a request and asks for half an hour; return its card."""
    await office.presses(sample.DEV, office.cards()[-1], ids.TICKET_CLAIM)
    option = f"{consent_ids.ASK_HOURS}:{ticket.id}"
    await office.opens(sample.DEV, office.cards()[-1], ticket_ids.TICKET_MORE, option)
    sent = {consent_ids.HOURS_INPUT: "30", consent_ids.WHAT_FOR_INPUT: "Comparing two offers"}
    assert await office.sends(sample.DEV, sent) == {}
    return office.cards()[-1]


async def test_an_approver_says_go_ahead_and_everybody_hears(office: Office) -> None:
    await with_approvers(office, U01CARL=Approves.APPROVER)
    ticket = await office.request()
    card = await asks_for_hours(office, ticket)
    assert "waits for consent to about 0.5 h, asked: Carl Chen." in shown(card)
    (asked,) = office.bot_posts(await office.slack.dm(sample.CARL))
    assert asked["text"] == "Small Bakery: about 0.5 h of 3.2 h left: go ahead?"
    assert "What for: Comparing two offers" in shown(asked)
    # It was asked in private: neither who nor what.
    assert QUESTION not in shown(asked) and "Ana" not in shown(asked)
    waits = (await office.told(ticket))[-1]
    assert waits.startswith("Asking costs you nothing.") and "it waits for Carl Chen" in waits

    await office.presses(sample.CARL, asked, consent_ids.GO_AHEAD)
    (settled,) = office.bot_posts(await office.slack.dm(sample.CARL))
    assert "Carl Chen said: go ahead" in shown(settled) and action_ids(settled) == []
    assert "Carl Chen has said go ahead: Dev Patel goes on" in (await office.told(ticket))[-1]
    assert "0 h spent; up to 1 h without asking." in shown(office.cards()[-1])
    assert "Carl Chen said: go ahead" in office.bot_posts(await office.slack.dm(sample.DEV))[-1]["text"]


async def test_nobody_answers_then_the_deputy_then_our_lead_who_declines(office: Office) -> None:
    await with_approvers(office, U01CARL=Approves.APPROVER, U01ANA=Approves.DEPUTY)
    ticket = await office.request(channel=sample.ASK_IT)
    await asks_for_hours(office, ticket)
    (first,) = office.bot_posts(await office.slack.dm(sample.CARL))
    assert f"Ana Alves asked: {QUESTION}" in shown(first)
    for _ in range(2):
        async with office.store.unit_of_work() as session:
            await session.execute(update(Consent).values(ring_at=utc_now() - MINUTE))
        await ConsentLadder(office.store, office.directory).sweep()
        await office.quiet()
    assert "You are asked as deputy" in shown(office.bot_posts(await office.slack.dm(sample.ANA))[-1])
    asked = office.bot_posts(await office.slack.dm(sample.CORA))[-1]
    assert "Nobody at Small Bakery has answered." in shown(asked)
    assert "asked: our lead." in shown(office.cards()[-1])

    await office.presses(sample.CORA, asked, consent_ids.NOT_NOW)
    assert "would rather not spend more hours" in (await office.told(ticket))[-1]
    assert "Cora Quist said not now to about 0.5 h" in shown(office.cards()[-1])
    # His buttons are gone by now; what he may have pressed a moment before is refused.
    await office.forges(sample.CARL, first["channel"], consent_ids.GO_AHEAD, "1")
    assert "Cora Quist has said already: not now." in shown(office.private(sample.CARL)[0])
    (consent,) = await office.rows(Consent)
    assert consent.state is ConsentState.DECLINED


async def test_across_slack_connect_a_button_opens_it_for_the_approver_alone(office: Office) -> None:
    await with_approvers(office, U02BEN=Approves.APPROVER)
    async with office.store.unit_of_work() as session:
        ben = (await session.scalars(select(Person).where(Person.user_id == sample.BEN))).one()
        now = utc_now()
        session.add(
            ClientChannel(
                team_id=sample.FIRM,
                channel=sample.SHARED,
                client_id=ben.client_id,
                introduced_at=now,
                created_at=now,
            )
        )
        session.add(
            Person(
                team_id=sample.CLIENT,
                user_id=sample.BELLA,
                client_id=ben.client_id,
                name="Bella Byrne",
                created_at=now,
            )
        )
    ticket = await office.request(sample.BELLA, channel=sample.SHARED)
    await asks_for_hours(office, ticket)
    (spot,) = office.bot_posts(sample.SHARED)
    assert f"<@{sample.BEN}> there is a question about the hours of Large Housing" in shown(spot)
    assert "0.5" not in shown(spot)
    await office.opens(sample.BELLA, spot, consent_ids.OPEN)
    assert office.slack.views(sample.BELLA) == []
    assert NOT_APPROVER in shown(office.private(sample.BELLA)[0])

    await office.opens(sample.BEN, spot, consent_ids.OPEN)
    assert "about 0.5 h of 3.2 h left: go ahead?" in shown(office.slack.views(sample.BEN)[-1])
    await office.slack.press_view(sample.BEN, consent_ids.GO_AHEAD)
    await office.quiet()
    assert consent_texts.SAID_GO_AHEAD in shown(office.slack.views(sample.BEN)[-1])
    assert consent_texts.spot_over() in shown(office.bot_posts(sample.SHARED)[0])


async def test_where_nothing_is_gated_the_card_says_so(office: Office) -> None:
    ticket = await office.request()
    await office.presses(sample.DEV, office.cards()[-1], ids.TICKET_CLAIM)
    assert "no retainer, so nothing waits for consent" in shown(office.cards()[-1])
    option = f"{consent_ids.ASK_HOURS}:{ticket.id}"
    await office.opens(sample.DEV, office.cards()[-1], ticket_ids.TICKET_MORE, option)
    assert "has no retainer now" in shown(office.private(sample.DEV)[0])
