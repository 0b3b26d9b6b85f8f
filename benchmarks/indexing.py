"""Indexing throughput against raw embedding of the same texts, interleaved, median of five.

    python -m benchmarks.indexing [WORK_DIR]

One round indexes the methodology from nothing (reading, splitting, embedding, word index, Chroma, swap), then
embeds exactly the same texts with nothing around. Wanted: at least 0.85 of the raw throughput.
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bot.engagement.terms import shipped_terms, tokens
from ingest.sync import sync_methodology
from knowledge import files
from knowledge.embeddings import Embedder, open_embedder
from knowledge.scope import METHODOLOGY

ROUNDS = 5
WANTED = 0.85


def measure(embedder: Embedder, work_dir: Path, rounds: int = ROUNDS) -> list[tuple[float, float]]:
    """Seconds of (indexing, raw embedding) for each round."""
    found = []
    for number in range(rounds + 1):
        shutil.rmtree(work_dir, ignore_errors=True)
        started = time.perf_counter()
        report = sync_methodology(work_dir, embedder=embedder, terms=tokens(shipped_terms()))
        indexing = time.perf_counter() - started
        texts = _texts(work_dir, report.version or "")
        started = time.perf_counter()
        embedder.embed(texts)
        if number:  # the first round loads Chroma and warms the model
            found.append((indexing, time.perf_counter() - started))
    return found


def _texts(work_dir: Path, version: str) -> list[str]:
    """Every different text the index embedded."""
    documents = files.read_documents(work_dir / "index" / METHODOLOGY / version, METHODOLOGY)
    return list(dict.fromkeys(files.texts_of(documents, sentences=True)))


def main(work_dir: Path | None = None) -> int:
    """Print the ratio; returns 1 when it is below the mark."""
    place = work_dir or Path(tempfile.gettempdir()) / "vcio-benchmarks"
    embedder = open_embedder(None, place / "models")
    times = measure(embedder, place / "indexing")
    ratio = median(raw / indexing for indexing, raw in times)
    count = len(_texts(place / "indexing", _version(place / "indexing")))
    print(f"indexing {ratio:.2f} of raw embedding throughput (wanted {WANTED}), {count} texts")
    print(f"median {median(one for one, _ in times):.1f} s against {median(raw for _, raw in times):.1f} s")
    return 0 if ratio >= WANTED else 1


def _version(work_dir: Path) -> str:
    return (work_dir / "index" / METHODOLOGY / "current").read_text("utf-8").strip()


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
