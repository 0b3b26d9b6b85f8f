"""Adding scores up: by kind, expected against given, and whole conversations apart."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.answering.evaluation import CLOSING, Score
from bot.answering.types import Outcome


@dataclass(frozen=True)
class Tally:
    """Shares (0 to 1) over the scores of one kind, or over all; None where a measure applies to none."""

    kind: str
    cases: int
    confident_wrong: float
    outcome: float
    marks: float
    gold_first: float | None
    gold_among: float | None
    facts: float | None
    size: float | None
    needless_escalation: float | None


@dataclass(frozen=True)
class Conversations:
    """How whole conversations did, beside their turns one by one.

    `flawless`: share of conversations in which every turn has full marks. `first`, `later`: their opening
    turns, and the turns that had a conversation before them.
    """

    count: int
    flawless: float
    first: Tally
    later: Tally


@dataclass(frozen=True)
class Report:
    """All scores with their tallies, by kind and in total.

    `confusion`: of each outcome expected, how often each was given; closing turns are left out.
    """

    scores: tuple[Score, ...]
    total: Tally
    kinds: tuple[Tally, ...]
    confusion: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    conversations: Conversations | None = None


def summarise(scores: Iterable[Score]) -> Report:
    """Return the report over scores, kinds in the order they first appear."""
    all_scores = tuple(scores)
    kinds = dict.fromkeys(one.kind for one in all_scores)
    return Report(
        scores=all_scores,
        total=tally("all", all_scores),
        kinds=tuple(tally(kind, [one for one in all_scores if one.kind == kind]) for kind in kinds),
        confusion=confusion(all_scores),
        conversations=_conversations(all_scores),
    )


def tally(kind: str, scores: Sequence[Score]) -> Tally:
    """Return the shares over some scores."""
    answerable = [one for one in scores if one.expect == Outcome.ANSWER]
    return Tally(
        kind=kind,
        cases=len(scores),
        confident_wrong=_share(one.confident_wrong for one in scores) or 0.0,
        outcome=_share(one.outcome_right for one in scores) or 0.0,
        marks=_share(one.marks for one in scores) or 0.0,
        gold_first=_share(one.gold_first for one in answerable),
        gold_among=_share(one.gold_among for one in answerable),
        facts=_share(one.facts for one in answerable),
        size=_share(one.size_right for one in scores),
        needless_escalation=_share(one.needless_escalation for one in answerable),
    )


def confusion(scores: Iterable[Score]) -> dict[str, dict[str, int]]:
    """Return how often each outcome was given where each was expected."""
    counted = Counter((one.expect, one.outcome) for one in scores if one.kind != CLOSING)
    return {
        str(expected): {str(given): counted[str(expected), str(given)] for given in Outcome}
        for expected in Outcome
    }


def _conversations(scores: Sequence[Score]) -> Conversations | None:
    """Return how the conversations among the scores did, None where there are none."""
    threads: dict[str, list[Score]] = {}
    for one in scores:
        if one.thread is not None:
            threads.setdefault(one.thread, []).append(one)
    if not threads:
        return None
    return Conversations(
        count=len(threads),
        flawless=_share(all(one.marks == 1.0 for one in turns) for turns in threads.values()) or 0.0,
        first=tally("first turn", [turns[0] for turns in threads.values()]),
        later=tally("later turns", [one for turns in threads.values() for one in turns[1:]]),
    )


def _share(values: Iterable[float | bool | None]) -> float | None:
    """Return the mean of the values that apply, None when none does."""
    given = [float(value) for value in values if value is not None]
    return sum(given) / len(given) if given else None
