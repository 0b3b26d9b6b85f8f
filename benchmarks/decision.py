"""How well the evidence of a search separates questions the methodology covers from those it does not.

Fits the weights of `bot.answering.decide` on the calibration questions and prints them, with the
separation and the errors on the held-out questions. What the articles list as asked, and the phrasings the
guide was trained on, are asked nowhere here.

    python -m benchmarks.decision [DATA_DIR]

DATA_DIR holds the exported model (data by default); indexes are built in a temporary folder.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from bot.answering.decide import BIAS, COVERED, WEIGHTS, decide_by_wording
from bot.answering.evaluation import read_case
from bot.answering.pipeline import PASSAGES
from bot.answering.retrieve import weigh
from bot.answering.types import Outcome, Question
from bot.answering.understanding import understand
from bot.engagement.terms import shipped_terms, tokens
from ingest.sync import sync_methodology
from knowledge.embeddings import open_embedder
from knowledge.scope import METHODOLOGY
from knowledge.store import KnowledgeStore

_QUESTIONS = Path(__file__).parent.parent / "tests" / "answering" / "questions"
_ANSWERED = ("plain", "colloquial", "scenario", "planned")
_RIDGE, _STEPS = 1.0, 50

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """Evidence of one set of questions: a row each, and whether the index covers them."""

    evidence: Array
    covered: NDArray[np.bool_]


def measure(store: KnowledgeStore, path: Path) -> Sample:
    """Return the evidence of the searched questions of a file."""
    rows, covered = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        case = read_case(line)
        to_answer = case.kind in _ANSWERED and case.expect is Outcome.ANSWER
        row = _evidence(store, case.question) if to_answer or case.kind == "near_domain" else None
        if row is not None:
            rows.append(row)
            covered.append(to_answer)
    return Sample(np.array(rows), np.array(covered))


def _evidence(store: KnowledgeStore, question: str) -> list[float] | None:
    """Return the evidence on a question in the order of WEIGHTS; None when its wording decides."""
    heard = understand(Question(question, (METHODOLOGY,)))
    if decide_by_wording(heard):
        return None
    found = weigh(store.search(heard.standalone, (METHODOLOGY,), limit=PASSAGES), heard.terms)
    return [float(getattr(found, name)) for name in WEIGHTS] if found else None


def fit(sample: Sample) -> tuple[Array, float]:
    """Return ridge logistic regression weights and bias on the raw scale of the evidence."""
    mean, spread = sample.evidence.mean(axis=0), sample.evidence.std(axis=0) + 1e-9
    scaled = np.c_[(sample.evidence - mean) / spread, np.ones(len(sample.evidence))]
    ridge = np.eye(scaled.shape[1]) * _RIDGE
    ridge[-1, -1] = 0.0
    weights = np.zeros(scaled.shape[1])
    for _ in range(_STEPS):
        chance = 1.0 / (1.0 + np.exp(-scaled @ weights))
        curvature = (scaled * (chance * (1.0 - chance))[:, None]).T @ scaled + ridge
        weights -= np.linalg.solve(curvature, scaled.T @ (chance - sample.covered) + ridge @ weights)
    raw = weights[:-1] / spread
    return raw, float(weights[-1] - raw @ mean)


def separation(values: Array, covered: NDArray[np.bool_]) -> float:
    """Return the area under the ROC curve."""
    above, below = values[covered][:, None], values[~covered][None, :]
    return float((above > below).mean() + 0.5 * (above == below).mean())


def report(name: str, sample: Sample, weights: Array, bias: float) -> None:
    """Print separation, and answered-though-uncovered against withheld-though-covered over thresholds."""
    chance = 1.0 / (1.0 + np.exp(-(sample.evidence @ weights + bias)))
    area = separation(chance, sample.covered)
    print(f"{name}: {len(chance)} questions, {int(sample.covered.sum())} covered, AUROC {area:.3f}")
    for at, feature in enumerate(WEIGHTS):
        print(f"   {feature:<10} alone {separation(sample.evidence[:, at], sample.covered):.3f}")
    for threshold in (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8):
        wrong = (chance >= threshold)[~sample.covered].mean()
        missed = (chance < threshold)[sample.covered].mean()
        print(f"   from {threshold:.2f}: answered uncovered {wrong:.2f}, withheld covered {missed:.2f}")


def main(arguments: Sequence[str]) -> None:
    """Fit on the calibration questions, report on both sets."""
    data_dir = Path(arguments[0]) if arguments else Path("data")
    embedder = open_embedder(None, data_dir / "models")
    with TemporaryDirectory() as folder:
        sync_methodology(Path(folder), embedder=embedder, terms=tokens(shipped_terms()))
        store = KnowledgeStore.open(Path(folder), embedder=embedder)
        calibration = measure(store, _QUESTIONS / "calibration.jsonl")
        test = measure(store, _QUESTIONS / "test.jsonl")
    weights, bias = fit(calibration)
    named = {name: round(float(weight), 2) for name, weight in zip(WEIGHTS, weights, strict=True)}
    print(f"fitted: {named}, bias {bias:.2f}")
    report("calibration (fitted)", calibration, weights, bias)
    report("test (fitted)", test, weights, bias)
    print(f"as shipped, threshold {COVERED}:")
    shipped = np.array(list(WEIGHTS.values()))
    report("test (shipped)", test, shipped, BIAS)


if __name__ == "__main__":
    main(sys.argv[1:])
