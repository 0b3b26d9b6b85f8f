"""Time of a whole answer against one raw ONNX embedding of the same text, interleaved.

    python -m benchmarks.answering [WORK_DIR]

Per question, in turn: the embedding alone, then the whole way (embed, search, decide, compose, verify).
Wanted: the whole way at most twice the embedding alone at the median, over five rounds.
"""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.query_path import QUESTIONS
from bot.answering.types import Question
from bot.library import open_library
from bot.settings import ignore_environment
from knowledge.manifest import FORMAT
from knowledge.scope import METHODOLOGY

ROUNDS = 5
WANTED = 2.0


def main(work_dir: Path | None = None) -> int:
    """Print the medians and their ratio; returns 1 when the whole way takes too long."""
    place = work_dir or Path(tempfile.gettempdir()) / "vcio-benchmarks" / f"answering-{FORMAT}"
    library = open_library(ignore_environment(vcio_data_dir=place))
    raw, whole = [], []
    for number in range(ROUNDS + 1):
        for text in QUESTIONS:
            started = time.perf_counter()
            library.embedder.embed([text])
            embedded = time.perf_counter()
            library.answerer.answer(Question(text=text, scopes=(METHODOLOGY,)))
            answered = time.perf_counter()
            if number:
                raw.append((embedded - started) * 1000)
                whole.append((answered - embedded) * 1000)
    ratio = median(whole) / median(raw)
    print(f"raw embedding          p50 {median(raw):6.2f} ms")
    print(f"whole answer           p50 {median(whole):6.2f} ms")
    print(f"an answer is {ratio:.2f} of a raw embedding (wanted {WANTED})")
    return 0 if ratio <= WANTED else 1


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
