"""The lint as a table: `python -m tests.methodology [SLUG...]` prints words, sections and faults."""

import sys

from rich.console import Console
from rich.table import Table

from ingest.methodology import count_words
from tests.methodology.article import Article, load_all
from tests.methodology.rules import RULES


def main(slugs: list[str]) -> int:
    """Print the table and every fault; returns 1 where there is one, or where a slug is unknown."""
    articles = [article for article in load_all() if not slugs or article.slug in slugs]
    unknown = set(slugs) - {article.slug for article in articles}
    faults = {article.slug: list(faults_of(article)) for article in articles}
    table = Table("article", "words", "sections", "faults")
    for article in articles:
        figures = (count_words(article.body), len(article.sections), len(faults[article.slug]))
        table.add_row(article.slug, *map(str, figures))
    console = Console(width=200)
    console.print(table)
    for slug, found in faults.items():
        for fault in found:
            console.print(f"{slug}: {fault}", markup=False, highlight=False, soft_wrap=True)
    for slug in sorted(unknown):
        console.print(f"no article {slug!r}")
    return 1 if unknown or any(faults.values()) else 0


def faults_of(article: Article) -> list[str]:
    """What every rule finds in one article."""
    return [f"{rule.__name__}: {fault}" for rule in RULES for fault in rule(article)]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
