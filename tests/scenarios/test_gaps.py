"""What the methodology lacks: asked twice in other words, on the desk's Home, taken, closed by an article."""

from sqlalchemy import select

from bot.answering.models import AnswerRecord
from bot.answering.types import Reason
from bot.answering.voice_models import Gap, GapState
from bot.app import Service
from bot.engagement.models import AuditEvent
from bot.library import Library
from bot.slack import gap_ids as ids
from bot.slack import gap_texts as said
from bot.workflows.desk_door import ONLY_CONSULTANTS
from bot.workflows.gather_gaps import GatherGaps
from emulator import sample
from tests.scenarios.desk import shown
from tests.scenarios.home_scenes import dm_posts, home_of, modal, opens_home, presses_old, presses_view, words
from tests.scenarios.scene import Scene

ASKED = "How do we put our museum collection online?"
AGAIN = "What is involved in publishing the museum's objects on the internet for Small Bakery?"
SLUG = "records-management"


async def test_a_question_not_covered_twice_becomes_one_gap_that_dev_takes_and_closes(
    scene: Scene, bot: Service, library: Library
) -> None:
    await scene.asks(sample.CARL, ASKED)
    await scene.asks(sample.ANA, AGAIN)
    assert {each.reason for each in await scene.rows(AnswerRecord)} == {Reason.NOT_COVERED}
    await GatherGaps(scene.store, library.store.embed).sweep()
    home = await opens_home(scene, sample.DEV)
    assert f"{said.standing(2, None)}" in words(home)
    assert "museum" in words(home)
    assert "Bakery" not in words(home)

    await presses_view(scene, sample.DEV, ids.GAPS_SHOW)
    await presses_view(scene, sample.DEV, ids.GAP_TAKE)
    assert said.TAKEN in modal(scene, sample.DEV)
    assert said.standing(2, "Dev Patel") in words(home_of(scene, sample.DEV))
    carl = await opens_home(scene, sample.CARL)
    assert said.TITLE not in words(carl)
    for action in (ids.GAPS_SHOW, ids.GAP_TAKE, ids.GAP_ASIDE, ids.GAP_CLOSE):
        await presses_old(scene, sample.CARL, carl, action, "1")
    assert [ONLY_CONSULTANTS in shown(each) for each in await dm_posts(scene, sample.CARL)] == [True] * 4

    await presses_view(scene, sample.DEV, ids.GAP_CLOSE)
    await scene.slack.submit(sample.DEV, {ids.ARTICLE_INPUT: SLUG})
    await scene.quiet()
    assert said.NONE in modal(scene, sample.DEV)
    assert "It is closed by the article" in modal(scene, sample.DEV)
    assert said.TITLE not in words(home_of(scene, sample.DEV))
    (gap,) = await scene.rows(Gap)
    assert (gap.state, gap.closed_by_slug, gap.assigned_to) == (GapState.CLOSED, SLUG, sample.DEV)
    async with scene.store.read() as session:
        told = await session.scalars(select(AuditEvent.what).where(AuditEvent.what.startswith("gap")))
        assert list(told) == ["gap assigned", "gap closed"]
