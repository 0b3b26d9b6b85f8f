"""The firm's profile on a lead's Home, over the real protocol."""

import pytest

from bot.app import Service
from bot.engagement import firm
from bot.engagement.models import Term
from bot.engagement.terms import read_terms
from bot.settings import Settings
from bot.slack import firm_texts, member_ids
from bot.workflows.desk import ONLY_LEADS
from emulator import sample
from tests.scenarios.desk import elements, shown
from tests.scenarios.home_scenes import (
    comes_to_say,
    dm_posts,
    modal,
    opens_home,
    presses_old,
    presses_view,
    words,
)
from tests.scenarios.scene import Scene
from tests.scenarios.workspace import running


async def test_a_lead_states_and_confirms_the_firms_terms_on_home(
    settings: Settings, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed: list[Settings] = []

    async def index(given: Settings) -> None:
        # The index of these tests is everybody's: that it is written is proved in tests/test_reindexing.py.
        indexed.append(given)

    monkeypatch.setattr("bot.handlers.index_apart", index)
    async with running(settings, scene):
        assert "notice to end an engagement" in words(await opens_home(scene, sample.CORA))
        await presses_view(scene, sample.CORA, member_ids.FIRM_EDIT)
        refused = await scene.slack.submit(sample.CORA, {member_ids.field_block("phone"): "none"})
        assert list(refused["errors"]) == [member_ids.field_block("phone")]
        typed = {
            member_ids.field_block("phone"): "+44 20 7946 0000",
            member_ids.field_block(Term.NOTICE): "60 days",
            member_ids.confirm_block(Term.NOTICE): [member_ids.CONFIRMED],
        }
        await scene.slack.submit(sample.CORA, typed)
        await scene.quiet()
        assert firm_texts.STORED_ARTICLES in modal(scene, sample.CORA)
        async with scene.store.read() as session:
            profile, terms = await firm.read_profile(session), await read_terms(session)
        assert profile.phone == "+44 20 7946 0000"
        assert terms[Term.NOTICE].confirmed_at is not None
        await comes_to_say(scene, sample.CORA, "Not confirmed yet: first reply, start of agreed work")
        assert len(indexed) == 1


async def test_who_is_no_lead_neither_sees_nor_opens_it(scene: Scene, bot: Service) -> None:
    home = await opens_home(scene, sample.DEV)
    assert member_ids.FIRM_EDIT not in [each["action_id"] for each in elements(home["blocks"])]
    await presses_old(scene, sample.DEV, home, member_ids.FIRM_EDIT, member_ids.FIRM_EDIT)
    assert scene.slack.views(sample.DEV) == []
    (told,) = await dm_posts(scene, sample.DEV)
    assert ONLY_LEADS in shown(told)
