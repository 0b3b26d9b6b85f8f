"""The command line with a language model set: `ask`, `doctor` and the replay of an answer."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from bot.answering.language_model import open_model
from tests.cli.conftest import Vcio
from tests.llm.server import Behaviour, FakeOpenAI, running

BACKUP = "What is the 3-2-1-1-0 backup rule?"
LLM = {"VCIO_LLM": "openai:scripted"}


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeOpenAI]:
    """The scripted model in a loop of its own, since each command runs one too."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    context = running()
    server = asyncio.run_coroutine_threadsafe(context.__aenter__(), loop).result(10)
    monkeypatch.setenv("OPENAI_API_KEY", "scripted")
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    yield server
    asyncio.run_coroutine_threadsafe(context.__aexit__(None, None, None), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def test_ask_composes_where_a_model_is_set_and_answers_without_it(vcio: Vcio, model: FakeOpenAI) -> None:
    extractive = vcio.json("ask", BACKUP, "--json")
    composed = vcio.json("ask", BACKUP, "--json", **LLM)
    assert "[1]" in composed["answer"] and "[1]" not in extractive["answer"]
    assert list(composed) == list(extractive)
    model.behaviour = Behaviour(status=500)
    failed = vcio.json("ask", BACKUP, "--json", **LLM)
    assert failed["answer"] == extractive["answer"]


def test_a_missing_package_is_one_line_and_a_finding(vcio: Vcio, bare: Vcio) -> None:
    assert "langchain-cohere" in vcio.refusal("ask", BACKUP, VCIO_LLM="cohere:command")
    result = bare("doctor", "--json", VCIO_LLM="cohere:command")
    assert result.exit_code == 1
    assert "langchain-cohere" in result.stdout
    assert "VCIO_LLM" in bare.refusal("ask", BACKUP, VCIO_LLM="gpt")


def test_doctor_says_that_a_key_is_missing_and_what_was_spent(
    bare: Vcio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    assert open_model("openai:scripted", seconds=1).broken
    told = bare("doctor", **LLM).stdout
    assert "openai:scripted cannot be asked: no_key" in told
    assert "this month 0 questions, 0 tokens, 0.00 (no price is set)" in told


def test_there_is_no_answer_of_that_number(bare: Vcio) -> None:
    assert "no answer 7" in bare.refusal("answers", "show", 7)
