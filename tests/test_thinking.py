"""Answers thought out in a process beside the bot: the same, and nothing lost when that process is."""

import asyncio
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import thinking
from bot.answering.pipeline import Answerer
from bot.answering.types import Answer, Question
from bot.library import load_embedder
from bot.settings import Settings, ignore_environment
from bot.thinker import _heard, _read_on
from bot.thinking import ROOT, SIZE, Asked, Thinkers
from ingest.sync import sync
from knowledge.errors import KnowledgeError
from knowledge.scope import METHODOLOGY, client_scope
from knowledge.store import KnowledgeStore

ASKED = Question(text="How long do we have to keep our records?", scopes=(METHODOLOGY,))
KEYS = "Where do we keep the spare keys of the badger scanner?"
# A bot that begins a process and names it; it is killed without a chance to end it.
BEGINS = """
import asyncio, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from bot.log import configure_logging
from bot.settings import ignore_environment
from bot.thinking import Thinkers

async def main():
    configure_logging()
    thinkers = Thinkers(ignore_environment(vcio_data_dir=Path(sys.argv[2])), 1)
    thinkers.begin()
    await thinkers.open()
    print(*thinkers.processes, flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


class Deadly(str):
    """A question that ends whoever reads it off a pipe."""

    def __reduce__(self) -> Any:
        return os._exit, (9,)


@pytest.fixture
def settings(library_dir: Path) -> Settings:
    return ignore_environment(vcio_data_dir=library_dir)


@pytest.fixture
async def thinkers(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Thinkers]:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-hidden")
    monkeypatch.setenv("VCIO_DATABASE_URL", "postgresql://u:hidden@127.0.0.1/d")
    begun = Thinkers(settings, 1)
    begun.begin()
    await begun.open()
    yield begun
    await begun.close()


def _seen(process: int) -> bytes | None:
    """Return the environment of a process; None once it has ended."""
    try:
        return Path(f"/proc/{process}/environ").read_bytes()
    except OSError:
        return None


async def _gone(process: int) -> None:
    async with asyncio.timeout(20):
        while _seen(process) is not None:  # noqa: ASYNC110 - nothing tells of its end
            await asyncio.sleep(0.02)


async def _answered(thinkers: Thinkers) -> Answer:
    async with asyncio.timeout(40):
        while True:
            if (answer := await thinkers.answer(ASKED)) is not None:
                return answer
            await asyncio.sleep(0.05)


async def test_it_answers_as_this_process_does_and_is_replaced_when_it_is_lost(
    thinkers: Thinkers, settings: Settings
) -> None:
    here = Answerer(KnowledgeStore.open(settings.vcio_data_dir, embedder=load_embedder(settings)))
    assert await asyncio.gather(*(thinkers.answer(ASKED) for _ in range(3))) == [here.answer(ASKED)] * 3
    with pytest.raises(KnowledgeError):
        await thinkers.answer(Question(text="Backups?", scopes=("../elsewhere",)))
    await thinkers.refresh()
    (process,) = thinkers.processes
    assert b"hidden" not in (_seen(process) or b"hidden")
    os.kill(process, signal.SIGSTOP)
    asked = [asyncio.ensure_future(thinkers.answer(ASKED)) for _ in range(3)]
    await asyncio.sleep(0.05)
    os.kill(process, signal.SIGKILL)
    assert await asyncio.gather(*asked) == [None] * 3
    assert await thinkers.answer(ASKED) is None
    assert await _answered(thinkers) == here.answer(ASKED)
    (later,) = thinkers.processes
    # What ends it is asked once, not again of the next.
    ends = Question(text=Deadly(), scopes=(METHODOLOGY,))
    assert await asyncio.gather(*map(thinkers.answer, (ends, ASKED))) == [None, None]
    await thinkers.close()
    await _gone(process)
    await _gone(later)


async def test_one_that_falls_silent_is_replaced_and_what_it_was_asked_is_not_lost(
    thinkers: Thinkers, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Answerer(KnowledgeStore.open(settings.vcio_data_dir, embedder=load_embedder(settings)))
    assert await thinkers.answer(ASKED) == here.answer(ASKED)
    (process,) = thinkers.processes
    with monkeypatch.context() as impatient:
        impatient.setattr(thinking, "SILENT_SECONDS", 0.1)
        os.kill(process, signal.SIGSTOP)
        assert await asyncio.gather(*(thinkers.answer(ASKED) for _ in range(3))) == [None] * 3
    await _gone(process)
    assert await _answered(thinkers) == here.answer(ASKED)


async def test_who_still_waits_when_they_are_closed_is_told(thinkers: Thinkers) -> None:
    (process,) = thinkers.processes
    os.kill(process, signal.SIGSTOP)
    asked = [asyncio.ensure_future(thinkers.answer(ASKED)) for _ in range(3)]
    await asyncio.sleep(0)
    closing = asyncio.ensure_future(thinkers.close())
    await asyncio.sleep(0.05)
    os.kill(process, signal.SIGKILL)
    await closing
    async with asyncio.timeout(5):
        assert await asyncio.gather(*asked) == [None] * 3
    await _gone(process)


def test_a_question_that_comes_in_pieces_is_heard_whole() -> None:
    whole = Asked(1, "a trace", ASKED)
    body = pickle.dumps(whole)
    reads, writes = os.pipe()
    with os.fdopen(reads, "rb", buffering=0) as asked, os.fdopen(writes, "wb", buffering=0) as asking:
        for piece in (len(body).to_bytes(SIZE)[:1], len(body).to_bytes(SIZE)[1:], body[:9], body[9:]):
            threading.Timer(0.02, asking.write, (piece,)).start()
            time.sleep(0.03)
        assert _heard(asked) == whole
        asking.write(len(body).to_bytes(SIZE) + body[:-1])
        asking.close()
        assert _heard(asked) is None
        assert _heard(asked) is None


async def test_messages_longer_than_a_pipe_holds_are_answered_as_here(
    thinkers: Thinkers, settings: Settings
) -> None:
    here = Answerer(KnowledgeStore.open(settings.vcio_data_dir, embedder=load_embedder(settings)))
    long = Question(text=f"{ASKED.text} {'So we wonder. ' * 20_000}", scopes=(METHODOLOGY,))
    assert len(long.text) > 4 * 65_536
    async with asyncio.timeout(60):
        given = await asyncio.gather(*map(thinkers.answer, (long, ASKED, long)))
    assert given == [here.answer(long), here.answer(ASKED), here.answer(long)]


async def test_many_at_once_are_each_given_their_own_answer_also_around_a_refresh(
    thinkers: Thinkers, settings: Settings
) -> None:
    here = Answerer(KnowledgeStore.open(settings.vcio_data_dir, embedder=load_embedder(settings)))
    texts = (
        "Who should own our customer data?",
        "Thanks!",
        ASKED.text,
        "How often do we test our backups?",
        "",
    )
    questions = [Question(text=text, scopes=(METHODOLOGY,)) for text in texts * 4]
    given = await asyncio.gather(
        *map(thinkers.answer, questions[:9]), thinkers.refresh(), *map(thinkers.answer, questions[9:])
    )
    assert [*given[:9], *given[10:]] == list(map(here.answer, questions))


def test_reading_that_fails_or_is_over_ends_nothing() -> None:
    def fails() -> Iterator[None]:
        yield
        raise OSError("the index is gone")

    ahead = fails()
    assert [_read_on(ahead) for _ in range(4)] == [True, False, False, False]


async def test_it_sees_a_clients_documents_once_they_are_indexed_for_that_client_alone_on_a_server_too(
    library_dir: Path, tmp_path: Path, chroma_server: str
) -> None:
    data, documents = tmp_path / "data", tmp_path / "documents"
    data.mkdir()
    (data / "models").symlink_to(library_dir / "models")
    documents.mkdir()
    (documents / "keys.md").write_text("# Keys\n\nThe spare keys of the badger scanner are in the safe.\n")
    settings = ignore_environment(vcio_data_dir=data, vcio_chroma_url=chroma_server)
    thinkers = Thinkers(settings, 1)

    async def scopes_quoted(*keys: str) -> list[str]:
        scopes = (METHODOLOGY, *map(client_scope, keys))
        answer = await thinkers.answer(Question(text=KEYS, scopes=scopes))
        assert answer is not None
        return [citation.scope for citation in answer.citations]

    thinkers.begin()
    await thinkers.open()
    try:
        assert await scopes_quoted("badgers") == []
        embedder = load_embedder(settings)
        sync([documents], client_scope("badgers"), data, embedder=embedder, chroma_url=chroma_server)
        await thinkers.refresh()
        assert await scopes_quoted("badgers") == [client_scope("badgers")]
        assert await scopes_quoted("foxes") == await scopes_quoted() == []
        # Asked at once they are embedded together, and each still finds its own client's alone.
        at_once = await asyncio.gather(*map(scopes_quoted, ("badgers", "foxes") * 6))
        assert at_once == [[client_scope("badgers")], []] * 6
        # An error of its own is no answer; it goes on.
        assert await thinkers.answer(Question(text=None, scopes=(METHODOLOGY,))) is None  # type: ignore[arg-type]
        assert await scopes_quoted("badgers") == [client_scope("badgers")]
    finally:
        await thinkers.close()


async def test_it_ends_with_a_bot_that_was_killed(settings: Settings) -> None:
    bot = await asyncio.create_subprocess_exec(
        sys.executable, "-c", BEGINS, ROOT, str(settings.vcio_data_dir), stdout=asyncio.subprocess.PIPE
    )
    assert bot.stdout is not None
    process = int(await bot.stdout.readline())
    bot.kill()
    await bot.wait()
    await _gone(process)


async def test_without_any_nobody_answers(settings: Settings) -> None:
    none = Thinkers(settings, 0)
    none.begin()
    await none.open()
    assert await none.answer(ASKED) is None
    await none.close()
