"""What is promised to whom: which policy holds, when a clock is due, and who hears of it when it is not kept.

Pure functions over rows and times; `bot.engagement.promises` keeps what they return.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.engagement.budgets import Budget, spoken_budget
from bot.engagement.calendar import Calendar
from bot.engagement.desk_models import PromiseKind, SlaPolicy
from bot.engagement.models import Term, Urgency
from bot.engagement.terms import Stated

# Of a clock's minutes a quarter is left when its consultant is warned.
WARNED_AT_LEFT = 4
# Working minutes, between one rung of a broken promise and the next.
CLIMB_AFTER = 60


@dataclass(frozen=True)
class Policy:
    """What is promised, each None where nothing is; `hedged` where it rests on an unconfirmed term."""

    first_reply: Budget | None = None
    next_reply: Budget | None = None
    resolution: Budget | None = None
    hedged: bool = False

    def minutes(self, kind: PromiseKind, calendar: Calendar, start: datetime) -> int | None:
        """Return the working minutes of one promise that starts at `start`; None where there is none."""
        budget: Budget | None = getattr(self, kind.value)
        return budget.minutes(calendar, start) if budget else None


def choose(
    rows: Iterable[SlaPolicy],
    *,
    client_id: int,
    urgency: Urgency | None,
    terms: Mapping[Term, Stated],
    calendar: Calendar,
    now: datetime,
) -> Policy:
    """Return what is promised to a client whose request is so urgent.

    The client's own for that urgency, then its general one, then the firm's for either, then its terms. A row
    is the whole of it: what it leaves out is not promised, and one that names nothing is "no SLA".
    """
    # Of two rows for the same, the later.
    by_place = {(row.client_id, row.urgency): row for row in sorted(rows, key=lambda row: row.id)}
    for place in ((client_id, urgency), (client_id, None), (None, urgency), (None, None)):
        row = by_place.get(place)
        if row is not None:
            return _stored(row)
    return by_terms(terms, urgency, calendar=calendar, now=now)


def _stored(row: SlaPolicy) -> Policy:
    named = (row.first_reply, row.next_reply, row.resolution)
    first, following, resolution = (Budget(minutes) if minutes else None for minutes in named)
    return Policy(first, following, resolution)


def by_terms(
    terms: Mapping[Term, Stated], urgency: Urgency | None, *, calendar: Calendar, now: datetime
) -> Policy:
    """Return what the firm promises everybody: its term for a first reply; when work stands still, the sooner
    of that and its term for urgent requests.
    """
    wanted = [Term.FIRST_REPLY]
    if urgency is Urgency.WORK_STOPPED:
        wanted.append(Term.URGENT_TRIAGE)
    said = [(budget, terms[term]) for term in wanted if (budget := spoken_budget(terms[term].value))]
    if not said:
        return Policy()
    budget, stated = min(said, key=lambda each: each[0].minutes(calendar, now))
    return Policy(first_reply=budget, hedged=stated.confirmed_at is None)


@dataclass(frozen=True)
class Clock:
    """Where a promise stands: running towards `due_at`, or still, with `left` working minutes to go."""

    minutes: int
    due_at: datetime | None
    warn_at: datetime | None
    left: int | None = None


def run(calendar: Calendar, minutes: int, *, left: int, now: datetime) -> Clock:
    """Return a clock of `minutes` that runs from `now` with `left` of them to go."""
    until_warning = max(left - minutes // WARNED_AT_LEFT, 0)
    due, warn = calendar.add_minutes(now, left), calendar.add_minutes(now, until_warning)
    return Clock(minutes, due_at=due, warn_at=warn)


def pause(calendar: Calendar, clock: Clock, *, now: datetime) -> Clock:
    """Return the clock standing still, with what is left of it; one that stands still stays as it is."""
    if clock.due_at is None:
        return clock
    return Clock(clock.minutes, None, None, left=calendar.minutes_between(now, clock.due_at))


def resume(calendar: Calendar, clock: Clock, *, now: datetime) -> Clock:
    """Return the clock running again with what was left; one that runs stays as it is."""
    if clock.due_at is not None:
        return clock
    return run(calendar, clock.minutes, left=clock.left or 0, now=now)


def remeasure(calendar: Calendar, clock: Clock, minutes: int, *, now: datetime) -> Clock:
    """Return the clock with other minutes, of which those that ran so far are spent."""
    if clock.due_at is None:
        spent = clock.minutes - (clock.left or 0)
        return Clock(minutes, None, None, left=max(minutes - spent, 0))
    over = calendar.minutes_between(clock.due_at, now)
    spent = clock.minutes - calendar.minutes_between(now, clock.due_at) + over
    return run(calendar, minutes, left=max(minutes - spent, 0), now=now)


def next_rung(rungs: Sequence[frozenset[str]], rung: int) -> tuple[int, frozenset[str]]:
    """Return the next rung above `rung` (counted from 1) and who is to be told there, below nobody told.

    Whoever stood on a lower rung was told before; a rung of none but those is passed over. Past the top
    nobody is left to tell.
    """
    told = frozenset[str]().union(*rungs[:rung])
    for number, people in enumerate(rungs[rung:], start=rung + 1):
        if people - told:
            return number, people - told
    return len(rungs), frozenset()
