"""A folder becomes an index, and stays in line with it."""

import os
from pathlib import Path

import pytest

from bot.engagement.terms import shipped_terms, tokens
from ingest.methodology import methodology_folder
from ingest.report import Action, SyncReport
from ingest.sync import sync, sync_methodology
from knowledge.errors import IndexOutdated, KnowledgeError
from knowledge.scope import METHODOLOGY, client_scope
from knowledge.store import KnowledgeStore
from knowledge.testing import HashEmbedder

SCOPE = client_scope("acme")


def run(docs: Path, embedder: HashEmbedder, *, full: bool = False, more: tuple[Path, ...] = ()) -> SyncReport:
    return sync([docs, *more], SCOPE, docs.parent / "data", embedder=embedder, full=full)


def lines(report: SyncReport) -> dict[str, tuple[Action, str]]:
    return {file.path: (file.action, file.reason) for file in report.files}


def found(docs: Path, embedder: HashEmbedder, question: str) -> str:
    store = KnowledgeStore.open(docs.parent / "data", embedder=embedder)
    hits = store.search(question, [SCOPE]).hits
    return hits[0].passage.source if hits else ""


def test_a_first_run_indexes_every_document(docs: Path, embedder: HashEmbedder) -> None:
    report = run(docs, embedder)
    assert [(file.path, file.action, file.passages) for file in report.files] == [
        ("hr/travel.md", Action.INDEXED, 1),
        ("leave.md", Action.INDEXED, 1),
        ("security.html", Action.INDEXED, 1),
    ]
    assert found(docs, embedder, "how many days of leave") == "leave.md"
    assert found(docs, embedder, "lock screen") == "security.html"
    assert found(docs, embedder, "trains travel desk") == "hr/travel.md"


def test_titles_come_from_front_matter_heading_or_page(docs: Path, embedder: HashEmbedder) -> None:
    (docs / "no_title-here.md").write_text("Just words.")
    run(docs, embedder)
    store = KnowledgeStore.open(docs.parent / "data", embedder=embedder)
    titles = {one.slug: one.title for one in store.articles(SCOPE)}
    assert titles == {
        "hr-travel": "Travel",
        "leave": "Leave policy",
        "security": "Security",
        "no-title-here": "No title here",
    }


def test_a_second_run_embeds_nothing_and_keeps_the_version(docs: Path, embedder: HashEmbedder) -> None:
    first = run(docs, embedder)
    embedded = embedder.embedded
    second = run(docs, embedder)
    assert {file.action for file in second.files} == {Action.UNCHANGED}
    assert (embedder.embedded, second.version) == (embedded, first.version)


def test_a_change_embeds_only_what_changed(docs: Path, embedder: HashEmbedder) -> None:
    run(docs, embedder)
    embedded = embedder.embedded
    (docs / "leave.md").write_text("# Leave policy\n\nEvery person has 30 days of leave a year.\n")
    report = run(docs, embedder)
    assert lines(report)["leave.md"] == (Action.INDEXED, "")
    assert report.count(Action.UNCHANGED) == 2
    assert embedder.embedded - embedded == 2
    store = KnowledgeStore.open(docs.parent / "data", embedder=embedder)
    assert [hit.passage.slug for hit in store.search("leave days", [SCOPE]).hits].count("leave") == 1


def test_a_deleted_file_is_removed(docs: Path, embedder: HashEmbedder) -> None:
    run(docs, embedder)
    (docs / "leave.md").unlink()
    assert lines(run(docs, embedder))["leave.md"] == (Action.REMOVED, "")
    assert found(docs, embedder, "days of leave") != "leave.md"


def test_a_single_file_can_be_given_and_deleted(docs: Path, embedder: HashEmbedder) -> None:
    run(docs, embedder)
    data = docs.parent / "data"
    leave = docs / "leave.md"
    assert lines(sync([leave], SCOPE, data, embedder=embedder)) == {"leave.md": (Action.UNCHANGED, "")}
    leave.unlink()
    assert lines(sync([leave], SCOPE, data, embedder=embedder)) == {"leave.md": (Action.REMOVED, "")}


def test_another_folder_is_added_and_nothing_lost(docs: Path, embedder: HashEmbedder) -> None:
    run(docs, embedder)
    other = docs.parent / "other"
    other.mkdir()
    (other / "leave.md").write_text("# Parental leave\n\nParents take twelve weeks.\n")
    report = sync([other], SCOPE, docs.parent / "data", embedder=embedder)
    assert lines(report) == {"leave.md": (Action.INDEXED, "")}
    store = KnowledgeStore.open(docs.parent / "data", embedder=embedder)
    assert {one.slug for one in store.articles(SCOPE)} == {"hr-travel", "leave", "leave-2", "security"}


def test_full_holds_what_is_given_and_nothing_else(docs: Path, embedder: HashEmbedder) -> None:
    run(docs, embedder)
    sync([docs / "hr"], SCOPE, docs.parent / "data", embedder=embedder, full=True)
    store = KnowledgeStore.open(docs.parent / "data", embedder=embedder)
    assert [one.title for one in store.articles(SCOPE)] == ["Travel"]


def test_what_cannot_be_read_is_skipped_with_its_reason(docs: Path, embedder: HashEmbedder) -> None:
    (docs / "empty.md").write_text("")
    (docs / "blank.md").write_text(" \n\n")
    (docs / "only-matter.md").write_text("---\ntitle: Nothing\n---\n")
    (docs / "scan.pdf").write_bytes(b"%PDF-1.7")
    (docs / "binary.md").write_bytes(bytes(range(256)) * 20)
    (docs / "big.md").write_bytes(b"word " * 1_100_000)
    (docs / ".hidden.md").write_text("# Secret")
    (docs / ".git").mkdir()
    (docs / ".git" / "x.md").write_text("# No")
    (docs / "loop").symlink_to(docs)
    (docs / "broken.md").symlink_to(docs / "nowhere.md")
    report = lines(run(docs, embedder))
    skipped = {path: reason for path, (action, reason) in report.items() if action is Action.SKIPPED}
    assert skipped == {
        "empty.md": "empty",
        "blank.md": "empty",
        "only-matter.md": "no text",
        "scan.pdf": "PDF is not read yet",
        "binary.md": "not text in UTF-8 or another encoding we know",
        "big.md": "larger than 5 MB",
        ".hidden.md": "hidden",
        ".git": "hidden",
        "loop": "symlink loop",
        "broken.md": "cannot be read (No such file or directory)",
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_skipped(docs: Path, embedder: HashEmbedder) -> None:
    (docs / "leave.md").chmod(0)
    assert lines(run(docs, embedder))["leave.md"] == (Action.SKIPPED, "cannot be read (Permission denied)")


def test_old_encodings_are_read(docs: Path, embedder: HashEmbedder) -> None:
    (docs / "latin.md").write_bytes("# Café\n\nThe café opens at nine.".encode("cp1252"))
    (docs / "wide.md").write_bytes("# Wide\n\nWritten by an old editor.".encode("utf-16"))
    report = lines(run(docs, embedder))
    assert (report["latin.md"][0], report["wide.md"][0]) == (Action.INDEXED, Action.INDEXED)


def test_equal_contents_are_told(docs: Path, embedder: HashEmbedder) -> None:
    (docs / "z-copy.md").write_bytes((docs / "leave.md").read_bytes())
    assert lines(run(docs, embedder))["z-copy.md"] == (Action.INDEXED, "same content as leave.md")


def test_a_file_that_becomes_unreadable_is_removed_and_said(docs: Path, embedder: HashEmbedder) -> None:
    run(docs, embedder)
    (docs / "leave.md").write_text("")
    report = run(docs, embedder)
    actions = [(file.action, file.reason) for file in report.files if file.path == "leave.md"]
    assert actions == [(Action.SKIPPED, "empty"), (Action.REMOVED, "")]


def test_a_path_that_never_was_is_refused_and_nothing_changes(docs: Path, embedder: HashEmbedder) -> None:
    version = run(docs, embedder).version
    with pytest.raises(KnowledgeError, match="no file or folder"):
        run(docs, embedder, more=(docs / "nowhere",))
    assert run(docs, embedder).version == version


def test_another_model_needs_full(docs: Path, embedder: HashEmbedder) -> None:
    run(docs, embedder)
    other = HashEmbedder(fingerprint="hash-2")
    with pytest.raises(IndexOutdated, match="vcio ingest PATH --client acme --full"):
        run(docs, other)
    assert run(docs, other, full=True).count(Action.INDEXED) == 3


def test_an_empty_folder_gives_an_empty_index(tmp_path: Path, embedder: HashEmbedder) -> None:
    (tmp_path / "none").mkdir()
    report = sync([tmp_path / "none"], SCOPE, tmp_path / "data", embedder=embedder)
    store = KnowledgeStore.open(tmp_path / "data", embedder=embedder)
    assert (report.files, report.passages) == ((), 0)
    assert store.search("anything", [SCOPE]).hits == ()


def test_an_unwritable_data_folder_is_named(docs: Path, embedder: HashEmbedder) -> None:
    blocked = docs.parent / "blocked"
    blocked.write_text("a file where a folder should be")
    with pytest.raises(KnowledgeError, match="VCIO_DATA_DIR"):
        sync([docs], SCOPE, blocked, embedder=embedder)


def test_the_methodology_is_indexed_and_own_documents_stay(docs: Path, embedder: HashEmbedder) -> None:
    data = docs.parent / "data"
    first = sync_methodology(data, embedder=embedder, terms=tokens(shipped_terms()))
    articles = list(methodology_folder().rglob("*.md"))
    assert first.count(Action.INDEXED) == len(articles)
    sync([docs], METHODOLOGY, data, embedder=embedder)
    again = sync_methodology(data, embedder=embedder, terms=tokens(shipped_terms()))
    assert {file.action for file in again.files} <= {Action.UNCHANGED}
    store = KnowledgeStore.open(data, embedder=embedder)
    slugs = {one.slug for one in store.articles(METHODOLOGY)}
    assert {"records-management", "leave"} <= slugs
    assert len(slugs) == len(articles) + 3


def test_no_token_survives_indexing_and_each_speaks_the_value_in_force(
    docs: Path, embedder: HashEmbedder
) -> None:
    data, terms = docs.parent / "data", tokens(shipped_terms())
    sync_methodology(data, embedder=embedder, terms=terms)
    (documents,) = data.rglob("documents.jsonl")
    indexed = documents.read_text("utf-8")
    assert "{{" not in indexed
    assert [value for value in terms.values() if value not in indexed] == []


def test_a_changed_term_indexes_again_just_the_articles_that_hold_it(
    docs: Path, embedder: HashEmbedder
) -> None:
    data, terms = docs.parent / "data", tokens(shipped_terms())
    first = sync_methodology(data, embedder=embedder, terms=terms)
    embedded = embedder.embedded
    second = sync_methodology(data, embedder=embedder, terms=terms | {"firm.notice": "three months"})
    changed = [file.path for file in second.files if file.action is Action.INDEXED]
    assert changed == ["virtual-cio-service/engagement-lifecycle.md"]
    assert second.version != first.version
    assert 0 < embedder.embedded - embedded < 5
    assert "Notice to end an engagement is three months." in texts(data)["engagement-lifecycle"]
    again = sync_methodology(data, embedder=embedder, terms=terms | {"firm.notice": "three months"})
    assert again.version == second.version


def test_a_token_that_is_not_among_the_terms_stops_with_its_name(docs: Path, embedder: HashEmbedder) -> None:
    data = docs.parent / "data"
    terms = tokens(shipped_terms())
    first = sync_methodology(data, embedder=embedder, terms=terms)
    del terms["firm.notice"]
    with pytest.raises(KnowledgeError, match=r"engagement-lifecycle\.md.*\{\{firm\.notice\}\}"):
        sync_methodology(data, embedder=embedder, terms=terms)
    assert sync_methodology(data, embedder=embedder, terms=tokens(shipped_terms())).version == first.version


def texts(data: Path) -> dict[str, str]:
    """All words of each article of the methodology as indexed, by slug."""
    store = KnowledgeStore.open(data, embedder=HashEmbedder())
    found = {}
    for summary in store.articles(METHODOLOGY):
        article = store.article(METHODOLOGY, summary.slug)
        assert article is not None
        parts = [article.title, article.summary, *(section.markdown for section in article.sections)]
        found[article.slug] = "\n".join(parts)
    return found
