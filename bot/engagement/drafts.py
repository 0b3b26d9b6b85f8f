"""Drafts of sections made from tickets: each version is a row, and of two steps at once one is taken.

The newest row of a ticket is what counts; those before it were replaced by an edit, or dropped.
"""

from datetime import datetime

from sqlalchemy import select, update

from bot.database import ReadSession, Session
from bot.engagement.areas import area_by_article
from bot.engagement.desk_models import Draft, DraftState
from bot.engagement.models import Ending, Ticket, TicketState
from knowledge.headings import slugify, unique

LONGEST_SLUG = 60
# What a client was told for good, and others could ask too.
TAUGHT = frozenset({Ending.ANSWERED, Ending.ADVICE_GIVEN, Ending.WORK_AGREED})
OVER = frozenset({TicketState.RESOLVED, TicketState.CLOSED})


def may_teach(state: TicketState, ending: Ending | None, *, confidential: bool) -> bool:
    """Say whether a ticket may be made knowledge: it came to an answer, and is not confidential."""
    return state in OVER and ending in TAUGHT and not confidential


async def newest(session: ReadSession | Session, ticket_id: int) -> Draft | None:
    """Return the draft of a ticket as it stands now."""
    return await session.scalar(
        select(Draft).where(Draft.ticket_id == ticket_id).order_by(Draft.id.desc()).limit(1)
    )


async def notes(session: ReadSession | Session) -> dict[str, str]:
    """Return the published notes that belong to no packaged article: slug and title, by title."""
    rows = await session.execute(
        select(Draft.slug, Draft.title).where(Draft.state == DraftState.PUBLISHED).order_by(Draft.id.desc())
    )
    # The oldest section of a note gave it its title.
    found = {slug: title for slug, title in rows if slug not in area_by_article()}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


async def free_slug(session: ReadSession | Session, title: str, ticket_id: int) -> str:
    """Return a slug for a note of its own, which no article or draft of another ticket has."""
    others = await session.scalars(select(Draft.slug).where(Draft.ticket_id != ticket_id).distinct())
    return unique(slugify(title)[:LONGEST_SLUG].strip("-"), {*others, *area_by_article()})


async def step(session: Session, draft: Draft, after: DraftState, **values: object) -> bool:
    """Take a draft to its next state; false when somebody else was a moment quicker."""
    result = await session.execute(
        update(Draft)
        .where(Draft.id == draft.id, Draft.state == draft.state)
        .values(state=after, **values)
        .execution_options(synchronize_session=False)
    )
    await session.refresh(draft)
    return bool(getattr(result, "rowcount", 0))


async def add(
    session: Session, ticket: Ticket, *, slug: str, title: str, body: str, writer: str, now: datetime
) -> Draft:
    """Store a version of a ticket's draft."""
    draft = Draft(
        ticket_id=ticket.id,
        slug=slug,
        title=title,
        body=body,
        state=DraftState.DRAFT,
        written_by=writer,
        self_reviewed=False,
        created_at=now,
    )
    session.add(draft)
    await session.flush()
    return draft
