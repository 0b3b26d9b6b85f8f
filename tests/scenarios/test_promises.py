"""Promises as people meet them: said at handoff, and rung on the desk when they are not kept."""

from datetime import timedelta

from sqlalchemy import update

from bot.app import Service
from bot.clock import utc_now
from bot.engagement import firm
from bot.engagement.desk_models import Promise
from bot.engagement.models import Ticket
from bot.settings import Settings
from bot.slack import ids, texts
from emulator import sample
from tests.scenarios.desk import shown
from tests.scenarios.scene import Scene
from tests.scenarios.workspace import running

# Nobody's holidays, so that the day on which the tests run is none.
NOWHERE = "XX"


async def test_the_handoff_says_by_when_in_the_askers_zone(scene: Scene, bot: Service) -> None:
    said = await scene.asks(sample.ANA)
    (told,) = await scene.presses(sample.ANA, said.reply, ids.TALK)
    (ticket,) = await scene.rows(Ticket)
    (promise,) = await scene.rows(Promise)
    assert promise.ticket_id == ticket.id
    assert texts.requested(ticket.reference) in shown(told)
    assert ", your time (our usual terms" in shown(told)


async def test_without_a_desk_no_time_is_said(scene: Scene, settings: Settings) -> None:
    async with running(settings.isolated(vcio_desk_channel=None), scene):
        said = await scene.asks(sample.ANA)
        (told,) = await scene.presses(sample.ANA, said.reply, ids.TALK)
    assert "your time" not in shown(told)
    assert await scene.rows(Promise) == []


async def test_what_fell_due_while_the_bot_was_down_is_told_to_its_consultant_once(
    scene: Scene, settings: Settings
) -> None:
    nowhere = settings.isolated(vcio_country=NOWHERE)
    async with running(nowhere, scene):
        said = await scene.asks(sample.ANA)
        await scene.presses(sample.ANA, said.reply, ids.TALK)
        await scene.presses(sample.DEV, scene.cards()[0], ids.TICKET_CLAIM)
    past = utc_now() - timedelta(minutes=1)
    async with scene.store.unit_of_work() as session:
        await firm.change_profile(session, hours="Mon-Sun 00:00-24:00")
        await session.execute(update(Promise).values(due_at=past, ring_at=past, warned_at=past))
    for _ in range(2):
        async with running(nowhere, scene):
            await scene.until(lambda: _is_broken(scene))
            await scene.quiet()
            (word,) = scene.bot_posts(await scene.slack.dm(sample.DEV))
            assert "(Small Bakery): the first reply was due by" in shown(word)
            assert "Dev Patel has it." in shown(word)


async def _is_broken(scene: Scene) -> bool:
    (promise,) = await scene.rows(Promise)
    return promise.broken_at is not None
