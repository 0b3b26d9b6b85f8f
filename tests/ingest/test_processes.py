"""Indexing in one process while another reads, and indexing that is killed."""

import subprocess
import sys
from pathlib import Path

import pytest

from ingest.sync import sync
from knowledge.errors import IndexBusy
from knowledge.store import KnowledgeStore
from knowledge.testing import HashEmbedder
from tests.ingest.processes import SCOPE

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.processes


def start(what: str, data: Path, docs: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.ingest.processes", what, str(data), str(docs)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_a_killed_run_leaves_the_old_index_and_no_lock(docs: Path, embedder: HashEmbedder) -> None:
    data = docs.parent / "data"
    version = sync([docs], SCOPE, data, embedder=embedder).version
    (docs / "new.md").write_text("# New\n\nA new page.")
    child = start("slow", data, docs)
    assert child.stdout is not None
    assert child.stdout.readline() == "embedding\n"
    with pytest.raises(IndexBusy, match=str(child.pid)):
        sync([docs], SCOPE, data, embedder=embedder)
    child.kill()
    child.wait(10)
    store = KnowledgeStore.open(data, embedder=embedder)
    assert store.fingerprint(SCOPE) == version
    report = sync([docs], SCOPE, data, embedder=embedder)
    store.refresh()
    assert store.search("a new page", [SCOPE]).hits[0].passage.source == "new.md"
    kept = {path.name for path in (data / "index" / SCOPE).iterdir() if path.is_dir()}
    assert kept == {version, report.version}


def test_a_reader_sees_one_version_at_a_time_while_another_process_swaps(
    tmp_path: Path, embedder: HashEmbedder
) -> None:
    docs, data = tmp_path / "docs", tmp_path / "data"
    docs.mkdir()
    for number in range(12):
        (docs / f"page{number}.md").write_text(f"# page{number}\n\nThis belongs to edition of the handbook.")
    sync([docs], SCOPE, data, embedder=embedder)
    reader = start("read", data, docs)
    assert reader.stdout is not None
    reader.stdout.readline()
    writer = start("swap", data, docs)
    assert writer.wait(120) == 0
    (data / "stop").touch()
    answers = reader.stdout.read().splitlines()
    assert reader.wait(60) == 0
    assert {line.split()[0] for line in answers} == {"12"}
    assert all(len(line.split()) == 2 for line in answers)
    assert answers[-1] == "12 edition5"
    assert len({line.split()[1] for line in answers}) > 2
