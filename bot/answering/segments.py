"""Whether what a sentence says in one breath its source says in one breath too."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.answering.claims import Claims, is_content, stem
from bot.answering.unexplained import COMPARED, LENT, explains

_HARD = r"[;:.!?](?=\s|$)| - "
_CONJUNCTIONS = (
    r",? ?\b(?:because|since|while|whereas|although|though|unless|until|when|whenever|if|once|but"
    r"|before|after|rather than|instead of)\b"
)
_RELATIVE = r",? \b(?:who|which|that|whose|where)\b"
_OWN_SUBJECT = (
    r"(?:, and\b|, or\b|,| and\b| or\b)(?= (?:the|an?|its|their|your|each|every|no|nobody|one|two)\b"
    r"| (?:[\w'-]+ ){1,3}(?:should|must|may|can|is|are|has|have|will|needs?|takes?|costs?)\b)"
)
_COMMA = r",(?: and\b| or\b)?| and\b| or\b(?! (?:more|less|fewer|better|over|under)\b)"
_SPLIT = re.compile(rf"({_HARD}|{_CONJUNCTIONS}|{_RELATIVE}|{_OWN_SUBJECT}|{_COMMA})")
_RELATIVE_CUT = re.compile(rf"^(?:{_RELATIVE})$")
_HARD_CUT = re.compile(rf"^(?:{_HARD}|{_CONJUNCTIONS})$")
_STARTS_OWN = re.compile(
    r"^(?:[\w'-]+ ){1,3}?[a-z]{3,}s (?:the|an?|its|their|your)\b|"
    r"^(?:the|an?|its|their|your|each|every|no|nobody|one|two)\b"
    r"|^(?:[\w'-]+ ){1,3}?(?:should|must|may|can|is|are|has|have|will|needs?|takes?|costs?)\b"
)
_FINITE = re.compile(
    r"\b(?:should|must|may|can|is|are|has|have|will|needs?|takes?|costs?|[a-z]{3,}(?:s|ed))\b"
)
_VERB = re.compile(
    r"\b(?:is|are|has|have|needs?|takes?|was|were|costs?|to|at|with|in|on|for|by)\b"
    r"|(?<=should )(?:be )?[\w-]+\b(?= )|(?<=must )(?:be )?[\w-]+\b(?= )"
)

_CONJUNCTION = re.compile(_CONJUNCTIONS.removeprefix(",? ?"))
# A label has no more words, and no such verb.
_LABEL = 8
_VERBS_OF_ALL = re.compile(r"\b(?:should|must|may|can|is|are|has|have|will|needs?)\b")
# "A champion is a volunteer who ..." speaks of the champion.
_IS_ONE = re.compile(r"^[^,]* (?:is|are) (?:an? |the )?[^,]*$")
_STOPS = frozenset(".!?")
_STANDS_FOR = ("yours", "theirs", "ours")


@dataclass(frozen=True)
class Segment:
    """What is said in one breath, with what it leans on: a subject, or what a relative clause is about."""

    text: str
    lent: frozenset[str]
    is_relative: bool = False

    @property
    def bag(self) -> frozenset[str]:
        """The stems of its content words."""
        return Claims(self.text).bag


@lru_cache(maxsize=8192)
def segments(plain: str) -> tuple[Segment, ...]:
    """Return what a text says in single breaths; the items of a plain list stay together."""
    found: list[Segment] = []
    subject: frozenset[str] = frozenset()
    text, lent, is_first, is_relative = "", frozenset[str](), True, False
    pieces = _SPLIT.split(plain.replace("(", " ").replace(")", " "))
    opens = False
    for cut, piece in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        if not (cut and (_ends(cut, piece, text) or (opens and cut.startswith(",")))):
            text += cut + piece
            continue
        is_start = is_first and not text.strip()
        if text.strip():
            found.append(Segment(text.strip(), lent, is_relative))
        if is_first and text.strip():
            # A verb that says little, as "takes", is the subject's too.
            subject = _subject(text) | (Claims(text).bag & LENT)
        is_first = is_start or cut.strip() in _STOPS
        if is_first:
            subject = frozenset()
        is_relative = bool(_RELATIVE_CUT.match(cut))
        if is_relative:
            lent = _last(text)
        elif _STARTS_OWN.match(piece.strip()) and (_FINITE.search(piece) or not _tells_fact(Claims(piece))):
            lent = frozenset()
        else:
            lent = subject
        # What opens a sentence as a condition ends at the next comma.
        opens = bool(_CONJUNCTION.match(cut.strip())) and is_start
        text = piece
    if text.strip():
        found.append(Segment(text.strip(), lent, is_relative))
    return tuple(found)


def _ends(cut: str, piece: str, before: str) -> bool:
    """Say whether another breath begins with a piece."""
    if cut.strip() in {".", ":"} and len(Claims(before).words) <= _LABEL and not _VERBS_OF_ALL.search(before):
        # A label, as "Review (every 6 months). Rescore what the plan covers."
        return False
    if cut.strip() == ":":
        return bool(_STARTS_OWN.match(piece.strip()) and _FINITE.search(piece))
    if _HARD_CUT.match(cut) or _RELATIVE_CUT.match(cut):
        return True
    if not Claims(piece).bag:
        return False
    if piece.strip().startswith(("of ", "for ")):
        return False
    is_own = (
        bool(_STARTS_OWN.match(piece.strip()) and _FINITE.search(before) and _FINITE.search(piece))
        and len(Claims(piece).bag) > 1
    )
    facts = [bool(Claims(each).figures or Claims(each).frequencies) for each in (before, piece)]
    return is_own or all(facts)


def _subject(text: str) -> frozenset[str]:
    """Return the words of a segment up to its first verb or preposition; a verb after "should" too."""
    text = text.strip()
    found = _VERB.search(text)
    if found is None:
        return Claims(text).bag
    return Claims(
        text[: found.end() if text[: found.start()].endswith(("should ", "must ")) else found.start()]
    ).bag


def _last(text: str) -> frozenset[str]:
    """Return the words of a segment that a relative clause behind it may speak of."""
    stems = Claims(text).stems
    return frozenset(stems if _IS_ONE.search(text) else stems[-2:])


def segments_hold(
    claims: Claims, source: Claims, heading: frozenset[str], *, only_facts: bool = False
) -> bool:
    """Say whether each breath of a sentence has its words from one of the source, or from the heading.

    `only_facts` asks it of those alone that say how many or how often.
    """
    if any(word in source.counted and word not in claims.counted for word in _STANDS_FOR):
        return False
    theirs = _with_relatives(segments(source.plain))
    free = heading - source.bag
    return all(
        _fits(segment, theirs, free, source.bag)
        for segment in segments(claims.plain)
        if not only_facts or _tells_fact(Claims(segment.text))
    )


def _with_relatives(found: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Return segments, and each with the relative clause behind it as one where neither tells a fact."""
    joined = (
        Segment(f"{one.text} {two.text}", one.lent | two.lent)
        for one, two in pairwise(found)
        if two.is_relative and not _tells_fact(Claims(f"{one.text} {two.text}"))
    )
    return (*found, *joined)


def _tells_fact(claims: Claims) -> bool:
    return bool(claims.figures or claims.frequencies)


def _fits(segment: Segment, theirs: Sequence[Segment], free: frozenset[str], known: frozenset[str]) -> bool:
    claims = Claims(segment.text)
    roots = {stem(word) for word in claims.words if is_content(word) and word not in COMPARED}
    for each in theirs:
        said = Claims(each.text)
        values = {figure.value for figure in said.figures}
        figures = {(figure.value, figure.unit) for figure in said.figures}
        if (
            all(
                root in each.bag | each.lent
                if root in LENT & known
                else explains(each.bag | each.lent | free, root)
                for root in roots
            )
            and all(
                (figure.value, figure.unit) in figures or (not figure.unit and figure.value in values)
                for figure in claims.figures
            )
            and claims.frequencies <= said.frequencies
        ):
            return True
    return False
