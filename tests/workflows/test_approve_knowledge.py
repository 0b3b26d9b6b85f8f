"""Who may approve: a second consultant, or the only one on a later day; and nothing that names the client."""

import asyncio
from datetime import timedelta

import pytest

from bot.database import Database
from bot.engagement.desk_models import DraftState
from bot.errors import AdvisoryError
from bot.workflows.approve_knowledge import NOT_BY_ITS_WRITER, SLEEP_ON_IT
from bot.workflows.make_knowledge import CHANGED, Typed
from tests.workflows.desk_people import DEV, ELIF, LEAD
from tests.workflows.knowledge_desk import NOW, TYPED, Desk, at_desk, refused

POINTS_TO_THE_CLIENT = (
    ("Keep it elsewhere", "It costs «£400» a month.", "«£400»"),
    ("«link» says so", "Keep one copy elsewhere.", "«link»"),
    ("Keep it elsewhere", "As at Harbour Bakery, keep one copy elsewhere.", "“Harbour Bakery”"),
    ("What harbour-bakery does", "Keep one copy elsewhere.", "“harbour-bakery”"),
    ("Keep it elsewhere", "Ana keeps one copy elsewhere.", "“Ana”"),
    ("Keep it elsewhere", "Write to ops@example.com about it.", "“ops@example.com”"),
)


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


async def test_a_second_consultant_approves_once_and_the_writer_never(desk: Desk) -> None:
    ticket_id, draft_id = await desk.drafted()
    await refused(NOT_BY_ITS_WRITER, lambda: desk.approval.approve(at_desk(DEV), draft_id))
    results = await asyncio.gather(
        *(desk.approval.approve(at_desk(user), draft_id) for user in (LEAD, ELIF)), return_exceptions=True
    )
    assert [type(each) for each in results if each is not None] == [AdvisoryError]
    (draft,) = await desk.drafts(ticket_id)
    assert (draft.state, draft.self_reviewed) == (DraftState.APPROVED, False)
    assert draft.approved_by in {LEAD, ELIF}
    assert await desk.queued() == [f"publish:{draft_id}"]
    assert await desk.audited() == ["knowledge drafted", "knowledge approved"]
    await refused("made knowledge already", lambda: desk.make.begin(at_desk(DEV), ticket_id))


async def test_who_edits_is_the_writer_and_nobody_approves_what_they_have_not_read(desk: Desk) -> None:
    ticket_id, first = await desk.drafted()
    changed = Typed("", TYPED.title, f"{TYPED.body} And test it.")
    await desk.make.save(at_desk(ELIF), ticket_id, first, changed)
    (_old, new) = await desk.drafts(ticket_id)
    for call in (desk.approval.approve, desk.make.drop, desk.make.reopen):
        await refused(CHANGED, lambda call=call: call(at_desk(LEAD), first))  # type: ignore[misc]
    await refused(CHANGED, lambda: desk.make.save(at_desk(LEAD), ticket_id, first, TYPED))
    await refused(NOT_BY_ITS_WRITER, lambda: desk.approval.approve(at_desk(ELIF), new.id))
    # Sent again as it stands, it is still Elif's.
    await desk.make.save(at_desk(DEV), ticket_id, new.id, changed)
    await desk.approval.approve(at_desk(DEV), new.id)
    assert await desk.audited() == ["knowledge drafted", "knowledge edited", "knowledge approved"]


async def test_who_is_alone_on_the_desk_approves_on_a_later_day_of_theirs(database: Database) -> None:
    desk = Desk(database, frozenset({DEV}))
    ticket_id, draft_id = await desk.drafted()
    desk.now += timedelta(hours=1)  # 23:30 in London, where it is still that day
    await refused(SLEEP_ON_IT, lambda: desk.approval.approve(at_desk(DEV), draft_id))
    desk.now += timedelta(hours=1)  # 00:30 there, and in UTC the same day as before
    assert desk.now.date() == NOW.date()
    await desk.approval.approve(at_desk(DEV), draft_id)
    (draft,) = await desk.drafts(ticket_id)
    assert (draft.state, draft.approved_by, draft.self_reviewed) == (DraftState.APPROVED, DEV, True)
    assert await desk.audited() == ["knowledge drafted", "knowledge self-reviewed"]


async def test_what_is_marked_or_names_the_client_is_not_approved(desk: Desk) -> None:
    for title, body, named in POINTS_TO_THE_CLIENT:
        _ticket_id, draft_id = await desk.drafted(Typed("", title, body))
        await refused(named, lambda number=draft_id: desk.approval.approve(at_desk(ELIF), number))  # type: ignore[misc]
    assert await desk.queued() == []
