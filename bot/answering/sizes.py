"""Finding the size of the asker's organisation in what they wrote."""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.answering.types import Speaker, Turn
from bot.answering.wording import fold
from knowledge.types import OrgSize

_WORD_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_LOOSE_NUMBERS = {
    "a handful": 5, "half a dozen": 6, "a dozen": 12, "two dozen": 24, "three dozen": 36, "dozens": 40,
    "a hundred": 100, "a couple of hundred": 200, "couple of hundred": 200, "two hundred": 200, "three hundred": 300,
    "a few hundred": 300, "few hundred": 300, "several hundred": 300, "four hundred": 400, "five hundred": 500,
    "hundreds of": 300, "a thousand": 1000, "a couple of thousand": 2000, "two thousand": 2000,
    "a few thousand": 3000, "several thousand": 3000, "thousands of": 3000, "tens of thousands of": 20000,
}  # fmt: skip
_SPELT = "|".join(sorted((*_LOOSE_NUMBERS, *_WORD_NUMBERS), key=len, reverse=True))
_ONE = rf"(?:\d{{1,3}}(?:[, ]\d{{3}})+|\d+(?:\.\d+)?k|\d+|{_SPELT})"
_NUMBER = rf"(?P<number>{_ONE}(?: ?(?:-|to|or|and) ?{_ONE})?)\+?"
_ABOUT = (
    r"(?:(?:about|around|roughly|approximately|approx\.?|circa|c\.|some|nearly|almost|just|over|under|only|now|still|maybe|"
    r"perhaps|probably|currently|actually|already|between|fewer than|less than|more than|up to|a|an|of|only about|"
    r"all|~|well) ?)*"
)
_PEOPLE = r"(?:people|persons?|staff|employees|heads|ftes?|souls|workers|headcount|members of staff|team members|strong)"
_FIRM = (
    r"(?:company|firm|consultancy|charity|business|organi[sz]ation|org|agency|practice|outfit|shop|council|school|"
    r"college|manufacturer|maker|start-?up|non-?profit|ngo|association|trust|studio|enterprise|wholesaler|retailer|"
    r"bank|hospital|clinic|university|museum|foundation|partnership|society|publisher|builder|contractor|distributor)"
)
_DEPARTMENT = (
    r"(?:it|finance|hr|sales|marketing|ops|operations|legal|accounts|payroll|procurement|engineering|support|admin|"
    r"customer service|(?:the|my|our|one|each|that|this) (?:\w+ )?(?:team|department|project|unit|group|helpdesk|desk))"
)
# What follows shows that only some of the people are meant: "3 people in finance", "five staff who approve".
_NOT_PART = (
    rf"(?! (?:in {_DEPARTMENT}\b|on (?:the|it)\b|who|that|with\b|looking|doing|working|handling|responsible|leaving|left"
    r"|off\b|sharing|using|without|need|needs|to\b|for\b|per\b|can|trained|joining|join|every|a (?:month|year|week)|report"
    r"|meetings?|calls?|workshops?|pilots?|trials?|projects?|events?|courses?))"
)
_WE = (
    r"(?:we(?: are|'re|re)|we(?: have|'ve got|'ve| have got| got| employ| number)|there(?: are|'s| is|'re)"
    rf"|(?:our|my|the|this) (?:\w+ )?{_FIRM} (?:has|have|is|employs|of|with)|(?<!do )(?<!should )(?<!can )i (?:run|own|manage|lead) an?"
    rf"|i work (?:for|at|in) an?|an? (?:\w+ ){{0,2}}{_FIRM} (?:of|with)|headcount(?: is| of|:| =)?|workforce (?:is|of)"
    r"|staff of|company size(?: is|:)?|employ)"
)
_OWN_NUMBER = (
    rf"\b{_WE}(?: an?)? (?:team of |{_FIRM} of )?{_ABOUT}{_NUMBER}[ -]{_PEOPLE}\b{_NOT_PART}",
    rf"\b{_WE} {_ABOUT}{_NUMBER} (?:of us|strong)\b(?! in {_DEPARTMENT}| on | who| sharing| share)",
    rf"(?<!the )(?<!for )\b(?:only |just |all )?{_NUMBER} of us\b(?! in | on | who| shar| want| need| think| work| use| had| have)",
    rf"\b{_NUMBER}[ -](?:person|people|employee|staff|man|woman|member|head|user|seat|strong)[ -](?:\w+[ -]){{0,2}}{_FIRM}\b",
    rf"\b(?:we are|we're|as) an? {_ABOUT}{_NUMBER}[ -](?:person|people|employee|staff) (?:team|group|family)\b",
    rf"\b{_FIRM},? (?:of|with|has|employing|,) ?{_ABOUT}{_NUMBER}(?: {_PEOPLE}\b{_NOT_PART}|(?=[,.;)]|$))",
    rf"\b(?:headcount|workforce)(?: is| of|:| =) {_ABOUT}{_NUMBER}\b",
    rf"\b{_NUMBER} {_PEOPLE} (?:in total|in all|overall|altogether|company-?wide|worldwide|globally|across)\b",
    rf"(?:^|[,;.:(] ?|- ){_ABOUT}{_NUMBER} {_PEOPLE}\b(?=\s*(?:[,;.:)]|$|- |here\b|now\b|in (?:two|three|four|one|\d)|no (?:it|cio)))",
)
_CORRECTION = (
    rf"^(?:no|nope|sorry|actually|correction|i meant?|wait|oops|make (?:that|it))\b[, :-]*(?:we(?: are|'re) |it's |it is |more like |make (?:that|it) )?"
    rf"{_ABOUT}{_NUMBER}(?: {_PEOPLE})?(?:,? (?:not|instead of|rather than) .{{1,20}})?[.!]*$",
    rf"^{_ABOUT}{_NUMBER}(?: {_PEOPLE})?,? not {_ONE}(?: {_PEOPLE})?[.!]*$",
)
_REPLY = rf"^{_ABOUT}{_NUMBER}(?: {_PEOPLE}| of us)?[.!]*$"

_SMALL = r"(?:very small|really small|small(?:er|ish)?|tiny|micro|little)"
_MEDIUM = r"(?:medium(?:[- ]sized?)?|mid-?(?:dle)?[- ]?(?:sized?|market)|middle-sized)"
_LARGE = r"(?:large(?:[- ]scale)?|big(?:ger)?|huge|larger|very large)"
_BODY = rf"(?:{_FIRM}|organi[sz]ations|orgs|companies|businesses|firms|charities|enterprises|ones?|employers?|players?)"
_KIND = rf"(?:(?P<small>{_SMALL})|(?P<medium>{_MEDIUM})|(?P<large>{_LARGE}))"
_OWN_WORDS = (
    rf"\b(?:we(?: are|'re|re)|i(?: run| own| work (?:for|at|in)|'m in|'m at)|being|as|our|my|us,|like (?:us|ours),)(?: just| only| quite| pretty| still)*(?: an?)? (?:fairly |quite |very )?{_KIND}(?:,? [\w-]+){{0,2}} {_FIRM}\b",
    rf"\b{_KIND} (?:\w+ )?{_FIRM} (?:here|like (?:us|ours|mine))\b",
    r"(?P<small>\bsole traders?\b|\bone[- ]man band\b|\bone[- ]person (?:business|company|band)\b|\b(?:it's|there's|is) (?:just|only) me\b|\bself-employed\b|\bfreelancer\b|\bwe(?: are|'re) (?:really |very |pretty |quite )?(?:tiny|small)\b)",
    r"(?P<large>\bwe(?: are|'re) (?:an enterprise|a (?:global |large )?(?:multinational|corporation|corporate)|a global (?:company|group|firm))\b|\b(?:fortune|ftse) \d+\b|\bwe(?: are|'re) (?:really |very |pretty |quite )?(?:huge|big|large)\b)",
    r"(?P<medium>\bwe(?: are|'re) (?:mid-?sized?|medium-sized|medium)\b)",
    rf"^(?:{_ABOUT})?(?:we(?: are|'re) )?{_KIND}(?: {_FIRM})?[.!]*$",
)
_ASKED_WORDS = (
    rf"\b(?:for|in|at|about|as|should|does|do|can|would|how do|if we were)(?: an?| the)? {_KIND}(?: [\w-]+)? {_BODY}\b",
    rf"\b{_KIND} (?:organi[sz]ation|company|business|firm)\b",
)
_FUTURE = re.compile(
    r"(?:grow(?:ing|s|n)?|expect(?:ing)?|will|going|plan(?:ning)?|soon|aim(?:ing)?|reach|hit|hire|hiring|if|when|once"
    r"|until|were|was|used to)(?: \w+){0,3}$"
)
_LOOKED_BACK = 200  # characters before a number that may say whose it is
# Whose people they are when it is not the asker's organisation, and where talk of another subject begins.
_OTHERS = re.compile(
    r"\b(?:suppliers?|vendors?|providers?|customers?|clients?|competitors?|rivals?|partners?|contractors?|subcontractors?|subsidiar(?:y|ies)|landlords?|banks?|regulators?|msps?|resellers?|auditors?|insurers?|agenc(?:y|ies)|neighbours?|franchisees?|franchisors?|parent(?: company| group| firm| organi[sz]ation)?|(?:sister|holding|mother|daughter|another|other|previous|former|old|last|different|outsourcing|target|acquired) (?:\w+ )?(?:company|firm|organi[sz]ation|business|group|school|charity|employer|one)|(?:owner|client|customer|supplier)'s|they|he|she|friend|someone|somebody)\b"
)
_WITH_OTHERS = re.compile(
    r"\b(?:(?:work|working|deal|dealing|talk|talking|partner|partnering|merge|merging|compete|competing) with|tak(?:e|ing) over|buy|buying|acquire|acquiring|advise|advising|serve|serving|like)\b"
)
_BEING = re.compile(
    r"\b(?:we are|we're|we were|i run|i own|i manage|i lead|i head|i work (?:for|at|in)|we run|as|i am at|i'm at|being) (?:an?|the|one of the)?(?: [\w-]+){0,3} ?$"
)
_NEW_SUBJECT = re.compile(
    r"[.;:!?]|,? (?:and|but|while|whereas|though|although|so|yet) (?=(?:we|i|our|my|us|there)\b)|, (?=(?:we|i|our|my|us)\b)"
)
_OURS = re.compile(r"\b(?:we|we're|we've|i)\b(?! (?:want|plan|hope|are|were|work|use|buy|bought|took))")
_THRESHOLD = re.compile(r"(?:companies|organi[sz]ations|firms|businesses|those|anyone|someone)(?: \w+){0,2}$")


@dataclass(frozen=True)
class SizeStatement:
    """A size found in a message: the band, whether it is the asker's own, and where it stands (folded text)."""

    size: OrgSize
    own: bool
    start: int
    end: int


def _compile(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


_OWN_NUMBER_RULES = _compile(_OWN_NUMBER)
_CORRECTION_RULES = _compile(_CORRECTION)
_REPLY_RULE = re.compile(_REPLY)
_OWN_WORD_RULES = _compile(_OWN_WORDS)
_ASKED_RULES = _compile(_ASKED_WORDS)
_SPLIT_RANGE = re.compile(r" ?(?:-|\bto\b|\bor\b|\band\b) ?")
_ASKS_SIZE = re.compile(r"how many (?:people|staff|employees)|how (?:big|large)|size of your")


def band(headcount: float) -> OrgSize:
    """Return the band of a headcount: small below 50, medium 50 to 500, large above (methodology, rule 4)."""
    if headcount < 50:
        return OrgSize.SMALL
    return OrgSize.MEDIUM if headcount <= 500 else OrgSize.LARGE


def _value(text: str) -> float:
    spelt = _LOOSE_NUMBERS.get(text) or _WORD_NUMBERS.get(text)
    if spelt is not None:
        return float(spelt)
    digits = text.replace(",", "").replace(" ", "")
    return float(digits[:-1]) * 1000 if digits.endswith("k") else float(digits)


def _headcount(text: str) -> float:
    """Return the number meant; the middle of a range."""
    if text in _LOOSE_NUMBERS:
        return _value(text)
    ends = [_value(end) for end in _SPLIT_RANGE.split(text)]
    return sum(ends) / len(ends)


def _by_number(rules: Iterable[re.Pattern[str]], folded: str) -> Iterator[SizeStatement]:
    for rule in rules:
        for match in rule.finditer(folded):
            before = folded[max(0, match.start("number") - _LOOKED_BACK) : match.start("number")]
            opening = folded[max(0, match.start() - _LOOKED_BACK) : match.start()]
            if _FUTURE.search(before.rstrip()) or _THRESHOLD.search(opening.rstrip()):
                continue
            if _is_of_others(before):
                continue
            yield SizeStatement(band(_headcount(match.group("number"))), True, match.start(), match.end())


def _is_of_others(before: str) -> bool:
    """Say whether the clause before a number is about somebody else's people."""
    clause = _NEW_SUBJECT.split(before)[-1]
    others = [found for found in _OTHERS.finditer(clause) if not _BEING.search(clause[: found.start()])]
    others += _WITH_OTHERS.finditer(clause)
    return bool(others) and not _OURS.search(clause[others[-1].end() :])


def _by_word(rules: Iterable[re.Pattern[str]], folded: str, *, own: bool) -> Iterator[SizeStatement]:
    for rule in rules:
        for match in rule.finditer(folded):
            named = next(name for name, value in match.groupdict().items() if value)
            yield SizeStatement(OrgSize(named), own, match.start(), match.end())


def find_size(text: str, *, replying: bool = False, known: bool = False) -> SizeStatement | None:
    """Return the size a message states or asks about, the asker's own first, the latest in the text.

    `replying`: the assistant has just asked for the size, so a bare number is one.
    `known`: a size is in force, so "no, 400" corrects it.
    """
    folded = fold(text)
    found = [*_by_number(_OWN_NUMBER_RULES, folded), *_by_word(_OWN_WORD_RULES, folded, own=True)]
    if known or replying:
        found += _by_number(_CORRECTION_RULES, folded)
    if replying:
        found += _by_number((_REPLY_RULE,), folded)
    found = found or list(_by_word(_ASKED_RULES, folded, own=False))
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
