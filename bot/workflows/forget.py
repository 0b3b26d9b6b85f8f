"""Forgetting a person or a whole client, with the proof of what is gone and what is kept."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, func, select

from bot.answering.models import Conversation
from bot.answering.voice_models import Comment
from bot.database import Session
from bot.delivery.inbox import Arrival, accept
from bot.engagement import audit
from bot.engagement.desk_models import Muted, Notice
from bot.engagement.models import OPEN_STATES, Client, Ending, Person, Ticket
from bot.engagement.retainer_models import TimeEntry
from bot.errors import AdvisoryError
from bot.workflows.erase import Tally, erase_conversations, erase_own, rename
from bot.workflows.erase_work import erase_work
from bot.workflows.resolve_ticket import close, end
from bot.workflows.traces import traces

FORGOTTEN = "forgotten"
IN_SLACK = "in Slack: messages stand there until they are deleted there, by their author or an admin"
HOURS = "time entries: minutes, days and notes, which the firm's accounts rest on"
COUNTS = "counts: that something was asked, when, and how it ended, without words or name"
METHODOLOGY = "articles made from requests: a second consultant approved them as naming nobody"


@dataclass(frozen=True)
class Forgotten:
    """What was erased by kind, what stays and why, and where a name or id was still found afterwards."""

    who: str
    gone: Tally
    kept: tuple[str, ...]
    traces: dict[str, int] = field(default_factory=dict)


async def forget_person(session: Session, person: Person, *, actor: str, now: datetime) -> Forgotten:
    """Erase what a person said and who they are; raises nothing, and does nothing new the second time."""
    who, needles = f"{person.team_id}/{person.user_id}", (person.user_id, person.name)
    asked = select(Ticket).where(Ticket.person_id == person.id).order_by(Ticket.id)
    tickets = (await session.scalars(asked.with_for_update())).all()
    gone: Tally = Counter()
    gone["open requests"] = await _end_open(session, tickets, actor=actor, now=now)
    gone += await erase_own(session, person)
    theirs = (person.team_id, person.user_id)
    for table in (Notice, Muted):
        await session.execute(delete(table).where(table.team_id == theirs[0], table.user_id == theirs[1]))
    entries = await session.scalar(
        select(func.count())
        .select_from(TimeEntry)
        .where(TimeEntry.ticket_id.in_([ticket.id for ticket in tickets]))
    )
    gone += await rename(session, person, now)
    await _have_cards_cleared(session, person, tickets, now)
    await session.flush()
    audit.append(
        session, actor=actor, what=FORGOTTEN, now=now, client_id=person.client_id, detail=person.user_id
    )
    await session.flush()
    kept = (COUNTS, IN_SLACK, METHODOLOGY, *([f"{entries} {HOURS}"] if entries else []))
    return Forgotten(who, +gone, kept, await traces(session, needles))


async def _end_open(session: Session, tickets: Sequence[Ticket], *, actor: str, now: datetime) -> int:
    """End requests that are open: nobody is left to answer."""
    ended = [ticket for ticket in tickets if ticket.state in OPEN_STATES]
    for ticket in ended:
        await end(session, ticket, Ending.WITHDRAWN, actor=actor, now=now)
        await close(session, ticket, actor=actor, why=FORGOTTEN, now=now)
    return len(ended)


async def _have_cards_cleared(
    session: Session, person: Person, tickets: Sequence[Ticket], now: datetime
) -> None:
    """Leave it to a running bot to take from the desk what it copied there: only it can write to Slack."""
    said = select(Comment.id).where(Comment.person_id == person.id, Comment.card_ts.is_not(None))
    comments = (await session.scalars(said.order_by(Comment.id))).all()
    ids = [ticket.id for ticket in tickets if ticket.card_ts]
    if ids or comments:
        name = f"{FORGOTTEN}:{person.id}:{now.isoformat()}"
        left = {"tickets": ids, "comments": list(comments)}
        await accept(session, Arrival("", name, f"desk:{FORGOTTEN}", FORGOTTEN, left), now=now)


async def forget_client(session: Session, client: Client, *, actor: str, now: datetime) -> Forgotten:
    """Erase a client with everybody in it; raises `AdvisoryError` for the firm's own.

    Its hours stay as the firm's accounts: minutes, days and what was charged, without a note. Its documents
    are the index's, and for the caller to delete.
    """
    if client.is_firm:
        raise AdvisoryError("The firm's own client cannot be erased: forget its people one by one.")
    needles, who, gone = (client.name, client.key), client.key, Counter[str]()
    for person in await session.scalars(select(Person).where(Person.client_id == client.id)):
        gone += (await forget_person(session, person, actor=actor, now=now)).gone
        gone["people"] += 1
    rest = await session.scalars(select(Conversation.id).where(Conversation.client_id == client.id))
    gone += await erase_conversations(session, rest.all())
    gone += await erase_work(session, client)
    await session.flush()
    kept = (COUNTS, IN_SLACK, METHODOLOGY, HOURS)
    return Forgotten(who, +gone, kept, await traces(session, needles))
