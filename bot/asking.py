"""Questions from the terminal: one, a file of them, or what search alone finds."""

import asyncio
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from bot.administration import client_question
from bot.answering.render import plain_text, to_json
from bot.answering.types import Answer, Question, Speaker, Turn
from bot.errors import SetupError
from bot.library import Library, open_library
from bot.progress import bar
from bot.settings import Settings
from knowledge.scope import METHODOLOGY
from knowledge.types import OrgSize

FAILED = 1
NOT_A_QUESTION = 'not a question: each line needs {"id": ..., "question": "..."}'


def base_question(settings: Settings, client_key: str | None) -> Question:
    """Return a question of nobody, or of someone at the client named: its size, contacts and documents."""
    if client_key is None:
        return Question(text="", scopes=(METHODOLOGY,))
    return asyncio.run(client_question(settings, client_key))


def ask_one(
    settings: Settings, text: str, *, org_size: str | None, client_key: str | None, as_json: bool
) -> None:
    """Print the answer to one question."""
    question = _asked(base_question(settings, client_key), text, org_size)
    library = open_library(settings, progress=bar())
    answer, milliseconds = timed_answer(library, question)
    if as_json:
        click.echo(json.dumps(to_json(answer, "q1", milliseconds), ensure_ascii=False))
        return
    click.echo(plain_text(answer))
    for citation in answer.citations:
        click.echo(f"  Source: {citation.title}, {citation.section}")


def ask_batch(settings: Settings, file: Path, client_key: str | None) -> None:
    """Print one JSON object for every line of `file`, in order; exit 1 when a line could not be read."""
    base = base_question(settings, client_key)
    lines = list(read_lines(file))
    library = open_library(settings, progress=bar())
    conversations: dict[str, tuple[Turn, ...]] = defaultdict(tuple)
    failed = False
    for number, line in enumerate(lines, start=1):
        try:
            fields = read_question(line)
        except ValueError as error:
            failed = True
            click.echo(json.dumps({"id": None, "line": number, "error": str(error)}))
            continue
        thread = str(fields.get("thread") or f"line {number}")
        question = _asked(base, fields["question"], fields.get("org_size"))
        question = replace(question, thread=conversations[thread])
        answer, milliseconds = timed_answer(library, question)
        conversations[thread] += turns_of(question, answer)
        click.echo(json.dumps(to_json(answer, fields["id"], milliseconds), ensure_ascii=False))
    if failed:
        sys.exit(FAILED)


def timed_answer(library: Library, question: Question) -> tuple[Answer, float]:
    """Return the answer and the milliseconds it took."""
    start = time.perf_counter()
    answer = library.answerer.answer(question)
    return answer, (time.perf_counter() - start) * 1000


def turns_of(question: Question, answer: Answer) -> tuple[Turn, Turn]:
    """Return what a question and its answer add to the conversation."""
    slugs = tuple(citation.slug for citation in answer.citations)
    return Turn(Speaker.PERSON, question.text), Turn(Speaker.ASSISTANT, plain_text(answer), slugs)


def read_lines(file: Path) -> Iterator[str]:
    """Yield the lines of a file that are not blank; raises `SetupError` when it cannot be read."""
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise SetupError(f"Cannot read {str(file)!r}: {reason}.") from error
    yield from (line for line in text.splitlines() if line.strip())


def read_question(line: str) -> dict[str, Any]:
    """Return the fields of one line of a batch; raises ValueError saying what is wrong with it."""
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at column {error.colno}") from error
    if not isinstance(fields, dict) or not isinstance(fields.get("question"), str):
        raise ValueError(NOT_A_QUESTION)  # noqa: TRY004 - the line is wrong, not an argument
    if fields.get("org_size") not in {None, *OrgSize}:
        raise ValueError(f"org_size {fields['org_size']!r} is not one of small, medium, large")
    fields.setdefault("id", None)
    return fields


def show_search(settings: Settings, query: str, *, client_key: str | None, limit: int, as_json: bool) -> None:
    """Print the passages found, best first."""
    scopes = base_question(settings, client_key).scopes
    library = open_library(settings, progress=bar())
    hits = library.store.search(query, scopes, limit=limit).hits
    rows = [
        {
            "slug": hit.passage.slug,
            "title": hit.passage.title,
            "section": hit.passage.section,
            "scope": hit.passage.scope,
            "dense": round(float(hit.dense), 4),
            "lexical": round(float(hit.lexical), 4),
            "score": round(float(hit.score), 4),
            "text": hit.passage.text,
        }
        for hit in hits
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    click.echo(f"{'fused':>6} {'dense':>6} {'lexical':>8}  section")
    for row in rows:
        place = f"{row['slug']}: {row['section']}"
        click.echo(f"{row['score']:6.3f} {row['dense']:6.3f} {row['lexical']:8.2f}  {place}")


def _asked(base: Question, text: str, org_size: str | None) -> Question:
    size = OrgSize(org_size) if org_size else base.org_size
    return replace(base, text=text, org_size=size)
