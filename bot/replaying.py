"""`vcio answers show`: one stored answer with everything it was decided on and put together from."""

import asyncio
from typing import Any

import click

from bot.administration import opened
from bot.answering.endings import MILLION
from bot.answering.models import AnswerRecord
from bot.answering.render import from_stored, plain_text
from bot.errors import SetupError
from bot.printing import print_json
from bot.settings import Settings

NO_MODEL = "no language model: the methodology's sentences, word for word"


def show(settings: Settings, answer_id: int, *, as_json: bool) -> None:
    """Print one answer; raises `SetupError` where there is none of that number."""
    told = asyncio.run(replay(settings, answer_id))
    if as_json:
        print_json(told)
        return
    for line in lines_of(told):
        click.echo(line)


async def replay(settings: Settings, answer_id: int) -> dict[str, Any]:
    """Return everything that explains one answer; raises `SetupError` where there is none of that number."""
    async with opened(settings) as database, database.read() as session:
        record = await session.get(AnswerRecord, answer_id)
    if record is None:
        raise SetupError(f"There is no answer {answer_id}: its number stands in the log as answer=N.")
    if "decision" not in record.body:
        raise SetupError(f"Answer {answer_id} was kept without how it was decided, as in a demo's past.")
    answer = from_stored(record.body)
    return {
        "id": record.id,
        "at": record.created_at.isoformat(),
        "question": record.question,
        "read_as": answer.standalone,
        "outcome": str(record.outcome),
        "reason": str(record.reason),
        "confidence": round(record.confidence, 4),
        "numbers": dict(answer.decision.numbers),
        "org_size": str(answer.org_size) if answer.org_size else None,
        "answer": plain_text(answer),
        "citations": [
            {
                "number": number,
                "scope": cited.scope,
                "slug": cited.slug,
                "section": cited.section,
                "score": cited.score,
            }
            for number, cited in enumerate(answer.citations, start=1)
        ],
        "composed": record.composed,
    }


def lines_of(told: dict[str, Any]) -> list[str]:
    """Return a replay as a person reads it."""
    numbers = ", ".join(f"{name} {value}" for name, value in told["numbers"].items())
    return [
        f"answer {told['id']}, {told['at']}",
        f"asked:    {told['question']}",
        f"read as:  {told['read_as']}",
        f"decided:  {told['outcome']} ({told['reason']}), confidence {told['confidence']}",
        *([f"          {numbers}"] if numbers else []),
        *(f"source:   [{each['number']}] {each['slug']}: {each['section']}" for each in told["citations"]),
        *_composed(told["composed"]),
        "",
        told["answer"],
    ]


def _composed(record: dict[str, Any] | None) -> list[str]:
    """Return what is told of a model's part, sentence by sentence."""
    if not record:
        return [f"put by:   {NO_MODEL}"]
    lines = []
    if rewritten := record.get("rewritten"):
        lines.append(f"rewritten: {rewritten}")
    if "ending" not in record:
        return lines
    spent = (
        f"{record['tokens_in']} tokens in, {record['tokens_out']} out, cost {record['cost'] / MILLION:.6f}"
    )
    times = ", ".join(f"{name} {value:.0f} ms" for name, value in record["milliseconds"].items())
    budget = f" (budget of: {record['budget']})" if record.get("budget") else ""
    lines += [f"put by:   {record['model']}, prompt {record['prompt'] or 'none'}: {record['ending']}{budget}"]
    lines += [f"          {spent}"] + ([f"          {times}"] if times else [])
    lines += [
        f"part:     {each['part']} {each['ending']}: {each['question']}" for each in record.get("parts", ())
    ]
    lines += [
        f"passage:  [{each['number']}] {each['slug']}: {each['section']} ({each['hash']})"
        for each in record["passages"]
    ]
    for each in record["sentences"]:
        lines.append(f"sentence: {each['verdict']} [{each['cited']}] {each['said']}")
        if each.get("by"):
            lines.append(f"          near {each.get('near', 0)}: {each['by']}")
    if record["hidden"]:
        lines.append("hidden:   " + ", ".join(f"{kind} {count}" for kind, count in record["hidden"].items()))
    return lines
