"""What the demo's bakery did before you came: four months of hours, last month's pack, outcomes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.answering.models import AnswerRecord, Conversation, Feedback
from bot.answering.types import Outcome, Reason
from bot.database import Session
from bot.delivery import outbox
from bot.engagement import outcomes, retainers, timesheet
from bot.engagement.dates import last_day, month_before, month_of
from bot.engagement.desk_models import Promise, PromiseKind
from bot.engagement.models import Approves, Client, Ending, Person, Role, Ticket, TicketState
from bot.engagement.outcome_models import Decision, Pack
from bot.engagement.retainers import Agreed
from bot.engagement.timesheet import Spent
from bot.engagement.work_models import Engagement, EngagementKind, EngagementState
from bot.workflows.arrivals import COMMAND_THREAD
from bot.workflows.gather_pack import gather
from bot.workflows.unasked import PACK
from emulator import seed as people

HOURS_A_MONTH = 25 * 60
PIECE = 90
# In pieces of an hour and a half; the last is this month's: 18 of 25 hours are 72 %.
PIECES = (9, 13, 11, 12)
_TEAM = ((people.DEV, "Dev Patel"), (people.ELIF, "Elif Demir"), (people.CORA, "Cora Quist"))
_NOTES = ("Shop network plan", "Till contract, second reading", "Roadmap workshop", "Supplier calls")
_STAFF = ("Mona Reyes", "Theo Lang", "Priya Shah", "Jonas Weber")
BACKUPS = ("backup-and-disaster-recovery", "Backup, restore testing and disaster recovery")
BUDGET = ("it-budgeting", "IT budgeting")
_ASKED = (
    ("How often should we test our backups?", BACKUPS, True),
    ("Who holds the key to the backup drive?", BACKUPS, True),
    ("How long do we keep backups of the tills?", BACKUPS, None),
    ("What belongs in next year's budget?", BUDGET, True),
    ("How much should a bakery of our size spend?", BUDGET, None),
    ("What do we pay per till and month?", BUDGET, False),
    ("Do we need a policy for the ovens' software?", None, None),
)


@dataclass(frozen=True)
class _Month:
    """The month that is told of: the last before this one."""

    first: date

    def at(self, day: int) -> datetime:
        return datetime(self.first.year, self.first.month, day, 10, tzinfo=UTC)


async def seed_history(session: Session, harbour: Client, cio: Person, *, now: datetime) -> None:
    """Store it for the bakery; its CIO consents to work, and owns its outcomes."""
    cio.approves = Approves.APPROVER
    month = _Month(month_before(month_of(now.date())))
    work = await _hours(session, harbour, cio, now)
    staff = await _staff(session, harbour, now)
    tickets = await _questions(session, harbour, staff, month)
    await _outcomes(session, work, tickets[0], cio, month, now)
    session.add(
        Decision(
            client_id=harbour.id, person_id=cio.id, text="Backups of the tills are kept for 90 days.",
            why="A dispute about a payment comes within 60.", decided_by="Carl Chen, CIO",
            decided_on=month.first.replace(day=20), shared=True, team_id=people.FIRM, channel="D0HISTORY",
            ts="1.1", created_at=month.at(20),
        )
    )  # fmt: skip
    await session.flush()
    figures = (await gather(session, harbour, month.first, now=now)).to_json()
    pack = Pack(
        client_id=harbour.id, month=month.first, figures=figures, made_by=people.DEV, made_at=now, sent_at=now
    )  # fmt: skip
    session.add(pack)
    await session.flush()
    # Said and with its files as soon as the bot has begun.
    payload = {"pack_id": pack.id, "user_id": people.CARL, "target": {"user": people.CARL}}
    await outbox.add(
        session,
        team_id=people.FIRM,
        lane=f"{people.FIRM}:dm:{people.CARL}",
        kind=PACK,
        payload=payload,
        now=now,
    )


async def _hours(session: Session, harbour: Client, cio: Person, now: datetime) -> Engagement:
    """Book the hours of this month and the three before it on advice that runs."""
    today = now.date()
    months = [month_of(today)]
    while len(months) < len(PIECES):
        months.insert(0, month_before(months[0]))
    await retainers.add(session, harbour.id, Agreed(HOURS_A_MONTH), months[0], actor=people.CORA, now=now)
    work = Engagement(
        client_id=harbour.id, person_id=cio.id, kind=EngagementKind.ADVICE, state=EngagementState.ACTIVE,
        title="An IT roadmap for two shops", needed="A plan for the next two years", lead=people.DEV,
        lead_name="Dev Patel", starts_on=months[0], created_at=now,
    )  # fmt: skip
    session.add(work)
    await session.flush()
    for month, pieces in zip(months, PIECES, strict=True):
        days = today.day if month == months[-1] else last_day(month).day
        for number in range(pieces):
            user, name = _TEAM[number % len(_TEAM)]
            spent = Spent(
                user, name, PIECE, month.replace(day=1 + number * 2 % days), f"demo:{month}:{number}",
                client_note=_NOTES[number % len(_NOTES)],
            )  # fmt: skip
            await timesheet.book(session, work, spent, now=now, today=today)
    return work


async def _staff(session: Session, harbour: Client, now: datetime) -> list[Person]:
    """Store people of the bakery whom you cannot be: their questions are counted, and stand nowhere."""
    staff = [
        Person(
            team_id=people.FIRM, user_id=f"U0STAFF{number}", client_id=harbour.id, name=name,
            role=Role.STAFF, created_at=now,
        )
        for number, name in enumerate(_STAFF)
    ]  # fmt: skip
    session.add_all(staff)
    await session.flush()
    return staff


async def _questions(session: Session, harbour: Client, staff: list[Person], month: _Month) -> list[Ticket]:
    """Store last month's questions, what was thought of the answers, and three requests that came of them."""
    tickets = []
    for number, (question, article, helpful) in enumerate(_ASKED):
        person, at = staff[number % len(staff)], month.at(2 + 3 * number)
        talk = Conversation(
            team_id=people.FIRM, channel="C0HISTORY", thread_ts=f"{COMMAND_THREAD}demo{number}",
            client_id=harbour.id, person_id=person.id, is_private=False, created_at=at,
        )  # fmt: skip
        session.add(talk)
        await session.flush()
        cited = [{"slug": article[0], "title": article[1]}] if article else []
        answer = AnswerRecord(
            conversation_id=talk.id, person_id=person.id, question=question,
            outcome=Outcome.ANSWER if article else Outcome.ESCALATE,
            reason=Reason.COVERED if article else Reason.NOT_COVERED, confidence=0.9,
            body={"citations": cited}, created_at=at,
        )  # fmt: skip
        session.add(answer)
        await session.flush()
        if helpful is not None:
            session.add(Feedback(answer_id=answer.id, person_id=person.id, helpful=helpful, created_at=at))
        if number in {2, 5, 6}:
            tickets.append(await _request(session, talk, answer, question, at))
    return tickets


async def _request(
    session: Session, talk: Conversation, answer: AnswerRecord, question: str, at: datetime
) -> Ticket:
    """Store a request that was advised on and is over, with the promises it had."""
    ticket = Ticket(
        client_id=talk.client_id, person_id=talk.person_id, conversation_id=talk.id, answer_id=answer.id,
        question=question, reason="asked_for_person", state=TicketState.CLOSED, ending=Ending.ADVICE_GIVEN,
        claimed_by=people.DEV, claimed_name="Dev Patel", claimed_at=at, first_replied_at=at,
        resolved_at=at + timedelta(days=1), closed_at=at + timedelta(days=2), created_at=at,
    )  # fmt: skip
    session.add(ticket)
    await session.flush()
    for kind, minutes in ((PromiseKind.FIRST_REPLY, 480), (PromiseKind.RESOLUTION, 1_440)):
        session.add(
            Promise(
                ticket_id=ticket.id, kind=kind, started_at=at, minutes=minutes, rung=0,
                due_at=at + timedelta(minutes=minutes), kept_at=at + timedelta(hours=2),
            )
        )  # fmt: skip
    return ticket


async def _outcomes(
    session: Session, work: Engagement, ticket: Ticket, cio: Person, month: _Month, now: datetime
) -> None:
    """Store an outcome that is due before long, and one whose owner is asked about it now."""
    today = now.date()
    await outcomes.open_outcome(
        session,
        engagement=work,
        owner=cio,
        statement="Both shops run on one plan, with its costs known a year ahead",
        measure="Months with a bill nobody expected",
        baseline="5 of 12",
        target="at most 1",
        due_on=today + timedelta(days=30),
        starts_on=today - timedelta(days=5),
        recorded_by=people.DEV,
        now=month.at(25),
    )
    await outcomes.open_outcome(
        session,
        ticket=ticket,
        owner=cio,
        statement="The tills' backups are tested every quarter",
        measure="Tests a year",
        baseline="none",
        target="4",
        due_on=today + timedelta(days=60),
        starts_on=today - timedelta(days=30),
        recorded_by=people.DEV,
        now=month.at(25),
    )
