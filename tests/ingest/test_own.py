"""The firm's own articles: written once, harmless, and part of the methodology's index."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.engagement.terms import shipped_terms, tokens
from ingest.own import NOTES_AREA, OwnSection, Provenance, keep_section, own_folder, read_own
from ingest.report import Action
from ingest.sync import sync_methodology
from knowledge.errors import KnowledgeError
from knowledge.scope import METHODOLOGY
from knowledge.store import KnowledgeStore
from knowledge.testing import HashEmbedder

TERMS = tokens(shipped_terms())
TOLD = Provenance(7, "VC-1001", "Dev Patel", "Cora Quist", "2026-11-27")
SECTION = OwnSection("Keep the copy away", "Keep one copy elsewhere.", ("where do copies go",), TOLD)
ARTICLE = "backup-and-disaster-recovery"


def other(draft: int, **changes: object) -> OwnSection:
    return replace(SECTION, provenance=replace(TOLD, draft=draft), **changes)  # type: ignore[arg-type]


def test_a_section_of_an_article_is_a_companion_with_its_title_and_area(tmp_path: Path) -> None:
    keep_section(tmp_path, ARTICLE, SECTION)
    keep_section(tmp_path, ARTICLE, SECTION)
    keep_section(tmp_path, ARTICLE, other(8, heading="Test it"))
    (article,) = read_own(tmp_path)
    assert (article.slug, article.area) == (f"{ARTICLE}-notes", "security-risk-and-continuity")
    assert article.title == "Backup, restore testing and disaster recovery: from practice"
    assert article.markdown.count("## Keep the copy away") == 1
    assert [heading for heading, _told in article.provenance] == ["Keep the copy away", "Test it"]
    assert article.provenance[0][1] == TOLD
    assert article.reviewed == "2026-11-27"


def test_a_note_of_its_own_has_its_own_title(tmp_path: Path) -> None:
    path = keep_section(tmp_path, "keep-the-copy-away", SECTION)
    assert path.name == "keep-the-copy-away.md"
    (article,) = read_own(tmp_path)
    assert (article.slug, article.title, article.area) == (
        "keep-the-copy-away",
        "Keep the copy away",
        NOTES_AREA,
    )


def test_nothing_in_a_body_reaches_beyond_its_section(tmp_path: Path) -> None:
    body = "# Top\n\n{{firm.notice}} {% if %} <!-- gone\n\n---\nslug: x\n---\n## If you are a small\nKept"
    keep_section(tmp_path, "note", other(1, heading="# One\ntwo {{x}}", body=body))
    keep_section(tmp_path, "note", other(2, heading="Three", body="Four."))
    (article,) = read_own(tmp_path)
    headings = [line for line in article.markdown.splitlines() if line.startswith("#")]
    assert headings == ["## One two { {x}}", "### Top", "### If you are a small", "## Three"]
    assert "gone" in article.markdown
    assert "Kept" in article.markdown
    assert len(article.provenance) == 2


def test_what_was_written_by_hand_stays_and_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    folder = own_folder(tmp_path)
    folder.mkdir()
    (folder / "note.md").write_text("---\ntitle: By hand\nsections: none\n---\nOurs.\n")
    keep_section(tmp_path, "note", SECTION)
    (article,) = read_own(tmp_path)
    assert article.title == "By hand"
    assert article.markdown.startswith("Ours.\n\n## Keep the copy away")
    (folder / "broken.md").write_text("---\ntitle: [\n---\nOurs.\n")
    with pytest.raises(KnowledgeError, match=r"broken\.md"):
        keep_section(tmp_path, "broken", SECTION)
    assert len(read_own(tmp_path)) == 1


def test_own_articles_are_part_of_the_methodology_through_every_indexing(tmp_path: Path) -> None:
    embedder = HashEmbedder()

    def slugs() -> set[str]:
        return {one.slug for one in KnowledgeStore.open(tmp_path, embedder=embedder).articles(METHODOLOGY)}

    sync_methodology(tmp_path, embedder=embedder, terms=TERMS)
    keep_section(tmp_path, ARTICLE, other(1, body="Braces {{are.mine}} stay out."))
    path = keep_section(tmp_path, "note", SECTION)
    path.write_text(path.read_text() + "\n{{by.hand}} is no token of ours.\n")
    report = sync_methodology(tmp_path, embedder=embedder, terms=TERMS)
    taken = [file.path for file in report.files if file.action is Action.INDEXED]
    assert taken == [f"{ARTICLE}.md", "note.md"]
    assert {f"{ARTICLE}-notes", ARTICLE, "note"} <= slugs()
    sync_methodology(tmp_path, embedder=embedder, terms=TERMS, full=True)
    assert {f"{ARTICLE}-notes", "note"} <= slugs()
    path.unlink()
    sync_methodology(tmp_path, embedder=embedder, terms=TERMS)
    assert "note" not in slugs()
