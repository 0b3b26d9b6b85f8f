"""Measure retrieval on a folder in BEIR layout, through the product's own passages, index and search."""

import csv
import json
import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from statistics import mean, quantiles
from typing import Any

from knowledge import manifest
from knowledge.build import build, indexing
from knowledge.document import Draft
from knowledge.embeddings import Embedder
from knowledge.errors import KnowledgeError
from knowledge.scope import client_scope
from knowledge.split import split
from knowledge.store import KnowledgeStore, open_shelf
from knowledge.types import Progress, Search, silent

_SCOPE = client_scope("beir")
_PASSAGES = 100  # found for a query, of which the ten best documents are taken

Judgements = dict[str, dict[str, int]]


@dataclass(frozen=True)
class RetrievalScores:
    """Means over the judged queries, documents scored by their best passage; times of one search in ms."""

    ndcg_at_10: float
    recall_at_10: float
    p_at_1: float
    query_ms_p50: float
    query_ms_p95: float
    documents: int
    queries: int


def evaluate(
    folder: Path, *, embedder: Embedder, work_dir: Path, progress: Progress = silent
) -> RetrievalScores:
    """Score `corpus.jsonl`, `queries.jsonl` and `qrels/*.tsv` of a folder.

    `work_dir` keeps the index for the next run. Uses `qrels/test.tsv` when there is one, else all files.
    Raises KnowledgeError when the folder is not in BEIR layout.
    """
    judgements = _judgements(folder)
    queries = [
        (row["_id"], row["text"]) for row in _rows(folder / "queries.jsonl") if row["_id"] in judgements
    ]
    if not queries:
        raise KnowledgeError(f"None of the queries in {str(folder)!r} is judged: check qrels/*.tsv.")
    documents = _index(folder, embedder, work_dir, progress)
    store = KnowledgeStore.open(work_dir, embedder=embedder)
    store.search("warm up", [_SCOPE])
    marks, times = [], []
    for at, (name, text) in enumerate(queries):
        started = time.perf_counter()
        found = store.search(text, [_SCOPE], limit=_PASSAGES)
        times.append((time.perf_counter() - started) * 1000)
        marks.append(_marks(_ranked(found), judgements[name]))
        progress("searching", at + 1, len(queries))
    ndcg, recall, first = (mean(column) for column in zip(*marks, strict=True))
    p50, p95 = _percentiles(times)
    return RetrievalScores(ndcg, recall, first, p50, p95, documents, len(queries))


def gain(ranked: Sequence[str], relevant: Mapping[str, int]) -> float:
    """nDCG at 10 with linear gains, as trec_eval counts it."""
    got = sum(relevant.get(name, 0) / math.log2(at + 2) for at, name in enumerate(ranked[:10]))
    best = sorted(relevant.values(), reverse=True)[:10]
    ideal = sum(grade / math.log2(at + 2) for at, grade in enumerate(best))
    return got / ideal if ideal else 0.0


def _marks(ranked: Sequence[str], relevant: Mapping[str, int]) -> tuple[float, float, float]:
    found = sum(name in relevant for name in ranked[:10])
    return gain(ranked, relevant), found / len(relevant), float(ranked[:1] != [] and ranked[0] in relevant)


def _ranked(found: Search) -> list[str]:
    """Documents in order of their best passage."""
    return list(dict.fromkeys(hit.passage.slug for hit in found.hits))


def _percentiles(times: Sequence[float]) -> tuple[float, float]:
    cuts = quantiles([*times, *times], n=20)
    return cuts[9], cuts[18]


def _index(folder: Path, embedder: Embedder, work_dir: Path, progress: Progress) -> int:
    """Bring the index in line with the corpus; returns how many documents it holds."""
    drafts = [_draft(row) for row in _rows(folder / "corpus.jsonl")]
    shelf = open_shelf(work_dir)
    with indexing(shelf, _SCOPE):
        version = shelf.current(_SCOPE)
        wanted = {draft.key: draft.content_hash for draft in drafts}
        card = manifest.read(shelf.folder(_SCOPE, version), _SCOPE) if version else None
        usable = card is not None and (card.format, card.fingerprint) == (
            manifest.FORMAT,
            embedder.fingerprint,
        )
        if card and usable and dict(card.documents) == wanted:
            return len(drafts)
        documents = []
        for at, draft in enumerate(drafts):
            documents.append(split(draft, _SCOPE, embedder.count_tokens))
            progress("reading", at + 1, len(drafts))
        build(shelf, _SCOPE, documents, embedder, progress=progress, sentences=False, reuse=usable)
    return len(drafts)


def _draft(row: Mapping[str, Any]) -> Draft:
    name, title, text = str(row["_id"]), str(row.get("title", "")), str(row.get("text", ""))
    digest = sha256(f"{title}\n{text}".encode()).hexdigest()
    return Draft(name, digest, slug=name, title=title, markdown=text, source=name)


def _judgements(folder: Path) -> Judgements:
    """Query to relevant documents with their grades; grade 0 is not relevant."""
    files = sorted((folder / "qrels").glob("*.tsv"))
    files = [path for path in files if path.name == "test.tsv"] or files
    found: Judgements = {}
    for path in files:
        rows = csv.reader(path.read_text("utf-8").splitlines(), delimiter="\t")
        for row in rows:
            if len(row) >= 3 and row[2].isdigit() and int(row[2]) > 0:
                found.setdefault(row[0], {})[row[1]] = int(row[2])
    if not found:
        raise KnowledgeError(
            f"The folder {str(folder)!r} has no judgements: it needs corpus.jsonl, queries.jsonl "
            "and qrels/*.tsv."
        )
    return found


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as file:
            yield from (_row(line) for line in file if line.strip())
    except (OSError, ValueError) as error:
        raise KnowledgeError(f"The file {str(path)!r} cannot be read as JSON lines ({error}).") from error


def _row(line: str) -> dict[str, Any]:
    row = json.loads(line)
    if not isinstance(row, dict) or "_id" not in row or not isinstance(row.get("text"), str):
        raise ValueError(f'a row needs "_id" and "text": {line[:80]!r}')
    return row
