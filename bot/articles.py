"""`vcio kb`: the articles of the methodology, as a list and one at a time, with the firm's terms in them."""

import difflib
import sys
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

import click
from rich.console import Console
from rich.markdown import Markdown

from bot.engagement.terms import tokens, unconfirmed
from bot.errors import SetupError
from bot.heard import Counted, heard_of, heard_of_all
from bot.heard_text import heard_as_markdown
from bot.printing import print_json
from bot.settings import Settings
from bot.stored_terms import stored_terms
from ingest.methodology import PackagedArticle, count_words, read_articles
from ingest.own import OwnArticle, Provenance, read_own

LIKE_ENOUGH = 0.5
PACKAGED, OWN = "packaged", "own"


def show_articles(settings: Settings, *, as_json: bool) -> None:
    """Print every article by area: words, date of review, terms nobody has confirmed, where it comes from."""
    terms = stored_terms(settings)
    articles = read_articles(tokens(terms))
    missing = [f"firm.{term}" for term in unconfirmed(terms)]
    rows = [_row(article, missing) for article in articles]
    rows += [_own_row(article) for article in read_own(settings.vcio_data_dir)]
    heard = heard_of_all(settings)
    for row in rows:
        row |= asdict(heard.get(row["slug"], Counted()))
    rows.sort(key=lambda row: (row["area"], row["slug"]))
    if as_json:
        print_json(rows)
        return
    widest = max(len(row["slug"]) for row in rows)
    for area, group in groupby(rows, key=lambda row: row["area"]):
        click.echo(area)
        for row in group:
            to_confirm = f"  not confirmed: {', '.join(row['unconfirmed'])}" if row["unconfirmed"] else ""
            origin = f"  {_spoken(row)}" if row["origin"] == OWN else ""
            touched = _touched(row)
            words = f"{row['words']:>6,} words  {row['reviewed']}"
            click.echo(f"  {row['slug']:<{widest}} {words}{to_confirm}{origin}{touched}")
    still_open = sum(bool(row["unconfirmed"]) for row in rows)
    confirm = " Confirm them with `vcio firm confirm`." if still_open else ""
    click.echo(f"{len(rows)} articles, {still_open} with terms not confirmed.{confirm}")


def show_article(settings: Settings, slug: str, *, with_answers: bool = False) -> None:
    """Print one article, what people said of it and what rests on it; on a terminal set, else as Markdown.

    `with_answers` lists the questions answered from it. Raises `SetupError` naming articles called alike.
    """
    articles = {article.slug: article for article in read_articles(tokens(stored_terms(settings)))}
    own = {article.slug: article for article in read_own(settings.vcio_data_dir)}
    if slug not in articles and slug not in own:
        raise SetupError(f"There is no article {slug!r}: {near(slug, (*articles, *own))}")
    text = as_markdown(articles[slug]) if slug in articles else own_as_markdown(own[slug])
    if known := heard_of(settings, slug):
        text += "\n\n" + heard_as_markdown(known, with_questions=with_answers)
    if sys.stdout.isatty():
        Console().print(Markdown(text))
    else:
        click.echo(text)


def as_markdown(article: PackagedArticle) -> str:
    """Return an article as one page: title, summary, text, sources."""
    about = f"*{article.area}, {article.words:,} words, reviewed {article.reviewed}*"
    sources = "\n".join(("## Sources", "", *(f"- {source}" for source in article.sources)))
    return "\n\n".join((f"# {article.title}", about, article.summary, article.markdown.strip(), sources))


def own_as_markdown(article: OwnArticle) -> str:
    """Return an article of the firm's own as one page, with where each section comes from."""
    about = f"*{article.area}, {count_words(article.markdown):,} words, reviewed {article.reviewed}*"
    origin = [f"- {heading}: {_origin(told)}" for heading, told in article.provenance]
    parts = [f"# {article.title}", about, article.summary, article.markdown.strip()]
    if origin:
        parts.append("\n".join(("## Where this comes from", "", *origin)))
    return "\n\n".join(part for part in parts if part)


def _origin(told: Provenance) -> str:
    review = "self-reviewed" if told.self_reviewed else f"approved by {told.approved_by}"
    return f"{told.ticket}, written by {told.written_by}, {review} on {told.approved}"


def _spoken(row: dict[str, Any]) -> str:
    """Return where an article of the firm's own comes from, for the list."""
    tickets = dict.fromkeys(told["ticket"] for told in row["provenance"])
    return f"our own, from {', '.join(tickets)}" if tickets else "our own"


def _touched(row: dict[str, Any]) -> str:
    """Return what waits for an answer, and what a change would touch, for the list."""
    comments = f"  open comments: {row['comments']}" if row["comments"] else ""
    return f"{comments}  answers: {row['answers']}" if row["answers"] else comments


def _own_row(article: OwnArticle) -> dict[str, Any]:
    return {
        "slug": article.slug,
        "title": article.title,
        "area": article.area,
        "words": count_words(article.markdown),
        "reviewed": article.reviewed,
        "unconfirmed": [],
        "origin": OWN,
        "provenance": [{"section": heading, **asdict(told)} for heading, told in article.provenance],
    }


def _row(article: PackagedArticle, missing: Sequence[str]) -> dict[str, Any]:
    return {
        "slug": article.slug,
        "title": article.title,
        "area": article.area,
        "words": article.words,
        "reviewed": article.reviewed,
        "unconfirmed": [token.removeprefix("firm.") for token in article.tokens if token in missing],
        "origin": PACKAGED,
        "provenance": [],
    }


def near(slug: str, slugs: Sequence[str]) -> str:
    """Return what to do instead of naming an article there is not: near ones, or the list."""
    words = {part for part in slug.lower().split("-") if len(part) > 2}
    alike = difflib.get_close_matches(slug.lower(), slugs, n=3, cutoff=LIKE_ENOUGH)
    near = [*alike, *(known for known in slugs if known not in alike and words & set(known.split("-")))]
    if not near:
        return "`vcio kb` lists those there are."
    return f"did you mean {', '.join(near[:3])}? `vcio kb` lists all."
