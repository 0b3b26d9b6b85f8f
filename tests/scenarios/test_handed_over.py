"""A conversation that people have: the bot carries it, keeps quiet, and can still be asked."""

from bot.app import Service
from bot.engagement.desk_models import Promise
from bot.engagement.models import Ticket
from bot.slack import card_texts, ids, request_texts
from bot.workflows.hold import ALREADY_ASKED
from emulator import sample
from tests.scenarios.desk import Json, action_ids, shown
from tests.scenarios.scene import OTHER_QUESTION, QUESTION, Said, Scene

MORE = "The tapes are in the cellar."


async def _requested(scene: Scene, *, claimed: bool) -> tuple[Said, Json]:
    """Ben asks in the shared channel and then for a person; returns his thread and the card."""
    said = await scene.mentions(sample.BEN, sample.SHARED)
    await scene.presses(sample.BEN, said.reply, ids.TALK)
    (card,) = scene.cards()
    if claimed:
        await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    return said, card


def _carried(scene: Scene, card: Json) -> list[str]:
    return [shown(each) for each in scene.bot_replies(sample.DESK, card["ts"])]


async def test_before_a_claim_what_the_client_writes_is_carried_and_only_a_mention_answered(
    scene: Scene, bot: Service
) -> None:
    said, card = await _requested(scene, claimed=False)
    assert (await scene.says(sample.BEN, sample.SHARED, MORE, said.root)).replies == []
    assert (await scene.mentions(sample.BEN, sample.SHARED, OTHER_QUESTION, said.root)).reply
    first, second = _carried(scene, card)
    assert MORE in first
    assert "Ben Brook" in first
    assert OTHER_QUESTION in second


async def test_after_a_claim_the_bot_is_silent_and_carries_every_word(scene: Scene, bot: Service) -> None:
    said, card = await _requested(scene, claimed=True)
    assert (await scene.says(sample.BEN, sample.SHARED, MORE, said.root)).replies == []
    assert (await scene.says(sample.BELLA, sample.SHARED, "And a disc.", said.root)).replies == []
    first, second = _carried(scene, card)
    assert MORE in first
    assert "And a disc." in second
    assert "Bella Byrne" in second


async def test_in_a_direct_message_the_bot_is_silent_after_a_claim_and_answers_new_questions(
    scene: Scene, bot: Service
) -> None:
    said = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    assert (await scene.says(sample.ANA, said.channel, MORE, said.root)).replies == []
    assert (await scene.asks(sample.ANA, OTHER_QUESTION)).reply
    (carried,) = _carried(scene, card)
    assert MORE in carried


async def test_a_file_sent_after_a_claim_is_named_on_the_desk_and_comes_along(
    scene: Scene, bot: Service
) -> None:
    said = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    files = [{"name": "invoice.pdf", "mimetype": "application/pdf"}]
    assert (await scene.says(sample.ANA, said.channel, "", said.root, files=files)).replies == []
    carried, file = _carried(scene, card)
    assert "invoice.pdf" in carried
    assert "invoice.pdf" in file


async def test_a_mention_after_a_claim_gets_one_line_and_a_way_past_it(scene: Scene, bot: Service) -> None:
    said, card = await _requested(scene, claimed=True)
    line = (await scene.mentions(sample.BEN, sample.SHARED, OTHER_QUESTION, said.root)).reply
    assert card_texts.held("Dev Patel") in shown(line)
    assert action_ids(line) == [ids.ASK_ANYWAY]
    (answer,) = await scene.presses(sample.BEN, line, ids.ASK_ANYWAY)
    assert "record" in shown(answer).lower()
    assert await scene.presses(sample.BEN, line, ids.ASK_ANYWAY) == []
    (already,) = scene.private(sample.BEN)
    assert ALREADY_ASKED in shown(already)
    assert len(_carried(scene, card)) == 1


async def test_the_way_past_leads_nowhere_from_another_conversation(scene: Scene, bot: Service) -> None:
    said, _card = await _requested(scene, claimed=True)
    line = (await scene.mentions(sample.BEN, sample.SHARED, QUESTION, said.root)).reply
    value = next(e["value"] for block in line["blocks"] for e in block.get("elements", ()))
    dm = await scene.slack.dm(sample.ANA)
    await scene.forges(sample.ANA, dm, ids.ASK_ANYWAY, value)
    assert len(scene.private(sample.ANA)) == 1
    assert scene.bot_posts(dm) == []


async def test_asking_for_a_person_again_says_who_has_it(scene: Scene, bot: Service) -> None:
    said, _card = await _requested(scene, claimed=True)
    (word,) = await scene.presses(sample.BEN, said.reply, ids.TALK)
    assert "Dev Patel has it" in shown(word)
    assert len(scene.cards()) == 1


async def test_a_delicate_word_in_private_makes_the_request_confidential_before_it_is_carried(
    scene: Scene, bot: Service
) -> None:
    said = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    # What was carried when nothing was delicate yet goes from the card's thread.
    await scene.says(sample.ANA, said.channel, "It is in the cellar.", said.root)
    await scene.says(sample.DEV, sample.DESK, "Which cellar?", card["ts"])
    assert "cellar" in str(_carried(scene, card))
    await scene.says(sample.ANA, said.channel, "Truth is, my manager is bullying me about it.", said.root)
    (carried,) = _carried(scene, card)
    assert "bullying" not in carried
    assert "cellar" not in carried
    assert "Ana" not in carried
    assert "backup" not in shown(scene.cards()[0]).lower()


async def test_what_was_said_of_somebody_before_a_person_was_asked_for_stays_between_them(
    scene: Scene, bot: Service
) -> None:
    said = await scene.asks(sample.ANA, "I have a problem with my boss and do not know what to do")
    await scene.presses(sample.ANA, said.replies[-1], ids.TALK)
    (ticket,) = await scene.rows(Ticket)
    assert ticket.confidential
    assert "boss" not in shown(scene.cards()[0])


async def test_asked_for_in_a_channel_in_confidence_the_channel_reads_only_that_it_was_heard(
    scene: Scene, bot: Service
) -> None:
    text = "My boss bullies me, can I talk to a human?"
    for user, channel, told in (
        (sample.ANA, sample.ASK_IT, request_texts.MOVED),
        (sample.BEN, sample.SHARED, request_texts.MOVED_BY_HAND),
    ):
        said = await scene.mentions(user, channel, text)
        assert shown(said.reply) == told
        again = await scene.mentions(user, channel, text)
        assert shown(again.reply) == told
    tickets = await scene.rows(Ticket)
    assert len(tickets) == 4 and all(each.confidential for each in tickets)
    assert "boss" not in "".join(shown(each) for each in scene.cards())


async def test_a_consultant_who_answers_in_the_clients_thread_has_kept_the_promise(
    scene: Scene, bot: Service
) -> None:
    said, _card = await _requested(scene, claimed=True)
    await scene.says(sample.CORA, sample.SHARED, "A word of mine", said.root)
    assert [each.kept_at for each in await scene.rows(Promise)] == [None]
    await scene.says(sample.DEV, sample.SHARED, "Once a month, and keep the record.", said.root)
    assert [each.kept_at is None for each in await scene.rows(Promise)] == [False]
    assert "First reply: done" in shown(scene.cards()[0])
