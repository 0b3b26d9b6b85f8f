"""The self-assessment filled in, to take away: the article's own tables with the levels given."""

from collections.abc import Iterator, Sequence

from bot.answering.assessment import Average, Result, Scores, assess, missing, read_code
from bot.answering.competencies import Model, read_model
from bot.answering.handouts import Handout
from knowledge.types import Article, Section, SectionKind

_TITLE = "My CIO self-assessment"
_OVERALL = "Weighted overall"
_YES, _NO = "yes", "no"


def filled_handout(article: Article | None, code: str) -> Handout | None:
    """Return the filled-in tables behind a code; None where the article does not ask these lines any more."""
    model = read_model(article) if article else None
    scores = read_code(model, code) if model else None
    if article is None or model is None or scores is None or missing(scores):
        return None
    result = assess(model, scores)
    texts = [(_TITLE, _summary(result)), *_groups(model, scores), _gaps(result)]
    sections = (
        Section(article.slug, article.title, heading, "", None, SectionKind.TEMPLATE, text)
        for heading, text in texts
    )
    return Handout(article.title, article.reviewed, tuple(sections))


def _summary(result: Result) -> str:
    rows = [_average_row(average) for average in result.averages]
    total = [_OVERALL, decimal(result.overall_tenths), "", ""]
    return _table(["Group and weight", "Average", "At least", "Reached"], [*rows, total])


def _average_row(average: Average) -> list[str]:
    reached = _YES if average.holds else _NO
    name = f"{average.name}, {average.weight} %"
    return [name, decimal(average.tenths), str(average.least), reached]


def _groups(model: Model, scores: Scores) -> Iterator[tuple[str, str]]:
    levels = iter(zip(scores.current, scores.required, strict=True))
    for group in model.groups:
        rows = [
            [f"{each.name}: {each.sign}", *map(str, next(levels))]
            for each in group.competencies
        ]  # fmt: skip
        yield group.name, _table(group.header, rows)


def _gaps(result: Result) -> tuple[str, str]:
    rows = [[line.name, str(line.gap)] for line in result.lines if line.gap]
    return "Gaps, biggest first", _table(["Competency", "Gap"], rows or [["None", "0"]])


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = (header, ["---"] * len(header), *rows)
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in lines)


def decimal(tenths: int) -> str:
    """Return tenths as people write them: 35 is 3.5."""
    return f"{tenths // 10}.{tenths % 10}"
