"""Questions that are erased leave their gaps, and no gap goes on being called by one of them."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import delete, select

from bot.answering.gap_clusters import label_of
from bot.answering.voice_models import Gap, GapQuestion
from bot.database import Session


async def leave_gaps(session: Session, answers: Sequence[int]) -> None:
    """Take the questions of these answers out of their gaps; a gap that held no other goes."""
    leaving: defaultdict[int, set[str]] = defaultdict(set)
    theirs = GapQuestion.answer_id.in_(answers)
    for gap_id, text in await session.execute(select(GapQuestion.gap_id, GapQuestion.text).where(theirs)):
        leaving[gap_id].add(label_of(text))
    await session.execute(delete(GapQuestion).where(theirs).execution_options(synchronize_session=False))
    for gap_id, labels in leaving.items():
        left = await session.scalar(
            select(GapQuestion.text).where(GapQuestion.gap_id == gap_id).order_by(GapQuestion.id).limit(1)
        )
        gap = await session.get_one(Gap, gap_id)
        if left is None:
            await session.delete(gap)
        elif gap.label in labels:
            # The next round calls it by its most central question.
            gap.label = label_of(left)
    await session.flush()
