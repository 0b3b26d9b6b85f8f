"""Finding the size of the asker's organisation in what they wrote."""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.answering.headcount_patterns import ABOUT, BESIDE, CORRECTS, FIRM, PEOPLE, PLAIN_FIRM
from bot.answering.headcounts import Headcount, Weight, own_headcounts, statement_end
from bot.answering.reading import Reading, read
from bot.answering.types import Speaker, Turn
from bot.answering.wording import fold
from knowledge.types import OrgSize

# "No, 400", "typo, I meant 300", "sorry 40 not 400", "not 80, 800", "make that 120", "510, sorry".
_PEOPLE = rf"(?: (?:or so )?(?:{PEOPLE}|of us)\b)?"
_CLOSED = r"(?=\s*(?:[.,;!?)]|$)| (?:not|instead|rather|since|now|sorry|of course|and|in fact)\b)"
_CORRECTION = (
    rf"^(?:{BESIDE}\b[ ,]*){{0,2}}(?:{CORRECTS}\b[ ,:;.!-]*){{1,3}}(?:{BESIDE}\b[ ,:;.!-]*){{0,3}}(?:we are |of |{FIRM} of ){{0,3}}{ABOUT}(?P<number>#){_PEOPLE}{_CLOSED}",
    rf"^{ABOUT}(?P<number>#){_PEOPLE},? (?:not|instead of|rather than) {ABOUT}#",
    rf"^(?:(?:no|sorry|oops)[ ,]*)?(?:it is |we are )?not {ABOUT}#{_PEOPLE}[ ,;.!-]*(?:but |it is |we are |rather ){{0,3}}{ABOUT}(?P<number>#){_PEOPLE}{_CLOSED}",
    rf"^(?:no[ ,]*)?i (?:said|wrote) {ABOUT}#{_PEOPLE}[ ,.;-]*(?:but |sorry,? |i meant |it is |we are |it should be |that should be ){{0,3}}{ABOUT}(?P<number>#){_PEOPLE}{_CLOSED}",
    rf"^(?:it was |we are |it is )?{ABOUT}(?P<number>#){_PEOPLE},? (?:sorry|my mistake|i meant)\b",
)
_REPLY = rf"^(?:(?:it is|i would say|that is|we are|there are|probably|oh|um|hm|yes|so|say)\b[ ,]*){{0,4}}{ABOUT}(?P<number>#){_PEOPLE}(?=\s*(?:[.,;!?)]|$))"

_SMALL = r"(?:very small|really small|small(?:er|ish)?|tiny|micro|little)"
_MEDIUM = r"(?:medium(?:[- ]sized?)?|mid-?(?:dle)?[- ]?(?:sized?|market)|middle-sized)"
_LARGE = r"(?:large(?:[- ]scale)?|big(?:ger)?|huge|larger|very large)"
_BODY = rf"(?:{PLAIN_FIRM}|organi[sz]ations|orgs|companies|businesses|firms|charities|enterprises|ones?|employers?|players?)"
_KIND = rf"(?:(?P<small>{_SMALL})|(?P<medium>{_MEDIUM})|(?P<large>{_LARGE}))"
_OWN_WORDS = (
    rf"\b(?:we(?: are|'re|re)|i(?: run| own| work (?:for|at|in)|'m in|'m at)|being|as|our|my|us,|like (?:us|ours),)(?: just| only| quite| pretty| still)*(?: an?)? (?:fairly |quite |very )?{_KIND}(?:,? [\w-]+){{0,2}} {PLAIN_FIRM}\b",
    rf"\b{_KIND} (?:\w+ )?{PLAIN_FIRM} (?:here|like (?:us|ours|mine))\b",
    r"(?P<small>\bsole traders?\b|\bone[- ]man band\b|\bone[- ]person (?:business|company|band)\b|\b(?:(?:it's|it is|there's|is|there is) (?:just|only)|just) (?:me|myself)\b|\bmy (?:wife|husband|partner|brother|sister|son|daughter|father|mother) and (?:i|me)\b|\b(?:me and|i and) my (?:wife|husband|partner|brother|sister|son|daughter|father|mother)\b|\bi(?: am|'m)? (?:work(?:ing)? (?:alone|on my own|for myself|solo)|on my own|alone)\b|\ba one[- ](?:man|woman|person) (?:show|shop|operation)\b|\bself-employed\b|\bfreelancer\b|\bwe(?: are|'re) (?:really |very |pretty |quite )?(?:tiny|small)\b|\b(?:we(?: are|'re)|as|i (?:run|own|work (?:at|in|for))) an? (?:young |new |early[- ]stage )?(?:\w+ )?start-?up\b)",
    r"(?P<large>\bwe(?: are|'re) (?:an enterprise|a (?:global |large )?(?:multinational|corporation|corporate)|a global (?:company|group|firm))\b|\b(?:as|i work (?:for|at|in)) a (?:global |large )?multinational\b|\b(?:fortune|ftse) \d+\b|\bwe(?: are|'re) (?:really |very |pretty |quite )?(?:huge|big|large)\b)",
    r"(?P<medium>\bwe(?: are|'re) (?:mid-?sized?|medium-sized|medium)\b)",
    rf"^(?:{ABOUT})?(?:we(?: are|'re) )?{_KIND}(?: {PLAIN_FIRM})?[.!]*$",
)
_ASKED_WORDS = (
    rf"\b(?:for|in|at|about|as|should|does|do|can|would|how do|if we were)(?: an?| the)? {_KIND}(?: [\w-]+)? {_BODY}\b",
    rf"\b{_KIND} (?:organi[sz]ation|company|business|firm)\b",
)


@dataclass(frozen=True)
class SizeStatement:
    """A size found in a message: the band, whether it is the asker's own, and where it stands (folded text)."""

    size: OrgSize
    own: bool
    start: int
    end: int


def _compile(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


_CORRECTION_RULES = _compile(_CORRECTION)
_REPLY_RULE = re.compile(_REPLY)
_OWN_WORD_RULES = _compile(_OWN_WORDS)
_ASKED_RULES = _compile(_ASKED_WORDS)
_ASKS_SIZE = re.compile(r"how many (?:people|staff|employees)|how (?:big|large)|size of your")


def band(headcount: float) -> OrgSize:
    """Return the band of a headcount: small below 50, medium 50 to 500, large above (methodology, rule 4)."""
    if headcount < 50:
        return OrgSize.SMALL
    return OrgSize.MEDIUM if headcount <= 500 else OrgSize.LARGE


def _by_number(found: Headcount, reading: Reading) -> SizeStatement:
    start, end = reading.origin[found.start], reading.origin[found.end]
    return SizeStatement(band(found.value), True, start, end)


def _corrected(rules: Iterable[re.Pattern[str]], reading: Reading) -> Iterator[SizeStatement]:
    """Yield the size a bare number means where one was asked for or is put right; '60k' is as often money."""
    for rule in rules:
        if match := rule.match(reading.text):
            count = reading.counts[reading.marks.index(match.start("number"))]
            end = statement_end(reading, match.end())
            if not count.short or "# " in match.group():
                yield _by_number(Headcount(count.value, Weight.STATED, match.start(), end), reading)


def _by_word(rules: Iterable[re.Pattern[str]], folded: str, *, own: bool) -> Iterator[SizeStatement]:
    for rule in rules:
        for match in rule.finditer(folded):
            named = next(name for name, value in match.groupdict().items() if value)
            yield SizeStatement(OrgSize(named), own, match.start(), match.end())


@lru_cache(maxsize=256)
def find_size(text: str, *, replying: bool = False, known: bool = False) -> SizeStatement | None:
    """Return the size a message states or asks about, the asker's own first, the latest in the text.

    `replying`: the assistant has just asked for the size, so a bare number is one.
    `known`: a size is in force, so "no, 400" corrects it.
    """
    folded = fold(text)
    reading = read(folded)
    rules = (*(_CORRECTION_RULES if known or replying else ()), *((_REPLY_RULE,) if replying else ()))
    bare = list(_corrected(rules, reading))
    counted = max(own_headcounts(reading), key=lambda each: (each.weight, each.end), default=None)
    if bare and not (counted and counted.weight is Weight.TOTAL):
        return bare[0]
    said = list(_by_word(_OWN_WORD_RULES, folded, own=True))
    # "Mid-sized" is surer than the users of a system or the group it is part of.
    if counted and (counted.weight > Weight.USERS or not said):
        return _by_number(counted, reading)
    found = said or list(_by_word(_ASKED_RULES, folded, own=False))
    return max(found, key=lambda statement: statement.end, default=None)


def stated_in(thread: Iterable[Turn]) -> OrgSize | None:
    """Return the asker's own size as last stated in earlier turns; None = never said."""
    latest: OrgSize | None = None
    replying = False
    for turn in thread:
        if turn.speaker is Speaker.PERSON:
            statement = find_size(turn.text, replying=replying, known=latest is not None)
            latest = statement.size if statement and statement.own else latest
        else:
            replying = asks_size(turn.text)
    return latest


def asks_size(text: str) -> bool:
    """Say whether an assistant's turn asked how large the organisation is."""
    return bool(_ASKS_SIZE.search(fold(text)))
