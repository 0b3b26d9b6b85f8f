"""What a sentence that follows its source may not do with it: exchange, drop or add a small word."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.answering.claim_patterns import CONTRASTS, NEGATIONS
from bot.answering.claims import Claims, stem
from bot.answering.unexplained import LENT

_TOKEN = re.compile(r"[\w'%£$€]+")
_BOUND = {
    "most": re.compile(r"\b(?:at most|up to|no more than|not more than|maximum|or less|or fewer|below|under"
                       r"|(?<!no )(?<!not )(?:less|fewer) than)\b"),
    "least": re.compile(r"\b(?:at least|no less than|no fewer than|minimum|or more|or better|over|above"
                        r"|(?<!no )(?<!not )(?:more|longer) than)\b"),
}  # fmt: skip
_DENIAL = re.compile(rf"{NEGATIONS.pattern}|\b(?:{'|'.join(CONTRASTS)}|out of)\b")
_PARTS = re.compile(r"[.;:]\s")
_VERBS = frozenset({"is", "are", "was", "were", "should", "must", "may", "can"})
# So far a denial reaches.
_REACH = 4
# So many words tell what is denied.
_TOLD_BY = 3
_BOTH = 2
# So few words in other places are an exchange; more are another way to put it.
_EXCHANGED = 4
_CLAUSE = re.compile(
    r"[,;:.]|\b(?=(?:because|since|while|if|when|before|after|and|or|but|in|at|on|for|with|to|by|every|each)\b)"
)
_JOINED = re.compile(r"[,;:.]|\b(?:and|but)\b")
_THAT_ARE = re.compile(r"\b(?:that|which|who) (?:is|are)\b")
_CASE = re.compile(r"\b(?:after|before|without|during|until|unless|despite) ([\w' -]+)")
_OPENS = re.compile(r"^(?:if|when|whenever|once|where) ([^,;:.]*),")
_CONDITION = re.compile(r"\b(?:if|when|whenever|unless) ([^;:.]*)")
_RELATIVE = re.compile(
    r"^(?:(?:so|but|and|because) )?(?:(?:an?|any|every|each|no)(?: [\w'-]+){0,1} (?P<who>[\w'-]+)"
    r"|people|those|staff)"
    r" (?:that|who|which|whose)\b (?P<which>(?:[\w'-]+ ?){2,6})"
)
# Obligation or leave with the two words after it: "should items slide", "must be kept".
_OBLIGED = re.compile(r"\b(must|should|could|may|can)(?= ([\w'-]+) ([\w'-]+))")


def are_exchanged(claims: Claims, source: Claims) -> bool:
    """Say whether a sentence has the words of its source in another order, and not only its clauses."""
    here, there = (_TOKEN.findall(each.plain) for each in (claims, source))
    if here == there or Counter(here) != Counter(there):
        return False
    return sum(one != other for one, other in zip(here, there, strict=True)) <= _EXCHANGED or (
        Counter(_clauses(claims)) != Counter(_clauses(source))
    )


def _clauses(claims: Claims) -> list[tuple[str, ...]]:
    parts = _CLAUSE.split(claims.plain)
    return [tuple(_TOKEN.findall(part)) for part in parts]


def drops_denial(claims: Claims, source: Claims) -> bool:
    """Say whether what one of them denies, told by the words after its denial, the other says without it."""
    return _plainly(claims.plain, _followed(source.plain)) or _plainly(source.plain, _followed(claims.plain))


def _followed(plain: str) -> set[tuple[str, ...]]:
    """Return what stands after each denial, three words of it at most."""
    found = set()
    for part in _PARTS.split(plain):
        for match in _DENIAL.finditer(part):
            words = _TOKEN.findall(part[match.end() :])[:_TOLD_BY]
            if len(words) > 1:
                found.add(tuple(words))
    return found


def _plainly(plain: str, wanted: set[tuple[str, ...]]) -> bool:
    """Say whether one of some runs of words stands in a text after no denial."""
    for part in _PARTS.split(plain):
        words = _TOKEN.findall(_DENIAL.sub(" \x00'\x00 ", _THAT_ARE.sub(" that ", part)))
        if any(_says_plainly(words, run) for run in wanted):
            return True
    return False


def _says_plainly(words: Sequence[str], run: tuple[str, ...]) -> bool:
    return any(
        tuple(words[at : at + len(run)]) == run and not _is_denied(words[max(0, at - _REACH) : at])
        for at in range(len(words) - len(run) + 1)
    )


def _is_denied(before: Sequence[str]) -> bool:
    """Say whether a denial stands among the words before, in the same clause."""
    if "'" not in before:
        return False
    reach = before[len(before) - before[::-1].index("'") :]
    return not _VERBS & set(reach)


def obliges_others(claims: Claims, source: Claims) -> bool:
    """Say whether a sentence has "should" before what has "must" in a source with both, or the reverse."""
    theirs = set(_OBLIGED.findall(source.plain))
    if len({word for word, *_rest in theirs}) < _BOTH:
        return False
    moved = (each for each in _OBLIGED.findall(claims.plain) if each not in theirs)
    return any(rest == told for _word, *rest in moved for _other, *told in theirs)


def bounds_grew(claims: Claims, source: Claims) -> bool:
    """Say whether a sentence has a bound (at least, up to) that its source has not."""
    return any(
        len(pattern.findall(claims.plain)) > len(pattern.findall(source.plain)) for pattern in _BOUND.values()
    )


def drops_case(claims: Claims, source: Claims) -> bool:
    """Say whether the source speaks of some ("a document that ...") or of a time, and the sentence not."""
    for match in _CASE.finditer(source.plain):
        words = Claims(" ".join(match[1].split()[:_TOLD_BY])).bag
        of = Claims(_JOINED.split(source.plain[: match.start()])[-1]).bag - LENT
        if words and not words & claims.bag and (of & claims.bag or not of):
            return True
    if _narrows(claims, source) or _forgets(claims, source):
        return True
    found = _RELATIVE.search(source.plain)
    if found is None or (found["who"] and stem(found["who"]) not in claims.bag):
        return False
    return not Claims(found["which"]).bag - LENT & claims.bag


def _narrows(claims: Claims, source: Claims) -> bool:
    """Say whether a sentence asks for some only of what a condition of its source asks for together."""
    ours, theirs = (_CONDITION.findall(each.plain) for each in (claims, source))
    for asked in theirs:
        whole = Claims(asked.rsplit(", ", 1)[0])
        for part in ours:
            shared = Claims(part).bag & whole.bag
            if " and " in whole.plain and shared and whole.bag - LENT - claims.bag:
                return True
    return False


def _forgets(claims: Claims, source: Claims) -> bool:
    """Say whether most of the condition that opens the source is missing."""
    found = _OPENS.match(source.plain)
    if found is None:
        return False
    condition = Claims(found[1]).bag - LENT
    return bool(condition) and 2 * len(condition & claims.bag) < len(condition)
