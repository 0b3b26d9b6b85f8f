"""What crosses between a client's thread and the thread of their ticket's card, and what stays."""

import re
import unicodedata
from datetime import datetime

from sqlalchemy import and_, or_, select, update

from bot.database import ReadSession, Session
from bot.engagement.desk_models import Carried, Colleague, Crossing
from bot.engagement.models import Ticket

# After any white space, whatever the letters' case; also in bold, in a list, as a quote, and as other
# keyboards type it: a note that crosses is worse than a message kept back.
_BEFORE = r"(?:[\s*_~`>\-\u2022\u25e6\u2023]|&gt;)*"
_INTERNAL = re.compile(rf"{_BEFORE}(?://|note[*_~`]*\s*:)", re.IGNORECASE)
_HEAD_CHARS = 80
_REFERENCE = re.compile(r"\bVC-?(\d{4,9})\b", re.IGNORECASE)


def is_internal(text: str) -> bool:
    """Say whether its writer marked a message as internal, by a leading `//` or `note:`."""
    head = unicodedata.normalize("NFKC", text.lstrip()[:_HEAD_CHARS])
    seen = "".join(each for each in head if unicodedata.category(each) != "Cf")
    return _INTERNAL.match(seen) is not None


def named_tickets(text: str) -> tuple[int, ...]:
    """Return the ids of the tickets whose references, like VC-1042, stand in `text`."""
    return tuple(int(number) - 1000 for number in _REFERENCE.findall(text) if int(number) > 1000)


async def by_card(session: ReadSession | Session, channel: str, card_ts: str) -> Ticket | None:
    """Return the ticket whose card is the root of a thread."""
    return await session.scalar(
        select(Ticket).where(Ticket.card_channel == channel, Ticket.card_ts == card_ts)
    )


async def may_write(session: Session, ticket: Ticket, user_id: str) -> bool:
    """Say whether what this consultant writes on the card reaches the client: theirs, or they joined."""
    if not ticket.is_held:
        return False
    return ticket.claimed_by == user_id or await session.get(Colleague, (ticket.id, user_id)) is not None


async def find(session: ReadSession | Session, team_id: str, channel: str, ts: str) -> Carried | None:
    """Return what is known of a message that was written on either side."""
    return await session.scalar(
        select(Carried).where(Carried.team_id == team_id, Carried.channel == channel, Carried.ts == ts)
    )


async def find_root(
    session: ReadSession | Session, team_id: str, channel: str, thread_ts: str
) -> Carried | None:
    """Return what crossed where a thread begins: written there by the client, or shown to them there."""
    written = and_(Carried.team_id == team_id, Carried.channel == channel, Carried.ts == thread_ts)
    shown = and_(
        Carried.copy_team_id == team_id, Carried.copy_channel == channel, Carried.copy_ts == thread_ts
    )
    return await session.scalar(
        select(Carried).where(
            or_(
                and_(written, Carried.crossing == Crossing.TO_DESK),
                and_(shown, Carried.crossing == Crossing.TO_CLIENT),
            )
        )
    )


async def consultants_of(session: ReadSession | Session, ticket_id: int) -> dict[str, str]:
    """Return which consultant said what crossed to a client, by its ts in our transcript."""
    sent = await session.execute(
        select(Carried.id, Carried.name).where(
            Carried.ticket_id == ticket_id, Carried.crossing == Crossing.TO_CLIENT
        )
    )
    return {transcript_ts(carried_id): name for carried_id, name in sent.tuples()}


def transcript_ts(carried_id: int) -> str:
    """Return the ts under which what a consultant said stands in our transcript."""
    return f"carried-{carried_id}"


async def record_copy(session: Session, carried_id: int, team_id: str, channel: str, ts: str) -> None:
    """Keep where the copy of a message stands, so that it can be changed and taken back."""
    await session.execute(
        update(Carried)
        .where(Carried.id == carried_id)
        .values(copy_team_id=team_id, copy_channel=channel, copy_ts=ts)
    )


async def record_mark(session: Session, carried_id: int, ts: str) -> None:
    """Keep which line says what became of a message."""
    await session.execute(update(Carried).where(Carried.id == carried_id).values(mark_ts=ts))


def is_sent(carried: Carried) -> bool:
    """Say whether the other side can read a message now."""
    return carried.crossing is not Crossing.INTERNAL and carried.removed_at is None


def take_back(carried: Carried, *, now: datetime) -> None:
    """Keep that the other side's copy goes; what was said stays known to us."""
    carried.removed_at = carried.removed_at or now
