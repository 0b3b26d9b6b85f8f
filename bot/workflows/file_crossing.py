"""The files of what crosses between a client and the desk: copied behind it, and taken back with it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select

from bot.answering.models import Conversation, TurnRecord
from bot.answering.types import Speaker
from bot.database import ReadSession, Session
from bot.delivery import outbox
from bot.delivery.models import OutboxItem
from bot.engagement.desk_models import Carried, Crossing
from bot.engagement.models import Ticket
from bot.workflows.arrivals import IncomingFile

FILE_COPY = "file_copy"
# Under these names our transcript keeps, with a file of a message, the id of its copy and its channel.
COPY, COPY_AT = "copy", "copy_at"


async def queue_copies(
    session: Session, behind: OutboxItem, carried: Carried, files: Sequence[IncomingFile], now: datetime
) -> None:
    """Queue the files of a message behind its copy; internal notes are never given here."""
    target = behind.payload.get("target")
    for file in files:
        payload = {"carried_id": carried.id, "file_id": file.file_id, "name": file.name, "target": target}
        team, lane = behind.team_id, behind.lane
        await outbox.add(session, team_id=team, lane=lane, kind=FILE_COPY, payload=payload, now=now)


def _turn_of(carried: Carried) -> Select[TurnRecord]:
    """Return the query for the turn of our transcript that keeps the files of what crossed."""
    if carried.crossing is Crossing.TO_DESK:
        return (
            select(TurnRecord)
            .join(Conversation, Conversation.id == TurnRecord.conversation_id)
            .where(Conversation.team_id == carried.team_id, Conversation.channel == carried.channel)
            .where(TurnRecord.ts == carried.ts, TurnRecord.speaker == Speaker.PERSON)
        )
    said_in = select(Ticket.conversation_id).where(Ticket.id == carried.ticket_id).scalar_subquery()
    return select(TurnRecord).where(
        TurnRecord.conversation_id == said_in,
        TurnRecord.ts == f"carried-{carried.id}",
        TurnRecord.speaker == Speaker.CONSULTANT,
    )


async def record_copy(
    session: Session, carried: Carried, item: OutboxItem, copy_id: str, channel: str
) -> None:
    """Keep which file of ours is the copy of one that came with a message, and in which channel it stands."""
    file_id = item.payload["file_id"]
    # Before the row, as by whoever takes what was said out of a channel.
    turn = await session.scalar(_turn_of(carried).with_for_update())
    item.payload, item.slack_channel = {**item.payload, COPY: copy_id}, channel
    if turn is not None:
        copy = {COPY: copy_id, COPY_AT: channel}
        turn.files = [{**file, **copy} if file.get("id") == file_id else file for file in turn.files]


async def copies_of(session: ReadSession, carried: Carried) -> list[tuple[str, str | None]]:
    """Return the ids of the copies of a message's files, each with the channel where it is known."""
    turn = await session.scalar(_turn_of(carried))
    kept = [file for file in turn.files if COPY in file] if turn is not None else []
    return [(str(file[COPY]), file.get(COPY_AT)) for file in kept]


async def forget_copies(session: Session, carried: Carried) -> list[str]:
    """Return the ids of the copies of a message's files, which are known no more."""
    turn = await session.scalar(_turn_of(carried).with_for_update())
    if turn is None:
        return []
    copies = [str(file[COPY]) for file in turn.files if COPY in file]
    turn.files = [
        {name: value for name, value in file.items() if name not in {COPY, COPY_AT}} for file in turn.files
    ]
    return copies


async def files_of(session: ReadSession | Session, carried: Carried) -> tuple[IncomingFile, ...]:
    """Return the files that came with a message, as our transcript keeps them."""
    turn = await session.scalar(_turn_of(carried))
    kept = turn.files if turn is not None else []
    return tuple(IncomingFile(str(file["id"]), str(file.get("name", ""))) for file in kept if "id" in file)
