"""`vcio kb`: the articles of the methodology, as a list and one at a time, with the firm's terms in them."""

import difflib
import sys
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import click
from rich.console import Console
from rich.markdown import Markdown

from bot.engagement.terms import tokens, unconfirmed
from bot.errors import SetupError
from bot.printing import print_json
from bot.settings import Settings
from bot.stored_terms import stored_terms
from ingest.methodology import PackagedArticle, read_articles

LIKE_ENOUGH = 0.5


def show_articles(settings: Settings, *, as_json: bool) -> None:
    """Print every article by area: words, date of review, and terms in it that nobody has confirmed."""
    terms = stored_terms(settings)
    articles = read_articles(tokens(terms))
    missing = [f"firm.{term}" for term in unconfirmed(terms)]
    rows = [_row(article, missing) for article in articles]
    if as_json:
        print_json(rows)
        return
    widest = max(len(row["slug"]) for row in rows)
    for area, group in groupby(rows, key=lambda row: row["area"]):
        click.echo(area)
        for row in group:
            to_confirm = f"  not confirmed: {', '.join(row['unconfirmed'])}" if row["unconfirmed"] else ""
            click.echo(f"  {row['slug']:<{widest}} {row['words']:>6,} words  {row['reviewed']}{to_confirm}")
    still_open = sum(bool(row["unconfirmed"]) for row in rows)
    confirm = " Confirm them with `vcio firm confirm`." if still_open else ""
    click.echo(f"{len(rows)} articles, {still_open} with terms not confirmed.{confirm}")


def show_article(settings: Settings, slug: str) -> None:
    """Print one article, set on a terminal, as Markdown elsewhere; raises `SetupError` naming near ones."""
    articles = {article.slug: article for article in read_articles(tokens(stored_terms(settings)))}
    if slug not in articles:
        raise SetupError(f"There is no article {slug!r}: {_near(slug, tuple(articles))}")
    text = as_markdown(articles[slug])
    if sys.stdout.isatty():
        Console().print(Markdown(text))
    else:
        click.echo(text)


def as_markdown(article: PackagedArticle) -> str:
    """Return an article as one page: title, summary, text, sources."""
    about = f"*{article.area}, {article.words:,} words, reviewed {article.reviewed}*"
    sources = "\n".join(("## Sources", "", *(f"- {source}" for source in article.sources)))
    return "\n\n".join((f"# {article.title}", about, article.summary, article.markdown.strip(), sources))


def _row(article: PackagedArticle, missing: Sequence[str]) -> dict[str, Any]:
    return {
        "slug": article.slug,
        "title": article.title,
        "area": article.area,
        "words": article.words,
        "reviewed": article.reviewed,
        "unconfirmed": [token.removeprefix("firm.") for token in article.tokens if token in missing],
    }


def _near(slug: str, slugs: Sequence[str]) -> str:
    words = {part for part in slug.lower().split("-") if len(part) > 2}
    alike = difflib.get_close_matches(slug.lower(), slugs, n=3, cutoff=LIKE_ENOUGH)
    near = [*alike, *(known for known in slugs if known not in alike and words & set(known.split("-")))]
    if not near:
        return "`vcio kb` lists those there are."
    return f"did you mean {', '.join(near[:3])}? `vcio kb` lists all."
