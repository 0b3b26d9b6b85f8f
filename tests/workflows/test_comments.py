"""A comment whose matter is confidential loses its author on the desk; one that is erased takes no reply."""

import pytest

from bot.answering.models import AnswerRecord
from bot.answering.types import Outcome, Reason
from bot.answering.voice_models import Comment
from bot.delivery.models import OutboxItem
from bot.engagement.models import Person, Ticket
from bot.errors import AdvisoryError
from bot.slack.rendering import RENDERERS
from bot.workflows.comments import CARD, Comments
from bot.workflows.erase import erase_comments
from bot.workflows.hush_work import keep_private
from bot.workflows.own_request import REDRAW
from bot.workflows.presses import NOT_YOURS
from emulator import sample
from tests.scenarios.desk import action_ids, shown
from tests.workflows.office import Office
from tests.workflows.test_work import NOW, requested

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SECRET = "May I see my own file?"


async def test_a_card_that_stands_is_shown_without_its_author(quiet_office: Office) -> None:
    office = quiet_office
    ticket = await requested(office)
    async with office.store.unit_of_work() as session:
        record = AnswerRecord(
            conversation_id=ticket.conversation_id, person_id=ticket.person_id, question=SECRET,
            outcome=Outcome.ANSWER, reason=Reason.COVERED, confidence=1.0, body={}, created_at=NOW,
        )  # fmt: skip
        session.add(record)
        await session.flush()
        session.add(
            Comment(
                person_id=ticket.person_id, answer_id=record.id, text="Too long", seen_from=sample.FIRM,
                key="k", card_channel=sample.DESK, card_ts="9.1", created_at=NOW,
            )
        )  # fmt: skip
        held = await session.get_one(Ticket, ticket.id)
        await keep_private(session, held, firm_team_id=sample.FIRM, now=NOW)
    anew = [each for each in await office.rows(OutboxItem, kind=REDRAW) if each.payload["of"] == CARD]
    assert [each.payload["message"]["ts"] for each in anew] == ["9.1"]
    async with office.store.read() as session:
        message = await RENDERERS[REDRAW](session, anew[0].payload)
        person = await session.get_one(Person, ticket.person_id)
    said = shown({"text": message.text, "blocks": list(message.blocks)})
    assert "Too long" in said
    assert person.name not in said
    assert SECRET not in said


async def test_what_is_erased_offers_and_takes_no_reply(quiet_office: Office) -> None:
    office = quiet_office
    ticket = await requested(office)
    async with office.store.unit_of_work() as session:
        session.add(
            Comment(
                person_id=ticket.person_id, slug="backup", text="Too long", seen_from=sample.FIRM, key="k",
                card_channel=sample.DESK, card_ts="9.1", created_at=NOW,
            )
        )  # fmt: skip
        assert await erase_comments(session, Comment.person_id == ticket.person_id) == 1
    (comment,) = await office.rows(Comment)
    async with office.store.read() as session:
        card = await RENDERERS[CARD](session, {"comment_id": comment.id})
    assert action_ids({"text": card.text, "blocks": list(card.blocks)}) == []
    comments, cora = Comments(office.store, office.directory), office.press(sample.CORA)
    with pytest.raises(AdvisoryError, match=NOT_YOURS):
        await comments.require(cora, comment.id)
    with pytest.raises(AdvisoryError, match=NOT_YOURS):
        await comments.reply(cora, comment.id, "Which part?")
