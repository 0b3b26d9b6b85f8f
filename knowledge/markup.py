"""Markdown to plain words and plain words to sentences."""

import re

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_RULE_CELL = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`+|~~)")
_MARKER = re.compile(r"^\s*(?:[-*+]|\d{1,4}[.)])\s+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_WORDS = re.compile(r"\s+")

_END = re.compile(r"[.!?…](?:[\"'”’)\]*_]*)\s+(?=[\"'“‘(\[*_]*[A-Z0-9À-Þ])")
# A full stop after these does not end a sentence.
_SHORT = (
    "e.g i.e etc vs cf approx no nos art fig mr mrs ms dr prof st ltd inc co dept para sec v u.s u.k a.m p.m"
)
_ABBREVIATIONS = frozenset(_SHORT.split())


def plain(markdown: str) -> str:
    """The words of a piece of Markdown on one line, as they are embedded and indexed."""
    lines = [_MARKER.sub("", line) for line in markdown.splitlines() if not _RULE_CELL.match(line)]
    text = " ".join(line.strip().strip("|").replace("|", "; ") for line in lines)
    text = _TAG.sub(" ", _LINK.sub(r"\1", text))
    return _WORDS.sub(" ", _EMPHASIS.sub("", text)).strip()


def sentences(text: str) -> list[str]:
    """Split one paragraph (no line breaks) into its sentences, verbatim and without losing a character."""
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if _is_abbreviation(text[start : match.start()], text[match.start()]):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    rest = text[start:].strip()
    return [*found, rest] if rest else found


def _is_abbreviation(before: str, mark: str) -> bool:
    if mark != ".":
        return False
    last = before.rsplit(None, 1)[-1] if before.split() else ""
    word = last.strip("(\"'“‘*_[").lower()
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and last.strip("(*_").isupper())
