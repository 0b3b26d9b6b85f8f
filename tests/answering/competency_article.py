"""The packaged article on CIO competencies, read as the index reads it."""

from dataclasses import replace
from functools import cache

from bot.answering.assessment import Scores
from bot.answering.competencies import SLUG, Model, read_model
from ingest.documents import read_draft
from ingest.methodology import methodology_folder
from ingest.sources import Source
from knowledge.scope import METHODOLOGY
from knowledge.split import split
from knowledge.types import Article

USUAL = (4,) * 10 + (3,) * 5


@cache
def packaged() -> Article:
    """The article as it ships."""
    (path,) = methodology_folder().rglob(f"{SLUG}.md")
    draft = read_draft(Source(path, path.name, path.name), path.read_bytes())
    return split(draft, METHODOLOGY, lambda texts: [len(text.split()) for text in texts]).article


def revised(old: str, new: str) -> Article:
    """The article with words replaced wherever they stand."""
    sections = tuple(
        replace(each, markdown=each.markdown.replace(old, new)) for each in packaged().sections
    )  # fmt: skip
    assert sections != packaged().sections
    return replace(packaged(), sections=sections)


def model() -> Model:
    """The model of the article as it ships."""
    found = read_model(packaged())
    assert found is not None
    return found


def scores(*current: int, required: tuple[int, ...] = USUAL) -> Scores:
    """Fifteen levels given in the article's order, beside the usual required ones."""
    return Scores(current, required)
