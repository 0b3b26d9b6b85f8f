"""Search, sentences and articles, embedded and on a real Chroma server alike."""

from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from knowledge.errors import KnowledgeError
from knowledge.scope import METHODOLOGY, client_scope
from knowledge.store import KnowledgeStore
from knowledge.testing import HashEmbedder
from knowledge.types import OrgSize, StepKind
from tests.knowledge.factories import BUDGET, document, publish


def client() -> str:
    """A scope of its own for each test: the Chroma server is shared."""
    return client_scope(f"c{uuid4().hex[:12]}")


def store_with(
    tmp_path: Path, embedder: HashEmbedder, url: str | None, scope: str, ways_in: tuple[str, ...] = ()
) -> KnowledgeStore:
    documents = [document(scope, ways_in=ways_in), document(scope, slug="it-budgeting", markdown=BUDGET)]
    publish(tmp_path, documents, scope, embedder=embedder, url=url)
    return KnowledgeStore.open(tmp_path, embedder=embedder, chroma_url=url)


def test_the_passage_that_answers_comes_first(
    tmp_path: Path, embedder: HashEmbedder, chroma_url: str | None
) -> None:
    scope = client()
    found = store_with(tmp_path, embedder, chroma_url, scope).search(
        "small organisation restore test", [scope]
    )
    best = found.hits[0]
    assert (best.passage.slug, best.passage.org_size) == ("backup", OrgSize.SMALL)
    assert 0 < best.score <= 1
    assert best.dense == pytest.approx(found.best_dense)
    assert found.best_lexical > 0
    assert found.coverage == 1.0
    assert found.article_scores["backup"] > found.article_scores.get("it-budgeting", 0)


def test_scores_are_the_true_cosine(tmp_path: Path, embedder: HashEmbedder, chroma_url: str | None) -> None:
    scope = client()
    store = store_with(tmp_path, embedder, chroma_url, scope)
    found = store.search("budget", [scope])
    hit = next(hit for hit in found.hits if hit.passage.slug == "it-budgeting")
    expected = embedder.embed([f"{hit.passage.title} > {hit.passage.section}\n{hit.passage.text}"])[0]
    if "|" not in hit.passage.text:
        assert hit.dense == pytest.approx(float(expected @ found.vector), abs=1e-5)


def test_words_of_no_document_are_named(
    tmp_path: Path, embedder: HashEmbedder, chroma_url: str | None
) -> None:
    scope = client()
    found = store_with(tmp_path, embedder, chroma_url, scope).search(
        "blockchain backup for my pallets", [scope]
    )
    assert found.unknown_terms == ("blockchain", "pallets")
    assert 0 < found.coverage < 1


def test_a_scope_without_index_gives_no_hits(
    tmp_path: Path, embedder: HashEmbedder, chroma_url: str | None
) -> None:
    store = KnowledgeStore.open(tmp_path, embedder=embedder, chroma_url=chroma_url)
    scope = client()
    assert store.search("anything", [scope]).hits == ()
    assert not store.has(scope)
    assert store.articles(scope) == ()
    assert store.article(scope, "backup") is None
    assert store.fingerprint(scope) is None
    assert store.sentences([f"{scope}/backup#0"]) == {}


def test_an_empty_question_finds_nothing_and_does_not_fail(
    tmp_path: Path, embedder: HashEmbedder, chroma_url: str | None
) -> None:
    scope = client()
    found = store_with(tmp_path, embedder, chroma_url, scope).search("", [scope])
    assert (found.best_dense, found.best_lexical, found.coverage) == (0.0, 0.0, 0.0)


def test_sentences_come_with_their_stored_vectors(
    tmp_path: Path, embedder: HashEmbedder, chroma_url: str | None
) -> None:
    scope = client()
    store = store_with(tmp_path, embedder, chroma_url, scope)
    (hit, *_) = store.search("restore one system into an empty place", [scope]).hits
    embedded = embedder.embedded
    (pieces,) = store.sentences([hit.passage.id, f"{scope}/gone#7"]).values()
    assert embedder.embedded == embedded
    assert {piece.kind for piece in pieces} == {StepKind.STEP}
    for piece in pieces:
        assert piece.text in hit.passage.text
        assert piece.vector is not None
        assert np.linalg.norm(piece.vector) == pytest.approx(1.0, abs=1e-5)


def test_articles_and_sections_can_be_opened(
    tmp_path: Path, embedder: HashEmbedder, chroma_url: str | None
) -> None:
    scope = client()
    store = store_with(tmp_path, embedder, chroma_url, scope)
    assert [one.slug for one in store.articles(scope)] == ["backup", "it-budgeting"]
    section = store.section(scope, "backup", "if-you-are-a-small-organisation")
    assert section is not None
    assert section.markdown == "A small organisation needs one nightly backup and a quarterly restore test."
    assert store.section(scope, "backup", "no-such-section") is None


def test_a_way_in_lifts_its_article_and_is_never_a_hit(
    tmp_path: Path, embedder: HashEmbedder, chroma_url: str | None
) -> None:
    scope = client()
    ways = ("the server died and everything is lost",)
    store = store_with(tmp_path, embedder, chroma_url, scope, ways_in=ways)
    found = store.search("everything is lost", [scope])
    assert found.hits[0].passage.slug == "backup"
    assert found.article_scores["backup"] == max(found.article_scores.values())
    assert all("server died" not in hit.passage.text for hit in found.hits)


def test_one_client_never_sees_another(
    tmp_path: Path, embedder: HashEmbedder, chroma_url: str | None
) -> None:
    ours, theirs = client(), client()
    secret = "## Secret plan\n\nThe zebra project moves to Lisbon in May."
    publish(tmp_path, [document(ours)], ours, embedder=embedder, url=chroma_url)
    publish(
        tmp_path, [document(theirs, slug="plan", markdown=secret)], theirs, embedder=embedder, url=chroma_url
    )
    store = KnowledgeStore.open(tmp_path, embedder=embedder, chroma_url=chroma_url)
    found = store.search("zebra project Lisbon", [ours])
    assert {hit.passage.scope for hit in found.hits} <= {ours}
    assert "zebra" in found.unknown_terms
    both = store.search("zebra project Lisbon", [theirs, ours])
    assert both.hits[0].passage.scope == theirs
    assert store.article(ours, "plan") is None


def test_the_server_finds_what_the_folder_finds(
    tmp_path: Path, embedder: HashEmbedder, chroma_server: str
) -> None:
    scope = client()
    results = []
    for name, url in (("folder", None), ("server", chroma_server)):
        store = store_with(tmp_path / name, embedder, url, scope)
        results.append(
            [store.search(text, [scope]).hits for text in ("restore", "budget quarter", "who owns it")]
        )
    assert results[0] == results[1]


def test_another_machine_reads_the_index_from_the_server(
    tmp_path: Path, embedder: HashEmbedder, chroma_server: str
) -> None:
    scope = client()
    store_with(tmp_path / "one", embedder, chroma_server, scope)
    other = KnowledgeStore.open(tmp_path / "two", embedder=embedder, chroma_url=chroma_server)
    (hit, *_) = other.search("quarterly restore test", [scope]).hits
    assert hit.passage.slug == "backup"
    assert other.sentences([hit.passage.id])[hit.passage.id][0].vector is not None


def test_a_new_version_is_seen_after_a_refresh(
    tmp_path: Path, embedder: HashEmbedder, chroma_url: str | None
) -> None:
    scope = client()
    store = store_with(tmp_path, embedder, chroma_url, scope)
    before = store.fingerprint(scope)
    publish(
        tmp_path,
        [document(scope, slug="new", markdown="## New\n\nAll new.")],
        scope,
        embedder=embedder,
        url=chroma_url,
    )
    store.refresh()
    assert store.fingerprint(scope) != before
    assert [one.slug for one in store.articles(scope)] == ["new"]


def test_only_two_versions_are_kept(tmp_path: Path, embedder: HashEmbedder) -> None:
    versions = [publish(tmp_path, [document()], embedder=embedder).version for _ in range(4)]
    kept = sorted(path.name for path in (tmp_path / "index" / METHODOLOGY).iterdir() if path.is_dir())
    assert kept == versions[-2:]


def test_unchanged_texts_are_not_embedded_again(
    tmp_path: Path, embedder: HashEmbedder, chroma_url: str | None
) -> None:
    scope = client()
    store_with(tmp_path, embedder, chroma_url, scope)
    embedded = embedder.embedded
    documents = [document(scope), document(scope, slug="more", markdown="## More\n\nOne more sentence.")]
    publish(tmp_path, documents, scope, embedder=embedder, url=chroma_url)
    assert embedder.embedded - embedded == 2  # the new passage and its sentence


@pytest.mark.parametrize("key", ["", "..", "a/b", "A", "-a", "x" * 64, "a b"])
def test_a_client_key_that_is_no_plain_name_is_refused(key: str) -> None:
    with pytest.raises(KnowledgeError, match="client key"):
        client_scope(key)


def test_an_unknown_scope_is_refused(tmp_path: Path, embedder: HashEmbedder) -> None:
    store = KnowledgeStore.open(tmp_path, embedder=embedder)
    with pytest.raises(KnowledgeError, match=r"'\.\./methodology'"):
        store.search("x", ["../methodology"])


def test_a_server_that_does_not_answer_is_named_with_its_cure(tmp_path: Path, embedder: HashEmbedder) -> None:
    store = KnowledgeStore.open(tmp_path, embedder=embedder, chroma_url="http://127.0.0.1:1")
    with pytest.raises(KnowledgeError, match="unset VCIO_CHROMA_URL"):
        store.search("x", [METHODOLOGY])


def test_an_address_that_is_none_is_named(tmp_path: Path, embedder: HashEmbedder) -> None:
    store = KnowledgeStore.open(tmp_path, embedder=embedder, chroma_url="localhost")
    with pytest.raises(KnowledgeError, match="http://host:port"):
        store.search("x", [METHODOLOGY])
