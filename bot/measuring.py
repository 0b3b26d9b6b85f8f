"""`vcio eval` and `vcio eval-retrieval`: how good the answers and the search are, measured."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

import click

from bot.answering import evaluation, scorecard
from bot.answering.pipeline import Answerer
from bot.answering.render import to_json
from bot.answering.tallies import Report, summarise
from bot.answering.types import Question, Turn
from bot.asking import opened_library, read_lines, timed_answer, turns_of
from bot.database import ensure_writable
from bot.errors import SetupError
from bot.library import load_embedder
from bot.printing import print_json
from bot.progress import Bar
from bot.settings import Settings
from knowledge import beir
from knowledge.scope import METHODOLOGY
from knowledge.types import OrgSize


def evaluate_file(
    settings: Settings,
    file: Path,
    *,
    as_json: bool,
    save: Path | None = None,
    baseline: Path | None = None,
) -> None:
    """Answer every case of `file` through the product's own pipeline and print the scores.

    `save` keeps the report as a file; `baseline` is one kept before, to which this run is compared.
    """
    cases = list(_cases(file))
    earlier = _read_baseline(baseline) if baseline else None
    if save:
        _write(save, "")  # said before the work, not after it, when it cannot be written
    report = summarise(scores_of(opened_library(settings).answerer, cases))
    told = scorecard.report_json(report)
    if save:
        _write(save, json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    changes = scorecard.compare(report, earlier) if earlier is not None else None
    if as_json:
        print_json(told if changes is None else {**told, "changes": [asdict(one) for one in changes]})
        return
    click.echo(scorecard.format_report(report))
    if changes is not None and earlier is not None:
        click.echo("\n" + scorecard.format_changes(changes, _in_both(report, earlier)))


def _read_baseline(file: Path) -> Mapping[str, Any]:
    """Return a report kept before; raises `SetupError` when it is none."""
    try:
        earlier = json.loads("\n".join(line for _, line in read_lines(file)))
        scorecard.compare(summarise(()), earlier)
    except ValueError as error:
        raise SetupError(f"{str(file)!r} is {error}: give a file kept by `vcio eval --save`.") from error
    return dict(earlier)


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise SetupError(f"Cannot write {str(file)!r} ({error.strerror}): name a file elsewhere.") from error


def _in_both(report: Report, earlier: Mapping[str, Any]) -> int:
    return len({one.id for one in report.scores} & {one["id"] for one in earlier["scores"]})


def _cases(file: Path) -> list[evaluation.Case]:
    cases = []
    for number, line in read_lines(file):
        try:
            cases.append(_case(line))
        except ValueError as error:
            raise SetupError(f"{str(file)!r}, line {number}: {error}") from error
    if not cases:
        raise SetupError(f"{str(file)!r} holds no cases: give one JSON object a line.")
    return cases


def _case(line: str) -> evaluation.Case:
    """Return the case of a line; raises ValueError also for what would only fail when it is asked."""
    case = evaluation.read_case(line)
    if not isinstance(case.question, str):
        raise ValueError(f"the question {case.question!r} is not text")  # noqa: TRY004 - as above
    for size in (case.org_size, case.given_size):
        if size not in (None, *OrgSize):
            raise ValueError(f"org_size {size!r} is not one of {', '.join(OrgSize)}")
    odd = [term for term in (*chain(*case.must_mention), *case.must_not) if not isinstance(term, str)]
    if odd:
        raise ValueError(f"{odd[0]!r} in must_mention or must_not is not text")
    return case


def scores_of(answerer: Answerer, cases: Iterable[evaluation.Case]) -> list[evaluation.Score]:
    """Score the cases in order; those of one thread are one conversation with the bot's real answers."""
    conversations: dict[str, tuple[Turn, ...]] = defaultdict(tuple)
    scores = []
    for case in cases:
        thread = () if case.thread is None else conversations[case.thread]
        size = OrgSize(case.handed_size) if case.handed_size else None
        question = Question(text=case.question, scopes=(METHODOLOGY,), org_size=size, thread=thread)
        answer, milliseconds = timed_answer(answerer, question)
        if case.thread is not None:
            conversations[case.thread] += turns_of(question, answer)
        scores.append(evaluation.score(case, to_json(answer, case.id, milliseconds)))
    return scores


def evaluate_folder(settings: Settings, directory: Path, *, as_json: bool) -> None:
    """Index a folder in BEIR layout apart from everything else, search it, and print the measures."""
    ensure_writable(settings.vcio_data_dir)
    with Bar() as progress:
        scores = beir.evaluate(
            directory,
            embedder=load_embedder(settings, progress),
            work_dir=settings.vcio_data_dir / "beir" / directory.resolve().name,
            progress=progress,
        )
    if as_json:
        print_json(asdict(scores))
        return
    for name, value in asdict(scores).items():
        click.echo(f"{name:<14} {value:.4f}" if isinstance(value, float) else f"{name:<14} {value}")
