"""Sentences made untrue on purpose from real passages: what a language model might say, in eighteen ways."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.answering.layout import lines_of
from bot.answering.wording import STOP_WORDS
from knowledge.scope import METHODOLOGY
from knowledge.store import KnowledgeStore
from knowledge.types import Section

_BRANDS = "Veeam Microsoft Zorbix Salesforce Oracle CloudVaultly acronis Druvata Notion"
BRANDS = tuple(_BRANDS.split())
UNITS = {
    "days": "weeks",
    "hours": "days",
    "months": "weeks",
    "weeks": "months",
    "years": "months",
    "year": "month",
}
NUMBERS = {
    "two": "five",
    "three": "seven",
    "four": "nine",
    "five": "two",
    "six": "eight",
    "seven": "three",
    "eight": "four",
    "ten": "twenty",
    "half": "twice",
}
OFTEN = {
    "every year": "every month",
    "yearly": "weekly",
    "monthly": "yearly",
    "quarterly": "monthly",
    "weekly": "daily",
    "every month": "every year",
    "every quarter": "every week",
    "each quarter": "each week",
    "each year": "each month",
    "daily": "monthly",
}
TOTAL = {"often": "always", "usually": "always", "some": "all", "most": "all", "many": "all"}
FLIPS = {
    "more than": "less than",
    "fewer than": "more than",
    "at least": "at most",
    "up to": "at least",
    "before": "after",
    "after": "before",
    "keep": "delete",
    "internal": "external",
    "higher": "lower",
    "always": "never",
    "first": "last",
    "include": "exclude",
    "large": "small",
    "weak": "strong",
    "separate": "shared",
    "outside": "inside",
    "above": "below",
    "cheap": "expensive",
    "written": "oral",
    "longer": "shorter",
    "stop": "start",
    "high": "low",
    "open": "closed",
}
ADDED = (
    ", which the law requires everywhere",
    ", and auditors will fine you otherwise",
    ", and insurers pay for it in full",
    ", as most regulators now demand",
    ", which costs about a tenth of turnover",
    ", and this removes all risk of ransomware",
    ", so no further checks are necessary",
    ", and the vendor carries the liability",
    ", which experts call the gold standard",
    ", and your bank will ask for it",
)
INVENTED = (
    "Insurers will refuse a claim unless an external penetration test was passed.",
    "The finance director personally guarantees the outcome.",
    "Staff may share one account while the project lasts.",
    "Regulators publish the results on their website.",
    "Outsourcing the whole department is the usual next step.",
    "A blockchain ledger makes the records tamper-proof.",
    "Laptops of directors are exempt from these rules.",
    "Artificial intelligence can take these decisions alone.",
    "Customers should be told only when a journalist asks.",
    "Interns are well suited to hold the administrator role.",
    "The supplier's own certificate replaces your checks.",
    "Old documents can be thrown away once the auditor has left.",
    "A cheaper plan saves a third of the budget at once.",
    "Trade unions have to sign the plan first.",
    "Printing everything on paper is the safest copy.",
)
# With so many of its words in one line, a sentence is said there too.
_SHARED_LINE = 0.8


@dataclass(frozen=True)
class Untrue:
    """An untrue sentence, the section it claims to rest on, and how it came to be."""

    kind: str
    text: str
    slug: str
    section_id: str


Change = Callable[[str, random.Random], str | None]


def untrue_sentences(store: KnowledgeStore, count: int, seed: int = 8) -> list[Untrue]:
    """Return `count` untrue sentences, all kinds in turn; the same for the same articles."""
    rng = random.Random(seed)
    sections = [section for section in _sections(store) if len(_sentences(section)) >= 2]
    found: list[Untrue] = []
    seen: set[str] = set()
    kinds = list(KINDS)
    at = 0
    while len(found) < count:
        kind = kinds[at % len(kinds)]
        at += 1
        made = next(_made(kind, sections, rng), None)
        if made and made.text not in seen:
            seen.add(made.text)
            found.append(made)
    return found


def _made(kind: str, sections: list[Section], rng: random.Random) -> Iterator[Untrue]:
    for _ in range(400):
        section = rng.choice(sections)
        sentence = rng.choice(_sentences(section))
        if kind == "another passage":
            other = rng.choice(sections)
            if other.slug != section.slug and not _says(other, sentence):
                yield Untrue(kind, sentence, other.slug, other.section_id)
        elif kind == "wrong source":
            others = [each for each in sections if each.slug == section.slug and each is not section]
            other = rng.choice(others)
            if not _says(other, sentence):
                yield Untrue(kind, sentence, other.slug, other.section_id)
        else:
            text = KINDS[kind](sentence, rng)
            if text and text != sentence and text not in section.markdown:
                yield Untrue(kind, text, section.slug, section.section_id)


def _sections(store: KnowledgeStore) -> list[Section]:
    articles = (store.article(METHODOLOGY, each.slug) for each in store.articles(METHODOLOGY))
    return [section for article in articles if article for section in article.sections]


def _sentences(section: Section) -> list[str]:
    return [line.text.replace("*", "") for line in lines_of(section.markdown) if line.stands_alone]


def _says(section: Section, sentence: str) -> bool:
    """Say whether a section says nearly the same: some lines stand in two articles, and are true there."""
    words = Counter(re.findall(r"\w+", sentence.lower()))
    return any(
        (words & Counter(re.findall(r"\w+", line.lower()))).total() >= _SHARED_LINE * words.total()
        for line in _sentences(section)
    )


def _swap(table: dict[str, str], sentence: str, rng: random.Random) -> str | None:
    present = [word for word in table if re.search(rf"\b{word}\b", sentence)]
    if not present:
        return None
    word = rng.choice(present)
    return re.sub(rf"\b{word}\b", table[word], sentence, count=1)


def _number(sentence: str, rng: random.Random) -> str | None:
    digits = list(re.finditer(r"(?<![\w.-])\d+(?![\w-])", sentence))
    if digits:
        match = rng.choice(digits)
        value = int(match[0])
        changed = rng.choice([value + 1, value * 2, value * 10, max(0, value - 1)])
        if changed != value:
            return f"{sentence[: match.start()]}{changed}{sentence[match.end() :]}"
    return _swap(NUMBERS, sentence, rng)


def _denied(sentence: str, rng: random.Random) -> str | None:
    for positive in ("should", "must", "can", "is", "are", "needs to"):
        if re.search(rf"\b{positive} (?!not\b|be not\b|never\b)", sentence):
            return re.sub(rf"\b{positive} ", f"{positive} not ", sentence, count=1)
    return None


def _affirmed(sentence: str, rng: random.Random) -> str | None:
    for negative in (" not ", " never ", "No ", "Nobody "):
        if negative in sentence and " not yet" not in sentence:
            changed = {" not ": " ", " never ": " always ", "No ": "Every ", "Nobody ": "Everybody "}[
                negative
            ]
            return sentence.replace(negative, changed, 1)
    return None


def _brand(sentence: str, rng: random.Random) -> str | None:
    brand = rng.choice(BRANDS)
    ways = (
        sentence.rstrip(".") + f" with {brand}.",
        f"{brand[:1].upper()}{brand[1:]} does this: {sentence[:1].lower()}{sentence[1:]}",
        re.sub(r"\b(supplier|provider|system|tool|service|vendor|software)\b", brand, sentence, count=1),
    )
    made = rng.choice(ways)
    return None if made == sentence else made


def _named(sentence: str, rng: random.Random) -> str | None:
    found = re.findall(r"\b[A-Z]{2,5}\b(?: \d+)?", sentence)
    if not found:
        return None
    name = rng.choice(found)
    others = ("ISO 9001", "NIST", "CISO", "CFO", "COO", "HIPAA", "TOGAF", "SOC", "ITIL")
    return sentence.replace(name, rng.choice([each for each in others if each not in sentence]), 1)


def _stronger(sentence: str, rng: random.Random) -> str | None:
    return _swap({"should": "must", "may": "must", "can": "must", "might": "will"}, sentence, rng)


def _unhedged(sentence: str, rng: random.Random) -> str | None:
    return _swap({"may": "will", "might": "will", "could": "will", "probably": "certainly"}, sentence, rng)


def _reordered(sentence: str, rng: random.Random) -> str | None:
    words = sentence.split()
    long = [at for at, word in enumerate(words) if _is_content(word)]
    if len(long) < 3:
        return None
    first, last = sorted(rng.sample(long, 2))
    if words[first] == words[last]:
        return None
    words[first], words[last] = words[last], words[first]
    return " ".join(words)


def _is_content(word: str) -> bool:
    return len(word) > 5 and word.isalpha() and word.islower() and word not in STOP_WORDS


def _added(sentence: str, rng: random.Random) -> str | None:
    return sentence.rstrip(".") + rng.choice(ADDED) + "."


def _unconditional(sentence: str, rng: random.Random) -> str | None:
    match = re.match(r"^(?:If|When|Unless|Where) [^,]+, (.+)$", sentence)
    if match:
        return match[1][:1].upper() + match[1][1:]
    cut = re.sub(r",? (?:unless|except|only if|only when|until) [^,.]+", "", sentence)
    return cut if cut != sentence else None


def _figure_added(sentence: str, rng: random.Random) -> str | None:
    if re.search(r"\d", sentence):
        return None
    put = (
        " within 14 days",
        " for 9 out of 10 firms",
        " at a cost of £5,000",
        " in 45 % of cases",
        " three times a day",
    )
    return sentence.rstrip(".") + rng.choice(put) + "."


KINDS: dict[str, Change] = {
    "number changed": _number,
    "unit changed": lambda sentence, rng: _swap(UNITS, sentence, rng),
    "frequency changed": lambda sentence, rng: _swap(OFTEN, sentence, rng),
    "denied": _denied,
    "denial dropped": _affirmed,
    "turned round": lambda sentence, rng: _swap(FLIPS, sentence, rng),
    "another passage": _denied,
    "wrong source": _denied,
    "product named": _brand,
    "other term": _named,
    "made stronger": _stronger,
    "made certain": _unhedged,
    "made total": lambda sentence, rng: _swap(TOTAL, sentence, rng),
    "words swapped": _reordered,
    "clause added": _added,
    "condition dropped": _unconditional,
    "figure added": _figure_added,
    "invented": lambda _sentence, rng: rng.choice(INVENTED),
}
