"""An edit that meets an answer on its way: only what is not out is taken back, and only once."""

from bot.answering.models import AnswerRecord, Conversation
from bot.answering.transcript import Place
from bot.answering.types import Outcome, Reason
from bot.clock import utc_now
from bot.database import Database
from bot.delivery import inbox, outbox
from bot.delivery.inbox import Arrival
from bot.delivery.lanes import finish
from bot.delivery.models import InboxItem, OutboxItem, WorkState
from bot.engagement import tickets
from bot.engagement.models import Person, Ticket
from bot.engagement.people import Profile, meet
from bot.log import start_trace
from bot.workflows.answer_anew import EDITED, AnswerAnew, Edited, note_edit
from bot.workflows.arrivals import IncomingMessage
from bot.workflows.words import WORD

NOW = utc_now()
ANA = Profile("T1", "U1", "Ana", "The Firm")
ASKED = IncomingMessage("T1", "T1", "U1", "D1", True, "1.0", None, "Who owns it?", addressed=True)
KEY, NEW = "D1:1.0", "Who pays for it?"


async def _answered(database: Database, kind: str = "answer") -> OutboxItem:
    """A message that was worked, with its reply on the way."""
    start_trace("Ev1")
    async with database.unit_of_work() as session:
        person, client, _new = await meet(session, ANA, firm_team_id="T1", firm_name="The Firm", now=NOW)
        held = Conversation(
            team_id="T1", channel="D1", thread_ts="1.0", client_id=client.id, person_id=person.id,
            is_private=True, created_at=NOW,
        )  # fmt: skip
        session.add(held)
        await session.flush()
        record = AnswerRecord(
            conversation_id=held.id, person_id=person.id, question=ASKED.text, outcome=Outcome.ANSWER,
            reason=Reason.COVERED, confidence=1.0, body={}, created_at=NOW,
        )  # fmt: skip
        session.add(record)
        await session.flush()
        arrival = Arrival("T1", "Ev1", ASKED.place.lane, "question", ASKED.to_payload(), KEY)
        item = await inbox.accept(session, arrival, now=NOW)
        assert item is not None
        finish(item, now=NOW)
        handover = tickets.Handover(held.id, record.id, ASKED.text, "asked_for_person")
        payload: dict[str, object] = {"answer_id": record.id, "target": ASKED.target, "user_id": "U1"}
        if kind == "requested":
            ticket, _new = await tickets.open_one(session, person, handover, client_id=client.id, now=NOW)
            payload = {"ticket_id": ticket.id, "is_new": True, "target": ASKED.target, "user_id": "U1"}
        lane = ASKED.outbox_lane
        return outbox.put(session, team_id="T1", lane=lane, kind=kind, payload=payload, now=NOW)


async def _edit(database: Database, *, is_deleted: bool = False) -> None:
    async with database.unit_of_work() as session:
        await note_edit(session, ASKED.place, KEY, ASKED.ts, NEW, is_deleted=is_deleted)


async def _states(database: Database) -> tuple[WorkState, WorkState, str]:
    async with database.read() as session:
        asked, row = await session.get_one(InboxItem, 1), await session.get_one(OutboxItem, 1)
        return asked.state, row.state, asked.payload["text"]


async def test_what_is_edited_is_taken_back_once_and_worked_again(database: Database) -> None:
    row, anew = await _answered(database), AnswerAnew(database)
    assert await anew.take_back(row, firm_team_id="T1") is None
    await _edit(database)
    # Whoever comes next, after a crash or on another replica, reads the same note.
    assert await anew.take_back(row, firm_team_id="T1") is Edited.AGAIN
    assert await anew.take_back(row, firm_team_id="T1") is None
    assert await _states(database) == (WorkState.WAITING, WorkState.DONE, NEW)
    async with database.read() as session:
        assert await session.get(AnswerRecord, 1) is None
        assert await session.get(Conversation, 1) is None


async def test_what_is_deleted_is_taken_back_and_left_unanswered(database: Database) -> None:
    row = await _answered(database)
    await _edit(database, is_deleted=True)
    assert await AnswerAnew(database).take_back(row, firm_team_id="T1") is Edited.GONE
    assert await _states(database) == (WorkState.DONE, WorkState.DONE, ASKED.text)


async def test_what_has_begun_to_show_or_is_sent_is_left_alone(database: Database) -> None:
    row = await _answered(database)
    async with database.unit_of_work() as session:
        (await session.get_one(OutboxItem, row.id)).slack_ts = "2.0"
    await _edit(database)
    async with database.unit_of_work() as session:
        shown = await session.get_one(OutboxItem, row.id)
        assert EDITED not in shown.payload
        shown.slack_ts = None
        finish(shown, now=NOW)
    await _edit(database)
    assert await AnswerAnew(database).take_back(row, firm_team_id="T1") is None
    assert await _states(database) == (WorkState.DONE, WorkState.DONE, ASKED.text)


async def test_a_request_that_somebody_has_claimed_stands(database: Database) -> None:
    row = await _answered(database, "requested")
    await _edit(database)
    async with database.unit_of_work() as session:
        await tickets.claim(session, 1, user_id="U9", name="Dev", now=NOW)
    assert await AnswerAnew(database).take_back(row, firm_team_id="T1") is None
    async with database.read() as session:
        assert (await session.get_one(Ticket, 1)).is_held


async def test_a_request_that_goes_on_in_private_is_confirmed_there_and_stands(database: Database) -> None:
    row = await _answered(database, "requested")
    async with database.unit_of_work() as session:
        aside = await session.get_one(OutboxItem, row.id)
        aside.payload = {**aside.payload, "aside": True}
    await _edit(database)
    assert await AnswerAnew(database).take_back(row, firm_team_id="T1") is None
    async with database.read() as session:
        assert (await session.get_one(Ticket, 1)).is_open


async def test_an_edit_elsewhere_leaves_no_note(database: Database) -> None:
    row = await _answered(database)
    async with database.unit_of_work() as session:
        other = Place("T1", "D1", "7.0")
        await note_edit(session, other, "D1:7.0", "7.0", NEW, is_deleted=False)
    assert not await AnswerAnew(database).is_edited(row)


async def test_a_word_that_waits_is_taken_back_with_its_notice_and_its_conversation(
    database: Database,
) -> None:
    row = await _answered(database)
    async with database.unit_of_work() as session:
        word = await session.get_one(OutboxItem, row.id)
        record = await session.get_one(AnswerRecord, 1)
        person = await session.get_one(Person, record.person_id)
        person.told_at, word.kind = NOW, WORD
        ids = {"conversation_id": record.conversation_id, "person_id": person.id}
        word.payload = {"word": "help", "first": True, "target": ASKED.target, "user_id": "U1", **ids}
        await session.delete(record)
    await _edit(database, is_deleted=True)
    assert await AnswerAnew(database).take_back(word, firm_team_id="T1") is Edited.GONE
    assert await _states(database) == (WorkState.DONE, WorkState.DONE, ASKED.text)
    async with database.read() as session:
        assert await session.get(Conversation, ids["conversation_id"]) is None
        assert (await session.get_one(Person, ids["person_id"])).told_at is None
