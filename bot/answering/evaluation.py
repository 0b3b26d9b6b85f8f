"""Scoring answers against expectations: outcome, gold citations, facts, and the dangerous errors first."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.answering.types import Outcome

_FOLDS = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "‑": "-", "‐": "-"}
)
_NUMBER = re.compile(r"\d[\d.,]*")
_CLOSING_WORDS = 60
_GOLD_AMONG = 3
_COLUMN = 12  # width of a column of the table
_NEAR_DOMAIN, _CLOSING = "near_domain", "closing"


@dataclass(frozen=True)
class Case:
    """One expectation: the shape of a line of an evaluation file."""

    id: str
    question: str
    kind: str
    expect: Outcome
    gold: tuple[str, ...] = ()
    org_size: str | None = None
    must_mention: tuple[tuple[str, ...], ...] = ()
    also_ok: tuple[Outcome, ...] = ()
    must_not: tuple[str, ...] = ()
    thread: str | None = None


@dataclass(frozen=True)
class Score:
    """How one answer did; None where a measure does not apply to the case.

    `marks`: 0 for a wrong outcome or a forbidden term, 0.5 for an answer without a gold citation, else 1.
    """

    id: str
    kind: str
    question: str
    expect: str
    outcome: str
    reason: str
    marks: float
    outcome_right: bool
    gold_first: bool | None
    gold_among: bool | None
    facts: float | None
    forbidden: tuple[str, ...]
    confident_wrong: bool
    needless_escalation: bool


@dataclass(frozen=True)
class Tally:
    """Shares (0 to 1) over the scores of one kind, or over all."""

    kind: str
    cases: int
    confident_wrong: float
    outcome: float
    marks: float
    gold_first: float | None
    gold_among: float | None
    facts: float | None
    needless_escalation: float | None


@dataclass(frozen=True)
class Report:
    """All scores with their tallies, by kind and in total."""

    scores: tuple[Score, ...]
    total: Tally
    kinds: tuple[Tally, ...]


def read_case(line: str) -> Case:
    """Return the case of one JSON line. Raises ValueError naming what is wrong with it."""
    try:
        record = json.loads(line)
        return Case(
            id=str(record["id"]),
            question=record["question"],
            kind=record["kind"],
            expect=Outcome(record["expect"]),
            gold=tuple(record.get("gold") or ()),
            org_size=record.get("org_size"),
            must_mention=tuple(tuple(group) for group in record.get("must_mention") or ()),
            also_ok=tuple(Outcome(name) for name in record.get("also_ok") or ()),
            must_not=tuple(record.get("must_not") or ()),
            thread=record.get("thread"),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(
            f"Not an evaluation case: {line[:80]!r} ({error!r}). Give id, question, kind and expect "
            f"(one of {', '.join(Outcome)}) as one JSON object a line."
        ) from error


def fold(text: str) -> str:
    """Return text for matching: lower case, dashes and quotes folded, no space before a percent sign."""
    return " ".join(re.sub(r"\s+%", "%", text.translate(_FOLDS).lower()).split())


def mentions(text: str, term: str) -> bool:
    """Say whether folded text holds a term: numbers and short words whole, all else anywhere."""
    wanted = fold(term)
    if _NUMBER.fullmatch(wanted):
        return bool(re.search(rf"(?<!\d)(?<!\d[.,]){re.escape(wanted)}(?!\d|[.,]\d)", text))
    if len(wanted) <= 3 and wanted.isalpha():
        return bool(re.search(rf"\b{re.escape(wanted)}\b", text))
    return wanted in text


def score(case: Case, answer: Mapping[str, Any]) -> Score:
    """Return the score of one answer in the contract's JSON."""
    text = fold(answer["answer"])
    cited = [citation["slug"] for citation in answer["citations"]]
    outcome = Outcome(answer["outcome"])
    right = _outcome_right(case, outcome, text)
    forbidden = tuple(term for term in case.must_not if mentions(text, term))
    answered, expects = outcome is Outcome.ANSWER, case.expect is Outcome.ANSWER
    among = bool(set(cited[:_GOLD_AMONG]) & set(case.gold)) if expects else None
    any_gold = bool(set(cited) & set(case.gold)) or not case.gold
    wrong = answered and case.kind != _CLOSING and (not right or (expects and not any_gold))
    half = answered and expects and not any_gold
    return Score(
        id=case.id,
        kind=case.kind,
        question=case.question,
        expect=str(case.expect),
        outcome=str(outcome),
        reason=str(answer.get("reason", "")),
        marks=0.0 if forbidden or not right else 0.5 if half else 1.0,
        outcome_right=right,
        gold_first=bool(cited) and cited[0] in case.gold if expects else None,
        gold_among=among,
        facts=_facts(case, text),
        forbidden=forbidden,
        confident_wrong=wrong or (answered and bool(forbidden)),
        needless_escalation=expects and outcome is Outcome.ESCALATE and not right,
    )


def _outcome_right(case: Case, outcome: Outcome, text: str) -> bool:
    if case.kind == _CLOSING:
        return outcome is not Outcome.ESCALATE and len(text.split()) < _CLOSING_WORDS
    if case.kind == _NEAR_DOMAIN and outcome in (Outcome.ESCALATE, Outcome.DECLINE):
        return True
    return outcome is case.expect or outcome in case.also_ok


def _facts(case: Case, text: str) -> float | None:
    """Return the share of fact groups of which any term occurs; None without groups."""
    if not case.must_mention:
        return None
    met = sum(any(mentions(text, term) for term in group) for group in case.must_mention)
    return met / len(case.must_mention)


def summarise(scores: Iterable[Score]) -> Report:
    """Return the report over scores, kinds in the order they first appear."""
    all_scores = tuple(scores)
    kinds = dict.fromkeys(one.kind for one in all_scores)
    tallies = tuple(_tally(kind, [one for one in all_scores if one.kind == kind]) for kind in kinds)
    return Report(all_scores, _tally("all", all_scores), tallies)


def _tally(kind: str, scores: Sequence[Score]) -> Tally:
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
        needless_escalation=_share(one.needless_escalation for one in answerable),
    )


def _share(values: Iterable[float | bool | None]) -> float | None:
    """Return the mean of the values that apply, None when none does."""
    given = [float(value) for value in values if value is not None]
    return sum(given) / len(given) if given else None


def format_report(report: Report) -> str:
    """Return the report as a table by kind and a list of failures, confident-and-wrong named first."""
    rows = [_row(tally) for tally in (*report.kinds, report.total)]
    titles = ("conf-wrong", "outcome", "marks", "gold 1st", "gold<=3", "facts", "needless")
    head = f"{'kind':<14}{'n':>5}" + "".join(f"{title:>{_COLUMN}}" for title in titles)
    wrong = [one for one in report.scores if one.confident_wrong]
    missed = [one for one in report.scores if not one.outcome_right and not one.confident_wrong]
    return "\n".join([
        f"Confident and wrong: {len(wrong)} of {report.total.cases}", *map(_failure, wrong), "",
        head, *rows, "", f"Other wrong outcomes: {len(missed)}", *map(_failure, missed),
    ])  # fmt: skip


def _row(tally: Tally) -> str:
    shares = (
        tally.confident_wrong,
        tally.outcome,
        tally.marks,
        tally.gold_first,
        tally.gold_among,
        tally.facts,
    )
    shown = ("-" if share is None else f"{share:.2f}" for share in (*shares, tally.needless_escalation))
    return f"{tally.kind:<14}{tally.cases:>5}" + "".join(f"{share:>{_COLUMN}}" for share in shown)


def _failure(one: Score) -> str:
    got = f"expected {one.expect}, got {one.outcome} ({one.reason})"
    return f"  {one.id} [{one.kind}] {got}: {one.question[:90]}"


def report_json(report: Report) -> dict[str, Any]:
    """Return the report as JSON values."""
    return {
        "total": asdict(report.total),
        "kinds": [asdict(tally) for tally in report.kinds],
        "scores": [asdict(one) for one in report.scores],
    }
