"""A made-up client's months for packs: rows of every kind, in and around a month, by one seed."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from bot.answering.models import AnswerRecord, Conversation, Feedback
from bot.answering.types import Outcome, Reason
from bot.database import Session
from bot.engagement import clients
from bot.engagement.desk_models import Promise, PromiseKind
from bot.engagement.models import Client, Ending, Person, Role, Ticket, TicketState
from bot.engagement.outcome_models import Decision, OutcomeState
from bot.engagement.outcome_models import Outcome as Aimed
from bot.engagement.retainer_models import LedgerLine, LineKind, Retainer, TimeEntry

MONTH = date(2026, 10, 1)
GRANTED, SLUGS = 20 * 60, ("backups", "budget", "records", "suppliers")
_numbers = count(1)
_REASONS = (
    (Outcome.ANSWER, Reason.COVERED),
    (Outcome.ANSWER, Reason.COVERED),
    (Outcome.ANSWER, Reason.COVERED),
    (Outcome.ESCALATE, Reason.NOT_COVERED),
    (Outcome.CLARIFY, Reason.TOO_VAGUE),
    (Outcome.CLARIFY, Reason.GREETING),
    (Outcome.ESCALATE, Reason.SENSITIVE),
)


@dataclass
class Month:
    """A client with everything that was made for it, as plain lists to count in."""

    client: Client
    people: list[Person] = field(default_factory=list)
    talks: list[Conversation] = field(default_factory=list)
    answers: list[AnswerRecord] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)
    tickets: list[Ticket] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    outcomes: list[Aimed] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    entries: list[TimeEntry] = field(default_factory=list)


class Maker:
    """Makes rows of one client; what is asked of it twice with the same seed is the same."""

    def __init__(self, session: Session, seed: int) -> None:
        self._session = session
        self._dice = random.Random(seed)

    async def month(self, name: str, questions: int = 40) -> Month:
        """A client whose October 2026 has rows, as have the months beside it."""
        made = Month(await clients.add(self._session, name, now=self._moment(9)))
        for each in range(6):
            role = Role.CIO if each == 0 else Role.STAFF
            number = next(_numbers)
            made.people.append(
                await self._kept(
                    Person(
                        team_id="T1", user_id=f"U{number}", client_id=made.client.id, name="Ana", role=role,
                        created_at=self._moment(1),
                    )
                )
            )  # fmt: skip
        for _each in range(questions):
            await self._question(made)
        await self._hours(made)
        for _each in range(8):
            await self._decision(made)
        return made

    async def _question(self, made: Month) -> None:
        """A conversation with a question, at times asked again, thought of, and handed to a consultant."""
        dice, person, at = self._dice, self._dice.choice(made.people), self._moment()
        talk = await self._kept(
            Conversation(
                team_id="T1", channel="C1", thread_ts=f"{next(_numbers)}.7", client_id=made.client.id,
                person_id=person.id, is_private=dice.random() < 0.5, created_at=at,
            )
        )  # fmt: skip
        made.talks.append(talk)
        for turn in range(dice.choice((1, 1, 1, 2))):
            outcome, reason = dice.choice(_REASONS)
            slug = dice.choice(SLUGS)
            cited = [{"slug": slug, "title": slug.title()}] if outcome is Outcome.ANSWER else []
            answer = await self._kept(
                AnswerRecord(
                    conversation_id=talk.id, person_id=person.id, outcome=outcome, reason=reason,
                    question="Q" if dice.random() < 0.7 else f"Q{turn}", confidence=0.9,
                    body={"citations": cited}, created_at=at + timedelta(minutes=turn),
                )
            )  # fmt: skip
            made.answers.append(answer)
            if dice.random() < 0.5:
                mark = Feedback(
                    answer_id=answer.id, person_id=person.id, helpful=dice.random() < 0.7, created_at=at
                )
                made.feedback.append(await self._kept(mark))
        if dice.random() < 0.5:
            await self._ticket(made, talk, made.answers[-1] if dice.random() < 0.7 else None, at)

    async def _ticket(
        self, made: Month, talk: Conversation, answer: AnswerRecord | None, at: datetime
    ) -> None:
        dice = self._dice
        state, ending = dice.choice(
            [
                (TicketState.CLOSED, Ending.ANSWERED),
                (TicketState.RESOLVED, Ending.ADVICE_GIVEN),
                (TicketState.CLOSED, Ending.WITHDRAWN),
                (TicketState.CLOSED, Ending.UNANSWERED),
                (TicketState.WAITING, None),
                (TicketState.REQUESTED, None),
            ]
        )
        ticket = await self._kept(
            Ticket(
                client_id=made.client.id, person_id=talk.person_id, conversation_id=talk.id, question="Q",
                answer_id=answer.id if answer else None, reason="asked_for_person",
                state=state, ending=ending,
                confidential=dice.random() < 0.25, reopened=dice.choice((0, 0, 2)), created_at=at,
                first_replied_at=at if dice.random() < 0.7 else None,
            )
        )  # fmt: skip
        made.tickets.append(ticket)
        for kind in (PromiseKind.FIRST_REPLY, PromiseKind.RESOLUTION):
            over = not ticket.is_open or dice.random() < 0.5
            promise = Promise(
                ticket_id=ticket.id, kind=kind, started_at=at, minutes=60, rung=0,
                due_at=at + timedelta(hours=2), kept_at=at if over else None,
                broken_at=at if dice.random() < 0.2 else None,
            )  # fmt: skip
            made.promises.append(await self._kept(promise))
        if ending in {Ending.ANSWERED, Ending.ADVICE_GIVEN}:
            made.outcomes.append(
                await self._kept(
                    Aimed(
                        client_id=made.client.id, ticket_id=ticket.id, owner_id=dice.choice(made.people).id,
                        statement="It works", measure="Tests", confidential=ticket.confidential,
                        state=dice.choice(list(OutcomeState)), starts_on=at.date(), recorded_by="U01DEV",
                        created_at=at,
                    )
                )
            )  # fmt: skip

    async def _hours(self, made: Month) -> None:
        """A retainer since spring, and time in September, October and November."""
        await self._kept(
            Retainer(
                client_id=made.client.id, minutes=GRANTED, starts_on=date(2026, 4, 1), created_by="U01CORA",
                created_at=self._moment(4),
            )
        )  # fmt: skip
        for _each in range(self._dice.randint(5, 25)):
            ticket = self._dice.choice(made.tickets)
            at, billable = self._moment(self._dice.choice((9, 10, 10, 11))), self._dice.random() < 0.8
            minutes = self._dice.choice((10, 15, 45, 90))
            entry = await self._kept(
                TimeEntry(
                    client_id=made.client.id, ticket_id=ticket.id, user_id="U01DEV", name="Dev",
                    worked_on=at.date(), month=at.date().replace(day=1), minutes=minutes, billable=billable,
                    charged=-(-minutes // 15) * 15 if billable else 0, confidential=ticket.confidential,
                    key=f"key:{next(_numbers)}", created_at=at,
                )
            )  # fmt: skip
            made.entries.append(entry)
            await self._kept(
                LedgerLine(
                    client_id=made.client.id, month=entry.month, kind=LineKind.SPENT, minutes=-entry.charged,
                    entry_id=entry.id, actor="U01DEV", at=at,
                )
            )  # fmt: skip

    async def _decision(self, made: Month) -> None:
        at = self._moment()
        made.decisions.append(
            await self._kept(
                Decision(
                    client_id=made.client.id, person_id=made.people[0].id, text="We keep it",
                    decided_by="Ana",
                    decided_on=at.date(), shared=self._dice.random() < 0.6, team_id="T1", channel="C1",
                    ts=f"{next(_numbers)}.1", created_at=at,
                )
            )
        )  # fmt: skip

    def _moment(self, month: int | None = None) -> datetime:
        """A moment of a month, by far most often October's; a few lie at its very edges."""
        if month is None and self._dice.random() < 0.1:
            # In London the month ends at midnight UTC, and begins an hour before it.
            return self._dice.choice(
                (
                    datetime(2026, 9, 30, 22, 59, 59, tzinfo=UTC),
                    datetime(2026, 9, 30, 23, 0, tzinfo=UTC),
                    datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC),
                    datetime(2026, 11, 1, 0, 0, tzinfo=UTC),
                )
            )
        number = month or self._dice.choice((9, 10, 10, 10, 10, 11))
        return datetime(2026, number, self._dice.randint(1, 28), self._dice.randint(8, 16), tzinfo=UTC)

    async def _kept(self, row: Any) -> Any:
        self._session.add(row)
        await self._session.flush()
        return row
