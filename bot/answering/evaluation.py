"""Scoring one answer against what was expected: outcome, gold citations, facts, the size in force."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.answering.types import Outcome

_FOLDS = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "‑": "-", "‐": "-"}
)
_NUMBER = re.compile(r"\d[\d.,]*")
_CLOSING_WORDS = 60
_GOLD_AMONG = 3
CLOSING = "closing"
"""Thanks and goodbyes, judged by their length and for not calling anybody: their label is not scored."""
_NEAR_DOMAIN = "near_domain"


@dataclass(frozen=True)
class Case:
    """One expectation: the shape of a line of an evaluation file.

    `org_size`: of a single question the size handed over with it; of a turn of a conversation (`thread`) the
    size that must be in force, which the bot has to have heard. `given_size` hands one over there.
    """

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
    given_size: str | None = None

    @property
    def handed_size(self) -> str | None:
        """The size to ask with."""
        return self.org_size if self.thread is None else self.given_size


@dataclass(frozen=True)
class Score:
    """How one answer did; None where a measure does not apply to the case.

    `marks`: 0 for a wrong outcome, a forbidden term or another size's answer, 0.5 for an answer without a
    gold citation, else 1. `size_right`: the size in force was the one expected; of conversations only.
    """

    id: str
    kind: str
    question: str
    thread: str | None
    expect: str
    outcome: str
    reason: str
    gold: tuple[str, ...]
    cited: tuple[str, ...]
    marks: float
    outcome_right: bool
    gold_first: bool | None
    gold_among: bool | None
    facts: float | None
    wanted_size: str | None
    size: str | None
    size_right: bool | None
    forbidden: tuple[str, ...]
    confident_wrong: bool
    needless_escalation: bool


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
            thread=str(record["thread"]) if record.get("thread") is not None else None,
            given_size=record.get("given_size"),
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
    cited = tuple(citation["slug"] for citation in answer["citations"])
    outcome = Outcome(answer["outcome"])
    right = _outcome_right(case, outcome, text)
    forbidden = tuple(term for term in case.must_not if mentions(text, term))
    answered, expects = outcome is Outcome.ANSWER, case.expect is Outcome.ANSWER
    closes = case.kind == CLOSING
    wants_gold = expects and bool(case.gold) and not closes
    misses_gold = answered and wants_gold and not set(cited) & set(case.gold)
    size = answer.get("org_size")
    other_size = bool(
        case.thread is not None and answered and size and case.org_size and size != case.org_size
    )
    return Score(
        id=case.id,
        kind=case.kind,
        question=case.question,
        thread=case.thread,
        expect=str(case.expect),
        outcome=str(outcome),
        reason=str(answer.get("reason", "")),
        gold=case.gold,
        cited=cited,
        marks=0.0 if forbidden or not right or other_size else 0.5 if misses_gold else 1.0,
        outcome_right=right,
        gold_first=bool(cited) and cited[0] in case.gold if wants_gold else None,
        gold_among=bool(set(cited[:_GOLD_AMONG]) & set(case.gold)) if wants_gold else None,
        facts=_facts(case, text),
        wanted_size=case.org_size,
        size=size,
        size_right=size == case.org_size if case.thread is not None and not closes else None,
        forbidden=forbidden,
        confident_wrong=answered and not closes and (not right or misses_gold or bool(forbidden)),
        needless_escalation=expects and outcome is Outcome.ESCALATE and not right,
    )


def _outcome_right(case: Case, outcome: Outcome, text: str) -> bool:
    if case.kind == CLOSING:
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
