"""A month's hours as a pack tells them, from the ledger: what came in, what it went to, what is left."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from bot.database import ReadSession, Session
from bot.engagement import ledger
from bot.engagement.dates import month_before, months_through
from bot.engagement.ledger import Item, Statement
from bot.engagement.reports import MONTHS_SHOWN, Hours, Spent

IN_CONFIDENCE = "In confidence"
IN_PRIVATE = "Asked in private"
OTHER = "Other"


async def month_hours(session: ReadSession | Session, client_id: int, month: date) -> Hours:
    """Return a month with the work its time went to, the longest first and confidential time last."""
    told = await ledger.statement(session, client_id, month)
    spent = [line for line in told.lines if line.on is not None or line.confidential]
    return Hours(
        month=month,
        granted=told.balance.granted if told.balance else 0,
        carried_in=told.balance.carried_in if told.balance else 0,
        # Without a retainer there is no balance, and what was charged all the same stands in the lines.
        spent=told.balance.spent if told.balance else -sum(line.minutes for line in spent),
        left=told.balance.left if told.balance else 0,
        lines=_grouped((_label(line), -line.minutes) for line in spent),
        beside=_grouped((_label(line), line.worked) for line in told.beside),
        free=_free(told),
    )


async def last_months(session: ReadSession | Session, client_id: int, month: date) -> tuple[Hours, ...]:
    """Return the balances of the last months up to this one, oldest first."""
    first = month
    for _each in range(MONTHS_SHOWN - 1):
        first = month_before(first)
    found = []
    for each in months_through(first, month):
        stands = await ledger.balance(session, client_id, each)
        if stands is not None:
            found.append(Hours(each, stands.granted, stands.carried_in, stands.spent, stands.left))
    return tuple(found)


def _label(line: Item) -> str:
    if line.confidential:
        return IN_CONFIDENCE
    return line.reference or (IN_PRIVATE if line.private else OTHER)


def _grouped(lines: Iterable[tuple[str, int]]) -> tuple[Spent, ...]:
    sums: Counter[str] = Counter()
    for label, minutes in lines:
        sums[label] += minutes
    ordered = sorted(sums.items(), key=lambda pair: (pair[0] == IN_CONFIDENCE, -pair[1], pair[0]))
    return tuple(Spent(label, minutes) for label, minutes in ordered if minutes)


def _free(told: Statement) -> int:
    """Return what was worked and not charged; of confidential time nothing is said."""
    return sum(line.worked for line in told.lines if line.on and not line.minutes and not line.confidential)
