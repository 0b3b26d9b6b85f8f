"""A damaged or foreign index is refused with the command that rebuilds it."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from knowledge.build import build, indexing
from knowledge.errors import IndexBusy, IndexCorrupt, IndexOutdated
from knowledge.scope import METHODOLOGY, client_scope
from knowledge.store import KnowledgeStore, open_shelf
from knowledge.testing import HashEmbedder
from knowledge.types import Vector
from tests.knowledge.factories import BUDGET, document, publish

Damage = Callable[[Path], object]


def garbage(name: str) -> Damage:
    return lambda folder: (folder / name).write_bytes(b"\x00garbage\xff" * 50)


def cut(name: str) -> Damage:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes()[:100])


def gone(name: str) -> Damage:
    return lambda folder: (folder / name).rename(folder / f"{name}.away")


DAMAGES = {
    f"{do.__name__} {name}": do(name)
    for do, name in [
        (garbage, "manifest.json"), (gone, "manifest.json"), (cut, "manifest.json"),
        (garbage, "documents.jsonl"), (gone, "documents.jsonl"), (cut, "documents.jsonl"),
        (garbage, "vectors.npy"), (gone, "vectors.npy"), (cut, "vectors.npy"), (gone, "keys.npy"),
        (garbage, "lexical/params.index.json"), (cut, "lexical/data.csc.index.npy"), (gone, "lexical"),
        (garbage, "chroma/chroma.sqlite3"), (cut, "chroma/chroma.sqlite3"), (gone, "chroma/chroma.sqlite3"),
        (gone, "chroma"),
    ]
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_damage_is_refused_with_the_cure_and_a_rebuild_mends_it(
    tmp_path: Path, embedder: HashEmbedder, damage: Damage
) -> None:
    card = publish(tmp_path, [document()], embedder=embedder)
    damage(tmp_path / "index" / METHODOLOGY / card.version)
    store = KnowledgeStore.open(tmp_path, embedder=embedder)
    with pytest.raises(IndexCorrupt, match="vcio ingest --full"):
        store.search("restore", [METHODOLOGY])
    shelf = open_shelf(tmp_path)
    build(shelf, METHODOLOGY, [document()], embedder, reuse=False)
    store.refresh()
    assert store.search("restore", [METHODOLOGY]).hits


def test_same_size_damage_in_the_documents_is_refused(tmp_path: Path, embedder: HashEmbedder) -> None:
    card = publish(tmp_path, [document()], embedder=embedder)
    path = tmp_path / "index" / METHODOLOGY / card.version / "documents.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"passages"', b'"passagez"'))
    with pytest.raises(IndexCorrupt):
        KnowledgeStore.open(tmp_path, embedder=embedder).search("restore", [METHODOLOGY])


@pytest.mark.parametrize("name", ["header.bin", "length.bin", "data_level0.bin", "index_metadata.pickle"])
def test_damaged_vector_files_of_a_large_index_are_refused(
    tmp_path: Path, embedder: HashEmbedder, name: str
) -> None:
    text = "\n\n".join(f"## Part {number}\n\nSystem {number} has an owner." for number in range(1_200))
    card = publish(tmp_path, [document(markdown=text)], embedder=embedder)
    store = KnowledgeStore.open(tmp_path, embedder=embedder)
    assert store.search("system 7", [METHODOLOGY]).hits
    store.close()
    assert store.search("system 7", [METHODOLOGY]).hits  # reading leaves the files as they were
    store.close()
    (path,) = (tmp_path / "index" / METHODOLOGY / card.version / "chroma").glob(f"*/{name}")
    path.write_bytes(b"\xff\x00garbage" * (path.stat().st_size // 9))
    with pytest.raises(IndexCorrupt, match="vcio ingest --full"):
        store.search("system 7", [METHODOLOGY])


def test_a_pointer_to_nothing_is_refused(tmp_path: Path, embedder: HashEmbedder) -> None:
    publish(tmp_path, [document()], embedder=embedder)
    (tmp_path / "index" / METHODOLOGY / "current").write_text("20200101t000000000000-abcdef")
    with pytest.raises(IndexCorrupt, match="20200101"):
        KnowledgeStore.open(tmp_path, embedder=embedder).search("restore", [METHODOLOGY])


def test_a_pointer_cannot_lead_out_of_the_scope(tmp_path: Path, embedder: HashEmbedder) -> None:
    publish(tmp_path, [document()], embedder=embedder)
    (tmp_path / "index" / METHODOLOGY / "current").write_text("../../elsewhere")
    with pytest.raises(IndexCorrupt):
        KnowledgeStore.open(tmp_path, embedder=embedder).search("restore", [METHODOLOGY])


def test_an_index_of_another_model_is_refused(
    tmp_path: Path, embedder: HashEmbedder, chroma_url: str | None
) -> None:
    scope = client_scope(f"model-{'server' if chroma_url else 'folder'}")
    publish(tmp_path, [document(scope)], scope, embedder=embedder, url=chroma_url)
    other = HashEmbedder(fingerprint="hash-2")
    store = KnowledgeStore.open(tmp_path, embedder=other, chroma_url=chroma_url)
    with pytest.raises(IndexOutdated, match=rf"--client {scope.removeprefix('client-')} --full"):
        store.search("restore", [scope])
    assert store.has(scope)


def test_an_index_of_another_format_is_refused(tmp_path: Path, embedder: HashEmbedder) -> None:
    card = publish(tmp_path, [document()], embedder=embedder)
    path = tmp_path / "index" / METHODOLOGY / card.version / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 0}))
    with pytest.raises(IndexOutdated, match="format 0"):
        KnowledgeStore.open(tmp_path, embedder=embedder).search("restore", [METHODOLOGY])


def test_a_scope_is_indexed_by_one_at_a_time(tmp_path: Path) -> None:
    shelf = open_shelf(tmp_path)
    with indexing(shelf, METHODOLOGY):
        with pytest.raises(IndexBusy, match="process"), indexing(shelf, METHODOLOGY):
            pass
        with indexing(shelf, client_scope("other")):
            pass
    with indexing(shelf, METHODOLOGY):
        pass


def test_a_failed_build_leaves_the_old_version(tmp_path: Path, embedder: HashEmbedder) -> None:
    card = publish(tmp_path, [document()], embedder=embedder)

    class Broken(HashEmbedder):
        def embed(self, texts: Sequence[str]) -> Vector:
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        publish(tmp_path, [document(slug="x", markdown=BUDGET)], embedder=Broken())
    store = KnowledgeStore.open(tmp_path, embedder=embedder)
    assert store.fingerprint(METHODOLOGY) == card.version
    assert store.search("restore", [METHODOLOGY]).hits


def test_a_running_store_goes_on_when_the_new_version_is_not_for_it(
    tmp_path: Path, embedder: HashEmbedder
) -> None:
    card = publish(tmp_path, [document()], embedder=embedder)
    store = KnowledgeStore.open(tmp_path, embedder=embedder)
    assert store.search("restore", [METHODOLOGY]).hits
    shelf = open_shelf(tmp_path)
    build(shelf, METHODOLOGY, [document()], HashEmbedder(fingerprint="hash-2"), reuse=False)
    store.refresh()
    assert store.search("restore", [METHODOLOGY]).hits
    assert store.fingerprint(METHODOLOGY) == card.version
    store.close()
    with pytest.raises(IndexOutdated):
        store.search("restore", [METHODOLOGY])
