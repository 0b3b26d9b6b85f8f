"""Telling which numbers in a text count the asker's own people: a small grammar of number, noun and owner."""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from bot.answering import headcount_patterns as say
from bot.answering.counts import Count
from bot.answering.reading import Reading


class Weight(IntEnum):
    """How surely a number tells the size of the whole organisation."""

    GROUP = 0  # of the group it is part of
    USERS = 1
    COUNTED = 2
    STATED = 3
    TOTAL = 4


@dataclass(frozen=True)
class Headcount:
    """A number of the asker's own people, and where its statement stands in the reading."""

    value: float
    weight: Weight
    start: int
    end: int


_MARKERS = re.compile(say.MARKERS)
_NOT_YET = re.compile(f"{say.PAST}|{say.FUTURE}")
_WE_ARE, _WE_HAVE, _NAMED, _FIRM_OF = (
    re.compile(p) for p in (say.WE_ARE, say.WE_HAVE, say.NAMED, say.FIRM_OF)
)
_LEADS, _NOT_LEADS = re.compile(say.LEADS), re.compile(say.NOT_LEADS)
_CLOSES, _NOT_WHOLE = re.compile(say.CLOSES), re.compile(say.NOT_WHOLE)
_IN_PART = re.compile(rf" (?:in {say.DEPARTMENT}\b|on (?:the|our) (?!payroll)|who\b(?! all))")
_OURS = re.compile(say.OURS)
_SIZED = re.compile(say.SIZED)
_OUR_PEOPLE = re.compile(rf" of (?:our|my|the) {say.PEOPLE}\b")
_ALL = re.compile(rf"\ball {say.ABOUT}$")
_OUR_TEAM = re.compile(rf"\bwe are (?:an? )?(?:\w+ )?team of {say.ABOUT}$")
_NOUN = re.compile(rf" {say.MODIFIERS}{say.PEOPLE}\b")
_US = re.compile(r" (?:or so )?(?:of us|strong)\b")
_USERS_LEAD = re.compile(rf"(?:^|[,;:(] ?|\b(?:for|with|at|and|we have|we are) ){say.ABOUT}$")
_USERS_END = re.compile(rf"{say.END}| and\b")
_USERS = re.compile(r" (?:\w+ )?(?:users|seats)\b")
_OF_A_FIRM = re.compile(
    rf" (?:person|people|employees?|staff|man|woman|head|member|user|seat|pax|strong|lawyer|doctor|partner|consultant|engineer|teacher|solicitor) (?!{say.NOT_A_FIRM})"
    rf"{say.BETWEEN}{{0,2}}?{say.FIRM}\b"
)
_OWN_SHAPE = re.compile(rf"(?:\bwe are an?|\bas an?) {say.ABOUT}$")
_OWN_TEAM = re.compile(r" (?:person|people|employee|staff|strong) (?!department|board|committee)[\w-]+\b")
_OTHERS_FIRM = re.compile(say.OTHERS_FIRM)
# "More than 500" is no longer 500.
_MORE = re.compile(r"\b(?:more than|over|above|in excess of|upwards of|north of) (?:an? )?$")
_LESS = re.compile(r"\b(?:fewer than|less than|under|below) (?:an? )?$")
_BARE_FIRM_OF = re.compile(rf"\b{say.FIRM}(?: of| \() ?{say.ABOUT}$")
_AGAIN = re.compile(rf"#.*\b{say.PEOPLE}\b.*\bwe have {say.ABOUT}$")
_ENDS = re.compile(rf"(?: or so)?{say.END}")
# "We are a firm of 40" is surer than "a firm of 40".
_OWN_FIRM = re.compile(
    rf"\b(?:we are|i am|i run|i own|i manage|i lead|i work (?:for|at|in)|as|being|our|my|this)(?: an?)? (?:{say.BETWEEN}{{0,2}}?)?{say.ABOUT}$"
)
_OWN_FIRM_OF = re.compile(
    rf"\b(?:we are|i am|i run|i own|i manage|i lead|i work (?:for|at|in)|as|being|our|my|this)(?: an?)? (?:{say.BETWEEN}{{0,3}}?)?{say.FIRM}(?: of|,| with|:| \(| employing| has| have) ?{say.ABOUT}$"
)
_OF_PEOPLE = re.compile(rf"\b{say.PEOPLE}\b")
_WE = re.compile(r"(?:^|\bwe (?:have |are |just )*)$")
_SERVED = re.compile(say.SERVED)
_TRADE = re.compile(rf" {say.TRADES}\b")
_FIRM_OF_TRADE = re.compile(rf"\b{say.FIRM} of {say.ABOUT}$")
_RUN = re.compile(r" (?:run|own|started)\b")
_BARE = re.compile(
    rf"(?! {say.THINGS})(?! of (?!us\b)){say.CLOSES}| (?:needs|runs|uses|still|asks|wants|where|which)\b"
)
_THINGS = re.compile(rf" (?:of |{say.THINGS})")
_IN_FIRM = re.compile(rf" in (?:the|our) (?:whole |entire )?{say.PLAIN_FIRM}\b")
_TOTAL = re.compile(
    r"(?: \w+){0,3} (?:in total|in all|overall|altogether|company-?wide|worldwide|globally|all told)\b"
)
_HERE = re.compile(r" here\b| work(?:s|ing)? (?:here|for us|for me)\b| on (?:the|our) payroll\b")
_TAKEN_OVER = re.compile(
    r"(?: [\w-]+){0,4} (?:that |which |who )?we (?:are |have |will |just )?(?:buy|bought|acquir|tak|took)"
)

_COUNTED = rf"(?:{say.MODIFIERS}(?:{say.PEOPLE}|{say.TRADES})|[\w-]+ staff)"
# "400 people and 150 drivers" may count the drivers twice; "8 partners and 30 staff" does not.
_KINDS_OF = (
    rf"(?:{say.TRADES}|(?!(?:{say.PEOPLE})\b)[\w-]+ (?:staff|workers|employees)|{say.PEOPLE} (?:in \w+|here))"
)
_SUM = re.compile(
    rf"# {_KINDS_OF}(?: in \w+)?,? (?:and|plus|&|\+) {say.ABOUT}# (?:{_COUNTED}(?!{say.NOT_WHOLE})\b|abroad\b|overseas\b|elsewhere\b|remote(?:ly)?\b|on the road\b|in (?!{say.MONTHS})\w+)"
)
_BY_PLACE = re.compile(
    rf"(?:^|[.,;:] |we are |we have )# (?:in|at) (?!{say.DEPARTMENT}\b)(?!{say.MONTHS})\w+(?:,| and|, and) # (?:in|at) "
    rf"(?!{say.DEPARTMENT}\b)(?!{say.MONTHS})\w+"
)
_PRODUCT = re.compile(
    rf"# (?:\w+ )?{say.PLACES}(?:,? (?:each )?(?:with|of|having)|,)? {say.ABOUT}#(?: {say.PEOPLE})?{say.EACH}"
    rf"|# (?:\w+ )?{say.PLACES},? each (?:with|of|has|having) {say.ABOUT}#(?: {say.PEOPLE})?"
    rf"|\beach of (?:our|the) # (?:\w+ )?{say.PLACES} (?:has|have|with|employs) {say.ABOUT}#(?: {say.PEOPLE})?"
)
_CHANGE = re.compile(
    rf"(?P<is>\b(?:growing|grow|scaling|scale|expanding|expand|going|go|shrinking)) (?:\w+ ){{0,2}}from {say.ABOUT}#(?: {say.PEOPLE})? to {say.ABOUT}#(?: {say.PEOPLE})?"
    rf"|\b(?:went|gone|grew|grown|shrank|shrunk|fell|fallen|moved|dropped|down|up) (?:\w+ ){{0,2}}from {say.ABOUT}#(?: {say.PEOPLE})? to {say.ABOUT}#(?: {say.PEOPLE})?"
)
_START = re.compile(
    rf"(?:\b(?:we (?:are|have|employ|count|number)|there are|(?:our|my|this) (?:[\w-]+ )?{say.FIRM} (?:of|has|have|with)|"
    rf"as|for|at|with|in|i (?:run|own|manage|lead))(?: an?)?(?: (?:[\w-]+ ){{0,1}}{say.FIRM} (?:of|with))?(?: team of)?|\ban? (?:[\w-]+ ){{0,2}}{say.FIRM},? (?:of|with)"
    rf"|\bheadcount(?: is|:)?|\bcompany size(?: is|:)?| an?)? ?{say.ABOUT}$"
)
_END = re.compile(
    r"(?:,? (?:here|now|currently|today|in total|in all|overall|altogether|at present|at the moment|by the way|btw|worldwide|on the payroll"
    r"|(?:across|in|over|at|on) (?:#|several|one|many) (?:\w+ )?(?:countries|sites|offices|locations|towns|cities|places|branches|plants|floors?|building)"
    rf"| (?:in|at|from) an? {say.BETWEEN}{{0,2}}?{say.FIRM}\b"
    r"|(?:since|after|following) (?:[\w-]+ ){0,3}[\w-]+(?=\s*(?:[.,;:?!]|$))))*"
)


def own_headcounts(reading: Reading) -> Iterator[Headcount]:
    """Yield the numbers that count the asker's own people, what several make together before each alone."""
    taken: set[int] = set()
    for found, marks in _combined(reading):
        taken.update(marks)
        if found:
            yield found
    for number, mark in enumerate(reading.marks):
        if mark not in taken and (single := _single(reading, number, mark)):
            yield single


def _combined(reading: Reading) -> Iterator[tuple[Headcount | None, list[int]]]:
    """Yield what numbers make together: 'eight shops of five each', '20 in one place and 15 in another'."""
    value = dict(zip(reading.marks, (count.value for count in reading.counts), strict=True))
    for rule in (_PRODUCT, _CHANGE, _SUM, _BY_PLACE):
        for match in rule.finditer(reading.text):
            first_mark = bisect_left(reading.marks, match.start())
            marks = list(reading.marks[first_mark : first_mark + 2])
            first, second = (value[mark] for mark in marks)
            left = reading.before(marks[0])
            if _owner(left) == "other" or (rule is not _CHANGE and _NOT_YET.search(left)):
                yield None, marks
                continue
            if rule is _CHANGE and not (
                _OF_PEOPLE.search(match.group()) or _WE.search(reading.before(match.start()))
            ):
                continue
            if rule is _CHANGE:
                total = first if match.group("is") else second
            else:
                total = first * second if rule is _PRODUCT else first + second
            start = _starts(reading, marks[0])
            yield Headcount(total, Weight.STATED, start, match.end()), marks


def _owner(left: str) -> str | None:
    """Return whose people a number counts by the last owner named before it: 'own', 'other', 'group' or None."""
    last = None
    for match in _MARKERS.finditer(left):
        last = match.lastgroup
    return last


def _single(reading: Reading, number: int, mark: int) -> Headcount | None:
    left, right = reading.before(mark), reading.after(mark)
    count = reading.counts[number]
    weighed = _weigh(left, right, count)
    if weighed is None or _OTHERS_FIRM.match(right) or _TAKEN_OVER.match(right) or _NOT_YET.search(left):
        return None
    weight, length = weighed
    owner = _owner(left)
    if owner == "group" and weight > Weight.USERS:
        weight = Weight.GROUP
    elif owner == "other" and not _HERE.match(right[length:]):
        return None
    end = mark + 1 + length
    value = count.value + (1 if _MORE.search(left) else 0) - (1 if _LESS.search(left) else 0)
    return Headcount(value, weight, _starts(reading, mark), statement_end(reading, end))


def _weigh(left: str, right: str, count: Count) -> tuple[Weight, int] | None:
    """Return how surely a number counts a whole organisation, and how much of the text after it says so."""
    if (firm := _OF_A_FIRM.match(right)) or (_OWN_SHAPE.search(left) and (firm := _OWN_TEAM.match(right))):
        return (Weight.STATED if _OWN_FIRM.search(left) else Weight.COUNTED), firm.end()
    if noun := _NOUN.match(right):
        if _SERVED.search(left) and noun.group().endswith(("people", "persons")):
            return None
        return _weigh_noun(left, right[noun.end() :], noun.end(), one=count.value <= 1)
    stated = bool(_WE_ARE.search(left))
    if (trade := _TRADE.match(right)) and (stated or _FIRM_OF_TRADE.search(left)):
        return Weight.COUNTED, trade.end()
    if (ours := _OUR_PEOPLE.match(right)) and _ALL.search(left):
        return Weight.STATED, ours.end()
    if us := _US.match(right):
        rest = right[us.end() :]
        loose = not stated and not re.search(
            rf"(?:^|[,;:(] ?|\b(?:with|for|and|only|just|all|but) ){say.ABOUT}$", left
        )
        whole = (
            not loose
            and not _NOT_WHOLE.match(rest)
            and bool(stated or _CLOSES.match(rest) or _RUN.match(rest))
        )
        return (Weight.STATED, us.end()) if whole else None
    if users := _USERS.match(right):
        whole = bool(_USERS_LEAD.search(left) and _USERS_END.match(right, users.end()))
        return (Weight.USERS, users.end()) if whole and not _part_before(left) else None
    return (Weight.STATED, 0) if _stated_bare(left, right, count, stated=stated) else None


def _weigh_noun(left: str, rest: str, length: int, *, one: bool) -> tuple[Weight, int] | None:
    """Weigh 'n people' by what stands before and after."""
    if _FIRM_OF.search(left) and not _IN_PART.match(rest):
        return (Weight.STATED if _OWN_FIRM_OF.search(left) else Weight.COUNTED), length
    if _OURS.search(left) and not _IN_PART.match(rest):
        return Weight.STATED, length
    if one or _NOT_WHOLE.match(rest) or _part_before(left):
        return None
    if _TOTAL.match(rest):
        return Weight.TOTAL, length
    stated = (_WE_ARE, _WE_HAVE, _NAMED)
    if any(frame.search(left) for frame in stated) or _HERE.match(rest):
        return Weight.STATED, length
    return (Weight.COUNTED, length) if _LEADS.search(left) and _CLOSES.match(rest) else None


def _stated_bare(left: str, right: str, count: Count, *, stated: bool) -> bool:
    """Say whether a number without a noun is a headcount: 'we are 18', 'a firm of 40', 'headcount: 28'."""
    if _NAMED.search(left) and not _THINGS.match(right):
        return True
    if _IN_FIRM.match(right) and not _part_before(left):
        return True
    if _ENDS.match(right) and (_SIZED.search(left) or _AGAIN.search(left)):
        return True
    if not _BARE.match(right) or _part_before(left):
        return False
    if stated and not count.short and not left.endswith("there are "):
        return True
    return bool(_BARE_FIRM_OF.search(left))


def _part_before(left: str) -> bool:
    """Say whether the words before a number make it one of a part, or of a thing: 'our IT team of 4'."""
    return bool(_NOT_LEADS.search(left)) and not _OUR_TEAM.search(left)


def _starts(reading: Reading, mark: int) -> int:
    """Return where the statement around a number begins."""
    left = reading.before(mark)
    match = _START.search(left)
    return mark - (len(left) - match.start() if match else 0)


def statement_end(reading: Reading, end: int) -> int:
    """Return where a statement ends with all that only adds to it: 'here', 'in five countries', 'since the sale'."""
    match = _END.match(reading.text, end)
    return match.end() if match else end
