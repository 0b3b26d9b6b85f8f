"""What a language model cost whom: kept by day and person, held against the firm's budgets."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import func, literal, select

from bot.answering.endings import MILLION, Whose
from bot.answering.models import AnswerRecord
from bot.answering.voice_models import Spend
from bot.database import ReadSession, Session
from bot.first_writes import inserting


@dataclass(frozen=True)
class Used:
    """Tokens and cost of some time; cost in millionths of the price's unit."""

    tokens: int = 0
    cost: int = 0
    questions: int = 0


@dataclass(frozen=True)
class Budget:
    """The most of tokens and of cost; None for no limit. Cost in the price's unit."""

    tokens: int | None = None
    cost: float | None = None

    def is_spent(self, used: Used) -> bool:
        """Say whether nothing is left."""
        over_tokens = self.tokens is not None and used.tokens >= self.tokens
        return over_tokens or (self.cost is not None and used.cost >= self.cost * MILLION)


@dataclass(frozen=True)
class Budgets:
    """What one person may use a day, one client a month, and all clients together a month."""

    person_day: Budget = Budget()
    client_month: Budget = Budget()
    all_month: Budget = Budget()


NO_BUDGETS = Budgets()


class Held:
    """Questions being written: each counts as `most` until what it took is recorded, so that many at once
    stay within a budget. Of one process; replicas do not see one another's.
    """

    def __init__(self, most: Used = Used()) -> None:
        self._most = most
        self._open: list[tuple[int, int]] = []

    @contextmanager
    def one(self, client_id: int, person_id: int) -> Iterator["Others"]:
        """Hold one question of a person meanwhile, and yield those that began before it."""
        others = Others(self._most, tuple(self._open))
        self._open.append((client_id, person_id))
        try:
            yield others
        finally:
            self._open.remove((client_id, person_id))


@dataclass(frozen=True)
class Others:
    """The questions that were being written when one more began, by client and person."""

    most: Used = Used()
    asked: tuple[tuple[int, int], ...] = ()

    def added(self, used: Used, client_id: int | None = None, person_id: int | None = None) -> Used:
        """Return what was used with what those of a client, or of one of its people, may take beside it."""
        count = sum(
            client_id in (None, client) and person_id in (None, person) for client, person in self.asked
        )
        return Used(
            used.tokens + count * self.most.tokens, used.cost + count * self.most.cost, used.questions
        )


NOBODY = Others()


@dataclass(frozen=True)
class UsedUp:
    """How many people today, and how many clients this month, may not ask a model any more; or nobody may."""

    people: int = 0
    clients: int = 0
    all: bool = False


async def used_up(
    session: ReadSession,
    budgets: Budgets,
    *,
    client_id: int,
    person_id: int,
    day: date,
    others: Others = NOBODY,
) -> Whose | None:
    """Return whose budget is used up, so that no model may be asked for a person now; None for nobody's.

    `others` are being written meanwhile, and were begun before this was looked up.
    """
    month = Spend.day >= day.replace(day=1), Spend.day <= day
    own = Spend.client_id == client_id
    persons = own, Spend.person_id == person_id, Spend.day == day
    for whose, budget, where, held in (
        (Whose.PERSON, budgets.person_day, persons, (client_id, person_id)),
        (Whose.CLIENT, budgets.client_month, (own, *month), (client_id,)),
        (Whose.MONTH, budgets.all_month, month, ()),
    ):
        if budget != Budget() and budget.is_spent(others.added(await _used(session, *where), *held)):
            return whose
    return None


async def all_used_up(session: ReadSession, budgets: Budgets, day: date) -> UsedUp:
    """Return for how many the model is not asked any more."""
    rows = await session.execute(
        select(Spend.client_id, *_SUMS).where(Spend.day == day).group_by(Spend.client_id, Spend.person_id)
    )
    people = sum(budgets.person_day.is_spent(_as_used(row)) for row in rows)
    used = list((await month_by_client(session, day)).values())
    together = Used(*(sum(getattr(each, name) for each in used) for name in ("tokens", "cost", "questions")))
    clients = sum(map(budgets.client_month.is_spent, used))
    return UsedUp(people, clients, budgets.all_month.is_spent(together))


async def month_by_client(session: ReadSession, day: date) -> dict[int, Used]:
    """Return what each client used in the month of `day`, until then."""
    rows = await session.execute(
        select(Spend.client_id, *_SUMS)
        .where(Spend.day >= day.replace(day=1), Spend.day <= day)
        .group_by(Spend.client_id)
    )
    return {row[0]: _as_used(row) for row in rows}


async def month_by_ending(session: ReadSession, day: date) -> dict[str, int]:
    """Return how composing ended in the month of `day`, each ending with how often."""
    ending = AnswerRecord.composed["ending"].as_string()
    began = datetime.combine(day.replace(day=1), time(), UTC)
    found = await session.execute(
        select(ending, func.count())
        .where(AnswerRecord.created_at >= began, ending.is_not(None))
        .group_by(ending)
    )
    return {str(name): int(count) for name, count in found}


async def record(
    session: Session,
    *,
    client_id: int,
    person_id: int,
    day: date,
    tokens_in: int,
    tokens_out: int,
    cost: int,
    questions: int = 1,
) -> None:
    """Add what one question took; one statement, so that two at once are both counted."""
    values = {"tokens_in": tokens_in, "tokens_out": tokens_out, "cost": cost, "questions": questions}
    key = {"day": day, "client_id": client_id, "person_id": person_id}
    statement = inserting(session, Spend).values(**key, **values)
    added = {name: getattr(Spend, name) + statement.excluded[name] for name in values}
    await session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=added))


_SUMS = (
    func.coalesce(func.sum(Spend.tokens_in + Spend.tokens_out), 0),
    func.coalesce(func.sum(Spend.cost), 0),
    func.coalesce(func.sum(Spend.questions), 0),
)


async def _used(session: ReadSession, *where: object) -> Used:
    rows = await session.execute(select(literal(0), *_SUMS).where(*where))  # type: ignore[arg-type]
    return _as_used(rows.one())


def _as_used(row: Sequence[Any]) -> Used:
    return Used(*map(int, row[1:]))
