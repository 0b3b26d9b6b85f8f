"""Time of embedding and searching a question against one raw embedding of the same text, interleaved.

    python -m benchmarks.query_path [WORK_DIR]

Per question, in turn: the embedding alone, `store.search` (which embeds again), the stored sentences of the
hits. Wanted: search at most 1.6 times the embedding alone at the median.
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from bot.engagement.terms import shipped_terms, tokens
from ingest.sync import sync_methodology
from knowledge.embeddings import Embedder, open_embedder
from knowledge.scope import METHODOLOGY
from knowledge.store import KnowledgeStore

ROUNDS = 5
WANTED = 1.6
QUESTIONS = (
    "How long do we have to keep our records?",
    "what is the difference between a CIO and an IT manager",
    "our backups have never been tested, where do we start",
    "how do we choose between three suppliers without a fight",
    "What share of revenue should a company of 80 people spend on IT?",
    "we need an extra pair of hands for a quarter",
    "which security measures come first when money is short",
    "who owns the customer data, sales or IT",
)


@dataclass(frozen=True)
class Times:
    """Milliseconds of every question: raw embedding, search with embedding, stored sentences of the hits."""

    raw: list[float]
    search: list[float]
    sentences: list[float]


def measure(store: KnowledgeStore, embedder: Embedder, questions: Sequence[str], rounds: int) -> Times:
    """Interleave the three for each question; the first round only warms up."""
    times = Times([], [], [])
    for number in range(rounds + 1):
        for question in questions:
            started = time.perf_counter()
            embedder.embed([question])
            embedded = time.perf_counter()
            found = store.search(question, [METHODOLOGY])
            searched = time.perf_counter()
            store.sentences([hit.passage.id for hit in found.hits[:6]])
            done = time.perf_counter()
            if number:
                times.raw.append((embedded - started) * 1000)
                times.search.append((searched - embedded) * 1000)
                times.sentences.append((done - searched) * 1000)
    return times


def _line(name: str, values: Sequence[float]) -> str:
    return f"{name:<22} p50 {median(values):6.2f} ms   p95 {quantiles(values, n=20)[18]:6.2f} ms"


def main(work_dir: Path | None = None) -> int:
    """Print the times; returns 1 when search takes too long."""
    place = work_dir or Path(tempfile.gettempdir()) / "vcio-benchmarks"
    embedder = open_embedder(None, place / "models")
    sync_methodology(place / "query-path", embedder=embedder, terms=tokens(shipped_terms()))
    store = KnowledgeStore.open(place / "query-path", embedder=embedder)
    times = measure(store, embedder, QUESTIONS, ROUNDS * 4)
    print(_line("raw embedding", times.raw))
    print(_line("search with embedding", times.search))
    print(_line("stored sentences", times.sentences))
    ratio = median(times.search) / median(times.raw)
    print(f"search is {ratio:.2f} of a raw embedding (wanted {WANTED})")
    return 0 if ratio <= WANTED else 1


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
