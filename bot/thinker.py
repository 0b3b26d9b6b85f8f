"""The process beside the bot that thinks out answers: one question after the other, by its pipes."""

import gc
import json
import os
import pickle
import sys
from typing import BinaryIO

from bot.answering.pipeline import Answerer
from bot.answering.types import Answer, Question
from bot.errors import SetupError
from bot.library import load_embedder
from bot.log import configure_logging, get_logger, start_trace
from bot.settings import Settings, ignore_environment
from bot.thinking import REFRESH, SIZE
from knowledge.errors import KnowledgeError
from knowledge.scope import METHODOLOGY
from knowledge.store import KnowledgeStore

log = get_logger(__name__)


def main() -> None:
    """Open the knowledge that the first line names, say so, and answer until nobody asks any more."""
    asked, said = sys.stdin.buffer, _own_output()
    named = asked.readline()
    if not named:
        return
    settings = ignore_environment(**json.loads(named))
    configure_logging(settings.vcio_log_format)
    try:
        answerer = _opened(settings)
    except (KnowledgeError, SetupError) as error:
        log.warning("thinker.cannot_open", reason=str(error))
        sys.exit(1)
    gc.collect()
    gc.freeze()
    try:
        _say(said, None)
        while question := _heard(asked):
            _say(said, *_answered(answerer, *question))
    except BrokenPipeError:
        # Whoever asked is gone.
        os._exit(0)


def _opened(settings: Settings) -> Answerer:
    # One thread a question leaves the other cores to the bot, which sends what was thought out before.
    embedder = load_embedder(settings, threads=1)
    store = KnowledgeStore.open(
        settings.vcio_data_dir, embedder=embedder, chroma_url=settings.vcio_chroma_url
    )
    store.search("warm up", (METHODOLOGY,), limit=1)
    return Answerer(store)


def _own_output() -> BinaryIO:
    """Return where answers go; what a library prints goes where the log does."""
    said = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return said


def _heard(asked: BinaryIO) -> tuple[str, Question | str] | None:
    size = asked.read(SIZE)
    if len(size) < SIZE:
        return None
    body = asked.read(int.from_bytes(size))
    question: tuple[str, Question | str] = pickle.loads(body)  # noqa: S301 - written by the bot that began us
    return question


def _answered(
    answerer: Answerer, trace: str, question: Question | str
) -> tuple[bool, Answer | KnowledgeError | None]:
    """Return the answer, or false and what is wrong with the index, as whoever asked meets it.

    Any other error is ours alone, which may not even pass the pipe: what was asked is thought out there.
    """
    start_trace(trace)
    try:
        if question == REFRESH:
            answerer.store.refresh()
            return True, None
        assert isinstance(question, Question)
        return True, answerer.answer(question)
    except KnowledgeError as error:
        return False, error
    except Exception:
        log.exception("thinker.failed")
        return False, None


def _say(said: BinaryIO, *what: object) -> None:
    body = pickle.dumps(what, pickle.HIGHEST_PROTOCOL)
    said.write(len(body).to_bytes(SIZE) + body)
    said.flush()
