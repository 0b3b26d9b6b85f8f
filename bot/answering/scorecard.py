"""A report as people and scripts read it: dangerous errors first, and what changed since another run."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.answering.evaluation import Score
from bot.answering.tallies import Conversations, Report, Tally
from bot.answering.types import Outcome

_COLUMN = 12  # width of a column of the table
_TITLES = ("conf-wrong", "outcome", "marks", "gold 1st", "gold<=3", "facts", "size", "needless")
_QUESTION = 90  # characters of a question in a list


@dataclass(frozen=True)
class Change:
    """One question that did better or worse than in an earlier run, and how it stood then and now."""

    id: str
    kind: str
    question: str
    better: bool
    before: str
    now: str


def format_report(report: Report) -> str:
    """Return the lists and tables of a report: confident-and-wrong by name, then all else."""
    wrong = [one for one in report.scores if one.confident_wrong]
    needless = [one for one in report.scores if one.needless_escalation]
    missed = [
        one
        for one in report.scores
        if not (one.outcome_right or one.confident_wrong or one.needless_escalation)
    ]
    mistaken = [one for one in report.scores if one.size_right is False]
    return "\n".join([
        f"Confident and wrong: {len(wrong)} of {report.total.cases}", *map(_failure, wrong), "",
        _head("kind"), *(_row(each) for each in (*report.kinds, report.total)), "",
        *_confusion(report.confusion),
        *_conversations(report.conversations),
        f"Needless escalations: {len(needless)}", *map(_failure, needless), "",
        f"Other wrong outcomes: {len(missed)}", *map(_failure, missed),
        "", f"Another size in force than expected: {len(mistaken)}", *map(_mistaken, mistaken),
    ])  # fmt: skip


def report_json(report: Report) -> dict[str, Any]:
    """Return the report as JSON values."""
    return {
        "total": asdict(report.total),
        "kinds": [asdict(each) for each in report.kinds],
        "confusion": {expected: dict(given) for expected, given in report.confusion.items()},
        "conversations": asdict(report.conversations) if report.conversations else None,
        "scores": [asdict(one) for one in report.scores],
    }


def compare(report: Report, baseline: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return what did better or worse than in the report kept as `baseline`, the worse first.

    Raises ValueError when it is no report.
    """
    try:
        earlier = {one["id"]: (_worth(one), _standing(one)) for one in baseline["scores"]}
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a report kept by `vcio eval --save` ({error!r})") from error
    changes = (_change(one, *earlier[one.id]) for one in report.scores if one.id in earlier)
    return tuple(sorted(filter(None, changes), key=lambda change: change.better))


def format_changes(changes: tuple[Change, ...], compared: int) -> str:
    """Return the changes as lists, with how many questions were compared."""
    worse, better = ([one for one in changes if one.better is wanted] for wanted in (False, True))
    kept = compared - len(changes)
    return "\n".join([
        f"Against the baseline, {compared} compared: {len(better)} better, {len(worse)} worse, {kept} alike",
        *_changed("Worse", worse), *_changed("Better", better),
    ])  # fmt: skip


def _head(first: str) -> str:
    return f"{first:<14}{'n':>5}" + "".join(f"{title:>{_COLUMN}}" for title in _TITLES)


def _row(tally: Tally) -> str:
    shares = (
        tally.confident_wrong,
        tally.outcome,
        tally.marks,
        tally.gold_first,
        tally.gold_among,
        tally.facts,
        tally.size,
        tally.needless_escalation,
    )
    shown = ("-" if share is None else f"{share:.2f}" for share in shares)
    return f"{tally.kind:<14}{tally.cases:>5}" + "".join(f"{share:>{_COLUMN}}" for share in shown)


def _confusion(counts: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Return the table of outcomes expected (down) against given (across)."""
    head = f"{'expected':<19}" + "".join(f"{f'got {given}':>{_COLUMN + 2}}" for given in Outcome)
    rows = [
        f"{expected:<19}" + "".join(f"{counts[expected][given]:>{_COLUMN + 2}}" for given in Outcome)
        for expected in counts
    ]
    return [head, *rows, ""]


def _conversations(told: Conversations | None) -> list[str]:
    if told is None:
        return []
    flawless = round(told.flawless * told.count)
    return [
        f"Conversations: {told.count}, of which {flawless} with every turn right",
        _head("turns"), _row(told.first), _row(told.later), "",
    ]  # fmt: skip


def _failure(one: Score) -> str:
    got = f"expected {one.expect}, got {one.outcome} ({one.reason})"
    if one.outcome_right and one.gold and not set(one.cited) & set(one.gold):
        got = f"cites {', '.join(dict.fromkeys(one.cited)) or 'nothing'}, not {' or '.join(one.gold)}"
    elif one.forbidden:
        got = f"says {', '.join(one.forbidden)}"
    return f"  {one.id} [{one.kind}] {got}: {_short(one)}"


def _mistaken(one: Score) -> str:
    sizes = f"{one.wanted_size or 'none'} meant, {one.size or 'none'} taken"
    return f"  {one.id} [{one.kind}] {sizes}: {_short(one)}"


def _changed(title: str, changes: list[Change]) -> list[str]:
    lines = [f"  {one.id} [{one.kind}] {one.before} -> {one.now}: {_short(one)}" for one in changes]
    return [f"{title}:", *lines] if lines else []


def _short(one: Score | Change) -> str:
    return one.question[:_QUESTION]


def _change(now: Score, worth: tuple[float, ...], standing: str) -> Change | None:
    new = asdict(now)
    if _worth(new) == worth:
        return None
    return Change(now.id, now.kind, now.question, _worth(new) > worth, before=standing, now=_standing(new))


def _worth(one: Mapping[str, Any]) -> tuple[float, ...]:
    """Return a score as numbers to compare, what matters most first."""
    right = (not one["confident_wrong"], one["marks"], bool(one["gold_first"]), one["facts"] or 0.0)
    return (*map(float, right), float(one.get("size_right") is not False))


def _standing(one: Mapping[str, Any]) -> str:
    """Return how a question stood in a few words: outcome, source, share of facts."""
    parts = [f"{one['outcome']}/{one['reason']}" if one["outcome"] != Outcome.ANSWER else "answer"]
    if one["gold_first"] is not None and one["outcome"] == Outcome.ANSWER:
        where = "first" if one["gold_first"] else "later" if one["gold_among"] else "wrong source"
        parts.append(f"gold {where}" if where != "wrong source" else where)
    if one["facts"] is not None and one["outcome"] == Outcome.ANSWER:
        parts.append(f"facts {one['facts']:.2f}")
    return ", ".join([*parts, "wrong size"] if one.get("size_right") is False else parts)
