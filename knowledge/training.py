"""Trains the guide on how people ask: `python -m knowledge.training [DATA_DIR]` writes `knowledge/guide.npz`.

DATA_DIR holds the exported model (`data` by default). Takes a minute or two on two cores; to be run after the
phrasings, the headings or the everyday questions of the articles change (a test says so).
"""

import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import click
import frontmatter
import numpy as np
import yaml
from numpy.typing import NDArray

from knowledge.embeddings import open_embedder
from knowledge.guide import INTENTS, ORDINARY, OUTSIDE, PROBE, SCALE, Guide, class_of, save_guide, softmax
from knowledge.letters import Letters, learn
from knowledge.lexical import content_terms
from knowledge.markup import plain
from knowledge.types import Vector

PHRASINGS = Path(__file__).parent / "phrasings"
METHODOLOGY = Path(__file__).parent / "methodology"
SPECIAL = {"not_covered": OUTSIDE, "intents": INTENTS}
WHOLE = "whole_articles"  # the file of what is asked of an article and not of one of its sections
PERSONAL = frozenset(
    {
        "asked_for_person",
        "live_incident",
        "sensitive",
        "legal",
        "decision",
        "everyday_support",
        ORDINARY,
    }
)
# Chosen by the share of held-out questions of the test suite whose article comes first.
ROUNDS, BATCH, RATE, DECAY, BY_SECTION = 10, 512, 0.02, 0.5, 0.5
# How often each message for a person is learnt, and what looks like one and is none: by their number alone
# sixty articles would outweigh them.
TWICE = 2
AS_READ = 0.3  # weight of a line of an article beside that of a phrasing, for the letters


@dataclass(frozen=True)
class Lesson:
    """One phrasing: the article it asks for, and the heading where a section is meant."""

    text: str
    slug: str
    heading: str | None


def lessons() -> list[Lesson]:
    """Return all phrasings: of sections, of articles as a whole, and of what the methodology leaves out."""
    return [*_of_sections(), *_of_articles()]


def _of_sections() -> Iterator[Lesson]:
    for path in sorted(PHRASINGS.glob("*.yaml")):
        slug = SPECIAL.get(path.stem, path.stem)
        for heading, texts in yaml.safe_load(path.read_text("utf-8")).items():
            place = (heading, None) if path.stem == WHOLE else (slug, heading)
            yield from (Lesson(text, *place) for text in texts)


def _of_articles() -> Iterator[Lesson]:
    for path in sorted(METHODOLOGY.rglob("*.md")):
        asked = frontmatter.loads(path.read_text("utf-8")).metadata.get("also_asked_as") or ()
        yield from (Lesson(str(text), path.stem, None) for text in asked)


def lines() -> list[Lesson]:
    """Return what the articles say, a line each, by article."""
    return [
        Lesson(plain(line), path.stem, None)
        for path in sorted(METHODOLOGY.rglob("*.md"))
        for line in frontmatter.loads(path.read_text("utf-8")).content.splitlines()
        if line.strip()
    ]


def for_a_person(lesson: Lesson) -> bool:
    """Say whether a lesson is a message for a person, or one that only looks like it."""
    return lesson.slug == INTENTS and lesson.heading in PERSONAL


def digest(taught: list[Lesson]) -> str:
    """Return a name of exactly these lessons."""
    told = "\n".join(f"{lesson.slug}\t{lesson.heading}\t{lesson.text}" for lesson in taught)
    return blake2b(told.encode(), digest_size=12).hexdigest()


def train(taught: list[Lesson], vectors: Vector, read: Sequence[Lesson] = ()) -> Guide:
    """Return the guide learnt from lessons and their unit vectors, shape (lessons, dimension).

    Multinomial logistic regression by Adam, `BATCH` lessons at a time: the loss is that of the article, plus
    `BY_SECTION` of that of the section where one is named. The letters learn from the same lessons, and from
    what the articles say (`read`).
    """
    places = sorted({(each.slug, each.heading) for each in taught if each.heading is not None})
    slugs = sorted({slug for slug, _ in places})
    row_of: dict[tuple[str, str | None], int] = {place: row for row, place in enumerate(places)}
    member = np.array([[slug == own for own, _ in places] for slug in slugs], dtype=np.float32)
    article = np.array([slugs.index(lesson.slug) for lesson in taught])
    section = np.array([row_of.get((lesson.slug, lesson.heading), -1) for lesson in taught])
    weights = np.zeros((len(places), vectors.shape[1]), dtype=np.float32)
    bias = np.zeros(len(places), dtype=np.float32)
    batches = list(_batches(len(taught)))
    steps = (_Adam(weights, len(batches)), _Adam(bias, len(batches)))
    for batch in batches:
        chances = softmax((vectors[batch] @ weights.T + bias) * SCALE)
        slope = _slope(chances, member, article[batch], section[batch])
        steps[0].move(np.asarray(SCALE * (slope.T @ vectors[batch]), dtype=np.float32))
        steps[1].move(SCALE * slope.sum(axis=0))
    headings = tuple(heading or "" for _, heading in places)
    owners = tuple(slug for slug, _ in places)
    return Guide(weights, bias, owners, headings, spell(taught, read), words_of(taught))


def words_of(taught: Sequence[Lesson]) -> frozenset[str]:
    """Return the stems that two phrasings or more of articles use."""
    ours = (lesson.text for lesson in taught if lesson.slug not in (OUTSIDE, INTENTS))
    counts = Counter(stem for text in ours for stem in content_terms(text))
    return frozenset(stem for stem, count in counts.items() if count > 1)


def spell(taught: Sequence[Lesson], read: Sequence[Lesson]) -> Letters:
    """Return what the letters of lessons and of lines of articles say."""
    names = sorted({class_of(lesson.slug, lesson.heading) for lesson in taught})
    heard = [*taught, *(lesson for lesson in read if lesson.slug in names)]
    classes = [names.index(class_of(lesson.slug, lesson.heading)) for lesson in heard]
    weights = [1.0] * len(taught) + [AS_READ] * (len(heard) - len(taught))
    return learn([lesson.text for lesson in heard], classes, weights, len(names))


def _batches(count: int) -> Iterator[NDArray[np.int64]]:
    """Yield the lessons of each step: every round goes through all of them in another order."""
    order = np.random.default_rng(0)
    for _ in range(ROUNDS):
        shuffled = order.permutation(count)
        yield from (shuffled[start : start + BATCH] for start in range(0, count, BATCH))


def _slope(chances: Vector, member: Vector, article: NDArray[np.int64], section: NDArray[np.int64]) -> Vector:
    """Return the slope of both losses by the logits, a row a lesson."""
    within = chances * member[article]
    slope = (chances - within / np.maximum(within.sum(axis=1, keepdims=True), 1e-12)) / len(chances)
    named = np.flatnonzero(section >= 0)
    share = np.float32(BY_SECTION / max(len(named), 1))
    slope[named] += chances[named] * share
    slope[named, section[named]] -= share
    return np.asarray(slope, dtype=np.float32)


class _Adam:
    """Moves an array against its slope (Kingma and Ba, 2015, with their constants).

    The rate rises over a tenth of the steps and falls to nothing; weights decay apart from the slope
    (Loshchilov and Hutter, 2019).
    """

    def __init__(self, values: Vector, steps: int) -> None:
        self._values = values
        self._first = np.zeros_like(values)
        self._second = np.zeros_like(values)
        self._steps = steps
        self._step = 0

    def move(self, slope: Vector) -> None:
        """Take one step, in place."""
        self._step += 1
        self._first += np.float32(0.1) * (slope - self._first)
        self._second += np.float32(0.001) * (slope * slope - self._second)
        first = self._first / np.float32(1 - 0.9**self._step)
        second = self._second / np.float32(1 - 0.999**self._step)
        rate = np.float32(RATE * self._share())
        self._values *= np.float32(1.0) - rate * np.float32(DECAY)
        self._values -= rate * first / (np.sqrt(second) + np.float32(1e-8))

    def _share(self) -> float:
        rising = 0.1 * self._steps
        if self._step <= rising:
            return self._step / rising
        return 0.5 * (1.0 + math.cos(math.pi * (self._step - rising) / (self._steps - rising)))


def main(arguments: list[str]) -> None:
    """Train on all lessons and write the guide beside this module."""
    data_dir = Path(arguments[0]) if arguments else Path("data")
    embedder = open_embedder(None, data_dir / "models")
    taught = lessons()
    vectors = np.asarray(embedder.embed([lesson.text for lesson in taught]), dtype=np.float32)
    often = [at for at, lesson in enumerate(taught) for _ in range(TWICE if for_a_person(lesson) else 1)]
    guide = train([taught[at] for at in often], vectors[often], lines())
    save_guide(guide, np.asarray(embedder.embed([PROBE])[0]), digest(taught))
    click.echo(f"{len(taught)} lessons, {len(guide.slugs)} sections")


if __name__ == "__main__":
    main(sys.argv[1:])
