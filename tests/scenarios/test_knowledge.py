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
from bot.workflows.desk_door import ONLY_CONSULTANTS
from bot.workflows.presses import NOT_YOURS
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
    monkeypatch.setattr("bot.handlers.index_apart", index)
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


async def _drafts(scene: Scene, card: Json) -> str:
    """Dev makes a draft of what the form begins with; return its text."""
    await scene.forges(sample.ANA, sample.DESK, knowledge_ids.TICKET_KNOW, "1")
    assert ONLY_CONSULTANTS in shown(scene.private(sample.ANA)[-1])
    await _opens(scene, sample.DEV, card, knowledge_ids.TICKET_KNOW)
    form = modal(scene, sample.DEV)
    assert "amount: £400 (now «£400»)" in form
    assert "name of the client: Large Housing (now the organisation)" in form
    (view,) = scene.slack.views(sample.DEV)
    field = {each["element"]["action_id"]: each["element"] for each in view["blocks"] if "element" in each}
    body = str(field[knowledge_ids.BODY_INPUT]["initial_value"])
    assert body.endswith(f"The organisation paid «£400» for one lost tape.\n\nAsked as: {ASKED}")
    assert "wrote anything down" not in body
    assert field[knowledge_ids.TITLE_INPUT]["initial_value"] == STATEMENT
    (answer,) = await scene.rows(AnswerRecord)
    suggested = field[knowledge_ids.ARTICLE_INPUT]["initial_option"]["value"]
    assert suggested == answer.body["citations"][0]["slug"]
    assert list(await _sends(scene, sample.DEV, title="...")) == [knowledge_ids.TITLE_BLOCK]
    assert await _sends(scene, sample.DEV, title=STATEMENT, article=ARTICLE) == {}
    assert STATEMENT in shown(_thread(scene)[-1])
    return body


async def _is_refused_to_all(scene: Scene, draft: Json) -> None:
    """Its own writer may not approve it, nor anybody while something is marked, nor a forged press ever."""
    for user, refusal in ((sample.DEV, NOT_BY_ITS_WRITER), (sample.CORA, "still marks «£400»")):
        await scene.presses(user, draft, knowledge_ids.DRAFT_APPROVE)
        assert refusal in shown(scene.private(user)[-1])
    for user, channel, refusal in (
        (sample.ANA, sample.DESK, ONLY_CONSULTANTS),
        (sample.BEN, sample.SHARED, ONLY_CONSULTANTS),
        (sample.ELIF, sample.SHARED, NOT_YOURS),
    ):
        await scene.forges(user, channel, knowledge_ids.DRAFT_APPROVE, "1")
        assert refusal in shown(scene.private(user)[-1])


async def test_what_was_advised_is_drafted_approved_and_answered_from(
    own_library: Settings, scene: Scene
) -> None:
    folder = own_folder(own_library.vcio_data_dir)
    async with running(own_library, scene):
        body = await _drafts(scene, await _resolved(scene))
        await _is_refused_to_all(scene, _thread(scene)[-1])
        await _opens(scene, sample.DEV, _thread(scene)[-1], knowledge_ids.DRAFT_EDIT)
        assert await _sends(scene, sample.DEV, body=body.replace("«£400»", "a high price")) == {}
        assert not folder.exists()
        before = await scene.asks(sample.ANA, ASKED)
        assert "custody log names" not in shown(before.reply)

        await scene.presses(sample.CORA, _thread(scene)[-1], knowledge_ids.DRAFT_APPROVE)
        *_, draft, word = _thread(scene)
        assert knowledge_texts.approved("Cora Quist", self_reviewed=False) in shown(draft)
        assert knowledge_ids.DRAFT_APPROVE not in action_ids(draft)
        assert f"“{STATEMENT}” is part of the methodology now" in shown(word)
        after = shown((await scene.asks(sample.ANA, ASKED)).reply)
        assert "The custody log names the tape, the courier and the hour." in after
        assert f"Backup, restore testing and disaster recovery: from practice, {STATEMENT}" in after
        assert "Asked as" not in after

    (file,) = folder.glob("*.md")
    assert "written_by: Dev Patel" in file.read_text()
    assert "Housing" not in file.read_text()
    told = [each.what for each in await scene.rows(AuditEvent) if each.what.startswith("knowledge")]
    assert told == [f"knowledge {what}" for what in ("drafted", "edited", "approved", "published")]
    first, last = await scene.rows(Draft)
    assert (first.state, last.state) == (DraftState.DROPPED, DraftState.PUBLISHED)
    (ticket,) = await scene.rows(Ticket)
    assert (last.ticket_id, last.approved_by) == (ticket.id, sample.CORA)
