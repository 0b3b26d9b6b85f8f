"""From a resolved ticket to the methodology: drafted, approved by a second consultant, and answered from."""

import asyncio
from pathlib import Path

import pytest

from bot.answering.models import AnswerRecord
from bot.engagement.desk_models import Draft, DraftState
from bot.engagement.models import AuditEvent, Ticket
from bot.library import Library, open_library, sync_articles
from bot.settings import Settings
from bot.slack import ids, knowledge_ids, knowledge_texts, ticket_ids
from bot.workflows.approve_knowledge import NOT_BY_ITS_WRITER
from emulator import sample
from ingest.own import own_folder
from tests.cli.conftest import copied_data
from tests.scenarios.desk import Json, action_ids, shown
from tests.scenarios.home_scenes import modal
from tests.scenarios.scene import Scene
from tests.scenarios.workspace import running

ASKED = "Should couriers sign a custody log at each handover of our backup tapes?"
ADVICE = (
    "Hi Ben,\n\nCouriers sign a custody log at each handover of backup tapes. The custody log names the "
    "tape, the courier and the hour. Large Housing paid £400 for one lost tape.\nCheers, Dev"
)
ARTICLE = "backup-and-disaster-recovery"
STATEMENT = "Couriers sign a custody log at each handover of backup tapes"


@pytest.fixture
def own_library(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a bot with an index of its own, which is written to in this process."""
    own = settings.isolated(vcio_data_dir=copied_data(settings.vcio_data_dir, tmp_path / "own"))
    library: Library = open_library(own)

    async def index(given: Settings) -> None:
        # That it is done in a process of its own is proved in tests/test_reindexing.py.
        await asyncio.to_thread(sync_articles, given, library.embedder)

    monkeypatch.setattr("bot.app.open_library", lambda *_given, **_named: library)
    monkeypatch.setattr("bot.app.index_apart", index)
    return own


async def _resolved(scene: Scene) -> Json:
    """Ben asks for a person in the shared channel, is advised by Dev, and the ticket is resolved."""
    said = await scene.mentions(sample.BEN, sample.SHARED, ASKED)
    await scene.presses(sample.BEN, said.reply, ids.TALK)
    await scene.presses(sample.DEV, scene.cards()[0], ids.TICKET_CLAIM)
    for text in (ADVICE, "// they never wrote anything down"):
        await scene.says(sample.DEV, sample.DESK, text, scene.cards()[0]["ts"])
    assert knowledge_ids.TICKET_KNOW not in action_ids(scene.cards()[0])
    await _opens(scene, sample.DEV, scene.cards()[0], ticket_ids.TICKET_RESOLVE)
    await scene.slack.submit(sample.DEV, {})
    await scene.quiet()
    return scene.cards()[0]


async def _opens(scene: Scene, user: str, message: Json, action_id: str) -> None:
    await scene.slack.press(user, message, action_id)
    await scene.quiet()


async def _sends(scene: Scene, user: str, **typed: str) -> Json:
    values = {f"knowledge_{name}": text for name, text in typed.items()}
    result = await scene.slack.submit(user, values)
    await scene.quiet()
    errors: Json = result.get("errors") or {}
    return errors


def _thread(scene: Scene) -> list[Json]:
    return scene.bot_replies(sample.DESK, scene.cards()[0]["ts"])


async def test_what_was_advised_is_drafted_approved_and_answered_from(
    own_library: Settings, scene: Scene
) -> None:
    async with running(own_library, scene):
        card = await _resolved(scene)
        await _opens(scene, sample.DEV, card, knowledge_ids.TICKET_KNOW)
        form = modal(scene, sample.DEV)
        assert "amount: £400 (now «£400»)" in form
        assert "name of the client: Large Housing (now the organisation)" in form
        (view,) = scene.slack.views(sample.DEV)
        typed = {
            block["element"]["action_id"]: block["element"] for block in view["blocks"] if "element" in block
        }
        body = typed[knowledge_ids.BODY_INPUT]["initial_value"]
        assert body.endswith(f"The organisation paid «£400» for one lost tape.\n\nAsked as: {ASKED}")
        assert "wrote anything down" not in body
        assert typed[knowledge_ids.TITLE_INPUT]["initial_value"] == STATEMENT
        chosen = typed[knowledge_ids.ARTICLE_INPUT]["initial_option"]["value"]
        (answer, *_others) = await scene.rows(AnswerRecord)
        assert chosen == answer.body["citations"][0]["slug"]
        assert list(await _sends(scene, sample.DEV, title="...")) == [knowledge_ids.TITLE_BLOCK]
        assert await _sends(scene, sample.DEV, title=STATEMENT, article=ARTICLE) == {}

        draft = _thread(scene)[-1]
        assert STATEMENT in shown(draft)
        # Its own writer may not; nor may anybody while something is marked.
        for user, refusal in ((sample.DEV, NOT_BY_ITS_WRITER), (sample.CORA, "still marks «£400»")):
            await scene.presses(user, draft, knowledge_ids.DRAFT_APPROVE)
            assert refusal in shown(scene.private(user)[-1])
        await _opens(scene, sample.DEV, draft, knowledge_ids.DRAFT_EDIT)
        assert await _sends(scene, sample.DEV, body=body.replace("«£400»", "a high price")) == {}
        draft = _thread(scene)[-1]
        assert not own_folder(own_library.vcio_data_dir).exists()
        before = await scene.asks(sample.ANA, ASKED)
        assert "custody log names" not in shown(before.reply)

        await scene.presses(sample.CORA, draft, knowledge_ids.DRAFT_APPROVE)
        *_, draft, word = _thread(scene)
        assert knowledge_texts.approved("Cora Quist", self_reviewed=False) in shown(draft)
        assert knowledge_ids.DRAFT_APPROVE not in action_ids(draft)
        assert f"“{STATEMENT}” is part of the methodology now" in shown(word)
        after = await scene.asks(sample.ANA, ASKED)
        assert "The custody log names the tape, the courier and the hour." in shown(after.reply)
        assert f"Backup, restore testing and disaster recovery: from practice, {STATEMENT}" in shown(
            after.reply
        )
        assert "Asked as" not in shown(after.reply)

    (file,) = own_folder(own_library.vcio_data_dir).glob("*.md")
    assert "written_by: Dev Patel" in file.read_text()
    assert "Housing" not in file.read_text()
    told = [each.what for each in await scene.rows(AuditEvent) if each.what.startswith("knowledge")]
    assert told == [f"knowledge {what}" for what in ("drafted", "edited", "approved", "published")]
    (dropped, published) = await scene.rows(Draft)
    assert (dropped.state, published.state) == (DraftState.DROPPED, DraftState.PUBLISHED)
    (ticket,) = await scene.rows(Ticket)
    assert (published.ticket_id, published.approved_by) == (ticket.id, sample.CORA)
