"""A draft is made on the desk, of what came to an answer and is not confidential, and by nobody else."""

import pytest

from bot.database import Database
from bot.engagement.desk_models import DraftState
from bot.engagement.models import Ending, TicketState
from bot.workflows.desk_door import ONLY_CONSULTANTS
from bot.workflows.make_knowledge import CHANGED, CONFIDENTIAL, NO_ARTICLE, NO_BODY, NO_TITLE, Typed, Unfit
from bot.workflows.presses import NOT_YOURS
from tests.workflows.desk_people import ANA, DEV, ELIF, LEAD, press
from tests.workflows.knowledge_desk import DESK, TYPED, Desk, at_desk, refused


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


async def test_forged_presses_are_refused(desk: Desk) -> None:
    ticket_id, draft_id = await desk.drafted()
    for pressed, sentence in (
        (at_desk(ANA), ONLY_CONSULTANTS),
        (press(ELIF, team="T02CLIENT", channel=DESK), ONLY_CONSULTANTS),
        (at_desk(ELIF, "C01GENERAL"), NOT_YOURS),
    ):
        for call in (desk.approval.approve, desk.make.drop, desk.make.reopen):
            await refused(sentence, lambda call=call, by=pressed: call(by, draft_id))  # type: ignore[misc]
        await refused(sentence, lambda by=pressed: desk.make.begin(by, ticket_id))  # type: ignore[misc]
        await refused(sentence, lambda by=pressed: desk.make.save(by, ticket_id, draft_id, TYPED))  # type: ignore[misc]
    await refused(NOT_YOURS, lambda: desk.approval.approve(at_desk(ELIF), 999))
    (draft,) = await desk.drafts(ticket_id)
    assert draft.state is DraftState.DRAFT


async def test_of_a_confidential_ticket_nothing_is_made_at_any_stage(desk: Desk) -> None:
    said = CONFIDENTIAL.format("")
    hidden = await desk.ticket(confidential=True)
    await refused(said, lambda: desk.make.begin(at_desk(DEV), hidden))
    await refused(said, lambda: desk.make.save(at_desk(DEV), hidden, None, TYPED))
    ticket_id, draft_id = await desk.drafted()
    await desk.changed(ticket_id, confidential=True)
    for call in (desk.approval.approve, desk.make.drop, desk.make.reopen):
        await refused(said, lambda call=call: call(at_desk(ELIF), draft_id))  # type: ignore[misc]
    assert await desk.drafts(hidden) == []


async def test_what_came_to_nothing_teaches_nothing(desk: Desk) -> None:
    for state, ending in (
        (TicketState.IN_PROGRESS, None),
        (TicketState.RESOLVED, Ending.NOT_FOR_US),
        (TicketState.CLOSED, Ending.WITHDRAWN),
        (TicketState.CLOSED, Ending.UNANSWERED),
    ):
        ticket_id = await desk.ticket(state=state, ending=ending)
        await refused("not made knowledge", lambda number=ticket_id: desk.make.begin(at_desk(DEV), number))  # type: ignore[misc]


async def test_what_cannot_be_a_section_is_said_at_its_field(desk: Desk) -> None:
    ticket_id = await desk.ticket()
    for typed, field, sentence in (
        (Typed("", " # . ", "Words."), "title", NO_TITLE),
        (Typed("", "Words", " \n* * *\nAsked as: why?"), "body", NO_BODY),
        (Typed("no-such-article", "Words", "Words."), "article", NO_ARTICLE),
        (Typed("../../escape", "Words", "Words."), "article", NO_ARTICLE),
    ):
        with pytest.raises(Unfit) as caught:
            await desk.make.save(at_desk(DEV), ticket_id, None, typed)
        assert (caught.value.field, caught.value.user_text) == (field, sentence)


async def test_a_form_sent_twice_is_one_draft_and_a_dropped_one_can_be_made_anew(desk: Desk) -> None:
    ticket_id, draft_id = await desk.drafted()
    await desk.make.save(at_desk(DEV), ticket_id, None, TYPED)
    assert len(await desk.drafts(ticket_id)) == 1
    assert (await desk.make.begin(at_desk(ELIF), ticket_id)).typed.body == TYPED.body
    await desk.make.drop(at_desk(ELIF), draft_id)
    await refused(CHANGED, lambda: desk.approval.approve(at_desk(LEAD), draft_id))
    sheet = await desk.make.begin(at_desk(DEV), ticket_id)
    assert (sheet.draft_id, sheet.typed.title) == (None, "Keep one copy elsewhere")
    await desk.make.save(at_desk(DEV), ticket_id, None, sheet.typed)
    assert [each.state for each in await desk.drafts(ticket_id)] == [DraftState.DROPPED, DraftState.DRAFT]


async def test_notes_of_different_tickets_do_not_share_a_file_by_accident(desk: Desk) -> None:
    first, _draft = await desk.drafted()
    second, _draft = await desk.drafted()
    slugs = [(await desk.drafts(each))[-1].slug for each in (first, second)]
    assert slugs == ["keep-one-copy-elsewhere", "keep-one-copy-elsewhere-2"]
