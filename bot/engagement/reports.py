"""The figures of a client's month, as plain data: what a pack shows, and what is kept of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

# Topics that fewer people asked about are not named: a count of two already points at somebody.
LEAST_PEOPLE = 3
MONTHS_SHOWN = 6
WEEKS_A_YEAR = 52


@dataclass(frozen=True)
class Questions:
    """Questions to the assistant and how they ended; every one is in exactly one of these."""

    helpful: int
    not_helpful: int
    silent: int
    escalated: int
    unanswered: int
    # Of all of them, those the methodology does not cover.
    gaps: int

    @property
    def asked(self) -> int:
        """How many there were."""
        return self.helpful + self.not_helpful + self.silent + self.escalated + self.unanswered

    @property
    def answered(self) -> int:
        """How many the assistant answered itself, whatever was thought of it."""
        return self.helpful + self.not_helpful + self.silent


@dataclass(frozen=True)
class Requests:
    """Requests to consultants that were made in the month, as they stand; each is in exactly one of these."""

    settled: int
    withdrawn: int
    let_go: int
    open: int
    reopened: int

    @property
    def made(self) -> int:
        """How many there were; a reopened one is also in another of these."""
        return self.settled + self.withdrawn + self.let_go + self.open


@dataclass(frozen=True)
class Topic:
    """An article that three or more people asked about."""

    title: str
    people: int
    questions: int


@dataclass(frozen=True)
class Promised:
    """Promises that began in the month; what ended without anybody waiting is in none of these."""

    kept: int
    broken: int
    running: int


@dataclass(frozen=True)
class Spent:
    """Minutes charged for one piece of work; confidential time is one line without a name."""

    label: str
    minutes: int


@dataclass(frozen=True)
class Hours:
    """A month's balance in minutes, with the work it went to; without a retainer nothing is granted."""

    month: date
    granted: int
    carried_in: int
    spent: int
    left: int
    lines: tuple[Spent, ...] = ()
    # Assignments and extra hands, counted against what was agreed for those.
    beside: tuple[Spent, ...] = ()
    # Worked for the month's own requests and not charged.
    free: int = 0

    @property
    def given(self) -> int:
        """What could be used."""
        return self.granted + self.carried_in

    @property
    def used_per_cent(self) -> int:
        """How much of it was used in whole per cent, rounded down as in the ledger."""
        return max(100 * self.spent // self.given, 0) if self.given > 0 else 0

    @property
    def worked_for(self) -> int:
        """All that was charged to the client: the month's own time, and what was agreed beside it."""
        return self.spent + sum(each.minutes for each in self.beside)


@dataclass(frozen=True)
class Aim:
    """An outcome as a pack tells it; never one of a confidential matter."""

    reference: str
    statement: str
    measure: str
    target: str | None
    value: str | None
    state: str
    due_on: date | None


@dataclass(frozen=True)
class Decided:
    """A decision as a pack tells it."""

    text: str
    decided_by: str
    decided_on: date


@dataclass(frozen=True)
class Compared:
    """What a full-time CIO costs, and how the month's hours compare; None is not set, and never invented.

    `week` is the firm's own working week in minutes.
    """

    yearly: int | None
    currency: str
    source: str
    week: int
    spent: int

    @property
    def full_time(self) -> int:
        """A full-time month in minutes: fifty-two weeks over twelve months."""
        return round(self.week * WEEKS_A_YEAR / 12)

    @property
    def share(self) -> float:
        """The month's hours as a part of a full-time month."""
        return self.spent / self.full_time if self.full_time else 0.0

    @property
    def monthly(self) -> int | None:
        """What a full-time CIO costs a month, in whole units."""
        return None if self.yearly is None else round(self.yearly / 12)

    @property
    def same_share(self) -> int | None:
        """What the same part of a full-time post would cost, in whole units."""
        return None if self.yearly is None else round(self.yearly / 12 * self.share)


@dataclass(frozen=True)
class Figures:
    """Everything a pack says of a client's month."""

    client: str
    firm: str
    month: date
    made_on: date
    questions: Questions
    requests: Requests
    topics: tuple[Topic, ...]
    promises: Promised
    hours: Hours
    # The last months up to this one, oldest first.
    trend: tuple[Hours, ...]
    outcomes: Mapping[str, int]
    aims: tuple[Aim, ...]
    decisions: tuple[Decided, ...]
    compared: Compared

    def to_json(self) -> dict[str, Any]:
        """Return the figures as JSON holds them, with those that follow from others."""
        kept: dict[str, Any] = _plain(asdict(self))
        kept["questions"] |= {"asked": self.questions.asked, "answered": self.questions.answered}
        kept["requests"]["made"] = self.requests.made
        kept["hours"] |= {
            "given": self.hours.given,
            "used_per_cent": self.hours.used_per_cent,
            "worked_for": self.hours.worked_for,
        }
        kept["compared"] |= {
            "full_time": self.compared.full_time,
            "share_per_cent": round(100 * self.compared.share, 1),
            "monthly": self.compared.monthly,
            "same_share": self.compared.same_share,
        }
        return kept


def from_json(kept: Mapping[str, Any]) -> Figures:
    """Return the figures that `to_json` kept."""
    questions, requests, compared = kept["questions"], kept["requests"], kept["compared"]
    return Figures(
        client=kept["client"],
        firm=kept["firm"],
        month=date.fromisoformat(kept["month"]),
        made_on=date.fromisoformat(kept["made_on"]),
        questions=Questions(**{name: questions[name] for name in Questions.__dataclass_fields__}),
        requests=Requests(**{name: requests[name] for name in Requests.__dataclass_fields__}),
        topics=tuple(Topic(**each) for each in kept["topics"]),
        promises=Promised(**kept["promises"]),
        hours=_hours(kept["hours"]),
        trend=tuple(_hours(each) for each in kept["trend"]),
        outcomes=dict(kept["outcomes"]),
        aims=tuple(Aim(**{**each, "due_on": _day(each["due_on"])}) for each in kept["aims"]),
        decisions=tuple(
            Decided(each["text"], each["decided_by"], date.fromisoformat(each["decided_on"]))
            for each in kept["decisions"]
        ),
        compared=Compared(**{name: compared[name] for name in Compared.__dataclass_fields__}),
    )


def _hours(kept: Mapping[str, Any]) -> Hours:
    return Hours(
        month=date.fromisoformat(kept["month"]),
        granted=kept["granted"],
        carried_in=kept["carried_in"],
        spent=kept["spent"],
        left=kept["left"],
        lines=tuple(Spent(**each) for each in kept["lines"]),
        beside=tuple(Spent(**each) for each in kept["beside"]),
        free=kept["free"],
    )


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None


def _plain(value: Any) -> Any:
    """Return a value as JSON holds it: days as text, tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
