"""An opened version finds the nearest passages by itself where they stand on this machine."""

from pathlib import Path
from uuid import uuid4

import numpy as np

from knowledge.index import OpenIndex, open_index
from knowledge.scope import client_scope
from knowledge.store import open_shelf
from knowledge.testing import HashEmbedder
from tests.knowledge.factories import BUDGET, document, publish


def test_the_nearest_passages_are_those_chroma_names(
    tmp_path: Path, embedder: HashEmbedder, chroma_url: str | None
) -> None:
    scope = client_scope(f"c{uuid4().hex[:12]}")
    documents = [document(scope), document(scope, slug="it-budgeting", markdown=BUDGET)]
    publish(tmp_path, documents, scope, embedder=embedder, url=chroma_url)
    shelf = open_shelf(tmp_path, chroma_url)
    folder = shelf.folder(scope, shelf.current(scope) or "")
    index = OpenIndex(open_index(folder, scope, embedder.fingerprint), folder, shelf.dense)
    assert index.dense.remote == (chroma_url is not None)
    vector = np.asarray(embedder.embed(["how much to spend on a restore test"])[0], dtype=np.float32)
    assert index.card.passages > 2
    for limit in (1, 2, 50):
        assert set(index.nearest(vector, limit).tolist()) == set(index.dense.nearest(vector, limit))
