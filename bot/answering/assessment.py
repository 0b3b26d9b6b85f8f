"""The CIO self-assessment scored: gaps, averages, the weighted overall, the rule, and what to do next."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

from bot.answering.competencies import Group, Model

_CODE = re.compile(r"(?P<mark>[0-9a-f]{8})\.(?P<current>[0-9]{1,99})\.(?P<required>[0-9]{1,99})", re.ASCII)
# An average as low as this on a group that a CIO must master is complemented rather than developed.
_RARELY_DEVELOPED = 2
NOT_GIVEN = 0


class NextStep(StrEnum):
    """What the article advises after a result."""

    PLAN = "plan"
    GROW = "grow"
    COMPLEMENT = "complement"
    MEASURE = "measure"


@dataclass(frozen=True)
class Scores:
    """The levels somebody gave, in the model's order; `NOT_GIVEN` where none was."""

    current: tuple[int, ...]
    required: tuple[int, ...]

    def given(self, start: int, current: Sequence[int], required: Sequence[int]) -> "Scores":
        """Return the scores with those from `start` on replaced; a level that was taken away is not given."""
        end = start + len(current)
        return replace(
            self,
            current=(*self.current[:start], *current, *self.current[end:]),
            required=(*self.required[:start], *required, *self.required[end:]),
        )


@dataclass(frozen=True)
class Line:
    """A competency with both its levels."""

    name: str
    current: int
    required: int

    @property
    def gap(self) -> int:
        """How far the present level lies below the required one; 0 where it does not."""
        return max(0, self.required - self.current)


@dataclass(frozen=True)
class Average:
    """What a group comes to, in tenths of a level, and whether a CIO's least average is reached."""

    name: str
    weight: int
    tenths: int
    least: int
    holds: bool


@dataclass(frozen=True)
class Result:
    """What the answers come to; `lines` begin with the biggest gap, ties stay in the article's order."""

    overall_tenths: int
    averages: tuple[Average, ...]
    lines: tuple[Line, ...]
    serious_gap: int
    steps: tuple[NextStep, ...]

    @property
    def rule_holds(self) -> bool:
        """Whether every group reaches its least average: a total cannot make up for one that does not."""
        return all(average.holds for average in self.averages)

    @property
    def serious(self) -> tuple[Line, ...]:
        """The gaps that must be developed or complemented."""
        return tuple(line for line in self.lines if line.gap >= self.serious_gap)

    @property
    def smaller(self) -> tuple[Line, ...]:
        """The gaps that need no plan yet."""
        return tuple(line for line in self.lines if 0 < line.gap < self.serious_gap)

    @property
    def is_flat(self) -> bool:
        """Whether every competency got the same level, as happens where no examples were asked for."""
        return len({line.current for line in self.lines}) == 1

    def to_payload(self) -> dict[str, Any]:
        """Return it as an outbox row keeps it."""
        return asdict(self)

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> "Result":
        """Return what `to_payload` stored."""
        return cls(
            overall_tenths=payload["overall_tenths"],
            averages=tuple(Average(**each) for each in payload["averages"]),
            lines=tuple(Line(**each) for each in payload["lines"]),
            serious_gap=payload["serious_gap"],
            steps=tuple(NextStep(step) for step in payload["steps"]),
        )


def blank(model: Model) -> Scores:
    """Return no present level, and every required one as the article has it."""
    required = tuple(each.required for each in model.competencies)
    return Scores((NOT_GIVEN,) * len(required), required)


def missing(scores: Scores) -> tuple[int, ...]:
    """Return the places that lack a level."""
    pairs = enumerate(zip(scores.current, scores.required, strict=True))
    return tuple(index for index, pair in pairs if NOT_GIVEN in pair)


def assess(model: Model, scores: Scores) -> Result:
    """Return what complete scores come to; raises `ValueError` where a level is missing."""
    if lacking := missing(scores):
        names = ", ".join(model.competencies[index].name for index in lacking)
        raise ValueError(f"No level was given for {names}; ask for it before scoring")
    given = zip(model.competencies, scores.current, scores.required, strict=True)
    lines = [Line(each.name, current, required) for each, current, required in given]
    exact = _exact_averages(model, lines)
    averages = tuple(_average(group, exact[group]) for group in model.groups)
    overall = sum((exact[group] * group.weight for group in model.groups), Fraction(0)) / 100
    ordered = tuple(sorted(lines, key=lambda line: -line.gap))
    result = Result(_tenths(overall), averages, ordered, model.serious, ())
    lowest = min((exact[group] for group in model.groups if exact[group] < group.least), default=None)
    return replace(result, steps=_next(result, lowest))


def _exact_averages(model: Model, lines: Sequence[Line]) -> dict[Group, Fraction]:
    averages, start = {}, 0
    for group in model.groups:
        end = start + len(group.competencies)
        averages[group] = Fraction(sum(line.current for line in lines[start:end]), end - start)
        start = end
    return averages


def _average(group: Group, exact: Fraction) -> Average:
    return Average(group.name, group.weight, _tenths(exact), group.least, exact >= group.least)


def _tenths(exact: Fraction) -> int:
    """Return a number in tenths, a half rounded up, as people do it by hand."""
    return int(exact * 10 + Fraction(1, 2))


def _next(result: Result, lowest: Fraction | None) -> tuple[NextStep, ...]:
    """Return what the article advises; `lowest` is the average of the weakest group that misses its least."""
    plan = (NextStep.PLAN,) if result.serious else ()
    if lowest is not None and lowest <= _RARELY_DEVELOPED:
        return (*plan, NextStep.COMPLEMENT)
    if lowest is not None or result.serious:
        return (*plan, NextStep.GROW, NextStep.COMPLEMENT)
    return (NextStep.GROW,) if result.smaller else (NextStep.MEASURE,)


def code_of(model: Model, scores: Scores) -> str:
    """Return the scores as they travel in views and buttons: their lines' mark, and two rows of digits."""
    rows = ("".join(map(str, row)) for row in (scores.current, scores.required))
    return ".".join((model.mark, *rows))


def read_code(model: Model, code: str) -> Scores | None:
    """Take a code apart; None for one that is none, or of lines the article does not hold any more."""
    hit = _CODE.fullmatch(code)
    if hit is None or hit["mark"] != model.mark:
        return None
    scores = Scores(tuple(map(int, hit["current"])), tuple(map(int, hit["required"])))
    fits = len(scores.current) == len(scores.required) == len(model.competencies)
    return scores if fits and max(*scores.current, *scores.required) <= len(model.levels) else None
