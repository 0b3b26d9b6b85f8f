"""People of other workspaces, met in shared channels: served there, never written to directly."""

from bot.app import Service
from bot.engagement.models import Client, Workspace
from bot.slack import ids, texts
from emulator import sample
from knowledge.types import OrgSize
from tests.scenarios.desk import shown
from tests.scenarios.scene import QUESTION, Scene
from tests.scenarios.workspace import PARTNER, PARTNERS, PIA


async def test_a_workspace_met_first_becomes_a_client_of_its_own_and_the_desk_is_told(
    scene: Scene, bot: Service
) -> None:
    before = len(scene.bot_posts(sample.DESK))
    assert (await scene.mentions(PIA, PARTNERS)).reply
    (workspace,) = await scene.rows(Workspace, team_id=PARTNER)
    (client,) = await scene.rows(Client, id=workspace.client_id)
    assert (client.name, client.org_size, client.is_firm) == ("Orchard Trust", None, False)
    (told,) = scene.bot_posts(sample.DESK)[before:]
    assert shown(told) == texts.new_client("Orchard Trust", "Orchard Trust")


async def test_the_desk_is_told_of_a_new_client_once(scene: Scene, bot: Service) -> None:
    before = len(scene.bot_posts(sample.DESK))
    await scene.mentions(PIA, PARTNERS)
    await scene.mentions(PIA, PARTNERS)
    assert len(scene.bot_posts(sample.DESK)) == before + 1


async def test_a_source_and_the_size_form_open_for_the_other_side(scene: Scene, bot: Service) -> None:
    said = await scene.mentions(sample.BEN, sample.SHARED)
    await scene.presses(sample.BEN, said.reply, ids.SOURCE_OPEN)
    (section,) = scene.slack.views(sample.BEN)
    assert section["callback_id"] == ids.SECTION_VIEW
    await scene.slack.close_view(sample.BEN)
    await scene.presses(sample.BEN, said.reply, ids.SIZE_CHANGE)
    await scene.slack.submit(sample.BEN, {ids.SIZE_RADIO: OrgSize.MEDIUM})
    await scene.quiet()
    _first, again = scene.bot_replies(said.channel, said.root)
    assert texts.size_fitted(OrgSize.MEDIUM) in shown(again)
    assert scene.private(sample.BEN) == []


async def test_a_refused_form_of_the_other_side_makes_no_noise(scene: Scene, bot: Service) -> None:
    """There is neither a response_url nor a direct message to answer it in."""
    said = await scene.mentions(sample.BEN, sample.SHARED)
    for _ in range(2):
        await scene.presses(sample.BEN, said.reply, ids.SIZE_CHANGE)
        await scene.slack.submit(sample.BEN, {ids.SIZE_RADIO: OrgSize.MEDIUM})
        await scene.quiet()
    assert len(scene.bot_replies(said.channel, said.root)) == 2
    assert scene.private(sample.BEN) == []


async def test_a_verdict_of_the_other_side_is_thanked_privately(scene: Scene, bot: Service) -> None:
    said = await scene.mentions(sample.BEN, sample.SHARED)
    assert await scene.presses(sample.BEN, said.reply, ids.FEEDBACK) == []
    assert len(scene.private(sample.BEN)) == 1


async def test_a_colleague_of_the_firm_in_the_shared_channel_is_the_firms_own(
    scene: Scene, bot: Service
) -> None:
    assert (await scene.mentions(sample.CORA, PARTNERS, QUESTION)).reply
    assert await scene.rows(Workspace, team_id=PARTNER) == []
