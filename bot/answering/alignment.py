"""Whether a sentence keeps who does what to what: each of its clauses follows its source, word by word.

Phrases may change places; words within a phrase may not, nor may one word stand where the source has another.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from bot.answering.claim_patterns import ALIKE, FREQUENCIES, MODALS
from bot.answering.claims import Claims, stem
from bot.answering.equivalents import LIGHT_WORDS
from bot.answering.sequence import Token, sequence

# What may be skipped between two neighbours; a boundary counts as a word, a word said elsewhere as more.
_FAR, _BOUNDARY, _ELSEWHERE = 3, 1, 2
# With one word changed in so many, a sentence is still the source's own words in some order.
_WORDS_A_CHANGE = 4
_BE = re.compile(
    r"\b(?:is|are|be|been|being|was|were|get|gets)\s+(?:\w+ly\s+|not\s+|also\s+)?"
    r"([a-z]+en|kept|held|made|built|sent|known|set|put|run|met|led|bought|found|left|paid|told|read|bound)\b"
)
_PARTICIPLE = re.compile(r"\b[a-z]{2,}(?:ed|ing)\b")
_TWO_SENTENCES = re.compile(r"[.!?] +\S")
_ASIDE = re.compile(r" \([^)]*\)")
# Where another subject begins: after "and" with an article, or before a verb of its own.
_NEW_SUBJECT = re.compile(
    r"(?:;|, (?:and|but|while|so|because|since))(?= (?:the|an?|its|their|your|each|every|no|nobody)\b"
    r"| (?:[\w'-]+ ){1,2}(?:should|must|may|can|is|are|has|have|will|needs?)\b)"
)
_BY = re.compile(r"\bby\b")
# Words that stand for somebody: they may not take another's place.
_JOINS = frozenset({"of", "for", "in", "on", "at", "to", "with", "from", "under"})
_LIGHT = frozenset(map(stem, LIGHT_WORDS.split()))

_OF_ALL = frozenset(map(stem, (*ALIKE, *ALIKE.values())))


def order_holds(claims: Claims, source: Claims, heading: frozenset[str]) -> bool:
    """Say whether a sentence has its words as its source has them, by phrases; a heading may add some."""
    new = Counter(_roots(claims)) - Counter(_roots(source))
    left_out = Counter(_roots(source)) - Counter(_roots(claims))
    new = Counter({root: count for root, count in new.items() if root not in heading})
    few = len(claims.telling) // _WORDS_A_CHANGE
    if new and new.total() <= few and left_out.total() <= few:
        # The source but for a word or two must be the source: what was changed is what was made up.
        return False
    aside = source.plain if "(" in claims.plain else _ASIDE.sub("", source.plain)
    there, here = sequence(aside), sequence(claims.plain)
    if not _often_holds(here, there):
        return False
    is_plain = not _TWO_SENTENCES.search(source.text) and _is_in_order(claims, source)
    if is_plain and not new and len(set(source.figures)) < 2:
        return True
    if not is_plain and claims.counted <= source.counted:
        # The very words of the source, none added, and in another order: that is no rewording.
        return False
    said = frozenset(token.root for token in here)
    passive = _passive(claims.plain) ^ _passive(source.plain)
    has_agent = bool(_BY.search(claims.plain)) != bool(_BY.search(source.plain))
    there = tuple(token for token in there if not token.is_often)
    return all(_clause_holds(clause, there, said, passive, has_agent=has_agent) for clause in _split(here))


def _roots(claims: Claims) -> list[str]:
    """Return the stems of what a sentence says, without words that say little."""
    found = (token.root for token in sequence(claims.plain))
    return [root for root in found if root not in _LIGHT and root not in _OF_ALL]


def _is_in_order(claims: Claims, source: Claims) -> bool:
    """Say whether a sentence of the source's own words has them in its order."""
    here, there = (each.telling for each in (claims, source))
    if any(pattern.match(claims.plain) for _name, pattern in FREQUENCIES):
        # What opens with how often is compared without it: that may stand anywhere.
        here, there = (Claims(_without_often(each.plain)).telling for each in (claims, source))
    common = (Counter(here) & Counter(there)).keys() - MODALS
    kept, whole = (tuple(word for word in each if word in common) for each in (here, there))
    return _stands_in(kept, whole) and _stays_with_subject(claims, source)


def _without_often(plain: str) -> str:
    for _name, pattern in FREQUENCIES:
        plain = pattern.sub(" ", plain)
    return plain


def _stays_with_subject(claims: Claims, source: Claims) -> bool:
    """Say whether no clause of a sentence mixes two of the source's with subjects of their own."""
    parts = [{token.root for token in sequence(part)} for part in _NEW_SUBJECT.split(source.plain)]
    everything = set[str]().union(*parts)
    return len(parts) == 1 or all(
        any({token.root for token in clause} & everything <= part for part in parts)
        for clause in _split(sequence(claims.plain))
    )


def _stands_in(here: tuple[str, ...], there: tuple[str, ...]) -> bool:
    """Say whether all of `here` stands in `there` in this order."""
    rest = iter(there)
    return all(word in rest for word in here)


def _often_holds(here: Sequence[Token], there: Sequence[Token]) -> bool:
    """Say whether what is done every month and every year has not been mixed up."""
    oftens = {token.root for token in there if token.is_often}
    if len(oftens) < 2:
        return True
    done = {
        often: {each.root for clause in _split(there) if often in {x.root for x in clause} for each in clause}
        for often in oftens
    }
    for clause in _split(here):
        roots = {token.root for token in clause}
        for often in roots & oftens:
            if len(roots) > 1 and not (roots - oftens) & done[often]:
                return False
    return True


def _split(tokens: Sequence[Token]) -> list[list[Token]]:
    clauses: list[list[Token]] = []
    for token in tokens:
        if not clauses or token.bounds != clauses[-1][-1].bounds:
            clauses.append([])
        clauses[-1].append(token)
    return clauses


def _clause_holds(
    clause: Sequence[Token],
    there: Sequence[Token],
    said: frozenset[str],
    passive: frozenset[str],
    *,
    has_agent: bool,
) -> bool:
    """Say whether a clause follows the source: as it stands, turned from or to the passive, or round "of"."""
    clause = [token for token in clause if not token.is_often]
    if _follows(clause, there, said):
        return True
    for at in range(1, len(clause)):
        if _is_turned(clause, at, there) and all(
            _follows(part, there, said) for part in (clause[:at], clause[at:])
        ):
            return True
    for at in range(1, len(clause)):
        if _is_fronted(clause, at, there) and _follows([*clause[at:], *clause[:at]], there, said):
            return True
    for at, token in enumerate(clause):
        if token.root in passive:
            rest = [*clause[:at], *clause[at + 1 :]]
            bare = tuple(each for each in there if each.root != token.root)
            if _follows(rest, bare, said):
                return True
            if has_agent and any(
                _follows([*rest[cut:], *rest[:cut]], bare, said) for cut in range(1, len(rest))
            ):
                return True
    return False


def _is_fronted(clause: Sequence[Token], at: int, there: Sequence[Token]) -> bool:
    """Say whether what opens a clause is what the source adds at its end with a preposition."""
    opens = [token for token in there if token.root == clause[0].root]
    return bool(clause[at].after & _JOINS) and any(token.after & _JOINS for token in opens)


def _is_turned(clause: Sequence[Token], at: int, there: Sequence[Token]) -> bool:
    """Say whether "the A of B" stands for the source's "B A", or the other way round."""
    first, last = clause[at - 1], clause[at]
    joins = {"of", "for", "in", "on", "at"}
    if last.after & joins and _holds_within(last.root, first.root, there, joins):
        return True
    for one, two in pairwise(there):
        if two.bounds != one.bounds:
            continue
        ends = {clause[-1].root, last.root}
        if last.after & joins and one.root in ends and two.root == first.root and not two.after & joins:
            return True
        if two.after & joins and (one.root, two.root) == (last.root, first.root) and not last.after & joins:
            return True
    return False


def _holds_within(one: str, two: str, there: Sequence[Token], joins: set[str]) -> bool:
    """Say whether "two in one" is what the source says as "one carries two"."""
    for at, token in enumerate(there):
        if token.root != one:
            continue
        for later in there[at + 1 : at + 1 + _FAR]:
            if later.bounds != token.bounds or later.after & joins:
                break
            if later.root == two:
                return True
    return False


def _follows(clause: Sequence[Token], there: Sequence[Token], said: frozenset[str]) -> bool:
    """Say whether the known words of a clause stand in the source in its order, near each other."""
    roots = {token.root for token in there}
    reached: list[int] | None = None
    new = False
    for token in clause:
        if token.root in _LIGHT:
            continue
        if token.root not in roots:
            new = True
            continue
        places = [at for at, each in enumerate(there) if each.root == token.root]
        if reached is None:
            reached = [at for at in places if not (new and _is_replaced(there, at, said))]
        else:
            reached = [
                at for at in places if any(_is_step(there, before, at, said, new=new) for before in reached)
            ]
        if not reached:
            return False
        new = False
    return True


def _is_replaced(there: Sequence[Token], at: int, said: frozenset[str]) -> bool:
    """Say whether a new word stands where the source has one of its own just before."""
    before = there[at - 1] if at else None
    return before is not None and before.bounds == there[at].bounds and _tells(before, said)


def _is_step(there: Sequence[Token], before: int, at: int, said: frozenset[str], *, new: bool) -> bool:
    if at <= before:
        return False
    skipped = there[before + 1 : at]
    bounds = {there[before].bounds, there[at].bounds}
    if new and any(token.bounds in bounds and _tells(token, said) for token in skipped):
        return False
    far = sum(_ELSEWHERE + 1 if token.root in said else token.root not in _LIGHT for token in skipped)
    return far + _BOUNDARY * (there[at].bounds - there[before].bounds) <= _FAR


def _tells(token: Token, said: frozenset[str]) -> bool:
    return token.root not in said and token.root not in _LIGHT


def _passive(plain: str) -> frozenset[str]:
    return frozenset(map(stem, (*_BE.findall(plain), *_PARTICIPLE.findall(plain))))
