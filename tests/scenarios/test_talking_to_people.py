"""*Talk to a consultant*: a request is stored, the desk hears of it, and the client is told."""

import pytest

from bot.app import Service
from bot.engagement.models import AuditEvent, Client, Ticket
from bot.slack import card_texts, ids, texts
from emulator import sample
from tests.scenarios.desk import action_ids, shown
from tests.scenarios.scene import QUESTION, Scene


async def test_a_request_is_stored_carded_with_its_facts_and_the_client_told(
    scene: Scene, bot: Service
) -> None:
    said = await scene.asks(sample.ANA)
    (told,) = await scene.presses(sample.ANA, said.reply, ids.TALK)
    (ticket,) = await scene.rows(Ticket)
    assert texts.requested(ticket.reference) in shown(told)
    (card,) = scene.cards()
    client = "Small Bakery"
    for fact in (ticket.reference, client, "Ana", "fewer than 50", QUESTION, "direct message", "backup"):
        assert fact in shown(card), fact
    assert ids.TICKET_CLAIM in action_ids(card)
    assert [event.what for event in await scene.rows(AuditEvent)] == ["requested"]
    assert scene.private(sample.ANA) == []


async def test_pressed_twice_it_is_one_request_and_a_kind_word(scene: Scene, bot: Service) -> None:
    said = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    (word,) = await scene.presses(sample.ANA, said.reply, ids.TALK)
    (ticket,) = await scene.rows(Ticket)
    assert texts.stored(ticket.reference, True, None) in shown(word)
    assert len(scene.cards()) == 1


async def test_pressed_under_two_answers_of_a_thread_it_is_one_request(scene: Scene, bot: Service) -> None:
    said = await scene.asks(sample.ANA)
    again = await scene.says(sample.ANA, said.channel, "How often should we test it?", said.root)
    for answer in (said.reply, again.reply):
        assert len(await scene.presses(sample.ANA, answer, ids.TALK)) == 1
    assert len(await scene.rows(Ticket)) == len(scene.cards()) == 1


@pytest.mark.parametrize("words", ["can I talk to a human", "I would like to speak to a consultant please"])
async def test_asking_for_a_person_in_words_is_obeyed_at_once(scene: Scene, bot: Service, words: str) -> None:
    told = (await scene.asks(sample.ANA, words)).reply
    (ticket,) = await scene.rows(Ticket)
    assert texts.requested(ticket.reference) in shown(told)
    assert len(scene.cards()) == 1


async def test_a_request_in_a_shared_channel_is_told_in_its_thread(scene: Scene, bot: Service) -> None:
    said = await scene.mentions(sample.BEN, sample.SHARED)
    (told,) = await scene.presses(sample.BEN, said.reply, ids.TALK)
    (ticket,) = await scene.rows(Ticket)
    (client,) = await scene.rows(Client, id=ticket.client_id)
    assert texts.requested(ticket.reference) in shown(told)
    assert client.name == "Large Housing"
    assert "Large Housing" in shown(scene.cards()[0])


async def test_from_home_a_request_without_a_question_is_confirmed_in_the_direct_message(
    scene: Scene, bot: Service
) -> None:
    await scene.slack.open_home(sample.ANA)
    await scene.quiet()
    await scene.slack.press_view(sample.ANA, ids.TALK)
    await scene.quiet()
    (told,) = scene.bot_posts(await scene.slack.dm(sample.ANA))
    (ticket,) = await scene.rows(Ticket)
    assert texts.requested(ticket.reference) in shown(told)
    assert card_texts.UNANSWERED in shown(scene.cards()[0])
