"""Open the text of a confidential request to its consultant and the lead, and to nobody else."""

from dataclasses import dataclass

from sqlalchemy import select

from bot.answering.models import AnswerRecord, TurnRecord
from bot.answering.types import Speaker
from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.engagement import audit, crossing
from bot.engagement.desk_models import Carried, Crossing
from bot.engagement.models import Client, Person, Ticket
from bot.engagement.people import Directory
from bot.engagement.work import described, of_ticket
from bot.workflows.desk_door import let_in, require_own, ticket_at_card
from bot.workflows.presses import Press

MOST_TURNS = 60


@dataclass(frozen=True)
class Line:
    """Something that was said: by whom (None for the assistant) and what."""

    name: str | None
    text: str


@dataclass(frozen=True)
class Reading:
    """A request as its consultant reads it."""

    reference: str
    person_name: str
    client_name: str
    question: str
    said: tuple[Line, ...]
    on_desk: tuple[Line, ...]


class ReadRequest:
    """The use case behind *Read the request*."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def read(self, press: Press, ticket_id: int) -> Reading:
        """Return the request, and record who read it.

        Raises `AdvisoryError` for everybody but the consultant who has it and the lead.
        """
        member, now = await let_in(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            ticket = await ticket_at_card(session, press, ticket_id)
            await require_own(session, ticket, member)
            audit.append(session, actor=member.user_id, what="read", now=now, ticket=ticket)
            return await _reading(session, ticket)


async def _reading(session: Session, ticket: Ticket) -> Reading:
    person = await session.get_one(Person, ticket.person_id)
    conversations = {ticket.conversation_id}
    answer = await session.get(AnswerRecord, ticket.answer_id) if ticket.answer_id else None
    if answer is not None:
        conversations.add(answer.conversation_id)
    turns = await session.execute(
        select(TurnRecord, Person.name)
        .outerjoin(Person, Person.id == TurnRecord.person_id)
        .where(TurnRecord.conversation_id.in_(conversations), TurnRecord.text != "")
        .order_by(TurnRecord.id.desc())
        .limit(MOST_TURNS)
    )
    consultants = await crossing.consultants_of(session, ticket.id)
    said = [
        Line(None if turn.speaker is Speaker.ASSISTANT else name or consultants.get(turn.ts, ""), turn.text)
        for turn, name in turns
        if turn.text != ticket.question
    ]
    work = await of_ticket(session, ticket.id)
    if work is not None:
        said.insert(0, Line(person.name, described(work)))
    # What crossed stands in the transcript already.
    notes = await session.scalars(
        select(Carried)
        .where(Carried.ticket_id == ticket.id, Carried.crossing == Crossing.INTERNAL)
        .where(Carried.removed_at.is_(None))
        .order_by(Carried.id)
    )
    return Reading(
        reference=ticket.reference,
        person_name=person.name,
        client_name=(await session.get_one(Client, ticket.client_id)).name,
        question=ticket.question,
        said=tuple(reversed(said)),
        on_desk=tuple(Line(each.name, each.text) for each in notes),
    )
