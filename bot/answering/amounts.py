"""The numbers of a sentence: what they count, and whether they are a bound."""

import re
from dataclasses import dataclass

from bot.answering import claim_patterns as said

_RANGE = re.compile(r"\d\s?(?:-|to)\s?\d")


@dataclass(frozen=True)
class Figure:
    """A number with its bound (at least, at most) and what it counts."""

    value: float
    unit: str = ""
    bound: str = ""


def figures_in(plain: str) -> list[Figure]:
    """Return the numbers of a text in lower case."""
    text = said.CODES.sub(" ", plain)
    text = said.ONE.sub("1", text)
    text = said.COMPOUND.sub(_compound, text)
    text = said.SPELT.sub(lambda match: f"{said.NUMBER_WORDS[match[1]]:g}", text)
    return [figure for match in said.FIGURE.finditer(text) for figure in _of(match, text)]


def _compound(match: re.Match[str]) -> str:
    last = 1 if match[2] == "one" else said.NUMBER_WORDS[match[2]]
    return f"{said.NUMBER_WORDS[match[1]] + last:g}"


def _of(match: re.Match[str], text: str) -> list[Figure]:
    after = match["after"] or ""
    before = said.BOUNDS_BEFORE.search(text[max(0, match.start() - 30) : match.start()])
    bound = ""
    if (before and before["least"]) or said.LEAST_AFTER.search(after) or said.LEAST_AT_END.search(after):
        bound = said.AT_LEAST
    elif (before and before["most"]) or said.MOST_AFTER.search(after):
        bound = said.AT_MOST
    unit = _unit(match, after)
    scale = said.SCALES.get((match["scale"] or "").strip(), 1.0)
    if match["high"] and _RANGE.search(match[0]):
        # One end of a range is not the range.
        bound += said.WITH_OTHER_END
    values = [_value(each) * scale for each in (match["low"], match["high"]) if each]
    return [Figure(value, unit, bound) for value in values]


def _value(written: str) -> float:
    """Return a number as written; points after the first, as in "one.two.three", make no other number."""
    whole, _point, part = written.replace(",", "").partition(".")
    return float(f"{whole}.{part.replace('.', '')}")


def _unit(match: re.Match[str], after: str) -> str:
    if match["money"]:
        return f"money {match['money'].strip()}"
    if match["share"]:
        return "share"
    kind = ""
    for word in after.replace("-", " ").split()[:3]:
        if word in said.KINDS_OF_DAY:
            kind = "working " if word in {"working", "business"} else ""
            continue
        measure = said.MEASURES.get(word) or said.MEASURES.get(word.rstrip("s"))
        if measure:
            return kind + measure
        if kind:
            break
    return ""
