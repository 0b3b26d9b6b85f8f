"""The telling words of a text in order, with what stands between them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.answering.claim_patterns import FREQUENCIES, NUMBER_WORDS
from bot.answering.claims import is_content, stem
from bot.answering.wording import STOP_WORDS

# How a word begins that stands for how often something is done.
_OFTEN = "often_"
_TOKEN = re.compile(rf"{_OFTEN}\w+|[^\W\d_]+(?:'s?\b)?|\d+(?:[.,]\d+)*|[,;:.!?()]|(?<=\s)-(?=\s)")
_BOUNDARY_WORDS = """
, ; : . ! ? ( ) - and or but because since while whereas so which who that when whenever if where before
after until unless than though although rather instead
"""
_BOUNDARIES = frozenset(_BOUNDARY_WORDS.split())
_STANDS_FOR = frozenset({"yours", "theirs", "ours", "nobody", "everybody", "seldom", "rarely", "never"})
# Another sentence is farther than any step reaches.
_NEXT_SENTENCE = 4


@dataclass(frozen=True)
class Token:
    """A word that tells something, with how many boundaries and which words stand before it.

    `beside` are those that stand between it and the boundary or word before it.
    """

    root: str
    bounds: int
    after: frozenset[str]
    beside: frozenset[str] = frozenset()

    @property
    def is_often(self) -> bool:
        """Whether it says how often."""
        return self.root.startswith(_OFTEN)


@lru_cache(maxsize=8192)
def sequence(plain: str) -> tuple[Token, ...]:
    """Return the telling words of a text in order; how often something is done is a word of its own."""
    for name, pattern in FREQUENCIES:
        plain = pattern.sub(f" {_OFTEN}{name} ", plain)
    found: list[Token] = []
    bounds, between, beside = 0, set[str](), set[str]()
    for word in _TOKEN.findall(plain):
        if word in _BOUNDARIES:
            bounds += _NEXT_SENTENCE if word in ".!?" else not between & _BOUNDARIES
            beside = set()
        elif word in NUMBER_WORDS:
            found.append(Token(f"{NUMBER_WORDS[word]:g}", bounds, frozenset(between), frozenset(beside)))
            between, beside = set(), set()
            continue
        elif (
            word[0].isdigit()
            or word.startswith(_OFTEN)
            or is_content(word.removesuffix("'s").rstrip("'"))
            or word in _STANDS_FOR
        ):
            root = word if word.startswith(_OFTEN) else stem(word)
            found.append(Token(root, bounds, frozenset(between), frozenset(beside)))
            between = {"'s"} if "'" in word else set()
            beside = set(between)
            continue
        between.add(word)
        if word not in _BOUNDARIES:
            # "most organisations of 50 people" counts organisations, though these say nothing here.
            beside = {*beside, word} if word in STOP_WORDS else set()
    return tuple(found)
