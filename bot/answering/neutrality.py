"""Whether a line may leave: no product or vendor in the methodology's words, none recommended in a client's.

The articles are checked for names when they are written, but a firm may index documents of its own beside
them. A client's document names the client's systems and is quoted as it stands, unless the quotation would
read as advice to buy one.
"""

import re
from functools import lru_cache
from pathlib import Path

from knowledge.scope import METHODOLOGY

LIST = Path(__file__).parent / "named_products.txt"
NAMES = tuple(
    line.strip() for line in LIST.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")
)
_LISTED = rf"(?<!\w)(?:{'|'.join(map(re.escape, NAMES))})(?!\w)"
# Words spelt like a brand that are none.
_PLAIN = "ArchiMate|DevOps|FinOps|IaaS|MetricNet|MoSCoW|PaaS|SaaS|VeriSM|WorldCC"
_CAMEL = rf"\b(?!(?:{_PLAIN})\b)[A-Z]?[a-z]+[A-Z][A-Za-z]*\b"
_NAME = rf"(?:{_LISTED}|{_CAMEL})"
_PRAISES = (
    r"(?:\b(?i:recommend\w*|suggest\w*|advise\w*|favou?rite|superior|go (?:for|with)|better off with"
    r"|(?:best|leading|top[- ]rated)(?: [\w-]+){1,3} (?:is|are|remains|would be)"
    r"|should (?:buy|choose|pick|switch to|move to|replace \w+ (?:by|with)))\b)"
)
_PRAISED = (
    r"(?:\b(?i:is|are|remains?|was)\b(?: (?i:by far|still|clearly))? "
    r"(?i:(?:the |our |a )?(?:best|better|superior|safer|cheaper|leading|leader|favou?rite|recommend\w*"
    r"|(?:top|right|good|great|clear|obvious|safe) (?:choice|option|pick)))"
    r"|\b(?i:beats|outperforms|outranks|wins over)\b)"
)
_NEAR = r"(?:\W+[\w'’-]+){0,5}?\W+"
_FIRST_WORDS = frozenset(re.split(r"\W", name)[0] for name in NAMES)
_WORD = re.compile(r"\w+")
_MARK = re.compile(r"[™®©]")
_names_listed = re.compile(_LISTED).search
# What follows the praise at once is the thing praised, even where the name is on no list.
_recommends = re.compile(
    rf"{_PRAISES}{_NEAR}{_NAME}|{_NAME}{_NEAR}{_PRAISED}|{_NAME} {_PRAISED}"
    r"|\b(?i:recommend(?:s|ed)?|go (?:for|with))(?: (?i:using|buying|choosing))? [A-Z][a-z]\w+"
).search


def may_leave(text: str, scope: str) -> bool:
    """Say whether a line quoted from `scope` may go to a person."""
    return not (recommends(text) or (scope == METHODOLOGY and names_product(text)))


@lru_cache(maxsize=16384)
def names_product(text: str) -> bool:
    """Say whether a text names a product or vendor of the list, or carries a trade mark sign."""
    if _MARK.search(text):
        return True
    return not _FIRST_WORDS.isdisjoint(_WORD.findall(text)) and bool(_names_listed(text))


@lru_cache(maxsize=16384)
def recommends(text: str) -> bool:
    """Say whether a text speaks for something with a name: recommends it, or sets it above another."""
    words = _WORD.findall(text)
    may_name = not _FIRST_WORDS.isdisjoint(words) or any(map(_is_mixed, words))
    return (may_name or "recommend" in text or "go for" in text or "go with" in text) and bool(
        _recommends(text)
    )


def _is_mixed(word: str) -> bool:
    """Say at little cost whether a capital stands inside a word."""
    return not (word.islower() or word.istitle() or word.isupper() or word.isdecimal())
