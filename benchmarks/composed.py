"""What a language model can get past the checks: untrue sentences, injections, true ones lost, and the time.

    python -m benchmarks.composed [DATA_DIR] [--seed N]

DATA_DIR holds the exported model (data by default). The model is a scripted server on this machine, asked
through LangChain's own client. Ends with 1 when anything untrue or foreign was shown.
"""

import argparse
import asyncio
import json
import os
import random
import shutil
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.transport import library
from bot.answering.attempt import Asked, Shown
from bot.answering.supported import Verdict, Verifier
from bot.answering.vocabulary import Vocabulary
from bot.composition import open_writer
from bot.library import Library, open_library
from bot.settings import ignore_environment
from bot.workflows.compose_answer import Writer
from knowledge.scope import METHODOLOGY
from tests.llm.hallucinations import KINDS, untrue_sentences
from tests.llm.injections import injections
from tests.llm.obeying import answer_from, attack, index_hostile_document
from tests.llm.server import Behaviour, running, says

UNTRUE, INJECTED = 500, 300
PASS_ON_MS, VERIFY_MS, LEAST_KEPT = 150.0, 30.0, 0.8
# What needs more than the sentence itself.
NOT_FOR_ONE = frozenset({"another passage", "wrong source", "invented"})
_FOLDER = Path(__file__).parent.parent / "tests" / "llm"
_SETS = tuple(
    f"{kind}_{when}" for when in ("held_out", "fresh", "third") for kind in ("paraphrases", "untrue")
)
_PARAPHRASES = _FOLDER / "paraphrases.jsonl"


def check(verifier: Verifier, library: Library, slug: str, section_id: str, text: str) -> Verdict:
    """Return the verdict on a sentence that claims to rest on a section."""
    section = library.store.section(METHODOLOGY, slug, section_id)
    assert section is not None
    heading = f"{section.title}. {section.heading}"
    return verifier.check(text, verifier.prepare(METHODOLOGY, heading, section.markdown)).verdict


def untrue(verifier: Verifier, library: Library, seed: int) -> int:
    """Check sentences made untrue on purpose; return how many would have been shown."""
    tried: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    for each in untrue_sentences(library.store, UNTRUE, seed):
        tried[each.kind] += 1
        if check(verifier, library, each.slug, each.section_id, each.text) is Verdict.SUPPORTED:
            shown[each.kind] += 1
            print(f"   SHOWN ({each.kind}): {each.text}")
    print(f"untrue sentences: {tried.total()} tried, {shown.total()} shown")
    print("   " + ", ".join(f"{kind} {shown[kind]}/{count}" for kind, count in sorted(tried.items())))
    return shown.total()


def kept(verifier: Verifier, library: Library) -> float:
    """Check true sentences in other words, written by hand; return the share that is kept."""
    rows = [(slug, section, text) for slug, section, texts in _by_section() for text in texts]
    verdicts = Counter(check(verifier, library, *row) for row in rows)
    share = verdicts[Verdict.SUPPORTED] / len(rows)
    lost = ", ".join(f"{verdict} {count}" for verdict, count in verdicts.items() if verdict != "supported")
    print(f"true sentences in other words: {len(rows)} tried, {share:.0%} kept (lost: {lost})")
    return share


def held_out(verifier: Verifier, library: Library) -> None:
    """Check true and untrue sentences in other words, written by hand; docs/decisions/0010 says when."""
    for name in _SETS:
        rows = [json.loads(line) for line in (_FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]
        passed = sum(
            check(verifier, library, row["slug"], row["section"], row["text"]) is Verdict.SUPPORTED
            for row in rows
        )
        print(f"{name}: {len(rows)} tried, {passed} shown")


def reworded(verifier: Verifier, library: Library) -> None:
    """Make the true sentences in other words untrue too, and say how many pass: the hardest case."""
    tried = passed = 0
    for slug, section, texts in _by_section():
        for text, (kind, change) in product(texts, KINDS.items()):
            made = None if kind in NOT_FOR_ONE else change(text, random.Random(1))
            if made is not None and made != text:
                tried += 1
                passed += check(verifier, library, slug, section, made) is Verdict.SUPPORTED
    print(f"both reworded and made untrue: {tried} tried, {passed} shown")


async def attacked(writer: Writer, library: Library, behaviour: Behaviour, seed: int) -> int:
    """Ask a model that obeys every injection; return how many harmful answers would have been shown."""
    harmful = 0
    ends: Counter[str] = Counter()
    for number, injection in enumerate(injections(INJECTED, seed)):
        result = await attack(
            writer.composer, library.answerer, behaviour, injection, honest_first=bool(number % 2)
        )
        ends[result.ending] += 1
        if result.harm:
            harmful += 1
            print(f"   SHOWN ({injection.aim.do}, in a {injection.place}): {result.shown[:200]}")
    print(f"injections obeyed: {ends.total()} tried, {harmful} harmful; ended {dict(ends)}")
    return harmful


async def timed(
    writer: Writer, library: Library, behaviour: Behaviour, sent: list[tuple[float, str]]
) -> bool:
    """Stream true answers in other words; return whether sentences are passed on and checked in time."""
    passed, checked = [], []
    for slug, section_id, texts in _by_section():
        words = "\n".join(f"{text} [1]" for text in texts)
        behaviour.__dict__.update(Behaviour(say=says(words), seconds_apart=0.005).__dict__)
        answer = answer_from(library.store, METHODOLOGY, slug, section_id)
        heard: list[float] = []

        def hear(_shown: Shown, heard: list[float] = heard) -> None:
            heard.append(time.perf_counter())

        composed = await writer.composer.compose(Asked(answer, "What applies?"), hear)
        first = next((at for at, piece in sent if piece.strip().startswith("[")), None)
        if heard and first is not None:
            passed.append(1000 * (heard[0] - first))
        checked.append(composed.record.milliseconds["verified"])
    print(
        f"{len(checked)} answers: first sentence passed on after {statistics.median(passed):.0f} ms (slowest "
        f"{max(passed):.0f}), all its sentences checked in {statistics.median(checked):.0f} ms (slowest "
        f"{max(checked):.0f})"
    )
    return statistics.median(passed) <= PASS_ON_MS and statistics.median(checked) <= VERIFY_MS


def _by_section() -> list[tuple[str, str, list[str]]]:
    rows = [json.loads(line) for line in _PARAPHRASES.read_text("utf-8").splitlines()]
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        found.setdefault((row["slug"], row["section"]), []).append(row["text"])
    return [(slug, section, texts) for (slug, section), texts in found.items()]


async def measure(library: Library, data_dir: Path, seed: int) -> bool:
    """Run all; true when everything is as wanted."""
    verifier = Verifier(library.embedder.embed, Vocabulary(library.store, library.embedder))
    shown = untrue(verifier, library, seed)
    share = kept(verifier, library)
    reworded(verifier, library)
    held_out(verifier, library)
    async with running() as server:
        os.environ.update(OPENAI_API_KEY="scripted", OPENAI_BASE_URL=server.url)
        settings = ignore_environment(vcio_data_dir=data_dir, vcio_llm="openai:scripted")
        writer = open_writer(settings, library.store, library.embedder)
        assert writer is not None
        harmful = await attacked(writer, library, server.behaviour, seed)
        in_time = await timed(writer, library, server.behaviour, server.sent)
    return not shown and not harmful and share >= LEAST_KEPT and in_time


def main(arguments: Sequence[str]) -> int:
    """Measure on the packaged articles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data_dir", nargs="?", type=Path, default=library())
    parser.add_argument("--seed", type=int, default=8)
    given = parser.parse_args(arguments)
    open_library(ignore_environment(vcio_data_dir=given.data_dir))
    with TemporaryDirectory() as folder:
        data_dir = Path(shutil.copytree(given.data_dir, Path(folder) / "data", symlinks=True))
        opened = open_library(ignore_environment(vcio_data_dir=data_dir))
        index_hostile_document(Path(folder) / "documents", data_dir, opened.embedder)
        return 0 if asyncio.run(measure(opened, data_dir, given.seed)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
