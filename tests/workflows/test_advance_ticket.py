"""The life of a ticket on its card: each press, who may make it, and what the client hears of it."""

import asyncio

import pytest

from bot.engagement.desk_models import Carried, Colleague, Crossing
from bot.engagement.models import AuditEvent, Ticket, TicketState
from bot.slack import hours_ids, ids, texts, ticket_ids, ticket_texts
from bot.workflows.desk_door import NOT_ON_DESK, ONLY_CONSULTANTS
from bot.workflows.presses import NOT_YOURS
from emulator import sample
from tests.scenarios.desk import action_ids, shown
from tests.workflows.office import Office

HELD = [
    ticket_ids.TICKET_RESOLVE,
    ticket_ids.TICKET_WAIT,
    ticket_ids.TICKET_JOIN,
    hours_ids.LOG_TIME,
    ticket_ids.TICKET_NOTE,
]


def transfer_of(ticket: Ticket) -> str:
    """What *Transfer* carries in the list of further ways on."""
    return ticket_ids.option_value(ticket_ids.TICKET_TRANSFER, ticket.id)


async def claimed(office: Office, user: str = sample.DEV) -> Ticket:
    ticket = await office.request()
    await office.presses(user, office.cards()[0], ids.TICKET_CLAIM)
    return await office.ticket(ticket.id)


async def test_a_ticket_goes_from_hand_to_hand_and_its_one_card_says_where_it_is(office: Office) -> None:
    ticket = await office.request()
    (card,) = office.cards()
    assert action_ids(card) == [ids.TICKET_CLAIM, ticket_ids.TICKET_ASSIGN, ticket_ids.TICKET_NOTE]

    await office.opens(sample.CORA, card, ticket_ids.TICKET_ASSIGN)
    await office.sends(sample.CORA, {ticket_ids.CHOSEN_INPUT: sample.DEV})
    (card,) = office.cards()
    assert "Dev Patel has this" in shown(card)
    assert action_ids(card) == [*HELD, ticket_ids.TICKET_MORE]
    (word,) = office.bot_posts(await office.slack.dm(sample.DEV))
    assert word["text"] == ticket_texts.assigned(ticket.reference, "Small Bakery", "Cora Quist")

    await office.presses(sample.ELIF, card, ticket_ids.TICKET_JOIN)
    assert "Joined by Elif Demir." in shown(office.cards()[0])
    await office.presses(sample.ELIF, card, ticket_ids.TICKET_WAIT)
    (card,) = office.cards()
    assert "Waiting for the client." in shown(card)
    assert action_ids(card)[1] == ticket_ids.TICKET_RESUME
    await office.presses(sample.DEV, card, ticket_ids.TICKET_RESUME)
    assert (await office.ticket(ticket.id)).state is TicketState.IN_PROGRESS

    (card,) = office.cards()
    await office.opens(sample.DEV, card, ticket_ids.TICKET_MORE, transfer_of(ticket))
    chosen = {ticket_ids.CHOSEN_INPUT: sample.ELIF, ticket_ids.LINE_INPUT: "They keep tapes."}
    await office.sends(sample.DEV, chosen)
    (card,) = office.cards()
    assert "Elif Demir has this" in shown(card)
    assert await office.rows(Colleague) == []
    (note,) = office.bot_replies(sample.DESK, card["ts"])
    assert shown(note).startswith("Dev Patel handed this to Elif Demir:\nThey keep tapes.")
    assert ticket_texts.INTERNAL_MARK in shown(note)
    assert (await office.told(ticket))[-1] == ticket_texts.transferred(
        "Elif Demir", "Dev Patel", ticket.reference
    )
    assert not any("tapes" in each for each in await office.told(ticket))
    what = ["requested", "claimed", "assigned", "joined", "waiting", "in_progress", "transferred"]
    assert [event.what for event in await office.rows(AuditEvent)] == what


async def test_an_internal_note_is_kept_marked_and_crosses_to_nobody(office: Office) -> None:
    ticket = await claimed(office)
    before = await office.told(ticket)
    (card,) = office.cards()
    await office.opens(sample.ELIF, card, ticket_ids.TICKET_NOTE)
    refused = await office.sends(sample.ELIF, {ticket_ids.LINE_INPUT: "   "})
    assert refused == {ticket_ids.LINE_BLOCK: ticket_texts.BLANK}
    await office.sends(sample.ELIF, {ticket_ids.LINE_INPUT: "Ask about <!channel> the cellar"})
    (kept,) = await office.rows(Carried)
    assert (kept.crossing, kept.name) == (Crossing.INTERNAL, "Elif Demir")
    (note,) = office.bot_replies(sample.DESK, card["ts"])
    assert "the cellar" in shown(note)
    assert await office.told(ticket) == before


async def test_steps_that_do_not_fit_the_state_are_refused_in_a_sentence_that_names_it(
    office: Office,
) -> None:
    ticket = await office.request()
    value = str(ticket.id)
    for action in (ticket_ids.TICKET_JOIN, ticket_ids.TICKET_WAIT, ticket_ids.TICKET_RESUME):
        await office.forges(sample.DEV, sample.DESK, action, value)
        (word,) = office.private(sample.DEV)
        assert f"{ticket.reference} is waiting to be claimed: claim it first." in shown(word)
    await office.forges(sample.DEV, sample.DESK, ids.TICKET_CLAIM, value)
    for user, action, why in (
        (sample.DEV, ticket_ids.TICKET_JOIN, "You have this request yourself."),
        (sample.DEV, ids.TICKET_CLAIM, ""),
        (sample.ELIF, ticket_ids.TICKET_WAIT, "is claimed, and Dev Patel has it. Press Join first"),
    ):
        await office.forges(user, sample.DESK, action, value)
        assert why in "".join(map(shown, office.private(user)))
    await office.changed(ticket, state=TicketState.CLOSED)
    for action in (
        ids.TICKET_CLAIM,
        ticket_ids.TICKET_JOIN,
        ticket_ids.TICKET_WAIT,
        ticket_ids.TICKET_TRANSFER,
    ):
        await office.forges(sample.DEV, sample.DESK, action, value)
        (word,) = office.private(sample.DEV)
        assert f"{ticket.reference} is closed" in shown(word)


@pytest.mark.parametrize("action", [*HELD[1:], ticket_ids.TICKET_ASSIGN])
async def test_no_button_of_a_card_works_for_others_or_elsewhere(office: Office, action: str) -> None:
    ticket = await claimed(office)
    for user, channel, why in (
        (sample.ANA, sample.DESK, ONLY_CONSULTANTS),
        (sample.BEN, sample.DESK, ONLY_CONSULTANTS),
        (sample.DEV, sample.GENERAL, NOT_YOURS),
    ):
        await office.forges(user, channel, action, str(ticket.id))
        (word,) = office.private(user)
        assert why in shown(word)
    for value in ("", "999", f"{ticket.id}; DROP", "-1"):
        await office.forges(sample.DEV, sample.DESK, action, value)
        (word,) = office.private(sample.DEV)
        assert NOT_YOURS in shown(word)
    assert office.slack.views(sample.DEV) == []
    assert (await office.ticket(ticket.id)).state is TicketState.CLAIMED


async def test_nothing_is_given_to_somebody_who_is_not_on_the_desk(office: Office) -> None:
    ticket = await office.request()
    (card,) = office.cards()
    await office.opens(sample.CORA, card, ticket_ids.TICKET_ASSIGN)
    (view,) = office.slack.views(sample.CORA)
    names = [option["text"]["text"] for option in view["blocks"][0]["element"]["options"]]
    assert names == ["Cora Quist", "Dev Patel", "Elif Demir"]
    office.slack.runtime.workspace.conversations[sample.DESK].members.remove(sample.ELIF)
    office.directory.forget_desk()
    refused = await office.sends(sample.CORA, {ticket_ids.CHOSEN_INPUT: sample.ELIF})
    assert refused == {ticket_ids.CHOSEN_BLOCK: NOT_ON_DESK}
    assert (await office.ticket(ticket.id)).state is TicketState.REQUESTED


async def test_what_a_consultant_who_left_had_is_anybodys_to_go_on_with(office: Office) -> None:
    ticket = await claimed(office, sample.ELIF)
    office.slack.runtime.workspace.conversations[sample.DESK].members.remove(sample.ELIF)
    office.directory.forget_desk()
    (card,) = office.cards()
    await office.opens(sample.DEV, card, ticket_ids.TICKET_MORE, transfer_of(ticket))
    values = {ticket_ids.CHOSEN_INPUT: sample.DEV, ticket_ids.LINE_INPUT: "Elif has left."}
    assert await office.sends(sample.DEV, values) == {}
    assert (await office.ticket(ticket.id)).claimed_by == sample.DEV


async def test_a_deleted_card_is_posted_anew_once_at_the_next_change(office: Office) -> None:
    ticket = await office.request()
    (card,) = office.cards()
    del office.slack.runtime.workspace.conversations[sample.DESK].posts[card["ts"]]
    await office.forges(sample.DEV, sample.DESK, ids.TICKET_CLAIM, str(ticket.id))
    (again,) = office.cards()
    assert again["ts"] != card["ts"]
    assert "Dev Patel has this" in shown(again)
    await office.presses(sample.DEV, again, ticket_ids.TICKET_WAIT)
    (updated,) = office.cards()
    assert updated["ts"] == again["ts"]
    assert "Waiting for the client." in shown(updated)


async def test_of_two_transfers_at_once_one_is_made(office: Office) -> None:
    ticket = await claimed(office)
    for user in (sample.DEV, sample.CORA):
        await office.opens(user, office.cards()[0], ticket_ids.TICKET_MORE, transfer_of(ticket))
    values = {ticket_ids.LINE_INPUT: "Please take this."}
    results = await asyncio.gather(
        office.slack.submit(sample.DEV, {**values, ticket_ids.CHOSEN_INPUT: sample.ELIF}),
        office.slack.submit(sample.CORA, {**values, ticket_ids.CHOSEN_INPUT: sample.CORA}),
    )
    await office.quiet()
    made = await office.rows(AuditEvent, what="transferred")
    assert len(made) == sum(not each.get("errors") for each in results) >= 1
    assert (await office.ticket(ticket.id)).claimed_by in {sample.ELIF, sample.CORA}


async def test_where_the_clients_channel_is_archived_they_hear_of_it_directly(office: Office) -> None:
    ticket = await office.request(channel=sample.ASK_IT)
    office.slack.faults.add(
        method="chat.postMessage", error="is_archived", when=lambda call: call["channel"] == sample.ASK_IT
    )
    await office.presses(sample.DEV, office.cards()[0], ids.TICKET_CLAIM)
    (word,) = office.bot_posts(await office.slack.dm(sample.ANA))
    assert word["text"] == texts.claimed("Dev Patel", ticket.reference)
    assert "Dev Patel has this" in shown(office.cards()[0])
