"""The register of decisions: a client's own, or one person's until they share it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.database import ReadSession, Session
from bot.engagement import audit
from bot.engagement.models import Person
from bot.engagement.outcome_models import Decision
from bot.errors import AdvisoryError

ALREADY = "This is in the register already."


@dataclass(frozen=True)
class Said:
    """Where a decision was said: the message, and the answer where it is one of ours."""

    team_id: str
    channel: str
    ts: str
    answer_id: int | None = None


@dataclass(frozen=True)
class Wording:
    """A decision as somebody words it."""

    text: str
    why: str
    decided_by: str
    decided_on: date


async def record(
    session: Session,
    person: Person,
    said: Said,
    wording: Wording,
    *,
    client_id: int,
    shared: bool,
    now: datetime,
) -> Decision:
    """Keep a decision; raises `AdvisoryError` when one was recorded from the same message."""
    decision = Decision(
        client_id=client_id,
        person_id=person.id,
        text=wording.text,
        why=wording.why or None,
        decided_by=wording.decided_by,
        decided_on=wording.decided_on,
        shared=shared,
        answer_id=said.answer_id,
        team_id=said.team_id,
        channel=said.channel,
        ts=said.ts,
        created_at=now,
    )
    try:
        async with session.begin_nested():
            session.add(decision)
    except IntegrityError:
        raise AdvisoryError(ALREADY) from None
    actor = f"{person.team_id}/{person.user_id}"
    audit.append(session, actor=actor, what="decision_recorded", now=now, client_id=client_id)
    return decision


async def share(session: Session, decision: Decision, person: Person, *, now: datetime) -> None:
    """Make a person's decision their client's."""
    decision.shared = True
    actor = f"{person.team_id}/{person.user_id}"
    audit.append(session, actor=actor, what="decision_shared", now=now, client_id=decision.client_id)


async def latest(session: ReadSession | Session, client_id: int, most: int) -> Sequence[Decision]:
    """Return a client's decisions that may be listed, newest first."""
    return (
        await session.scalars(
            select(Decision)
            .where(Decision.client_id == client_id, Decision.shared)
            .order_by(Decision.decided_on.desc(), Decision.id.desc())
            .limit(most)
        )
    ).all()


async def kept_back(session: ReadSession | Session, person_id: int, most: int) -> Sequence[Decision]:
    """Return the decisions of a person that nobody else sees, newest first."""
    return (
        await session.scalars(
            select(Decision)
            .where(Decision.person_id == person_id, Decision.shared.is_(False))
            .order_by(Decision.id.desc())
            .limit(most)
        )
    ).all()
