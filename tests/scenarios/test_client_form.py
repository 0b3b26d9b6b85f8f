"""A lead sets up a client on Home, over the real protocol, and we introduce ourselves in its channels."""

import pytest
from sqlalchemy import select

from bot.app import Service
from bot.engagement import clients
from bot.engagement.models import Person
from bot.engagement.retainer_models import Retainer
from bot.slack import client_ids, client_texts
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
