"""Reading a message so that a grammar of numbers fits it: every number one sign, words spelt in one way."""

import re
from dataclasses import dataclass

from bot.answering.counts import Count, read_counts

_WINDOW = 140  # characters of the sentence read on either side of a number
_MOST = 100  # numbers; a pasted list or log counts nobody's people
_SPELLINGS = {
    "ppl": "people", "peeps": "people", "peopl": "people", "hc": "headcount", "emp": "employees",
    "emps": "employees", "staf": "staff", "we're": "we are", "we r": "we are", "we've": "we have",
    "we got": "we have", "we've got": "we have", "we have got": "we have", "weve got": "we have",
    "i've": "i have", "i've got": "i have", "i'm": "i am", "there's": "there are", "it's": "it is",
    "that's": "that is", "weve": "we have", "theres": "there are", "ive": "i have", "im": "i am",
    "we'll": "we will",
}  # fmt: skip
_RIGHTLY = ("people", "employee", "employees", "company")
_SPELT_ALIKE = frozenset({"employer", "employers", "employed", "peoples"})
_WORD = re.compile(
    r"\b(?:we(?:'ve| have|ve) got|we (?:got|r)|(?:i|we|it|there|that)'(?:re|ve|m|s|ll)|[a-z]+)\b|#"
)
_GLUE = re.compile(r"(?:\+|ish\b|-(?=[a-z]))")
_SENTENCE_ENDS = re.compile(r"(?<!\bc)(?<!\bca)(?<!approx)[.?!;] ")


@dataclass(frozen=True)
class Reading:
    """Folded text with every number as `#` and words spelt in one way; `origin` leads back from it."""

    text: str
    counts: tuple[Count, ...]
    marks: tuple[int, ...]
    origin: tuple[int, ...]

    def before(self, mark: int) -> str:
        """Return what stands before a place in its sentence."""
        window = self.text[max(0, mark - _WINDOW) : mark]
        return _SENTENCE_ENDS.split(window)[-1]

    def after(self, mark: int) -> str:
        """Return what stands after a number in its sentence, with the mark that ends it."""
        window = self.text[mark + 1 : mark + 1 + _WINDOW]
        end = _SENTENCE_ENDS.search(window)
        return window[: end.start() + 1] if end else window


def read(folded: str) -> Reading:
    """Return folded text in the form the grammar reads."""
    counts = read_counts(folded)[:_MOST]
    text: list[str] = []
    origin: list[int] = []
    marks: list[int] = []
    place = 0
    for count in counts:
        _spell(folded, place, count.start, text, origin)
        marks.append(len(origin))
        text.append("#")
        origin.append(count.start)
        place = count.end
        glue = _GLUE.match(folded, place)
        place = glue.end() if glue else place
        if folded[place : place + 1].isalpha() or (glue and glue.group() == "-"):
            text.append(" ")
            origin.append(place)
    _spell(folded, place, len(folded), text, origin)
    origin.append(len(folded))
    return Reading("".join(text), tuple(counts), tuple(marks), tuple(origin))


def _spell(folded: str, start: int, end: int, text: list[str], origin: list[int]) -> None:
    """Append a stretch without numbers, words spelt in one way."""
    place = start
    for match in _WORD.finditer(folded, start, end):
        word = _spelling(match.group())
        if word != match.group():
            text += (folded[place : match.start()], word)
            origin += range(place, match.start())
            origin += [match.start(), *[match.end() - 1] * (len(word) - 1)]
            place = match.end()
    text.append(folded[place:end])
    origin += range(place, end)


def _spelling(word: str) -> str:
    if word == "#":
        return " "
    if word in _SPELLINGS or len(word) < 5 or word[0] not in "pec" or word in _SPELT_ALIKE:
        return _SPELLINGS.get(word, word)
    return next((right for right in _RIGHTLY if _one_slip(word, right)), word)


def _one_slip(word: str, right: str) -> bool:
    """Say whether one letter was missed, doubled, mistaken, or changed places with the next."""
    same = next(
        (i for i, (a, b) in enumerate(zip(word, right, strict=False)) if a != b), min(len(word), len(right))
    )
    tail, rest = word[same:], right[same:]
    swapped = tail[1:2] + tail[:1] + tail[2:] == rest
    return tail == rest[1:] or tail[1:] == rest or tail[1:] == rest[1:] or swapped
