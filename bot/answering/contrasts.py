"""Whether what stands on either side of "rather than", "before" and the like has stayed there."""

import re

from bot.answering.claim_patterns import CONTRASTS, PIVOTS
from bot.answering.claims import Claims

_CLAUSE_END = re.compile(r"[,;:.](?: |$)|\b(?:because|since|while)\b")


def pivots_hold(claims: Claims, source: Claims) -> bool:
    """Say whether what stands before and after "than", "before" and the like has not changed sides."""
    for pivot in PIVOTS:
        cue = f" {pivot} "
        if cue not in claims.plain or cue not in source.plain:
            if pivot in CONTRASTS and cue in claims.plain:
                return False
            continue
        (first, last), (before, after) = (_sides(each.plain, cue) for each in (claims, source))
        if last & (before - after) and not last & after:
            return False
        if len(first & before) + len(last & after) < len(first & after) + len(last & before):
            return False
    return True


def _sides(plain: str, cue: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return what stands on either side of a cue, as far as the clause goes."""
    before, after = plain.split(cue, 1)
    return Claims(_CLAUSE_END.split(before)[-1]).bag, Claims(_CLAUSE_END.split(after)[0]).bag
