"""What a client writes to people: it ends a wait and reopens what was not solved; thanks change nothing."""

import asyncio
from datetime import timedelta

from sqlalchemy import update

from bot.app import Service
from bot.clock import utc_now
from bot.engagement import consultants
from bot.engagement.models import Ticket, TicketState
from bot.slack import ids, member_texts, request_texts, ticket_ids
from bot.workflows.absence import day_of_return
from emulator import sample
from tests.scenarios.desk import Json, action_ids, shown
from tests.scenarios.scene import Said, Scene


async def _claimed(scene: Scene) -> tuple[Said, Json]:
    said = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    await scene.presses(sample.DEV, scene.cards()[0], ids.TICKET_CLAIM)
    return said, scene.cards()[0]


async def _resolve(scene: Scene) -> None:
    await scene.slack.press(sample.DEV, scene.cards()[0], ticket_ids.TICKET_RESOLVE)
    await scene.quiet()
    await scene.slack.submit(sample.DEV, {})
    await scene.quiet()


async def _state(scene: Scene) -> tuple[TicketState, int]:
    (ticket,) = await scene.rows(Ticket)
    return ticket.state, ticket.reopened


async def _can_wish(scene: Scene, said: Said) -> bool:
    """Whether the confirmation still has the buttons of its asker."""
    replies = scene.bot_replies(said.channel, said.root)
    return any(ticket_ids.REQUEST_WITHDRAW in action_ids(each) for each in replies)


async def test_not_solved_reopens_within_two_weeks_and_thanks_do_not(scene: Scene, bot: Service) -> None:
    said, card = await _claimed(scene)
    await scene.presses(sample.DEV, card, ticket_ids.TICKET_WAIT)
    assert (await scene.says(sample.ANA, said.channel, "Thank you", said.root)).replies == []
    assert await _state(scene) == (TicketState.WAITING, 0)
    assert (await scene.says(sample.ANA, said.channel, "It is in the cellar.", said.root)).replies == []
    assert await _state(scene) == (TicketState.IN_PROGRESS, 0)

    await _resolve(scene)
    assert (await scene.says(sample.ANA, said.channel, "Great, thanks!", said.root)).replies == []
    assert await _state(scene) == (TicketState.RESOLVED, 0)
    assert await _can_wish(scene, said) is False
    again = await scene.says(sample.ANA, said.channel, "It is not solved.", said.root)
    (ticket,) = await scene.rows(Ticket)
    assert [each["text"] for each in again.replies] == [request_texts.reopened("Dev Patel", ticket.reference)]
    assert await _state(scene) == (TicketState.IN_PROGRESS, 1)
    assert await _can_wish(scene, said) is True
    assert "Reopened once." in shown(scene.cards()[0])
    carried = [shown(each) for each in scene.bot_replies(sample.DESK, card["ts"])]
    assert "It is not solved." in carried[-1]

    # Closed by its rating it can still be reopened; after two weeks the assistant answers again.
    await _resolve(scene)
    await scene.forges(sample.ANA, said.channel, ticket_ids.rate_action(2), str(ticket.id))
    assert await _state(scene) == (TicketState.CLOSED, 1)
    await scene.says(sample.ANA, said.channel, "And how often must we test it?", said.root)
    assert await _state(scene) == (TicketState.IN_PROGRESS, 2)
    await _resolve(scene)
    async with scene.store.unit_of_work() as session:
        await session.execute(update(Ticket).values(resolved_at=utc_now() - timedelta(days=15)))
    answered = await scene.says(sample.ANA, said.channel, "What is the 3-2-1-1-0 rule?", said.root)
    assert answered.reply
    assert await _state(scene) == (TicketState.RESOLVED, 2)


async def test_reopened_while_its_consultant_is_away_it_is_offered_to_the_desk_again(
    scene: Scene, bot: Service
) -> None:
    said, card = await _claimed(scene)
    await _resolve(scene)
    async with scene.store.unit_of_work() as session:
        # The round of the digests meets the desk by itself, at any moment.
        dev = await consultants.meet(session, sample.DEV, "Dev Patel", now=utc_now())
        dev.away_until = utc_now() + timedelta(days=5)
    again = await scene.says(sample.ANA, said.channel, "It is not solved.", said.root)
    (ticket,) = await scene.rows(Ticket)
    assert (ticket.claimed_by, await _state(scene)) == (None, (TicketState.REQUESTED, 1))
    told = member_texts.reoffered("Dev Patel", day_of_return(dev), ticket.reference)
    assert told in [shown(each) for each in again.replies]
    assert not any("Dev Patel" in shown(each) and shown(each) != told for each in again.replies)
    below = [shown(each) for each in scene.bot_replies(sample.DESK, card["ts"])]
    assert member_texts.offered_again("Dev Patel", day_of_return(dev), ticket.reference) in below
    assert "It is not solved." in below[-1]
    await scene.presses(sample.ELIF, scene.cards()[0], ids.TICKET_CLAIM)
    assert (await scene.rows(Ticket))[0].claimed_by == sample.ELIF


async def test_written_at_the_moment_of_resolving_nothing_is_lost(scene: Scene, bot: Service) -> None:
    said, card = await _claimed(scene)
    await scene.slack.press(sample.DEV, card, ticket_ids.TICKET_RESOLVE)
    await scene.quiet()
    await asyncio.gather(
        scene.slack.submit(sample.DEV, {}),
        scene.slack.say(sample.ANA, said.channel, "Wait, one more question about tapes?", said.root),
    )
    await scene.quiet()
    # Whichever was first: it is on the desk, and the ticket is open.
    (ticket,) = await scene.rows(Ticket)
    assert ticket.is_held
    carried = [shown(each) for each in scene.bot_replies(sample.DESK, card["ts"])]
    assert "one more question about tapes" in carried[-1]


async def test_a_sensitive_answer_in_a_channel_leads_to_a_private_request(scene: Scene, bot: Service) -> None:
    question = "A colleague of mine is being bullied by our manager, what can I do?"
    said = await scene.mentions(sample.ANA, sample.ASK_IT, question)
    assert await scene.presses(sample.ANA, said.reply, ids.TALK) == []
    (ticket,) = await scene.rows(Ticket)
    assert ticket.confidential
    (alone,) = scene.private(sample.ANA)
    assert request_texts.CONFIDENTIAL_ELSEWHERE in shown(alone)
    assert "bullied" not in shown(scene.cards()[0])
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    assert len(await scene.rows(Ticket)) == 1
    # A word under the confirmation reaches people, not the assistant.
    dm = await scene.slack.dm(sample.ANA)
    (confirmation, *_again) = scene.bot_posts(dm)
    await scene.presses(sample.DEV, scene.cards()[0], ids.TICKET_CLAIM)
    await scene.says(sample.ANA, dm, "He shouts every day.", confirmation["ts"])
    told = [shown(each) for each in scene.bot_replies(dm, confirmation["ts"])]
    assert any("Dev Patel has taken" in each for each in told)
    assert "shouts" not in str(
        [shown(each) for each in scene.bot_replies(sample.DESK, scene.cards()[0]["ts"])]
    )
    await scene.slack.press(sample.DEV, scene.cards()[0], ticket_ids.TICKET_READ)
    await scene.quiet()
    assert "He shouts every day." in shown(scene.slack.views(sample.DEV)[0])
