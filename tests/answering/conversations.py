"""Conversations played turn by turn: what each message must lead to, and what it did."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.answering.pipeline import Answerer
from bot.answering.render import plain_text
from bot.answering.types import Answer, Question, Speaker, Turn
from knowledge.scope import METHODOLOGY

FOLDER = Path(__file__).parent / "questions"


def read(name: str) -> list[dict[str, Any]]:
    """Return the conversations of a file."""
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def play(answerer: Answerer, conversation: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], Answer]]:
    """Yield what every turn expected beside the answer it got, the thread growing as it goes."""
    thread: tuple[Turn, ...] = ()
    for turn in conversation["turns"]:
        answer = answerer.answer(Question(turn["say"], (METHODOLOGY,), thread=thread))
        yield turn, answer
        slugs = tuple(citation.slug for citation in answer.citations)
        reason, read_as = answer.decision.reason, answer.standalone
        said = Turn(Speaker.ASSISTANT, plain_text(answer), slugs, reason, read_as=read_as)
        thread += (Turn(Speaker.PERSON, turn["say"]), said)


def faults(turn: Mapping[str, Any], answer: Answer) -> list[str]:
    """Return what is wrong with an answer, each in a few words; empty when all is as expected."""
    cited = [citation.slug for citation in answer.citations]
    shown = plain_text(answer)
    outcome, reason = str(answer.decision.outcome), str(answer.decision.reason)
    size = str(answer.org_size) if answer.org_size else None
    checks = {
        f"outcome {outcome} ({reason})": "expect" in turn and outcome not in turn["expect"].split("|"),
        f"outcome {outcome} is not allowed": outcome in turn.get("not_outcome", "").split("|"),
        f"reason {reason}": "reason" in turn and reason not in turn["reason"].split("|"),
        f"cites {cited}": outcome == "answer" and "gold" in turn and not set(cited) & set(turn["gold"]),
        f"opens with {cited[:1]}": "first" in turn and not set(cited[:1]) & set(turn["first"]),
        f"cites {cited}, not all of {turn.get('groups')}": any(
            not set(cited) & set(group) for group in turn.get("groups", ())
        ),
        f"cites {cited}, which is of another topic": bool(set(cited[:1]) & set(turn.get("no", ()))),
        f"size {size}": "size" in turn and size != turn["size"],
        f"{len(shown.split())} words": len(shown.split()) > turn.get("max", 10_000),
        f"{_parts(answer)} parts": "parts" in turn and _parts(answer) not in _numbers(turn["parts"]),
        f"says {shown[:80]!r}": not all(
            any(each in shown.lower() for each in wanted.split("|")) for wanted in turn.get("says", ())
        ),
    }
    return [fault for fault, holds in checks.items() if holds]


def _numbers(given: int | list[int]) -> list[int]:
    return given if isinstance(given, list) else [given]


def _parts(answer: Answer) -> int:
    """Return how many questions an answer took the message for."""
    return max(1, len(answer.questions))
