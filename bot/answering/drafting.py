"""From the tokens of a language model to sentences with what they cite, as soon as they are whole."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answering.layout import bare
from bot.answering.types import PartKind

CANNOT = "CANNOT"
_CITED = re.compile(r"\[(\d{1,2})\]")
_ENDS_CITED = re.compile(r"(?:\[\d{1,2}\]\s?)+[.!?]?\s*$")
_STEP = re.compile(r"^\s*\d{1,2}[.)]\s+")
_BULLET = re.compile(r"^\s*[-*•]\s+")
_LEFT_OVER = re.compile(r"^(?:\s*\[\d{1,2}\])*[\s.,;:!?]*")
_SENTENCES = re.compile(r"(?<=[.!?])[\"”’']?\s+(?=[A-Z\[])")
_SPACE_BEFORE = re.compile(r"\s+(?=[.,;:!?])")


@dataclass(frozen=True)
class Draft:
    """One sentence as the model wrote it, plain, and the passages it cites, by number."""

    text: str
    cited: tuple[int, ...]
    kind: PartKind


class Drafter:
    """Collects pieces of text; what is whole comes out at once."""

    def __init__(self) -> None:
        self.raw = ""
        self._open = ""
        self._is_new_line = True

    def feed(self, piece: str) -> Iterator[Draft]:
        """Take a piece, and yield the sentences that it completes."""
        self.raw += piece
        for char in piece:
            self._open += char
            if char == "\n" or (char == "]" and _ENDS_CITED.search(self._open)):
                yield from self._taken(ends_line=char == "\n")

    def close(self) -> Iterator[Draft]:
        """Yield what is left; it was not completed by the model, and so has no source."""
        yield from self._taken(ends_line=True)

    @property
    def refuses(self) -> bool:
        """Whether the model says that the passages hold no answer."""
        return self.raw.strip().strip("`*\"'").upper().startswith(CANNOT)

    def _taken(self, *, ends_line: bool) -> Iterator[Draft]:
        text, self._open = self._open, ""
        if not self._is_new_line:
            text = _LEFT_OVER.sub("", text)
        kind = self._kind(text) if self._is_new_line else PartKind.TEXT
        self._is_new_line = ends_line
        numbers = tuple(dict.fromkeys(int(found) for found in _CITED.findall(text)))
        text = html.unescape(_CITED.sub(" ", _BULLET.sub("", _STEP.sub("", text))))
        for sentence in _SENTENCES.split(bare(text)):
            plain = _SPACE_BEFORE.sub("", " ".join(sentence.split())).strip(" -")
            if any(char.isalnum() for char in plain):
                yield Draft(plain if plain[-1] in ".!?" else f"{plain}.", numbers, kind)

    def _kind(self, text: str) -> PartKind:
        if _STEP.match(text):
            return PartKind.STEPS
        return PartKind.BULLETS if _BULLET.match(text) else PartKind.TEXT
