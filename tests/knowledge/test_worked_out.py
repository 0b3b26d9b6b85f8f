"""Vectors that are shipped stand for what embedding would give, and for nothing else."""

from pathlib import Path

import numpy as np
import pytest

from bot.work_out import packaged_texts
from knowledge.embeddings import OnnxEmbedder
from knowledge.files import keys_of
from knowledge.testing import HashEmbedder
from knowledge.worked_out import work_out, worked_out

TEXTS = ["Who keeps what?", "Who pays?", "Who keeps what?"]


def test_what_was_worked_out_is_read_again_by_digest(tmp_path: Path) -> None:
    embedder, file = HashEmbedder(), tmp_path / "vectors.npz"
    assert work_out(TEXTS, embedder, file) == 2
    found = worked_out(embedder, file)
    assert set(found) == set(keys_of(TEXTS))
    for key, vector in zip(keys_of(TEXTS), embedder.embed(TEXTS), strict=True):
        assert found[key] == pytest.approx(vector, abs=1e-3)
        assert np.linalg.norm(found[key]) == pytest.approx(1.0, abs=1e-6)


def test_of_another_model_or_without_the_file_there_are_none(tmp_path: Path) -> None:
    embedder, file = HashEmbedder(), tmp_path / "vectors.npz"
    work_out(TEXTS, embedder, file)
    other = HashEmbedder()
    other.fingerprint = "another"
    assert worked_out(other, file) == {}
    assert worked_out(embedder, tmp_path / "absent.npz") == {}


def test_a_file_that_is_not_whole_is_left_aside_and_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    embedder, file = HashEmbedder(), tmp_path / "vectors.npz"
    work_out(TEXTS, embedder, file)
    whole = file.read_bytes()
    with np.load(file) as kept:
        parts = dict(kept)
    broken: list[bytes] = [whole[:end] for end in range(0, len(whole), 97)]
    broken += [b"not a file of vectors", whole[:40] + b"\xff" * 40 + whole[80:]]
    middle = len(whole) // 2
    broken.append(
        whole[:middle] + bytes(255 - byte for byte in whole[middle : middle + 9]) + whole[middle + 9 :]
    )
    for content in broken:
        file.write_bytes(content)
        assert worked_out(embedder, file) == {}
    for change in (
        {"vectors": parts["vectors"][:1]},
        {"vectors": parts["vectors"][:, :9]},
        {"vectors": parts["vectors"] * 0},
        {"vectors": parts["vectors"] * np.float16("nan")},
        {"vectors": parts["vectors"][0]},
        {"vectors": np.array(["a", "b"])},
    ):
        np.savez(file, **{**parts, **change})
        assert worked_out(embedder, file) == {}, change
    np.savez(file, keys=parts["keys"], fingerprint=parts["fingerprint"])
    assert worked_out(embedder, file) == {}
    assert "install it anew" in caplog.text


@pytest.mark.model
def test_the_shipped_vectors_are_those_of_the_articles_as_they_are(model: OnnxEmbedder) -> None:
    texts, shipped = packaged_texts(model), worked_out(model)
    keys = keys_of(texts)
    assert set(keys) == set(shipped), "run: python -m bot.work_out"
    some = range(0, len(texts), 400)
    for row, vector in zip(some, model.embed([texts[row] for row in some]), strict=True):
        assert float(vector @ shipped[keys[row]]) > 0.9999
