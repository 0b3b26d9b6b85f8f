"""Cards of comments hide who commented once what they are about is confidential."""

import pytest

from bot.answering.models import AnswerRecord
from bot.answering.types import Outcome, Reason
from bot.answering.voice_models import Comment
from bot.delivery.models import OutboxItem
from bot.engagement.models import Person, Ticket
from bot.slack.rendering import RENDERERS
from bot.workflows.comments import CARD, REDRAW
from bot.workflows.hush_work import keep_private
from emulator import sample
from tests.scenarios.desk import shown
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
