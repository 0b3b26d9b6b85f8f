"""Direct messages of somebody whose request a consultant has: answered, and passed on where they want it."""

from bot.app import Service
from bot.clock import utc_now
from bot.engagement import states
from bot.engagement.models import Ticket, TicketState
from bot.slack import ids, passing_texts
from bot.workflows.pass_on import ALREADY_SENT, no_longer_held
from bot.workflows.presses import NOT_YOURS
from emulator import sample
from tests.scenarios.desk import Json, action_ids, elements, shown
from tests.scenarios.scene import OTHER_QUESTION, Said, Scene

MORE = "The tapes are in the cellar."


async def _claimed(scene: Scene) -> tuple[Said, Json, str]:
    """Ana asks in direct messages and for a person, and Dev claims; the reference comes last."""
    said = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    return said, card, card["text"].split(":")[0]


def _on_card(scene: Scene, card: Json) -> list[str]:
    return [shown(each) for each in scene.bot_replies(sample.DESK, card["ts"])]


async def test_a_new_question_is_answered_and_goes_to_the_consultant_by_a_tap_once(
    scene: Scene, bot: Service
) -> None:
    _said, card, reference = await _claimed(scene)
    asked = await scene.asks(sample.ANA, OTHER_QUESTION)
    assert "record" in shown(asked.reply).lower()
    assert passing_texts.offer("Dev Patel", reference) in shown(asked.reply)
    thanks = await scene.asks(sample.ANA, "Thank you")
    assert ids.SEND_TO_CONSULTANT not in action_ids(thanks.reply)
    assert _on_card(scene, card) == []
    (done,) = await scene.presses(sample.ANA, asked.reply, ids.SEND_TO_CONSULTANT)
    assert shown(done) == passing_texts.passed_on("Dev Patel", reference)
    assert await scene.presses(sample.ANA, asked.reply, ids.SEND_TO_CONSULTANT) == []
    (again,) = scene.private(sample.ANA)
    assert ALREADY_SENT in shown(again)
    (carried,) = _on_card(scene, card)
    assert OTHER_QUESTION in carried
    (value,) = (
        each["value"] for each in elements(asked.reply) if each["action_id"] == ids.SEND_TO_CONSULTANT
    )
    await scene.forges(sample.CARL, await scene.slack.dm(sample.CARL), ids.SEND_TO_CONSULTANT, value)
    assert NOT_YOURS in shown(scene.private(sample.CARL)[0])
    # What is changed afterwards is changed on the card too.
    await scene.slack.edit(sample.ANA, asked.channel, asked.ts, MORE)
    await scene.quiet()
    assert MORE in _on_card(scene, card)[0]


async def test_a_message_that_names_the_request_goes_to_its_card_at_once_and_what_follows_too(
    scene: Scene, bot: Service
) -> None:
    _said, card, reference = await _claimed(scene)
    named = await scene.asks(sample.ANA, f"For {reference.replace('-', '').lower()}: {MORE}")
    assert shown(named.reply) == passing_texts.passed_on("Dev Patel", reference)
    assert (await scene.says(sample.ANA, named.channel, "And a disc.", named.root)).replies == []
    first, second = _on_card(scene, card)
    assert MORE in first
    assert "And a disc." in second
    # Nobody else's, and not told apart from one that never was.
    other = await scene.asks(sample.CARL, f"{reference}: {OTHER_QUESTION}")
    never = await scene.asks(sample.CARL, f"VC-9999: {OTHER_QUESTION}")
    assert passing_texts.unknown(reference) in shown(other.reply)
    assert passing_texts.unknown("VC-9999") in shown(never.reply)
    assert "record" in shown(other.reply).lower()
    assert len(_on_card(scene, card)) == 2
    # Whom to phone is said first, and the consultant can still be sent it.
    urgent = await scene.asks(sample.ANA, f"{reference}: we have been hacked, all files are encrypted")
    assert "phone" in shown(urgent.reply).lower()
    assert ids.SEND_TO_CONSULTANT in action_ids(urgent.reply)
    async with scene.store.unit_of_work() as session:
        ticket = await session.get_one(Ticket, 1)
        await states.step(session, ticket, TicketState.RESOLVED, actor=sample.DEV, now=utc_now())
    over = await scene.asks(sample.ANA, f"{reference}: {OTHER_QUESTION}")
    assert passing_texts.closed(reference) in shown(over.reply)
    assert ids.SEND_TO_CONSULTANT not in action_ids(over.reply)
    await scene.presses(sample.ANA, urgent.reply, ids.SEND_TO_CONSULTANT)
    assert no_longer_held(reference) in shown(scene.private(sample.ANA)[0])


async def test_a_request_made_without_a_thread_is_talked_about_in_the_thread_of_its_confirmation(
    scene: Scene, bot: Service
) -> None:
    dm = await scene.slack.dm(sample.ANA)
    await scene.commands(sample.ANA, dm, "help")
    (offered,) = scene.private(sample.ANA)
    await scene.presses(sample.ANA, offered, ids.TALK)
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    await scene.says(sample.DEV, sample.DESK, "Which tapes?", card["ts"])
    confirmed = scene.bot_posts(dm)[-1]
    copy = scene.bot_replies(dm, confirmed["ts"])[-1]
    assert "Which tapes?" in shown(copy)
    assert (await scene.says(sample.ANA, dm, MORE, confirmed["ts"])).replies == []
    assert MORE in _on_card(scene, card)[-1]
