"""Reading the methodology while nobody asks: the first question about an article otherwise waits for it.

Of a question about an article that was not read yet, half the time is the reading: its Markdown taken apart
into lines, their stems and vectors.
"""

from collections.abc import Iterator

from bot.answering.bands import bands_in
from bot.answering.bookshelf import Bookshelf
from bot.answering.extractive import has_figure, text_stems
from bot.answering.layout import cells, lines_of, table_rows
from bot.answering.verify import normalise
from knowledge.scope import METHODOLOGY
from knowledge.store import KnowledgeStore
from knowledge.types import Section, StepKind


def read_ahead(store: KnowledgeStore, shelf: Bookshelf) -> Iterator[None]:
    """Read every article as answering reads it; each step takes about a millisecond.

    What is read is kept where answering looks for it, so that stopping half-way loses nothing. Raises
    `KnowledgeError` when the index is unusable.
    """
    anything = store.embed("methodology")
    for summary in store.articles(METHODOLOGY):
        article = shelf.article(METHODOLOGY, summary.slug)
        yield
        for hit in shelf.within(METHODOLOGY, summary.slug, anything):
            shelf.vectors([hit])
            yield
        for section in article.sections if article else ():
            _read(section)
            yield


def _read(section: Section) -> None:
    text_stems(section.heading)
    normalise(section.markdown)
    for line in lines_of(section.markdown):
        text_stems(line.text)
        has_figure(line.text)
        bands_in(line.text)
        for row in table_rows(line.text)[1:] if line.kind is StepKind.TABLE else ():
            text_stems(cells(row)[0])
