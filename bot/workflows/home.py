"""What Home shows a person, read at once, and whose Home must be published again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, select, update

from bot.answering.models import AnswerRecord, Conversation
from bot.answering.types import Outcome
from bot.database import ReadSession, Session
from bot.delivery import outbox
from bot.engagement import firm, people
from bot.engagement.clients import names
from bot.engagement.firm import FirmProfile
from bot.engagement.models import Client, Person, Term, Ticket, TicketState, Workspace
from bot.engagement.people import Profile
from bot.engagement.terms import read_terms, unconfirmed
from bot.workflows.arrivals import COMMAND_THREAD
from bot.workflows.client_home import ClientPart, read_client
from bot.workflows.desk import OnDesk
from bot.workflows.desk_home import DeskPart, read_desk
from bot.workflows.lead_home import LeadPart, read_lead
from bot.workflows.presses import REQUEST_THREAD
from bot.workflows.small_talk import SMALL_TALK
from bot.workflows.spots import Spot
from knowledge.types import OrgSize

HOME = "home"
MOST_ASKED = 5
# Enough rows to find five questions among what was only repeated for another size.
_LOOKED_AT = 40

# Not the body, which is long.
_SHOWN = (AnswerRecord.id, AnswerRecord.question, AnswerRecord.outcome, AnswerRecord.created_at)

_SEEN_HOME = select(Person.team_id, Person.user_id).where(
    Person.team_id.in_(bindparam("teams", expanding=True)),
    Person.user_id.in_(bindparam("users", expanding=True)),
    Person.home_seen_at.is_not(None),
)


class AskedState(StrEnum):
    """What became of a question or request."""

    ANSWERED = "answered"
    ASKED_BACK = "asked_back"
    OFFERED = "offered"
    WAITING = "waiting"
    WITH_CONSULTANT = "with_consultant"
    CLOSED = "closed"


@dataclass(frozen=True)
class Asked:
    """A question or request of the person whose Home it is; `spot` is None where it was asked in private."""

    question: str
    at: datetime
    state: AskedState
    consultant: str | None = None
    spot: Spot | None = None
    answer_id: int | None = None


@dataclass(frozen=True)
class HomePage:
    """Everything Home shows of the database.

    `desk` is for consultants only, `unconfirmed` terms, `clients` and `lead` for leads, `client` for whoever
    reads something for their client.
    """

    firm: FirmProfile
    size: OrgSize | None
    asked: tuple[Asked, ...]
    desk: DeskPart | None
    unconfirmed: tuple[Term, ...] | None = None
    clients: tuple[tuple[int, str], ...] | None = None
    client: ClientPart | None = None
    lead: LeadPart | None = None


async def read_page(
    session: ReadSession, profile: Profile, *, desk: OnDesk | None, now: datetime
) -> HomePage:
    """Read the Home of a person; `desk` is named for consultants only, who see its part."""
    person = await people.find(session, profile.team_id, profile.user_id)
    leads = desk is not None and await desk.may_lead(session, profile.user_id)
    return HomePage(
        firm=await firm.read_profile(session),
        size=await _size(session, person, profile.team_id),
        asked=await _asked(session, person.id) if person else (),
        desk=await read_desk(session, profile.user_id, desk.firm_team_id, now=now) if desk else None,
        unconfirmed=unconfirmed(await read_terms(session)) if leads else None,
        clients=await names(session) if leads else None,
        client=await read_client(session, person, now=now) if person else None,
        lead=await read_lead(session, desk.members, now=now) if desk and leads else None,
    )


async def _size(session: ReadSession, person: Person | None, team_id: str) -> OrgSize | None:
    if person is None:
        return await session.scalar(
            select(Client.org_size).join(Workspace, Workspace.client_id == Client.id)
            .where(Workspace.team_id == team_id)
        )  # fmt: skip
    return person.stated_size or (await session.get_one(Client, person.client_id)).org_size


async def _asked(session: ReadSession, person_id: int) -> tuple[Asked, ...]:
    """Return the latest questions and requests, newest first; one asked again for another size is one."""
    tickets = await session.execute(
        select(Ticket, Conversation)
        .join(Conversation, Conversation.id == Ticket.conversation_id)
        .where(Ticket.person_id == person_id)
        .order_by(Ticket.id.desc())
        .limit(_LOOKED_AT)
    )
    answers = await session.execute(
        select(*_SHOWN, Conversation)
        .join(Conversation, Conversation.id == AnswerRecord.conversation_id)
        .where(AnswerRecord.person_id == person_id, AnswerRecord.reason.not_in(SMALL_TALK))
        .order_by(AnswerRecord.id.desc())
        .limit(_LOOKED_AT)
    )  # fmt: skip
    found: dict[tuple[int, str], Asked] = {}
    for ticket, conversation in tickets:
        found.setdefault((conversation.id, ticket.question), _of_ticket(ticket, conversation))
    for answer_id, question, outcome, at, conversation in answers:
        asked = Asked(question, at, _state_of(outcome), None, _spot(conversation), answer_id)
        found.setdefault((conversation.id, question), asked)
    newest = sorted(found.values(), key=lambda asked: asked.at, reverse=True)
    return tuple(newest[:MOST_ASKED])


def _of_ticket(ticket: Ticket, conversation: Conversation) -> Asked:
    states = {
        TicketState.REQUESTED: AskedState.WAITING,
        TicketState.CLAIMED: AskedState.WITH_CONSULTANT,
        TicketState.IN_PROGRESS: AskedState.WITH_CONSULTANT,
        TicketState.WAITING: AskedState.WITH_CONSULTANT,
        TicketState.RESOLVED: AskedState.CLOSED,
        TicketState.CLOSED: AskedState.CLOSED,
    }
    state = states[ticket.state]
    return Asked(
        ticket.question, ticket.created_at, state, ticket.claimed_name, _spot(conversation), ticket.answer_id
    )


def _state_of(outcome: Outcome) -> AskedState:
    match outcome:
        case Outcome.CLARIFY:
            return AskedState.ASKED_BACK
        case Outcome.ESCALATE:
            return AskedState.OFFERED
        case _:
            return AskedState.ANSWERED


def _spot(conversation: Conversation) -> Spot | None:
    """Return the root of a conversation's thread; a private command's has none in Slack."""
    if conversation.thread_ts.startswith((COMMAND_THREAD, REQUEST_THREAD)):
        return None
    return Spot(conversation.team_id, conversation.channel, conversation.thread_ts)


async def open_home(session: Session, team_id: str, user_id: str, *, now: datetime) -> None:
    """Queue the Home somebody opened, and remember that they use it."""
    await session.execute(
        update(Person)
        .where(Person.team_id == team_id, Person.user_id == user_id)
        .values(home_seen_at=now)
    )  # fmt: skip
    await queue_home(session, team_id, user_id, now=now)


async def queue_home(session: Session, team_id: str, user_id: str, *, now: datetime) -> None:
    """Queue somebody's Home to be published as it is when it is sent."""
    lane = f"{team_id}:{HOME}:{user_id}"
    await outbox.add(session, team_id=team_id, lane=lane, kind=HOME, payload={"user_id": user_id}, now=now)


async def renew_home(session: Session, team_id: str, user_id: str, *, now: datetime) -> None:
    """Queue somebody's Home anew where they have opened it: what they decided there waits no more."""
    for team, user in await homes_of(session, {user_id}, {team_id}):
        await queue_home(session, team, user, now=now)


async def homes_of(
    session: ReadSession | Session, users: Collection[str], teams: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Return workspace and user of those among `users` who opened Home, in workspaces where the app is."""
    rows = await session.execute(_SEEN_HOME, {"teams": list(teams), "users": list(users)})
    return tuple((team, user) for team, user in rows)
