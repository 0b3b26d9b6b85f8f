"""Processes that the tests start and kill: `python -m tests.ingest.processes WHAT DATA_DIR DOCS`."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from ingest.sync import sync
from knowledge.scope import client_scope
from knowledge.store import KnowledgeStore
from knowledge.testing import HashEmbedder
from knowledge.types import Vector

SCOPE = client_scope("acme")


class SlowEmbedder(HashEmbedder):
    """Takes its time, so that a test can kill it at work."""

    def embed(self, texts: Sequence[str]) -> Vector:
        """As its parent, at the pace of a large model."""
        print("embedding", flush=True)
        time.sleep(30)
        return super().embed(texts)


def index_slowly(data_dir: Path, docs: Path) -> None:
    """Index, and be killed at it."""
    sync([docs], SCOPE, data_dir, embedder=SlowEmbedder())


def index_again_and_again(data_dir: Path, docs: Path) -> None:
    """Swap the index six times; every version holds one text only, in every document."""
    for number in range(6):
        for path in docs.glob("*.md"):
            path.write_text(f"# {path.stem}\n\nThis belongs to edition{number} of the handbook.")
        sync([docs], SCOPE, data_dir, embedder=HashEmbedder())
        print(number, flush=True)


def read_on(data_dir: Path, _docs: Path) -> None:
    """Search until told to stop and once more after it, printing the editions of each answer that is new.

    What repeats is left out: a pipe that nobody empties would fill, and hold the reader at an old version.
    """
    store = KnowledgeStore.open(data_dir, embedder=HashEmbedder())
    stop = data_dir / "stop"
    printed, stopped = "", False
    while not stopped:
        stopped = stop.exists()
        store.refresh()
        found = store.search("edition of the handbook", [SCOPE], limit=50)
        editions = {
            word for hit in found.hits for word in hit.passage.text.split() if word.startswith("edition")
        }
        answer = " ".join([str(len(found.hits)), *sorted(editions)])
        if answer != printed:
            print(answer, flush=True)
        printed = answer


if __name__ == "__main__":
    {"slow": index_slowly, "swap": index_again_and_again, "read": read_on}[sys.argv[1]](
        Path(sys.argv[2]), Path(sys.argv[3])
    )
