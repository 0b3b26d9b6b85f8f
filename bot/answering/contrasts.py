"""Whether what stands on either side of "rather than", "before" and the like has stayed there."""

import re

from bot.answering.claim_patterns import CONTRASTS, PIVOTS
from bot.answering.claims import Claims

_CLAUSE_END = re.compile(r"[;:.](?: |$)|\b(?:because|since|while)\b")

_ASIDE_END = re.compile(r"[,;:.](?: |$)|\b(?:because|since|while|and|or)\b")


def pivots_hold(claims: Claims, source: Claims) -> bool:
    """Say whether what stands before and after "than", "before" and the like has not changed sides."""
    for pivot in PIVOTS:
        cue = f" {pivot} "
        if cue not in claims.plain or cue not in source.plain:
            if pivot in CONTRASTS and _is_turned(cue, claims, source):
                return False
            continue
        (first, last), (before, after) = (_sides(each.plain, cue) for each in (claims, source))
        if last & (before - after) and not last & after:
            return False
        if len(first & before) + len(last & after) < len(first & after) + len(last & before):
            return False
    return True


def _is_turned(cue: str, claims: Claims, source: Claims) -> bool:
    """Say whether a contrast is added, or what the source sets aside is said without it."""
    if cue in claims.plain:
        return True
    if cue not in source.plain:
        return False
    before, after = source.plain.split(cue, 1)
    aside = Claims(_ASIDE_END.split(after)[0]).bag
    return bool((aside - Claims(before).bag) & claims.bag)


def _sides(plain: str, cue: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return what stands on either side of a cue, as far as the clause goes."""
    before, after = plain.split(cue, 1)
    return Claims(_CLAUSE_END.split(before)[-1]).bag, Claims(_CLAUSE_END.split(after)[0]).bag
