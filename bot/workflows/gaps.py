"""Gaps of the methodology: who mends which, and what closed it; each step is one conditional update."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from bot.answering.voice_models import Gap, GapQuestion, GapState
from bot.database import ReadSession, Session
from bot.engagement import audit
from bot.errors import AdvisoryError

NOT_COVERED, NOT_HELPFUL = "not_covered", "not_helpful"
Values = dict[str, object]
TO_MEND = (GapState.OPEN, GapState.ASSIGNED)


@dataclass(frozen=True)
class GapLine:
    """A gap with the number of its questions, as it stands in a list."""

    gap_id: int
    label: str
    count: int
    state: GapState
    holder_id: str | None
    holder: str | None
    closed_by: str | None
    first_at: datetime
    last_at: datetime


async def read_gaps(
    session: ReadSession | Session, *, limit: int | None = None, offset: int = 0, everything: bool = False
) -> list[GapLine]:
    """Return the gaps still to be mended, or all, with most questions first; empty ones are none."""
    count = func.count(GapQuestion.id)
    query = select(Gap, count).join(GapQuestion, GapQuestion.gap_id == Gap.id).group_by(Gap.id)
    if not everything:
        query = query.where(Gap.state.in_(TO_MEND))
    found = await session.execute(query.order_by(count.desc(), Gap.id).limit(limit).offset(offset))
    return [_line(gap, number) for gap, number in found]


async def count_gaps(session: ReadSession | Session) -> int:
    """Return how many gaps are still to be mended."""
    filled = select(GapQuestion.id).where(GapQuestion.gap_id == Gap.id).exists()
    query = select(func.count()).select_from(Gap).where(Gap.state.in_(TO_MEND), filled)
    return await session.scalar(query) or 0


async def read_gap(
    session: ReadSession | Session, gap_id: int
) -> tuple[GapLine, Sequence[GapQuestion]] | None:
    """Return a gap with its questions, oldest first; None where nothing is left of it."""
    gap = await session.get(Gap, gap_id)
    found = await session.scalars(
        select(GapQuestion).where(GapQuestion.gap_id == gap_id).order_by(GapQuestion.id)
    )
    questions = found.all()
    return (_line(gap, len(questions)), questions) if gap and questions else None


def _line(gap: Gap, count: int) -> GapLine:
    return GapLine(
        gap_id=gap.id,
        label=gap.label,
        count=count,
        state=gap.state,
        holder_id=gap.assigned_to,
        holder=gap.assigned_name,
        closed_by=gap.closed_by_slug,
        first_at=gap.first_at,
        last_at=gap.last_at,
    )


@dataclass(frozen=True)
class Step:
    """Who does something to a gap, and when."""

    actor: str
    at: datetime


async def assign(session: Session, gap_id: int, user_id: str, name: str, step: Step) -> None:
    """Give a gap to somebody, also from who has it; raises `AdvisoryError` when it is over or is none."""
    values: Values = {"state": GapState.ASSIGNED, "assigned_to": user_id, "assigned_name": name}
    if not await _set(session, gap_id, TO_MEND, values):
        raise AdvisoryError(await why_not(session, gap_id))
    _record(session, "assigned", gap_id, f"to {name} ({user_id})", step)


async def close(session: Session, gap_id: int, slug: str, step: Step) -> None:
    """Say which article closes a gap; raises `AdvisoryError` as `assign` does."""
    values: Values = {"state": GapState.CLOSED, "closed_by_slug": slug, "closed_at": step.at}
    if not await _set(session, gap_id, TO_MEND, values):
        raise AdvisoryError(await why_not(session, gap_id))
    _record(session, "closed", gap_id, f"by {slug}", step)


async def dismiss(session: Session, gap_id: int, step: Step) -> None:
    """Set a gap aside: what is asked like it stays there; raises `AdvisoryError` as `assign` does."""
    if not await _set(session, gap_id, TO_MEND, {"state": GapState.DISMISSED, "closed_at": step.at}):
        raise AdvisoryError(await why_not(session, gap_id))
    _record(session, "set aside", gap_id, "", step)


async def closed_by_section(session: Session, answer_id: int | None, slug: str, step: Step) -> None:
    """Close the gap of an answer whose request was made a section of an article, if it is in one."""
    gap_id = await session.scalar(select(GapQuestion.gap_id).where(GapQuestion.answer_id == answer_id))
    values: Values = {"state": GapState.CLOSED, "closed_by_slug": slug, "closed_at": step.at}
    if gap_id is not None and await _set(session, gap_id, TO_MEND, values):
        _record(session, "closed", gap_id, f"by {slug}", step)


async def _set(session: Session, gap_id: int, states: Sequence[GapState], values: Values) -> bool:
    """Change a gap that still stands in one of `states`: of two steps at once one is taken."""
    filled = select(GapQuestion.id).where(GapQuestion.gap_id == Gap.id).exists()
    result = await session.execute(
        update(Gap)
        .where(Gap.id == gap_id, Gap.state.in_(states), filled)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return bool(getattr(result, "rowcount", 0))


async def why_not(session: ReadSession | Session, gap_id: int) -> str:
    """Return why nothing can be done about a gap: it is over, somebody's, or was never there."""
    found = await read_gap(session, gap_id)
    if found is None:
        return f"There is no gap {gap_id}: the list of gaps shows those there are."
    gap = found[0]
    match gap.state:
        case GapState.CLOSED:
            return f"Gap {gap_id} is closed already, by the article {gap.closed_by}."
        case GapState.DISMISSED:
            return f"Gap {gap_id} was set aside already."
        case _:
            return f"{gap.holder or 'Somebody'} has gap {gap_id} already. Ask them first."


def _record(session: Session, what: str, gap_id: int, detail: str, step: Step) -> None:
    about = f"gap {gap_id} {detail}".rstrip()
    audit.append(session, actor=step.actor, what=f"gap {what}", now=step.at, detail=about)
