"""A lead sets up a client on Home, over the real protocol, and we introduce ourselves in its channels."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.app import Service
from bot.clock import utc_now
from bot.engagement import clients
from bot.engagement.models import Person
from bot.engagement.retainer_models import Retainer
from bot.engagement.work_models import ServiceEnd
from bot.slack import client_ids, client_texts, end_ids, end_texts
from bot.workflows.desk import ONLY_LEADS
from emulator import sample
from tests.scenarios.desk import elements, shown
from tests.scenarios.home_scenes import dm_posts, modal, opens_home, presses_old, presses_view, words
from tests.scenarios.scene import Scene

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FIELD = client_ids.field_block


async def test_a_lead_sets_up_a_client_and_we_introduce_ourselves_once(scene: Scene, bot: Service) -> None:
    assert client_texts.SET_UP in words(await opens_home(scene, sample.CORA))
    await presses_view(scene, sample.CORA, client_ids.SET_UP)
    typed = {
        FIELD("name"): "Quay Press",
        FIELD("org_size"): "medium",
        FIELD("timezone"): "Mars",
        FIELD("lead"): sample.DEV,
        FIELD("channels"): [sample.ASK_IT, sample.GENERAL],
        FIELD("cios"): [sample.GUS],
        FIELD("approvers"): [sample.GUS],
        FIELD("others"): f"{sample.CLIENT}/{sample.BEN} deputy",
        FIELD("retainer"): "10",
        FIELD("starts_on"): "2026-01-01",
    }
    refused = await scene.slack.submit(sample.CORA, typed)
    assert list(refused["errors"]) == [FIELD("timezone")]
    await scene.slack.submit(sample.CORA, typed | {FIELD("timezone"): "Europe/London"})
    await scene.quiet()
    assert "Quay Press is set up." in modal(scene, sample.CORA)
    async with scene.store.read() as session:
        client = await clients.require(session, "quay-press")
        people = list(await session.scalars(select(Person).where(Person.client_id == client.id)))
        (retainer,) = await session.scalars(select(Retainer))
    assert {(each.user_id, each.role, each.approves) for each in people} == {
        (sample.GUS, "cio", "approver"),
        (sample.BEN, "staff", "deputy"),
    }
    assert (retainer.minutes, retainer.free_minutes) == (600, 30)
    for channel in (sample.ASK_IT, sample.GENERAL):
        (hello,) = scene.bot_posts(channel)
        assert "the automated assistant of" in shown(hello) and "for Quay Press" in shown(hello)


async def test_who_is_no_lead_neither_sees_nor_opens_it(scene: Scene, bot: Service) -> None:
    home = await opens_home(scene, sample.DEV)
    assert client_ids.SET_UP not in [each["action_id"] for each in elements(home["blocks"])]
    await presses_old(scene, sample.DEV, home, client_ids.SET_UP, client_ids.SET_UP)
    assert scene.slack.views(sample.DEV) == []
    (told,) = await dm_posts(scene, sample.DEV)
    assert ONLY_LEADS in shown(told)


async def test_a_lead_ends_a_service_and_sees_first_what_is_open(scene: Scene, bot: Service) -> None:
    await scene.asks(sample.ANA, "Can I talk to a human about our backups?")
    assert end_texts.OPEN in words(await opens_home(scene, sample.CORA))
    await presses_view(scene, sample.CORA, end_ids.OPEN)
    async with scene.store.read() as session:
        client = await clients.require(session, "small-bakery")
    last = utc_now().date() + timedelta(days=7)
    typed = {
        end_ids.CLIENT_BLOCK: str(client.id),
        end_ids.DAY_BLOCK: (last - timedelta(days=30)).isoformat(),
        end_ids.WORDS_BLOCK: "Harbour IT, 01632 960200.",
        end_ids.DATA_BLOCK: end_ids.KEEP,
    }
    refused = await scene.slack.submit(sample.CORA, typed)
    assert list(refused["errors"]) == [end_ids.DAY_BLOCK]
    await scene.slack.submit(sample.CORA, typed | {end_ids.DAY_BLOCK: last.isoformat()})
    await scene.quiet()
    step = modal(scene, sample.CORA)
    assert "VC-1001, waiting to be claimed: Can I talk to a human" in step
    assert "told to ask Harbour IT, 01632 960200. What we hold is kept." in step
    assert await scene.rows(ServiceEnd) == []
    await scene.slack.submit(sample.CORA)
    await scene.quiet()
    assert "Its approvers and its lead are told now" in modal(scene, sample.CORA)
    (end,) = await scene.rows(ServiceEnd)
    assert (end.ends_on, end.ask_instead, end.set_by) == (last, "Harbour IT, 01632 960200.", sample.CORA)
