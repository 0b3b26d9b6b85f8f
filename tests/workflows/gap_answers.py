"""Answers that show a gap: not covered, or found not helpful, of a made-up client's people."""

from datetime import datetime

from sqlalchemy import select

from bot.answering.models import AnswerRecord, Complaint, Feedback
from bot.answering.render import to_stored
from bot.answering.types import Answer, Decision, Outcome, Part, PartKind, Reason
from bot.answering.voice_models import Gap, GapQuestion
from bot.database import Database, Session
from bot.workflows.gather_gaps import GatherGaps
from knowledge.testing import HashEmbedder
from knowledge.types import Vector
from tests.workflows.desk_tickets import ticket

TAPES = "Do we need a robot for our backup tapes?"
TAPES_TOO = "Is a robot for backup tapes what we need?"
DESKS = "How high should desks be for screen work?"


async def asked(
    session: Session,
    question: str,
    now: datetime,
    *,
    outcome: Outcome = Outcome.ESCALATE,
    reason: Reason = Reason.NOT_COVERED,
    several: tuple[str, ...] = (),
    confidential: bool = False,
) -> AnswerRecord:
    """An answer in a conversation of its own, whose request is confidential or nothing special."""
    made = await ticket(session, now, question=question, confidential=confidential)
    whole = Answer(
        decision=Decision(outcome, reason, 0.5, {}),
        parts=(Part(PartKind.LEAD, ("A consultant can help.",), None),),
        standalone=question,
        questions=several,
    )
    answer = AnswerRecord(
        conversation_id=made.conversation_id,
        person_id=made.person_id,
        question=question,
        outcome=outcome,
        reason=reason,
        confidence=0.5,
        body=to_stored(whole),
        created_at=now,
    )
    session.add(answer)
    await session.flush()
    made.answer_id = answer.id
    return answer


async def rated(
    session: Session, answer: AnswerRecord, complaint: Complaint | None = None, *, helpful: bool = False
) -> Feedback:
    """What the person who asked pressed under an answer."""
    given = Feedback(
        answer_id=answer.id,
        person_id=answer.person_id,
        helpful=helpful,
        complaint=complaint,
        created_at=answer.created_at,
    )
    session.add(given)
    await session.flush()
    return given


def embed(text: str) -> Vector:
    """A vector by the words of a text alone."""
    vector: Vector = HashEmbedder().embed([text])[0]
    return vector


def gathering(database: Database, now: datetime) -> GatherGaps:
    """The round, with vectors by words alone."""
    return GatherGaps(database, embed, clock=lambda: now)


async def gaps_of(database: Database) -> dict[str, list[str]]:
    """Every gap by its label, with its questions."""
    async with database.read() as session:
        found: dict[str, list[str]] = {}
        for gap in await session.scalars(select(Gap).order_by(Gap.id)):
            of = select(GapQuestion.text).where(GapQuestion.gap_id == gap.id).order_by(GapQuestion.id)
            found[gap.label] = list(await session.scalars(of))
        return found
