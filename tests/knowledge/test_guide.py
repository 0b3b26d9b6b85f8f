"""The guide learns how people ask, fits the phrasings it ships with, and is used with its own model only."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.embeddings import OnnxEmbedder
from knowledge.errors import KnowledgeError
from knowledge.guide import FILE, INTENTS, OUTSIDE, PROBE, Guide, digest_of, load_guide, save_guide
from knowledge.scope import METHODOLOGY, client_scope
from knowledge.store import KnowledgeStore
from knowledge.testing import HashEmbedder
from knowledge.training import Lesson, digest, lessons, train

TAUGHT = [
    Lesson("who signs the invoice", "governance", "Who decides?"),
    Lesson("whose signature is needed", "governance", "Who decides?"),
    Lesson("how often does the committee meet", "governance", "The rhythm"),
    Lesson("is the committee monthly", "governance", "The rhythm"),
    Lesson("restore a lost file", "backup", "Restoring"),
    Lesson("bring back the file from yesterday", "backup", "Restoring"),
    Lesson("our backup is a mess", "backup", None),
    Lesson("paint the server room blue", OUTSIDE, "rooms"),
    Lesson("which colour for the server room", OUTSIDE, "rooms"),
]


def taught(embedder: HashEmbedder) -> Guide:
    """Return a guide that went through the few lessons often enough."""
    often = TAUGHT * 200
    return train(often, embedder.embed([lesson.text for lesson in often]))


def test_the_shipped_guide_was_trained_on_the_phrasings_as_they_are() -> None:
    assert digest_of() == digest(lessons()), "run: python -m knowledge.training"


def test_phrasings_name_sections_that_exist() -> None:
    from tests.methodology.article import load_all

    headings = {(article.slug, section.heading) for article in load_all() for section in article.sections}
    named = {(lesson.slug, lesson.heading) for lesson in lessons() if lesson.heading}
    assert {place for place in named - headings if place[0] not in {OUTSIDE, INTENTS}} == set()


def test_it_learns_article_section_and_what_is_left_out(embedder: HashEmbedder, tmp_path: Path) -> None:
    guide = taught(embedder)
    for lesson in TAUGHT:
        read = guide.read(embedder.embed([lesson.text])[0], lesson.text)
        assert sum(read.articles.values()) + read.outside == pytest.approx(1.0, abs=1e-4)
        if lesson.slug == OUTSIDE:
            assert read.outside > 0.5
        else:
            assert max(read.articles, key=read.articles.__getitem__) == lesson.slug
        if lesson.heading:
            assert max(read.sections, key=read.sections.__getitem__) == (lesson.slug, lesson.heading)


def test_a_word_people_use_of_our_subjects_is_heard_and_no_other(embedder: HashEmbedder) -> None:
    guide = taught(embedder)
    text = "paint the invoice blue"
    assert guide.read(embedder.embed([text])[0], text).heard == {"invoic"}


def test_a_kept_guide_reads_alike_and_refuses_another_model(embedder: HashEmbedder, tmp_path: Path) -> None:
    guide, file = taught(embedder), tmp_path / "guide.npz"
    save_guide(guide, embedder.embed([PROBE])[0], "some-digest", file)
    kept = load_guide(embedder, file)
    assert kept is not None
    assert np.allclose(kept.weights, guide.weights, atol=2e-3)
    assert kept.headings == guide.headings
    assert np.array_equal(kept.letters.votes, guide.letters.votes)
    assert kept.words == guide.words
    assert load_guide(HashEmbedder(128), file) is None
    assert load_guide(embedder, tmp_path / "absent.npz") is None


@pytest.mark.model
def test_the_shipped_guide_knows_everyday_words_and_only_in_the_methodology(
    model: OnnxEmbedder, tmp_path: Path
) -> None:
    guide = load_guide(model)
    assert guide is not None
    told = "nobody dares to delete a thing on the shared drive"
    read = guide.read(model.embed([told])[0], told)
    assert "information-architecture" in sorted(read.articles, key=lambda slug: -read.articles[slug])[:3]
    store = KnowledgeStore.open(tmp_path, embedder=model)
    assert store.search("shared drive", (client_scope("acorn"),)).guided is None
    assert store.search("shared drive", (METHODOLOGY,)).guided is None  # nothing is indexed there


def test_a_guide_that_was_cut_short_is_said_to_be(tmp_path: Path) -> None:
    for length in (0, 100, 10_000):
        file = tmp_path / f"{length}.npz"
        file.write_bytes(FILE.read_bytes()[:length])
        with pytest.raises(KnowledgeError, match="install the package anew"):
            load_guide(HashEmbedder(), file)
