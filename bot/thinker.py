"""The process beside the bot that thinks out answers: one question after the other, by its pipes."""

import gc
import json
import os
import pickle
import select
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from io import FileIO
from typing import BinaryIO

from bot.answering.pipeline import Answerer
from bot.answering.types import Answer, Question
from bot.answering.waiting_line import WaitingLine
from bot.errors import SetupError
from bot.library import load_embedder
from bot.log import configure_logging, get_logger, start_trace
from bot.settings import Settings, ignore_environment
from bot.thinking import OPENED, SIZE, Asked
from knowledge.errors import KnowledgeError
from knowledge.scope import METHODOLOGY
from knowledge.store import KnowledgeStore

log = get_logger(__name__)
# The bot waits for us to be ready. Most articles are read by then; the rest waits for a moment of rest.
AHEAD_SECONDS = 1.0


def main() -> None:
    """Open the knowledge that the first line names, say so, and answer until nobody asks any more."""
    # Without a buffer, so that a look at the pipe tells whether anything is asked.
    asked, said = os.fdopen(0, "rb", buffering=0, closefd=False), _own_output()
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
    ahead = answerer.read_ahead()
    until = time.monotonic() + AHEAD_SECONDS
    while time.monotonic() < until and _read_on(ahead):
        pass
    gc.collect()
    gc.freeze()
    try:
        _say(said, OPENED)
        _answer_all(answerer, ahead, asked, said)
    except BrokenPipeError:
        # Whoever asked is gone.
        os._exit(0)


def _answer_all(answerer: Answerer, ahead: Iterator[None], asked: FileIO, said: BinaryIO) -> None:
    line = WaitingLine[Asked](answerer)
    while True:
        while not line and not _is_asked(asked) and _read_on(ahead):
            pass
        heard = _heard_by_now(asked, may_wait=not line)
        if not heard and not line:
            return
        for each in heard:
            if isinstance(each.what, Question):
                line.add(each, each.what)
            else:
                ahead = answerer.read_ahead()
                _say(said, each.number, *_tried(each, answerer.store.refresh))
        if line:
            entry = line.pop()
            _say(said, entry.key.number, *_tried(entry.key, partial(line.answer, entry)))


def _heard_by_now(asked: FileIO, *, may_wait: bool) -> list[Asked]:
    """Return what was asked by now, with `may_wait` at least one thing; nothing once nobody asks any more."""
    found: list[Asked] = []
    while (may_wait and not found) or _is_asked(asked):
        heard = _heard(asked)
        if heard is None:
            break
        found.append(heard)
    return found


def _is_asked(asked: FileIO) -> bool:
    return bool(select.select([asked], [], [], 0)[0])


def _read_on(ahead: Iterator[None]) -> bool:
    """Read a little more of the articles; false where nothing is left, or it fails as a question's would."""
    try:
        return next(ahead, ahead) is None
    except Exception as error:  # noqa: BLE001 - whoever asks next meets it, and is told
        log.warning("thinker.reads_nothing_ahead", error=type(error).__name__)
        return False


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


def _heard(asked: FileIO) -> Asked | None:
    size = _exactly(asked, SIZE)
    if size is None or (body := _exactly(asked, int.from_bytes(size))) is None:
        return None
    heard: Asked = pickle.loads(body)  # noqa: S301 - written by the bot that began us
    return heard


def _exactly(asked: FileIO, size: int) -> bytes | None:
    """Return that many bytes, which a pipe may give in pieces; None where it ends before."""
    found = bytearray()
    while len(found) < size:
        piece = asked.read(size - len(found))
        if not piece:
            return None
        found += piece
    return bytes(found)


def _tried(asked: Asked, do: Callable[[], Answer | None]) -> tuple[bool, Answer | KnowledgeError | None]:
    """Return what it gives, or false and what is wrong with the index, as whoever asked meets it.

    Any other error is ours alone, which may not even pass the pipe: what was asked is thought out there.
    """
    start_trace(asked.trace)
    try:
        return True, do()
    except KnowledgeError as error:
        return False, error
    except Exception:
        log.exception("thinker.failed")
        return False, None


def _say(said: BinaryIO, number: int, *what: object) -> None:
    body = pickle.dumps(what, pickle.HIGHEST_PROTOCOL)
    said.write(len(body).to_bytes(SIZE) + number.to_bytes(SIZE) + body)
    said.flush()
