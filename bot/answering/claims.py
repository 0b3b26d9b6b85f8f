"""What a sentence claims, read from its words: compared with what its source claims, never guessed at."""

import re
import threading
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache
from itertools import islice

import Stemmer

from bot.answering import claim_patterns as said
from bot.answering.amounts import Figure, figures_in
from bot.answering.equivalents import EQUIVALENTS, SAME_PHRASES
from bot.answering.wording import STOP_WORDS

_FOLDS = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "‑": "-", "\u00a0": " "}
)
_WORD = re.compile(r"[^\W\d_](?:[\w&'’/.-]*[^\W_])?")
_TOKEN = re.compile(r"[\w'%£$€]+")
_CAPITAL = re.compile(r"(?<![\w.])(?:[A-Z][\w&'/+-]*\w|[A-Z]|\w*[a-z][A-Z]\w*|[A-Za-z]+\d[\w-]*)(?!\w)")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]\s+|\"|\(|-\s)$")
_POSSESSIVE = re.compile(r"'s?$")
_JOINED = re.compile(r"[-/.]")
# Words a writer may add without claiming anything.
_FREE_WORDS = """
also yes therefore however example instance such well key important simply overall typically
generally organisation organisations business company firm recommend recommended means mean plus
among alongside whatever within across throughout during upon
"""
_FREE = frozenset(_FREE_WORDS.split())
# So many words tell what is denied.
_TOLD_BY = 3
_local = threading.local()


class Force(IntEnum):
    """How strongly a sentence puts it."""

    PLAIN = 0
    MAY = 1
    SHOULD = 2
    MUST = 3


@dataclass(frozen=True)
class Claims:
    """A sentence, read."""

    text: str

    @cached_property
    def plain(self) -> str:
        """The sentence in lower case with plain quotes and dashes."""
        return _alike(fold(self.text).lower())

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words, hyphenated ones in parts too."""
        return tuple(word for found in _WORD.findall(self.plain) for word in _parts(found))

    @cached_property
    def counted(self) -> Counter[str]:
        """Its words, with how often each stands there."""
        return Counter(self.words)

    def has_capital(self, word: str) -> bool:
        """Whether one of its words is written with a capital."""
        return word.capitalize() in self.text

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of its content words, in order."""
        return tuple(stem(word) for word in self.words if is_content(word))

    @cached_property
    def bag(self) -> frozenset[str]:
        """The stems of its content words."""
        return frozenset(self.stems)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its numbers, number words among them."""
        return tuple(figures_in(self.plain))

    @cached_property
    def codes(self) -> frozenset[str]:
        """What is written with digits and names something, as 3-2-1-1-0."""
        return frozenset(said.CODES.findall(self.plain))

    @cached_property
    def frequencies(self) -> frozenset[str]:
        """How often, where it says so."""
        return frozenset(name for name, pattern in said.FREQUENCIES if pattern.search(self.plain))

    @cached_property
    def denials(self) -> Counter[str]:
        """The words by which it denies."""
        return Counter(said.NEGATIONS.findall(said.NOT_NEGATIONS.sub(" ", self.plain)))

    @cached_property
    def negations(self) -> int:
        """How many times it denies."""
        return self.denials.total()

    @cached_property
    def is_adverse(self) -> bool:
        """Whether it calls something a mistake, a sign of trouble or the like."""
        return bool(said.ADVERSE.search(self.plain))

    @cached_property
    def denies(self) -> bool:
        """Whether it speaks against what it names."""
        return bool(self.negations % 2) != self.is_adverse

    @cached_property
    def limits(self) -> frozenset[str]:
        """What it limits itself by: only, unless."""
        return frozenset(name for name, pattern in said.LIMITS if pattern.search(self.plain))

    @cached_property
    def force(self) -> Force:
        """The strongest word of obligation or leave in it."""
        for force, pattern in ((Force.MUST, said.MUST), (Force.SHOULD, said.SHOULD), (Force.MAY, said.MAY)):
            if pattern.search(self.plain):
                return force
        return Force.PLAIN

    @cached_property
    def duties(self) -> int:
        """How many times it says that something must be."""
        return len(said.MUST.findall(self.plain))

    @cached_property
    def hedges(self) -> int:
        """How many times it only says that something may be so."""
        return len(said.MAYBE.findall(self.plain))

    @cached_property
    def sure(self) -> int:
        """How many times it says that something will be so."""
        return len(said.WILL.findall(self.plain))

    @cached_property
    def totals(self) -> frozenset[str]:
        """The words by which it speaks of all, always or anybody."""
        found = said.ALL.findall(self.plain)
        return frozenset(said.ALIKE.get(word, word) for word in found)

    @cached_property
    def alls(self) -> frozenset[str]:
        """The stems of what it says all of."""
        return frozenset(stem(word) for word in said.EACH.findall(self.plain) if word not in said.PERIODS)

    @cached_property
    def denied(self) -> frozenset[str]:
        """The stems of the first telling words after each denial."""
        found, rest = set[str](), said.DENIED.search(said.NOT_NEGATIONS.sub(" ", self.plain))
        while rest:
            told = (stem(word) for word in _WORD.findall(rest[1]) if is_content(word))
            found.update(islice(told, _TOLD_BY))
            rest = said.DENIED.search(rest[1])
        return frozenset(found)

    @cached_property
    def periods(self) -> Counter[str]:
        """The periods of time it names, in any form, with how often."""
        bare = (_POSSESSIVE.sub("", word) for word in self.words)
        singular = (word.removesuffix("s") if word not in said.PERIODS else word for word in bare)
        return Counter(said.PERIODS[word] for word in singular if word in said.PERIODS)

    @cached_property
    def governing(self) -> frozenset[str]:
        """The conditions that the whole of it stands under."""
        return frozenset(name for name, pattern in said.GOVERNING if pattern.search(self.plain))

    @cached_property
    def names_case(self) -> bool:
        """Whether it says in which case."""
        return bool(said.SOME_CASE.search(self.plain))

    @cached_property
    def stem_counts(self) -> Counter[str]:
        """The stems of its content words, with how often each stands there."""
        return Counter(self.stems)

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """The stems of its words and numbers, in order, without those that change nothing."""
        found = _TOKEN.findall(self.plain)
        return tuple(stem(word) for word in found if word not in said.HARMLESS)

    @cached_property
    def is_conditional(self) -> bool:
        """Whether it holds only in some case."""
        return bool(said.CONDITIONS.search(self.plain))

    @cached_property
    def names(self) -> frozenset[str]:
        """Words with capitals or digits that do not merely begin a sentence, in lower case."""
        text = fold(self.text)
        found = (match for match in _CAPITAL.finditer(text) if _is_name(text, match))
        return frozenset(_POSSESSIVE.sub("", match[0].lower()) for match in found)


def is_content(word: str) -> bool:
    """Whether a word in lower case tells something by itself."""
    word = _POSSESSIVE.sub("", word)
    return word not in STOP_WORDS and word not in _FREE and word.isalpha()


@lru_cache(maxsize=32768)
def stem(word: str) -> str:
    """Return the stem of a word in lower case."""
    bare = _POSSESSIVE.sub("", word) or word
    root = _bare_stem(bare)
    return _stems_alike().get(bare) or _stems_alike().get(root, root)


def _bare_stem(word: str) -> str:
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("english")
    return str(_local.stemmer.stemWord(word))


@lru_cache(maxsize=1)
def _stems_alike() -> dict[str, str]:
    alike = EQUIVALENTS.items()
    return {each: _bare_stem(first) for word, first in alike for each in (word, _bare_stem(word))}


def fold(text: str) -> str:
    """Return text with plain quotes, dashes and spaces."""
    return " ".join(text.translate(_FOLDS).split())


def _alike(plain: str) -> str:
    """Return a text in lower case with phrases that say the same made the same."""
    for pattern, same in SAME_PHRASES:
        plain = pattern.sub(same, plain)
    return plain


def _parts(word: str) -> list[str]:
    return [part for part in _JOINED.split(word) if part]


def _is_name(text: str, match: re.Match[str]) -> bool:
    word = match[0]
    if word in {"I", "A"}:
        return False
    opens = bool(_SENTENCE_START.search(text[: match.start()]))
    inside = any(char.isupper() or char.isdigit() for char in word[1:])
    return inside or not opens
