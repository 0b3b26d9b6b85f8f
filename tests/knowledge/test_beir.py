"""Measures on a folder in BEIR layout."""

import json
from pathlib import Path

import pytest

from knowledge.beir import evaluate, gain
from knowledge.errors import KnowledgeError
from knowledge.testing import HashEmbedder

CORPUS = {
    "d1": "Backups are tested every quarter.",
    "d2": "Budgets are reviewed by finance.",
    "d3": "Cats sleep.",
}
QUERIES = {"q1": "tested backups", "q2": "finance budgets", "q3": "not judged"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "beir"
    (found / "qrels").mkdir(parents=True)
    corpus = [json.dumps({"_id": name, "title": "", "text": text}) for name, text in CORPUS.items()]
    (found / "corpus.jsonl").write_text("\n".join(corpus))
    queries = [json.dumps({"_id": name, "text": text}) for name, text in QUERIES.items()]
    (found / "queries.jsonl").write_text("\n".join(queries))
    (found / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\nq2\td3\t0\n")
    return found


def test_every_judged_query_is_scored(folder: Path, tmp_path: Path, embedder: HashEmbedder) -> None:
    scores = evaluate(folder, embedder=embedder, work_dir=tmp_path / "work")
    assert (scores.ndcg_at_10, scores.recall_at_10, scores.p_at_1) == (1.0, 1.0, 1.0)
    assert (scores.documents, scores.queries) == (3, 2)
    assert 0 < scores.query_ms_p50 <= scores.query_ms_p95


def test_a_second_run_embeds_questions_only(folder: Path, tmp_path: Path, embedder: HashEmbedder) -> None:
    evaluate(folder, embedder=embedder, work_dir=tmp_path / "work")
    embedded = embedder.embedded
    evaluate(folder, embedder=embedder, work_dir=tmp_path / "work")
    assert embedder.embedded - embedded == 3  # two questions and the warm-up


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [(["a", "x"], 1.0), (["x", "a"], 0.6309), (["x"] * 10 + ["a"], 0.0), ([], 0.0)],
)
def test_gain_falls_with_the_rank(ranked: list[str], expected: float) -> None:
    assert gain(ranked, {"a": 1}) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_folder_that_is_not_beir_is_named(
    folder: Path, tmp_path: Path, embedder: HashEmbedder, name: str
) -> None:
    (folder / name).unlink()
    with pytest.raises(KnowledgeError, match=r"qrels|corpus|queries"):
        evaluate(folder, embedder=embedder, work_dir=tmp_path / "work")
