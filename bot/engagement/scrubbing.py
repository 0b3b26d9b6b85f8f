"""Take out of a text what a client could be known by: replaced by neutral words, or marked for a reviewer.

A pure function of the text and the names that are known. What is sure and has a neutral word is replaced;
what a person must decide is marked «like this», and nothing that holds a mark is ever published.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from bot.engagement.scrub_patterns import (
    ACRONYMS,
    ADDRESSES,
    AMBIGUOUS,
    FACTS,
    FORMS,
    GENERIC,
    Kind,
    Pattern,
    flat,
    folded,
)

ORGANISATION, COLLEAGUE = "the organisation", "a colleague"
MARK = re.compile(r"«([^»]*)»?|»")
# What goes between the words of a name where somebody writes it their own way: "harbour-bakery".
_JOINT = r"[\W_]{0,3}"
_SHORTEST = 3
_BEGINS = re.compile(r"(?:^|[.!?:]\s+|\n\s*(?:[-*•]\s+|\d+[.)]\s+)?)$")
_CAPITALS = re.compile(r"(?<![\w«])[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*(?!\w)")
_LOOK_BACK = 12
_SMALL = frozenset({"and", "of", "the", "for"})


@dataclass(frozen=True)
class Names:
    """What is known of whom a text is about: names of the client, and of people in the conversation."""

    client: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """Something found in a text; `put` is what stands there now, the same where it was left alone."""

    kind: Kind
    found: str
    put: str

    @property
    def is_marked(self) -> bool:
        """Whether a reviewer has to say something else there."""
        return MARK.search(self.put) is not None


@dataclass
class Scrubbed:
    """A text without what was found in it."""

    text: str
    findings: list[Finding] = field(default_factory=list)


def scrub(text: str, names: Names) -> Scrubbed:
    """Return `text` with whatever the client could be known by replaced or marked; marks of its own go."""
    done = Scrubbed(MARK.sub(lambda mark: mark[1] or "", flat(text)))
    _replace_all(done, ADDRESSES)
    for pattern in _whole(names.client):
        _replace(done, Kind.ORGANISATION, pattern, _always(ORGANISATION))
    for pattern in _whole(names.people):
        _replace(done, Kind.PERSON, pattern, _always(COLLEAGUE))
    for part in _parts(names.people):
        _replace(done, Kind.PERSON, _word(part), _person)
    for pattern in (*map(_word, _parts(names.client)), *_initials(names.client)):
        _replace(done, Kind.ORGANISATION, pattern, _marked)
    _replace_all(done, FACTS)
    done.text = _tidy(done.text)
    done.findings += _perhaps(done.text)
    return done


def _replace_all(done: Scrubbed, patterns: Iterable[Pattern]) -> None:
    for kind, pattern, put in patterns:
        _replace(done, kind, pattern, _always(put) if put else _marked)


def marks(*texts: str) -> tuple[str, ...]:
    """Return what is still marked in texts, each once; a lone guillemet is a mark too."""
    found = [match[0] for text in texts for match in MARK.finditer(text)]
    return tuple(dict.fromkeys(found))


def identities(text: str, names: Names) -> tuple[Finding, ...]:
    """Return what in a text surely points to the client, whoever put it there: it may not be published."""
    done = scrub(text, names)
    sure = {Kind.EMAIL, Kind.MENTION}
    return tuple(
        each
        for each in done.findings
        if each.kind in sure or (each.put in {ORGANISATION, COLLEAGUE} and len(each.found) >= _SHORTEST)
    )


Put = Callable[[str], str | None]


def _replace(done: Scrubbed, kind: Kind, pattern: re.Pattern[str], put: Put) -> None:
    """Put something else wherever `pattern` is found outside of marks; None leaves it as it is.

    Found in the folded text, which is as long as the text itself, so that accents hide nothing.
    """
    kept, at = [], 0
    text, marked = done.text, bytearray(len(done.text))
    for mark in MARK.finditer(text):
        marked[mark.start() : mark.end()] = b"x" * len(mark[0])
    for match in pattern.finditer(folded(text)):
        start, end = match.span()
        found = text[start:end]
        said = put(found) if marked.find(b"x", start, end) < 0 else None
        if said is None:
            continue
        kept += [text[at:start], _cased(said, text[max(0, start - _LOOK_BACK) : start])]
        at = end
        done.findings.append(Finding(kind, found.strip(), said))
    done.text = "".join([*kept, text[at:]])


def _cased(said: str, before: str) -> str:
    """Begin a sentence with a capital."""
    return said[:1].upper() + said[1:] if _BEGINS.search(before) else said


def _always(said: str) -> Put:
    return lambda _found: said


def _marked(found: str) -> str | None:
    return f"«{found}»"


def _person(found: str) -> str | None:
    """A part of a name with a capital is a name; one that is a word too is for the reviewer to say."""
    is_word = found.lower() in AMBIGUOUS
    if found[:1].isupper():
        return _marked(found) if is_word else COLLEAGUE
    return None if is_word else _marked(found)


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", folded(flat(name)))


def _whole(names: Iterable[str]) -> Iterator[re.Pattern[str]]:
    """Yield patterns for whole names, the longest first, with and without the form of the company."""
    known = {tuple(_words(name)) for name in names}
    bare = {tuple(word for word in words if word.lower() not in FORMS) for words in known}
    said = {words for words in known | bare if sum(map(len, words)) >= _SHORTEST}
    for words in sorted(said, key=lambda each: (-len(each), each)):
        if len(words) > 1 or words[0].lower() not in GENERIC | AMBIGUOUS:
            joined = _JOINT.join(map(re.escape, words))
            yield re.compile(rf"(?<![^\W_])(?:the )?{joined}(?![^\W_])", re.IGNORECASE)


def _parts(names: Iterable[str]) -> list[str]:
    """Return the words of names that could give them away, each once; the longest first."""
    names = tuple(names)
    words = {word for name in names for word in _words(name)}
    telling = {word for word in words if len(word) >= _SHORTEST and word.lower() not in GENERIC}
    # A name of one word is that word, however common.
    telling |= {found[0] for found in map(_words, names) if len(found) == 1}
    return sorted(telling, key=lambda word: (-len(word), word))


def _word(part: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){re.escape(part)}(?![^\W_])", re.IGNORECASE)


def _initials(names: Iterable[str]) -> list[re.Pattern[str]]:
    """Return patterns for the abbreviations of names of several words, in capitals: HB, H.B., HB01."""
    found = set()
    for name in names:
        words = [word for word in _words(name) if word.lower() not in _SMALL]
        for kept in (words, [word for word in words if word.lower() not in FORMS]):
            found.add("".join(word[0].upper() for word in kept))
    told = sorted(letters for letters in found - ACRONYMS if len(letters) > 1)
    return [re.compile(rf"(?<![A-Za-z]){'[.]?'.join(letters)}(?![A-Za-z])") for letters in told]


def _tidy(text: str) -> str:
    """Mend what replacing leaves behind: "the the organisation", a row of the same word."""
    text = re.sub(r"\b(?:the|our|an?)\s+(?=the organisation\b|a colleague\b)", "", text, flags=re.IGNORECASE)
    return re.sub(r"\b(the organisation|a colleague)(?:[ ,]+\1\b)+", r"\1", text, flags=re.IGNORECASE)


def _perhaps(text: str) -> Iterator[Finding]:
    """Yield words in a row that begin with capitals within a sentence: they may name somebody."""
    bare = MARK.sub(lambda mark: " " * len(mark[0]), text)
    for match in _CAPITALS.finditer(bare):
        if not _BEGINS.search(text[max(0, match.start() - _LOOK_BACK) : match.start()]):
            yield Finding(Kind.PERHAPS_NAME, match[0], match[0])
