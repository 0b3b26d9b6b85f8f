"""Lint rules for what an article says: names, links, facts that age, agreed numbers, tone."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from bot.answering.neutrality import NAMES
from tests.methodology.article import Article, Section, normalised
from tests.methodology.must_cover_lists import MUST_COVER
from tests.methodology.rules_form import PLANNED_SLUGS
from tests.methodology.shared_practice import SHEET

HERE = Path(__file__).parent
CHECKED = "checked November 2026"
CAMEL = re.compile(r"\b(?:[A-Z]?[a-z]+[A-Z][A-Za-z]*|[A-Z][a-z]+[A-Z][a-z]\w*)\b")
MARKS = re.compile(r"[™®©]|\b\w+\.(?:com|io|ai|net)\b")
CAPITALISED = re.compile(r"(?<![\w.])[A-Z][\w’']*(?:-[A-Z0-9]\w*)*")
POINTER = re.compile(
    r"\b(?:as (?:mentioned|described|noted)|(?:described|mentioned|listed|shown|see) (?:above|below)"
    r"|(?:the|table|list|section|steps?|template) (?:above|below)\b(?! \d)|above-mentioned"
    r"|(?:this|next|previous) (?:section|article|table|chapter))\b",
    re.IGNORECASE,
)
DATED = re.compile(r"(?<![:\d])20(?:2[4-9]|3\d)\b|\b(?:in force|comes? into force|took effect)\b")
LAW = re.compile(r"\b(?:GDPR|NIS2|DORA|EU AI Act|by law|procurement law|accounting rules?)\b")
LINK = re.compile(r"\[[^\]]+\]\(([^)]+)\)")


def listed(name: str) -> tuple[str, ...]:
    """Lines of one of the word lists beside this file, comments left out."""
    lines = (HERE / name).read_text("utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


PRODUCTS = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, NAMES)) + r")(?!\w)")
ALLOWED = frozenset(listed("allowed_names.txt"))
PHRASES = sorted((name for name in ALLOWED if " " in name), key=len, reverse=True)
ALLOWED_PHRASES = re.compile("|".join(map(re.escape, PHRASES)))


def texts(article: Article) -> Iterator[tuple[str, str]]:
    """Every statement of an article with the place it stands in, front matter included."""
    for name in ("title", "summary"):
        yield name, str(article.front.get(name, ""))
    for name in ("also_asked_as", "sources"):
        for entry in article.front.get(name) or ():
            yield name, str(entry)
    for section in article.sections:
        yield "heading", section.heading
        yield from ((section.heading, statement) for statement in section.statements)


def no_product_is_named(article: Article) -> Iterator[str]:
    """No listed product or vendor, no trademark sign, no web address."""
    for place, text in texts(article):
        for pattern in (PRODUCTS, MARKS):
            for match in pattern.finditer(text):
                yield f"{place}: {match[0]!r} names a product, vendor or site: say what it does instead"


def capitals_are_known_names(article: Article) -> Iterator[str]:
    """A capital inside a sentence is a public framework, a plain acronym, or a trademark that slipped in."""
    for place, text in texts(article):
        if place in {"sources", "title"}:
            continue
        for match in CAPITALISED.finditer(without_phrases(text)):
            if is_unknown_name(match, without_phrases(text)):
                yield f"{place}: {match[0]!r} looks like a name: if public, add it to allowed_names.txt"


def without_phrases(text: str) -> str:
    """Blank out the allowed names of several words, keeping every position."""
    return ALLOWED_PHRASES.sub(lambda match: "x" * len(match[0]), text)


def is_unknown_name(match: re.Match[str], text: str) -> bool:
    """Whether a capitalised word is neither a sentence's first word nor on the allow-list."""
    word = re.sub(r"[’']s$|[’']$", "", match[0])
    if (
        word in ALLOWED
        or word.removesuffix("s") in ALLOWED
        or re.fullmatch(r"[A-Z]\d*|[A-Z][’'].*", match[0])
    ):
        return False
    if CAMEL.fullmatch(word) or word.isupper():
        return True
    before = text[: match.start()].rstrip()
    return bool(before) and before[-1] not in ".?:;|“\"‘'(*/>-–"


def links_resolve(article: Article) -> Iterator[str]:
    """Related slugs and links in the text lead to a planned article, never to the article itself."""
    for slug in article.front.get("related") or ():
        if slug not in PLANNED_SLUGS or slug == article.slug:
            yield f"related {slug!r} is not another planned article"
    for target in LINK.findall(article.body):
        if Path(target.split("#")[0]).stem not in PLANNED_SLUGS:
            yield f"link to {target!r} leads to no planned article"


def aging_facts_are_dated(article: Article) -> Iterator[str]:
    """A statement with a recent year says when it was checked, and the facts' section says so at once."""
    for section in article.sections:
        facts = section.heading.startswith("Facts checked")
        if facts and not any(CHECKED in statement for statement in section.statements):
            yield f"{section.heading!r} never says {CHECKED!r}"
        for statement in section.statements:
            undated = re.sub(r"checked (?:in )?November 2026", "", statement)
            if DATED.search(undated) and CHECKED not in statement and not is_standard_only(undated):
                yield f"{section.heading!r} states a fact that ages without {CHECKED!r}: {statement!r}"


def is_standard_only(statement: str) -> bool:
    """A year that merely names an edition, as in 'CSF 2.0 (2024)' or 'SP 800-63B-4 (2025)', is a title."""
    return not DATED.search(re.sub(r"\d \(20\d\d\)", "", statement))


def nothing_points_elsewhere(article: Article) -> Iterator[str]:
    """No statement leans on another section, because each is quoted alone."""
    for section in article.sections:
        for statement in section.statements:
            if match := POINTER.search(statement):
                yield f"{section.heading!r} points elsewhere with {match[0]!r}: {statement!r}"


def shared_numbers_agree(article: Article) -> Iterator[str]:
    """Wherever a topic of the sheet is mentioned, its figures are the agreed ones."""
    for section in article.sections:
        for statement, topic in product(section.statements, SHEET):
            wanted = " or ".join(sorted(topic.allowed))
            for value in topic.strangers(statement):
                yield f"{section.heading!r}: {topic.name} says {value!r}, wanted {wanted}: {statement!r}"


def must_cover_is_covered(article: Article) -> Iterator[str]:
    """The figures and terms promised for the article occur in it; an article without a list is a fault."""
    if article.slug not in MUST_COVER:
        yield f"must_cover/ has no list for {article.slug!r}"
        return
    text = normalised(article.body)
    for group in MUST_COVER[article.slug]:
        if not any(occurs(normalised(term), text) for term in group.split("|")):
            yield f"must cover {group!r}"


def occurs(term: str, text: str) -> bool:
    """Whether a term stands in the text; figures as whole numbers, so that 95% does not cover 5%."""
    before = r"(?<![\d.-])" if term[0].isdigit() else ""
    after = r"(?!\d)" if term[-1].isdigit() else ""
    return re.search(before + re.escape(term) + after, text) is not None


def percentages_are_written_one_way(article: Article) -> Iterator[str]:
    """A space before every percent sign, so that two quoted articles look alike."""
    for match in re.finditer(r"\S*\d%", article.body):
        yield f"{match[0]!r} wants a space before the percent sign"


def tone_is_calm(article: Article) -> Iterator[str]:
    """No exclamation marks and no emoji."""
    for place, text in texts(article):
        if match := re.search(r"!|[\U0001F300-\U0001FAFF\u2600-\u27BF]", text):
            yield f"{place}: {match[0]!r} does not belong in an article"


def law_carries_its_caution(article: Article) -> Iterator[str]:
    """A passage that names a legal duty says to check the jurisdiction and that it is no legal advice."""
    for section in article.sections:
        text = " ".join(section.statements)
        if LAW.search(text) and not ("your jurisdiction" in text and "not legal advice" in text):
            yield f"{section.heading!r} names a law without the caution about jurisdiction and legal advice"


def a_person_can_be_reached(article: Article) -> Iterator[str]:
    """The last section says that pressing the button reaches a person."""
    last: Section | None = article.sections[-1] if article.sections else None
    text = " ".join(last.statements) if last else ""
    if '"Talk to a consultant"' not in text or "person" not in text:
        yield "the last section does not say that 'Talk to a consultant' reaches a person"
