"""Whether the words of a sentence hang together as in its source: modifiers, prepositions, who does what."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.answering.claims import Claims, stem
from bot.answering.sequence import Token, sequence
from bot.answering.unexplained import LENT

Pairs = frozenset[tuple[str, str]]
_PREPOSITION_WORDS = """
to by from for with of in at on under within before after over as into without between against per
"""
_PREPOSITIONS = frozenset(_PREPOSITION_WORDS.split())
_JOINS = frozenset({"of", "for", "in", "on", "at"})
# What may stand between two words of which one describes the other, or does something to it.
_BETWEEN_WORDS = """
's the a an its their your should must may can will keep keeps give gives need needs use uses tell tells
take takes has have get gets
"""
_BETWEEN = frozenset(_BETWEEN_WORDS.split())
# How many of something a sentence speaks of.
_ALL = frozenset({"all", "every", "each", "any"})
_PARTS_OF = frozenset({"few", "most", "some", "half"})
_HOW_MANY = _ALL | _PARTS_OF | {"several", "many", "both", "no", "one"}
_MODALS = frozenset({"must", "should", "may", "might", "could"})
_PASSIVE = re.compile(
    r"\b(?:is|are|be|been|being|was|were)\s+(?:\w+ly\s+|not\s+|also\s+)?([a-z]+(?:ed|en)|kept|held|made|told|sent)\b"
)
_SOON, _REACH = 4, 14
# What the passive turns, with or without a form of "be", and what may stand anywhere in its clause.
_TURNED = re.compile(
    r"\b(?:is|are|be|been|being|was|were)\s+(?:\w+ly\s+|not\s+|also\s+)?([a-z]+(?:ed|en)|kept|held|made|told|sent)\b"
    r"|\b([a-z]+(?:ed|en)|kept|held|made|told|sent)(?: in| out| up)? by\b"
)
_PARTICIPLE = re.compile(r"(?:ed|en)$|^(?:kept|held|made|told|sent)$")
_ADVERB = re.compile(r"ly$|^(?:first|again|immediately|aloud)$")


def bindings_hold(claims: Claims, source: Claims) -> bool:
    """Say whether no word describes, follows or does what another of the sentence does in the source."""
    here, there = _telling(claims), _telling(source)
    return not (
        _describes_another(here, there)
        or _follows_another(here, there)
        or _is_new_pair(here, there, claims, source)
        or _joins_apart(here, there)
        or _counts_others(here, there)
        or _obliges_otherwise(here, there)
        or _suffers_what_it_does(claims, source)
    )


def _telling(claims: Claims) -> tuple[Token, ...]:
    """Return the words that tell something; what stands before another stands before the next."""
    found: list[Token] = []
    between = frozenset[str]()
    for token in sequence(claims.plain):
        if found and token.bounds != found[-1].bounds:
            between = frozenset()
        if token.root in LENT or token.is_often:
            between |= token.beside
        else:
            found.append(replace(token, beside=token.beside | between))
            between = frozenset()
    return tuple(found)


def _describes_another(here: Sequence[Token], there: Sequence[Token]) -> bool:
    """Say whether one of two words side by side stands, in the source, beside another of the sentence."""
    said, known = {token.root for token in here}, {token.root for token in there}
    theirs = _beside(there, frozenset())
    ours = _beside(here, theirs)
    for one, two in ours - theirs:
        if not {one, two} <= known or _is_near(one, two, there):
            continue
        if any(first == one and last in said and (one, last) not in ours for first, last in theirs):
            return True
        if any(last == two and first in said and (first, two) not in ours for first, last in theirs):
            return True
    return False


def _beside(tokens: Sequence[Token], compounds: Pairs) -> Pairs:
    """Return the pairs of words side by side; of "end of a contract" also "contract end", where known."""
    found = set[tuple[str, str]]()
    head: Token | None = None
    for one, two in pairwise(tokens):
        if one.bounds != two.bounds:
            head = None
        elif two.beside & _JOINS and (two.root, one.root) in compounds:
            found.add((two.root, one.root))
            head = one
        elif two.beside <= _BETWEEN:
            found.add(((head or one).root, two.root))
            head = None
        else:
            head = None
    return frozenset(found)


def _is_near(one: str, two: str, there: Sequence[Token]) -> bool:
    """Say whether one word comes soon before another in the same clause."""
    for at, token in enumerate(there):
        if token.root == one:
            soon = there[at + 1 : at + _SOON]
            if any(later.root == two and later.bounds == token.bounds for later in soon):
                return True
    return False


def _follows_another(here: Sequence[Token], there: Sequence[Token]) -> bool:
    """Say whether a preposition stands before another word than in the source, where both are said."""
    said, known = {token.root for token in here}, {token.root for token in there}
    for preposition in _PREPOSITIONS:
        ours, theirs = _governed(here, there, preposition), _governed(there, here, preposition)
        if (ours & known) - theirs and (theirs & said) - ours:
            return True
    return False


def _governed(tokens: Sequence[Token], other: Sequence[Token], preposition: str) -> frozenset[str]:
    """Return the words after a preposition, without those that the other text has as "contract end"."""
    compounds = {(one.root, two.root) for one, two in pairwise(other) if one.bounds == two.bounds}
    found, before = set[str](), None
    is_within = False
    for token in tokens:
        is_within = (
            is_within and before is not None and before.bounds == token.bounds and token.beside <= {"'s"}
        ) or (
            preposition in token.beside
            and not token.root[0].isdigit()
            and not (preposition in _JOINS and before is not None and (token.root, before.root) in compounds)
        )
        if is_within:
            found.add(token.root)
        before = token
    return frozenset(found)


def _is_new_pair(here: Sequence[Token], there: Sequence[Token], claims: Claims, source: Claims) -> bool:
    """Say whether two words stand side by side that the source has far apart or the other way round."""
    known = {token.root for token in there}
    said = {token.root for token in here}
    free = {
        stem(word) for each in (claims, source) for found in _TURNED.findall(each.plain) for word in found
    }
    free |= {stem(word) for each in (claims, source) for word in each.words if _ADVERB.search(word)}
    theirs = _beside(there, frozenset())
    return any(
        {one, two} <= known
        and one != two
        and not {one, two} & free
        and not _comes_soon(one, two, there, said)
        and not _is_inverted(one, two, there)
        for one, two in _beside(here, theirs)
    )


def _comes_soon(one: str, two: str, there: Sequence[Token], said: set[str]) -> bool:
    """Say whether one word comes soon before another, what the sentence leaves out not counted."""
    for at, token in enumerate(there):
        if token.root != one:
            continue
        soon = [later.root for later in there[at + 1 : at + _REACH] if later.root in said]
        if two in soon[:_SOON] or any(later.root == two for later in there[at + 1 : at + 1 + _SOON]):
            return True
    return False


def _is_inverted(one: str, two: str, there: Sequence[Token]) -> bool:
    """Say whether "contract end" stands for the source's "end of a contract"."""
    return any(
        (first.root, last.root) == (two, one) and last.beside & _JOINS for first, last in pairwise(there)
    )


def _joins_apart(here: Sequence[Token], there: Sequence[Token]) -> bool:
    """Say whether a preposition joins two words that are neighbours of two clauses in the source."""
    prepositions = _PREPOSITIONS - {"to"}
    apart = {
        (one.root, two.root)
        for one, two in pairwise(there)
        if one.bounds != two.bounds and not two.beside & prepositions
    }
    together = {(one.root, two.root) for one, two in pairwise(there) if one.bounds == two.bounds}
    return any(
        one.bounds == two.bounds and two.beside & prepositions and (one.root, two.root) in apart - together
        for one, two in pairwise(here)
    )


def _counts_others(here: Sequence[Token], there: Sequence[Token]) -> bool:
    """Say whether a sentence speaks of more, or of another number, of something than its source."""
    ours, theirs = _how_many(here), _how_many(there)
    for root, counts in ours.items():
        if root not in theirs:
            continue
        if all(theirs[root]) and any(
            count - _ALL and not any(count & each for each in theirs[root]) for count in counts
        ):
            return True
        if all(count & _PARTS_OF for count in theirs[root]) and not all(
            count & _PARTS_OF for count in counts
        ):
            return True
    return False


def _obliges_otherwise(here: Sequence[Token], there: Sequence[Token]) -> bool:
    """Say whether "must" stands before a word that has "should" before it in the source, or the like."""
    ours, theirs = ({(each.root, each.beside & _MODALS) for each in tokens} for tokens in (here, there))
    for root, modals in ours:
        known = [other for word, other in theirs if word == root]
        if modals and known and all(known) and not any(modals & other for other in known):
            return True
    return False


def _how_many(tokens: Sequence[Token]) -> dict[str, set[frozenset[str]]]:
    found: dict[str, set[frozenset[str]]] = {}
    for token in tokens:
        found.setdefault(token.root, set()).add(token.beside & _HOW_MANY)
    return found


def _suffers_what_it_does(claims: Claims, source: Claims) -> bool:
    """Say whether a sentence puts into the passive what its subject does in the source."""
    turned = {stem(word) for word in _PASSIVE.findall(claims.plain)}
    turned -= {stem(word) for word in source.words if _PARTICIPLE.search(word)}
    if not turned:
        return False
    ours, theirs = (_before(sequence(each.plain), turned) for each in (claims, source))
    return bool(ours & theirs)


def _before(tokens: Sequence[Token], verbs: set[str]) -> Pairs:
    """Return each verb with the word before it, be it on the other side of "who"."""
    return frozenset(
        (one.root, two.root)
        for one, two in pairwise(tokens)
        if two.root in verbs and (one.bounds == two.bounds or two.after & {"who", "that", "which"})
    )
