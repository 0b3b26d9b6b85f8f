"""Whether every telling word of a sentence comes from its source, or says little."""

from collections.abc import Iterator

from bot.answering.claim_patterns import NUMBER_WORDS, PERIODS
from bot.answering.claims import Claims, is_content, stem
from bot.answering.equivalents import LIGHT_WORDS

# As long a beginning in common makes two stems forms of one word: depart, departure.
_LEAST_ROOT = 5
# What a writer may add to a sentence without adding to what it claims.
_LENT_WORDS = """
both single somebody someone itself yourself themselves enough sufficient needed needs need order rather
given giving whoever instead namely between fewer exceed exceeds according states says said
described article method
amounts lasting lasts lives lies further moreover among include includes including deserve able seek cover
suits suitable right proper case cases
"""
LENT = frozenset(map(stem, (*_LENT_WORDS.split(), *LIGHT_WORDS.split())))
# Numbers and times are compared as figures.
COMPARED = frozenset((*NUMBER_WORDS, *PERIODS, *(f"{word}s" for word in PERIODS)))


def unexplained(claims: Claims, source: Claims, heading: frozenset[str]) -> Iterator[str]:
    """Yield the words of a sentence that neither its source nor the heading has, in any form."""
    known = source.bag | heading
    for word in claims.words:
        if not is_content(word) or word in COMPARED:
            continue
        if not explains(known, stem(word)):
            yield word


def explains(known: frozenset[str], root: str) -> bool:
    """Say whether a stem is one of some known ones, a form of one, or a word that says little."""
    return root in known or root in LENT or any(_is_same_root(root, each) for each in known)


def _is_same_root(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _LEAST_ROOT and long.startswith(short) and len(long) - len(short) < _LEAST_ROOT
