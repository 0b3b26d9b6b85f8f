"""An approved draft is written and indexed once, whatever happens on the way; nothing else ever is."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.delivery.models import InboxItem, WorkState
from bot.engagement.desk_models import DraftState
from bot.errors import DeliveryError
from bot.workflows.make_knowledge import Typed
from bot.workflows.publish_knowledge import PublishKnowledge
from ingest.own import own_folder, read_own
from tests.workflows.desk_people import ELIF, People
from tests.workflows.knowledge_desk import Desk, at_desk
from tests.workflows.office import waiting

BODY = "Keep one copy in another building.\n\nAsked as: Where do copies of backups go?"


@pytest.fixture
async def desk(database: Database) -> Desk:
    return Desk(database)


async def approved(desk: Desk, slug: str = "") -> int:
    """A ticket whose draft was approved."""
    ticket_id, draft_id = await desk.drafted(Typed(slug, "Keep one copy elsewhere", BODY))
    await desk.approval.approve(at_desk(ELIF), draft_id)
    return ticket_id


def publisher(desk: Desk, folder: Path, index: Callable[[], Awaitable[None]]) -> PublishKnowledge:
    return PublishKnowledge(desk.database, People(), folder, index, lambda: desk.now)


async def work(desk: Desk) -> InboxItem:
    async with desk.database.read() as session:
        (item,) = await session.scalars(select(InboxItem))
        assert isinstance(item, InboxItem)
        return item


async def test_a_draft_is_published_once_though_the_first_try_dies_behind_the_index(
    desk: Desk, tmp_path: Path
) -> None:
    ticket_id = await approved(desk, "backup-and-disaster-recovery")
    indexed: list[int] = []

    async def index() -> None:
        indexed.append(len(read_own(tmp_path)))
        if len(indexed) == 1:
            raise DeliveryError("The index is busy")

    publish = publisher(desk, tmp_path, index)
    with pytest.raises(DeliveryError):
        await publish.handle(await work(desk))
    assert (await desk.drafts(ticket_id))[0].state is DraftState.APPROVED
    for _time in range(2):
        await publish.handle(await work(desk))
    assert (await work(desk)).state is WorkState.DONE
    assert indexed == [1, 1]
    assert (await desk.drafts(ticket_id))[0].state is DraftState.PUBLISHED
    (article,) = read_own(tmp_path)
    ((heading, told),) = article.provenance
    assert (heading, told.ticket, told.written_by, told.approved_by, told.approved) == (
        "Keep one copy elsewhere", "VC-1001", "Dev", "Elif", "2026-07-06",
    )  # fmt: skip
    text = (own_folder(tmp_path) / "backup-and-disaster-recovery.md").read_text()
    assert "- Where do copies of backups go?" in text
    assert "Asked as" not in text
    assert "Harbour" not in text
    assert len(await waiting(desk.database, "draft_published")) == 1
    assert (await desk.audited())[-1] == "knowledge published"


async def test_what_became_confidential_after_its_approval_is_not_written(desk: Desk, tmp_path: Path) -> None:
    ticket_id = await approved(desk)
    await desk.changed(ticket_id, confidential=True)

    async def index() -> None:
        raise AssertionError("nothing to index")

    await publisher(desk, tmp_path, index).handle(await work(desk))
    assert not own_folder(tmp_path).exists()
    assert (await desk.drafts(ticket_id))[0].state is DraftState.DROPPED
    assert (await desk.audited())[-1] == "knowledge dropped"
    assert (await work(desk)).state is WorkState.DONE


async def test_a_file_that_cannot_be_written_is_tried_again_later(desk: Desk, tmp_path: Path) -> None:
    await approved(desk)
    own_folder(tmp_path).write_text("a file where a folder should be")

    async def index() -> None:
        raise AssertionError("nothing to index")

    with pytest.raises(DeliveryError, match="cannot be written"):
        await publisher(desk, tmp_path, index).handle(await work(desk))
