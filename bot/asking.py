"""Questions from the terminal: one, a file of them, or what search alone finds."""

import asyncio
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from bot.administration import client_question
from bot.answering.explanation import Explanation, explain
from bot.answering.explanation_text import explanation_text
from bot.answering.render import plain_text, to_json
from bot.answering.types import Answer, Question, Speaker, Turn
from bot.composed_asking import Composing
from bot.errors import SetupError
from bot.library import Library, open_library
from bot.printing import print_json
from bot.progress import Bar
from bot.settings import Settings
from bot.workflows.answer_question import Answers
from knowledge.scope import METHODOLOGY
from knowledge.types import OrgSize

FAILED = 1
NOT_A_QUESTION = 'not a question: each line needs {"id": ..., "question": "..."}'

Conversations = dict[str, tuple[Turn, ...]]


def base_question(settings: Settings, client_key: str | None, org_size: str | None = None) -> Question:
    """Return a question of nobody, or of someone at the client named: its size, contacts and documents."""
    question = Question(text="", scopes=(METHODOLOGY,))
    if client_key is not None:
        question = asyncio.run(client_question(settings, client_key))
    return _of_size(question, org_size)


def opened_library(settings: Settings) -> Library:
    """Open the knowledge with its progress on standard error, built first when there is none."""
    with Bar() as progress:
        return open_library(settings, progress=progress)


def ask_one(
    settings: Settings,
    text: str,
    *,
    org_size: str | None,
    client_key: str | None,
    as_json: bool,
    explained: bool = False,
) -> None:
    """Print the answer to one question, and below it how it was decided when that is asked for."""
    question = replace(base_question(settings, client_key, org_size), text=text)
    library = opened_library(settings)
    with Composing(settings, library) as composing:
        answer, milliseconds = timed_answer(composing, question)
    told = explain(library.store, question, answer) if explained else None
    if as_json:
        print_json(_with_explanation(to_json(answer, "q1", milliseconds), told))
        return
    click.echo(plain_text(answer))
    for citation in answer.citations:
        click.echo(f"  Source: {citation.title}, {citation.section}")
    if told:
        click.echo("\n" + explanation_text(told))


def ask_batch(
    settings: Settings,
    file: Path,
    *,
    org_size: str | None,
    client_key: str | None,
    explained: bool = False,
) -> None:
    """Print one JSON object for every line of `file`, in order; exit 1 when a line could not be read.

    `org_size` holds for the lines that name none.
    """
    lines = list(read_lines(file))
    base = base_question(settings, client_key, org_size)
    library = opened_library(settings)
    conversations: Conversations = defaultdict(tuple)
    failed = False
    with Composing(settings, library) as composing:
        for number, line in lines:
            try:
                fields = read_question(line)
            except ValueError as error:
                failed = True
                print_json({"id": _id_of(line), "line": number, "error": str(error)})
                continue
            print_json(_answered(library, composing, base, fields, conversations, explained=explained))
    if failed:
        sys.exit(FAILED)


def timed_answer(answerer: Answers, question: Question) -> tuple[Answer, float]:
    """Return the answer and the milliseconds it took."""
    start = time.perf_counter()
    answer = answerer.answer(question)
    return answer, (time.perf_counter() - start) * 1000


def turns_of(question: Question, answer: Answer) -> tuple[Turn, Turn]:
    """Return what a question and its answer add to the conversation."""
    slugs = tuple(citation.slug for citation in answer.citations)
    reason, read_as = answer.decision.reason, answer.standalone
    said = Turn(Speaker.ASSISTANT, plain_text(answer), slugs, reason, read_as=read_as)
    return Turn(Speaker.PERSON, question.text), said


def read_lines(file: Path) -> Iterator[tuple[int, str]]:
    """Yield number (from 1) and text of the lines that are not blank; raises `SetupError` when unreadable."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise SetupError(f"Cannot read {str(file)!r} ({reason}): give a file of JSON lines.") from error
    # Not `splitlines`: it also breaks at characters that may stand inside a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def read_question(line: str) -> dict[str, Any]:
    """Return the fields of one line of a batch; raises ValueError saying what is wrong with it."""
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at column {error.colno}") from error
    except RecursionError as error:
        raise ValueError("not JSON that can be read: nested too deeply") from error
    if not isinstance(fields, dict) or not isinstance(fields.get("question"), str):
        raise ValueError(NOT_A_QUESTION)  # noqa: TRY004 - the line is wrong, not an argument
    if fields.get("org_size") not in (None, *OrgSize):
        raise ValueError(f"org_size {fields['org_size']!r} is not one of {', '.join(OrgSize)}")
    fields.setdefault("id", None)
    return fields


def show_search(settings: Settings, query: str, *, client_key: str | None, limit: int, as_json: bool) -> None:
    """Print the passages found, best first."""
    scopes = base_question(settings, client_key).scopes
    hits = opened_library(settings).store.search(query, scopes, limit=limit).hits
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
        print_json(rows)
        return
    click.echo(f"{'fused':>6} {'dense':>6} {'lexical':>8}  section")
    for row in rows:
        place = f"{row['slug']}: {row['section']}"
        click.echo(f"{row['score']:6.3f} {row['dense']:6.3f} {row['lexical']:8.2f}  {place}")


def _answered(
    library: Library,
    answers: Answers,
    base: Question,
    fields: dict[str, Any],
    conversations: Conversations,
    *,
    explained: bool,
) -> dict[str, Any]:
    """Answer one line of a batch in its conversation, which goes on with what was said."""
    thread = fields.get("thread")
    question = replace(_of_size(base, fields.get("org_size")), text=fields["question"])
    if thread is not None:
        question = replace(question, thread=conversations[str(thread)])
    answer, milliseconds = timed_answer(answers, question)
    if thread is not None:
        conversations[str(thread)] += turns_of(question, answer)
    told = explain(library.store, question, answer) if explained else None
    return _with_explanation(to_json(answer, fields["id"], milliseconds), told)


def _with_explanation(answer: dict[str, Any], told: Explanation | None) -> dict[str, Any]:
    return {**answer, "explain": asdict(told)} if told else answer


def _id_of(line: str) -> object:
    """Return the id of a line that is no question, where it still has one."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return fields.get("id") if isinstance(fields, dict) else None


def _of_size(question: Question, org_size: str | None) -> Question:
    return replace(question, org_size=OrgSize(org_size)) if org_size else question
