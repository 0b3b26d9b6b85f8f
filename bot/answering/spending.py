"""What a language model cost whom: kept by day and person, held against the firm's budgets."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.answering.endings import MILLION
from bot.answering.voice_models import Spend
from bot.database import ReadSession, Session


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
    """What one person may use a day, and one client a month."""

    person_day: Budget = Budget()
    client_month: Budget = Budget()


async def has_room(
    session: ReadSession, budgets: Budgets, *, client_id: int, person_id: int, day: date
) -> bool:
    """Say whether a model may be asked for this person now."""
    person = await _used(
        session, Spend.client_id == client_id, Spend.person_id == person_id, Spend.day == day
    )
    month = day.replace(day=1)
    client = await _used(session, Spend.client_id == client_id, Spend.day >= month, Spend.day <= day)
    return not (budgets.person_day.is_spent(person) or budgets.client_month.is_spent(client))


async def month_by_client(session: ReadSession, day: date) -> dict[int, Used]:
    """Return what each client used in the month of `day`, until then."""
    rows = await session.execute(
        select(Spend.client_id, *_SUMS)
        .where(Spend.day >= day.replace(day=1), Spend.day <= day)
        .group_by(Spend.client_id)
    )
    return {client_id: Used(int(tokens), int(cost), int(asked)) for client_id, tokens, cost, asked in rows}


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
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(Spend).values(day=day, client_id=client_id, person_id=person_id, **values)
    added = {name: getattr(Spend, name) + statement.excluded[name] for name in values}
    await session.execute(
        statement.on_conflict_do_update(index_elements=["day", "client_id", "person_id"], set_=added)
    )


_SUMS = (
    func.coalesce(func.sum(Spend.tokens_in + Spend.tokens_out), 0),
    func.coalesce(func.sum(Spend.cost), 0),
    func.coalesce(func.sum(Spend.questions), 0),
)


async def _used(session: ReadSession, *where: object) -> Used:
    tokens, cost, asked = (await session.execute(select(*_SUMS).where(*where))).one()  # type: ignore[arg-type]
    return Used(int(tokens), int(cost), int(asked))
