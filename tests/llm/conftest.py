"""A scripted model behind OpenAI's protocol, and everything that checks it, on the real index."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.answering.supported import Verdict, Verifier
from bot.answering.vocabulary import Vocabulary
from bot.composition import open_writer
from bot.library import Library, open_library
from bot.settings import ignore_environment
from bot.workflows.compose_answer import Writer
from knowledge.scope import METHODOLOGY
from tests.llm.obeying import index_hostile_document
from tests.llm.server import FakeOpenAI, running

Judge = Callable[[str, str, str], Verdict]


@pytest.fixture(scope="session")
def library(library_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The real model and index, with a hostile document of a client's beside the articles."""
    library = open_library(ignore_environment(vcio_data_dir=library_dir))
    index_hostile_document(tmp_path_factory.mktemp("client") / "documents", library_dir, library.embedder)
    return library


@pytest.fixture(scope="session")
def judge(library: Library) -> Judge:
    """The verdict on a sentence that claims to rest on a section of the methodology."""
    verifier = Verifier(library.embedder.embed, Vocabulary(library.store, library.embedder))

    def verdict(slug: str, section_id: str, text: str) -> Verdict:
        section = library.store.section(METHODOLOGY, slug, section_id)
        assert section is not None, (slug, section_id)
        heading = f"{section.title}. {section.heading}"
        return verifier.check(text, verifier.prepare(METHODOLOGY, heading, section.markdown)).verdict

    return verdict


@pytest.fixture
async def model(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeOpenAI]:
    """The running server, which the provider's variables point to."""
    async with running() as server:
        monkeypatch.setenv("OPENAI_API_KEY", "scripted")
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        yield server


@pytest.fixture
async def writer(model: FakeOpenAI, library: Library) -> Writer:
    """What the settings make of that model."""
    settings = ignore_environment(vcio_llm="openai:scripted", vcio_llm_seconds=3.0)
    opened = await asyncio.to_thread(open_writer, settings, library.store, library.embedder)
    assert opened is not None
    return opened
