"""The outcome of a resolved request: recorded on its card, by who had it."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.engagement import outcomes
from bot.engagement.models import Person, Ticket
from bot.engagement.people import Directory
from bot.errors import AdvisoryError
from bot.workflows.desk_door import let_in, require_hand, require_reader, ticket_at_card
from bot.workflows.presses import NOT_YOURS, Press

FARTHEST = timedelta(days=5 * 366)
NOT_NOW = "{} came to no advice that could have an outcome. Resolve it with advice first."
NO_DAY = "Choose a day from today on, at most five years ahead."
NO_STATEMENT = "Say what should be true afterwards, in a sentence."
NO_MEASURE = "Say how one will see it: a number, a date, or what can be looked at."


class Unfit(AdvisoryError):  # noqa: N818 - it is shown at a field, and the form stays open
    """What is wrong with a field of the form."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Typed:
    """An outcome as it was typed; `owner_id` is a person of the client, `due_on` an ISO day or empty."""

    statement: str
    measure: str
    baseline: str
    target: str
    due_on: str
    owner_id: int


@dataclass(frozen=True)
class Blank:
    """What the form begins with: the ticket and who may own its outcome, the likeliest first."""

    ticket: Ticket
    owners: tuple[Person, ...]


class RecordOutcome:
    """The use cases behind *Record an outcome*."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def begin(self, press: Press, ticket_id: int) -> Blank:
        """Return what the form begins with; raises `AdvisoryError` where the presser may not record one."""
        member = await let_in(self._directory, press)
        async with self._database.read() as session:
            ticket = await ticket_at_card(session, press, ticket_id)
            await require_hand(session, ticket, member)
            await require_reader(session, ticket, member)
            await _require_free(session, ticket)
            return Blank(ticket, await outcomes.possible_owners(session, ticket))

    async def record(self, press: Press, ticket_id: int, typed: Typed) -> str:
        """Record it, and return its owner's name; raises `Unfit` for a field, `AdvisoryError` as `begin`."""
        member, now = await let_in(self._directory, press), self._clock()
        due_on = _day(typed.due_on, now.date())
        if not typed.statement:
            raise Unfit("statement", NO_STATEMENT)
        if not typed.measure:
            raise Unfit("measure", NO_MEASURE)
        async with self._database.unit_of_work() as session:
            ticket = await ticket_at_card(session, press, ticket_id)
            await require_hand(session, ticket, member)
            await require_reader(session, ticket, member)
            await _require_free(session, ticket)
            owners = {each.id: each for each in await outcomes.possible_owners(session, ticket)}
            if typed.owner_id not in owners:
                raise AdvisoryError(NOT_YOURS)
            owner = owners[typed.owner_id]
            await outcomes.open_outcome(
                session,
                ticket=ticket,
                owner=owner,
                statement=typed.statement,
                measure=typed.measure,
                baseline=typed.baseline,
                target=typed.target,
                due_on=due_on,
                starts_on=(ticket.resolved_at or now).date(),
                recorded_by=member.user_id,
                now=now,
            )
            return owner.name


async def _require_free(session: ReadSession | Session, ticket: Ticket) -> None:
    """Raise `AdvisoryError` unless an outcome can be recorded for the ticket now."""
    if not outcomes.may_carry(ticket.state, ticket.ending):
        raise AdvisoryError(NOT_NOW.format(ticket.reference))
    if await outcomes.of_ticket(session, ticket.id) is not None:
        raise AdvisoryError(outcomes.ALREADY)


def _day(typed: str, today: date) -> date | None:
    """Return the day that was chosen; raises `Unfit` for one that is past, or absurdly far."""
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise Unfit("due", NO_DAY) from None
    if not today <= day <= today + FARTHEST:
        raise Unfit("due", NO_DAY)
    return day
