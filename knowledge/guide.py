"""Which section people mean when they ask like that: a linear classifier over question vectors, and letters.

Trained by `knowledge.training` on the phrasings beside the methodology, and kept in `guide.npz`. It bridges
everyday words and the methodology's own, where no passage comes near: one matrix product a question, and one
sum over its runs of letters.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.embeddings import Embedder
from knowledge.errors import KnowledgeError
from knowledge.letters import Letters
from knowledge.lexical import content_terms
from knowledge.types import Guided, Vector
from knowledge.worked_out import UNREADABLE

FILE = Path(__file__).parent / "guide.npz"
OUTSIDE = "not covered"  # stands for an article in the phrasings of what the methodology leaves out
INTENTS = "intents"  # the same for messages that are no question for an article, by what they are instead
ORDINARY = "ordinary"  # among them: what looks like one and is none
SCALE = np.float32(10.0)  # unit vectors need room to be told apart: logits are this times the product
# The least cosine between this text's vector now and at training: the guide is for one embedding model only.
PROBE, SAME_MODEL = "Who decides what we keep, and for how long?", 0.999
_LEAST = np.float32(1e-6)
# How much the letters count beside the vector; cross-validated over the phrasings.
_LETTERS = np.float32(0.1)


class _ByPlace(Mapping[tuple[str, str], float]):
    """A number for each section, made when it is asked for: a question looks at few of them."""

    def __init__(self, row_of: Mapping[tuple[str, str], int], numbers: Vector) -> None:
        self._row_of, self._numbers = row_of, numbers

    def __getitem__(self, place: tuple[str, str]) -> float:
        return float(self._numbers[self._row_of[place]])

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._row_of)

    def __len__(self) -> int:
        return len(self._row_of)


@dataclass(frozen=True)
class Guide:
    """Weights (sections, dimension) and bias (sections,), with the article and heading of each section.

    `letters` speak for the classes of `class_of`, in the order of their names. `words`: the stems of what
    people say of our subjects, names of everyday systems among them.
    """

    weights: Vector
    bias: Vector
    slugs: tuple[str, ...]
    headings: tuple[str, ...]
    letters: Letters
    words: frozenset[str] = frozenset()

    @cached_property
    def _class_of(self) -> NDArray[np.int64]:
        """The row of the letters of each section."""
        own = [class_of(*place) for place in zip(self.slugs, self.headings, strict=True)]
        names = sorted(set(own))
        return np.array([names.index(name) for name in own])

    @cached_property
    def _places(self) -> list[tuple[str, str]]:
        """The article and heading of each section."""
        return list(zip(self.slugs, self.headings, strict=True))

    @cached_property
    def _row_of(self) -> dict[tuple[str, str], int]:
        """The row of each section."""
        return {place: row for row, place in enumerate(self._places)}

    @cached_property
    def _owners(self) -> tuple[list[str], NDArray[np.int64]]:
        """The articles, and which of them each section belongs to."""
        named = list(dict.fromkeys(self.slugs))
        at = {slug: number for number, slug in enumerate(named)}
        return named, np.array([at[slug] for slug in self.slugs])

    @cached_property
    def _intended(self) -> list[tuple[int, str]]:
        """The rows of the intents, and the name of each; not of what looks like one and is none."""
        rows = enumerate(self._places)
        return [(row, name) for row, (slug, name) in rows if slug == INTENTS and name != ORDINARY]

    def read(self, vector: Vector, text: str) -> Guided:
        """Return how likely each section and article is meant by a question and its unit vector."""
        logits = (self.weights @ vector + self.bias) * SCALE
        chances = softmax(logits + _LETTERS * self.letters.read(text)[self._class_of])
        logs = np.log(np.maximum(chances, _LEAST))
        named, owner = self._owners
        articles = dict(zip(named, np.bincount(owner, weights=chances).tolist(), strict=True))
        outside, intended = articles.pop(OUTSIDE, 0.0), articles.pop(INTENTS, 0.0)
        intents = {name: float(chances[row]) for row, name in self._intended}
        # What looks like an intent and is none says nothing about the articles: they share its chance.
        ordinary = intended - sum(intents.values())
        rest = max(1.0 - ordinary, float(_LEAST))
        articles = {slug: chance / rest for slug, chance in articles.items()}
        sections = _ByPlace(self._row_of, logs)
        heard = self.words.intersection(content_terms(text))
        return Guided(articles, sections, outside / rest, intents, heard)


def class_of(slug: str, heading: str | None) -> str:
    """Return what the letters tell apart: articles, each subject left out, each intent."""
    return f"{slug}: {heading}" if slug in (OUTSIDE, INTENTS) else slug


def softmax(logits: Vector) -> Vector:
    """Return chances along the last axis."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


def load_guide(embedder: Embedder, file: Path = FILE) -> Guide | None:
    """Return the shipped guide; None without one, or where another model embeds the questions.

    Raises `KnowledgeError` where its file is broken.
    """
    kept = _read(file)
    if kept is None or kept["probe"].size != embedder.dimension:
        return None
    probe = np.asarray(embedder.embed([PROBE])[0], dtype=np.float32)
    if float(probe @ kept["probe"]) < SAME_MODEL:
        return None
    slugs, headings = (tuple(map(str, kept[name])) for name in ("slugs", "headings"))
    letters = Letters(kept["votes"], float(kept["unit"]))
    words = frozenset(map(str, kept["words"]))
    return Guide(kept["weights"].astype(np.float32), kept["bias"], slugs, headings, letters, words)


@lru_cache(maxsize=2)
def _read(file: Path) -> dict[str, NDArray[Any]] | None:
    if not file.exists():
        return None
    try:
        with np.load(file, allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}
    except UNREADABLE as error:
        raise KnowledgeError(
            f"The file {str(file)!r} cannot be read ({type(error).__name__}): install the package anew."
        ) from error


def save_guide(guide: Guide, probe: Vector, digest: str, file: Path = FILE) -> None:
    """Write the guide, in half precision; `digest` names the phrasings it was trained on."""
    np.savez_compressed(
        file,
        weights=guide.weights.astype(np.float16),
        bias=guide.bias.astype(np.float32),
        slugs=np.array(guide.slugs),
        headings=np.array(guide.headings),
        votes=guide.letters.votes,
        unit=np.array(guide.letters.unit),
        words=np.array(sorted(guide.words), dtype=np.str_),
        probe=probe.astype(np.float32),
        digest=np.array(digest),
    )


def digest_of(file: Path = FILE) -> str:
    """Return the name of the phrasings the kept guide was trained on; empty without one."""
    kept = _read(file)
    return str(kept["digest"]) if kept else ""
