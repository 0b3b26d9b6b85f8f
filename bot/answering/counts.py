"""Reading the numbers in folded text, in digits or in words, with ranges as their middle."""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

import re
from dataclasses import dataclass

_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000}
_LOOSE = {"half": 0.5, "a": 1, "couple": 2, "few": 3, "several": 3, "handful": 5}
_PLURAL = {"tens": 20, "dozens": 40, "hundreds": 300, "thousands": 3000}

_DIGITS = r"(?:\d{1,3}(?:[,. ']\d{3})+(?!\d)|\d+(?:\.\d{1,2})?)"
_BASIC = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(list(_UNITS)[:9])})\b)?|(?:{'|'.join(reversed(_UNITS))}))"
)
_LEAD = rf"(?:{_BASIC}|half a|a couple(?: of)?|couple of|a few|few|several|a|{_DIGITS})"
_SCALED = rf"{_LEAD}[ -](?:hundred|thousand|dozen)s?\b(?:(?: and)? {_BASIC} hundred\b)?(?:(?: and)? {_BASIC}\b(?! hundred))?"
_MANY = (
    r"(?:tens of thousands|thousands|hundreds|dozens|a handful|a couple|a few)(?: of(?! (?:us|our|the)\b))?"
)
_ONE = rf"(?:{_SCALED}|{_DIGITS}k?|{_BASIC}|{_MANY})"
_RANGE = rf"(?:(?<=between ){_ONE} and {_ONE}|{_ONE}(?: ?- ?| to | or ){_ONE})"
# No part of a date, a time, a ratio, a version or a name, and no money.
_BEFORE = r"(?<![\w$€£#/])(?<!\d[.,:/-])(?<!\w-)"
_GLUED = r"(?:ppl|ftes?|hc|pax|emps?|heads|staff|people|ish)\b"
_AFTER = rf"(?=\+?{_GLUED}|(?![\w/]|[.,:]\d|-\d|\.?\d| ?[%€$£]))"
_COUNT = re.compile(rf"{_BEFORE}(?:{_RANGE}|{_ONE}){_AFTER}")
_SPLIT = re.compile(r" ?- ?(?=\d)|(?<=\d) ?- ?| to | or | and ")
_FROM = re.compile(r"\bfrom (?:about |around |roughly )?$")
_NUMBER = re.compile(rf"({_DIGITS})(k?)|[a-z]+")


@dataclass(frozen=True)
class Count:
    """A number and where it stands; `short`: written like '40k', which is as often money."""

    value: float
    start: int
    end: int
    short: bool = False


def read_counts(folded: str) -> list[Count]:
    """Return the numbers of folded text in order; 'from 30 to 90' is two of them."""
    found: list[Count] = []
    for match in _COUNT.finditer(folded):
        start, written = match.span()[0], match.group()
        ends = _ends(written, spoken=folded[max(0, start - 8) : start].endswith("between "))
        if len(ends) == 2 and _FROM.search(folded[max(0, start - 20) : start]):
            second = written.rindex(ends[1])
            found.append(_count(ends[0], start, start + len(ends[0])))
            found.append(_count(ends[1], start + second, match.end()))
            continue
        values = [_value(end) for end in ends]
        found.append(Count(sum(values) / len(values), *match.span(), short=written.endswith("k")))
    return found


def _ends(written: str, *, spoken: bool) -> list[str]:
    """Return the two ends of a range, or the number alone; 'and' parts only what follows 'between'."""
    if not spoken and " and " in written:
        return [written]
    return _SPLIT.split(written)


def _count(written: str, start: int, end: int) -> Count:
    return Count(_value(written), start, end, short=written.endswith("k"))


def _value(written: str) -> float:
    """Return what one number is worth: 'two hundred and fifty', '1,200', '1.2k', 'a couple of hundred'."""
    total = current = 0.0
    for match in _NUMBER.finditer(written):
        word = match.group()
        if match.group(1):
            current += _digits(match.group(1)) * (1000 if match.group(2) else 1)
        elif (scale := _SCALES.get(word.removesuffix("s"))) and not (word in _PLURAL and not current):
            current = (current or 1) * scale
            total, current = (total + current, 0.0) if scale >= 100 else (total, current)
        elif word in _PLURAL:
            current = _PLURAL[word]
        elif word in _LOOSE:
            current = _LOOSE[word] * (current if current == 0.5 else 1)
        else:
            current += _UNITS.get(word, 0) + _TENS.get(word, 0)
    return total + current


def _digits(written: str) -> float:
    """Return digits as a number; a group of three after a mark is thousands, in whatever notation."""
    if re.fullmatch(r"\d{1,3}(?:[,. ']\d{3})+", written):
        return float(re.sub(r"[,. ']", "", written))
    return float(written)
