"""Before there is a desk: requests are kept, nobody is told they were heard, and an admin can choose one."""

from collections.abc import AsyncIterator

import pytest

from bot.app import Service
from bot.database import Database
from bot.engagement import firm
from bot.engagement.models import Ticket
from bot.settings import Settings
from bot.slack import ids, texts
from bot.workflows.choose_desk import IS_SHARED, NOT_PRIVATE, ONLY_ADMINS
from emulator import sample
from tests.scenarios.desk import Json, action_ids, shown
from tests.scenarios.scene import QUESTION, Scene
from tests.scenarios.workspace import CONSULTANTS, running

PHONE, EMAIL = "01632 960777", "desk@advisory.example"


@pytest.fixture
async def deskless(settings: Settings, scene: Scene) -> AsyncIterator[Service]:
    """A bot for which no desk has been chosen."""
    async with running(settings.isolated(vcio_desk_channel=None), scene) as service:
        yield service


async def test_the_person_is_told_that_nobody_was_notified_and_the_admin_hears_of_it(
    scene: Scene, deskless: Service
) -> None:
    told = await _request(scene)
    (ticket,) = await scene.rows(Ticket)
    assert texts.requested_without_desk(ticket.reference) in shown(told)
    (word,) = scene.bot_posts(await scene.slack.dm(sample.CORA))
    assert "1 request is waiting" in shown(word)
    assert scene.bot_posts(await scene.slack.dm(sample.DEV)) == scene.bot_posts(sample.DESK) == []


async def test_with_a_phone_and_an_address_set_they_are_given(
    scene: Scene, store: Database, deskless: Service
) -> None:
    async with store.unit_of_work() as session:
        await firm.change_profile(session, phone=PHONE, email=EMAIL)
    told = shown(await _request(scene))
    assert PHONE in told
    assert EMAIL in told


async def test_an_admin_makes_a_private_channel_the_desk_and_stored_requests_appear(
    scene: Scene, deskless: Service
) -> None:
    await _request(scene)
    await scene.asks(sample.CARL, "can I talk to a human")
    offer = await _invited(scene)
    assert action_ids(offer) == [ids.DESK_USE]
    await scene.presses(sample.CORA, offer, ids.DESK_USE)
    (done,) = scene.private(sample.CORA)
    assert texts.desk_chosen(2) in shown(done)
    _offer, ready, first, second = scene.bot_posts(CONSULTANTS)
    assert texts.desk_ready(2) in shown(ready)
    assert QUESTION in shown(first)
    assert ids.TICKET_CLAIM in action_ids(second)


async def test_what_was_written_since_the_request_follows_its_card(scene: Scene, deskless: Service) -> None:
    said = await scene.mentions(sample.BEN, sample.SHARED)
    await scene.presses(sample.BEN, said.reply, ids.TALK)
    assert (await scene.says(sample.BEN, sample.SHARED, "It is urgent.", said.root)).replies == []
    await scene.presses(sample.CORA, await _invited(scene), ids.DESK_USE)
    (card,) = [each for each in scene.bot_posts(CONSULTANTS) if each["text"].startswith("VC-")]
    (carried,) = scene.bot_replies(CONSULTANTS, card["ts"])
    assert "It is urgent." in shown(carried)


async def test_a_chosen_desk_is_kept_over_a_restart(
    scene: Scene, settings: Settings, deskless: Service
) -> None:
    await scene.presses(sample.CORA, await _invited(scene), ids.DESK_USE)
    await deskless.stop()
    posts = len(scene.bot_posts(CONSULTANTS))
    async with running(settings.isolated(vcio_desk_channel=None), scene):
        await _request(scene)
        assert len(scene.bot_posts(CONSULTANTS)) == posts + 1


async def test_whoever_is_no_admin_cannot_choose(scene: Scene, deskless: Service) -> None:
    offer = await _invited(scene)
    await scene.presses(sample.DEV, offer, ids.DESK_USE)
    (refusal,) = scene.private(sample.DEV)
    assert ONLY_ADMINS in shown(refusal)
    assert await _desk(scene) is None


@pytest.mark.parametrize(
    ("channel", "why"),
    [(sample.GENERAL, NOT_PRIVATE), (sample.SHARED, IS_SHARED), ("C0NOWHERE", "invite me")],
)
async def test_a_public_shared_or_foreign_channel_cannot_be_the_desk(
    scene: Scene, deskless: Service, channel: str, why: str
) -> None:
    await scene.forges(sample.CORA, sample.GENERAL, ids.DESK_USE, channel)
    (refusal,) = scene.private(sample.CORA)
    assert why in shown(refusal)
    assert await _desk(scene) is None


async def test_an_admin_can_choose_on_home(scene: Scene, deskless: Service) -> None:
    await _invited(scene)
    await scene.slack.open_home(sample.CORA)
    await scene.quiet()
    await scene.slack.press_view(sample.CORA, ids.DESK_SELECT, CONSULTANTS)
    await scene.quiet()
    assert await _desk(scene) == CONSULTANTS


async def test_home_offers_the_choice_to_admins_only(scene: Scene, deskless: Service) -> None:
    for user, offered in ((sample.CORA, True), (sample.ANA, False)):
        await scene.slack.open_home(user)
        await scene.quiet()
        home = scene.slack.home(user)
        assert home is not None
        assert (ids.DESK_SELECT in action_ids(home)) is offered


async def test_no_channel_is_offered_as_desk_where_there_is_one(scene: Scene, bot: Service) -> None:
    await scene.slack.invite(sample.CORA, CONSULTANTS, sample.BOT)
    await scene.quiet()
    assert scene.bot_posts(CONSULTANTS) == []


async def test_a_public_channel_named_in_the_settings_is_refused_and_the_admin_told_why(
    scene: Scene, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(settings.isolated(vcio_desk_channel=sample.GENERAL), scene):
        (why,) = scene.bot_posts(await scene.slack.dm(sample.CORA))
        assert NOT_PRIVATE in shown(why)
        assert "desk.refused" in caplog.text
        await _request(scene)
        assert scene.bot_posts(sample.GENERAL) == []
        _why, waiting = scene.bot_posts(await scene.slack.dm(sample.CORA))
        assert NOT_PRIVATE in shown(waiting)


async def _request(scene: Scene) -> Json:
    """Ana asks, then for a person; returns what she is told."""
    said = await scene.asks(sample.ANA)
    (told,) = await scene.presses(sample.ANA, said.reply, ids.TALK)
    return told


async def _invited(scene: Scene) -> Json:
    """Bring the bot into the consultants' channel; returns its offer."""
    await scene.slack.invite(sample.CORA, CONSULTANTS, sample.BOT)
    await scene.quiet()
    (offer,) = scene.bot_posts(CONSULTANTS)
    return offer


async def _desk(scene: Scene) -> str | None:
    async with scene.store.read() as session:
        return (await firm.read_profile(session)).desk_channel
