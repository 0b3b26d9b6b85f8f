"""`vcio eval` and `vcio eval-retrieval`: how good the answers and the search are, measured."""

from collections import defaultdict
from dataclasses import asdict
from itertools import chain
from pathlib import Path

import click

from bot.answering import evaluation
from bot.answering.render import to_json
from bot.answering.types import Question, Turn
from bot.asking import opened_library, read_lines, timed_answer, turns_of
from bot.database import ensure_writable
from bot.errors import SetupError
from bot.library import Library, load_embedder
from bot.printing import print_json
from bot.progress import Bar
from bot.settings import Settings
from knowledge import beir
from knowledge.scope import METHODOLOGY
from knowledge.types import OrgSize


def evaluate_file(settings: Settings, file: Path, *, as_json: bool) -> None:
    """Answer every case of `file` through the product's own pipeline and print the scores."""
    cases = list(_cases(file))
    report = evaluation.summarise(_scores(opened_library(settings), cases))
    if as_json:
        print_json(evaluation.report_json(report))
    else:
        click.echo(evaluation.format_report(report))


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
    if case.org_size not in (None, *OrgSize):
        raise ValueError(f"org_size {case.org_size!r} is not one of {', '.join(OrgSize)}")
    odd = [term for term in (*chain(*case.must_mention), *case.must_not) if not isinstance(term, str)]
    if odd:
        raise ValueError(f"{odd[0]!r} in must_mention or must_not is not text")
    return case


def _scores(library: Library, cases: list[evaluation.Case]) -> list[evaluation.Score]:
    """Score the cases in order; cases of one thread continue one conversation."""
    conversations: dict[str, tuple[Turn, ...]] = defaultdict(tuple)
    scores = []
    for number, case in enumerate(cases):
        thread = case.thread or f"case {number}"
        question = Question(
            text=case.question,
            scopes=(METHODOLOGY,),
            org_size=OrgSize(case.org_size) if case.org_size else None,
            thread=conversations[thread],
        )
        answer, milliseconds = timed_answer(library, question)
        conversations[thread] += turns_of(question, answer)
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
