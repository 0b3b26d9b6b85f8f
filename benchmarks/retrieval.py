"""Retrieval quality on SciFact through the product's own passages, index and search.

    python -m benchmarks.retrieval [FOLDER_IN_BEIR_LAYOUT] [WORK_DIR]

Reference (same model and documents, each abstract one text of at most 256 word pieces): nDCG@10 dense 0.645,
BM25 0.679, rank fusion 0.714, min-max fusion 0.737.
"""

import sys
import tempfile
from pathlib import Path

from knowledge.beir import RetrievalScores, evaluate
from knowledge.embeddings import open_embedder
from knowledge.errors import KnowledgeError
from knowledge.types import silent

SCIFACT = Path(__file__).parents[2] / "shared" / "data" / "scifact"
WANTED = 0.73


def lines(scores: RetrievalScores) -> list[str]:
    """The figures beside their reference."""
    verdict = "met" if scores.ndcg_at_10 >= WANTED else "missed"
    return [
        f"nDCG@10 {scores.ndcg_at_10:.3f} (wanted {WANTED}: {verdict}; fusion without passages 0.737)",
        f"recall@10 {scores.recall_at_10:.3f}, P@1 {scores.p_at_1:.3f}",
        f"search p50 {scores.query_ms_p50:.1f} ms, p95 {scores.query_ms_p95:.1f} ms "
        f"({scores.documents} documents, {scores.queries} queries)",
    ]


def main(folder: Path = SCIFACT, work_dir: Path | None = None) -> int:
    """Print the scores; returns 1 when the folder is not there."""
    if not folder.is_dir():
        print(f"skipped: {folder} is not there")
        return 1
    place = work_dir or Path(tempfile.gettempdir()) / "vcio-benchmarks"
    try:
        embedder = open_embedder(None, place / "models", silent)
        scores = evaluate(folder, embedder=embedder, work_dir=place / folder.name)
    except KnowledgeError as error:
        print(error)
        return 1
    print("\n".join(lines(scores)))
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
