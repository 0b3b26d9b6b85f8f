"""Other providers' real clients against a local server that speaks their protocols; skipped where absent."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from bot.answering.attempt import Asked, Shown
from bot.answering.composed import Composed
from bot.answering.endings import Ending
from bot.answering.language_model import ModelError, Reading, open_model
from bot.answering.prompting import rewrite_prompt
from bot.answering.redaction import Redactor
from bot.answering.types import Question
from bot.composition import open_writer
from bot.library import Library
from bot.settings import ignore_environment
from bot.workflows.compose_answer import Writer
from knowledge.scope import METHODOLOGY
from tests.llm.other_servers import ANTHROPIC, OLLAMA, OtherProvider, other_running
from tests.llm.server import Behaviour, first_sentences, says

QUESTION = "How often should restores be tested?"


@pytest.fixture(params=[ANTHROPIC, OLLAMA])
def provider(request: pytest.FixtureRequest) -> str:
    package = f"langchain_{request.param}"
    pytest.importorskip(package, reason=f"pip install {package.replace('_', '-')} to run its client")
    return str(request.param)


@pytest.fixture
async def other(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[OtherProvider]:
    async with other_running() as server:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "scripted")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        yield server


@pytest.fixture
async def writer(other: OtherProvider, provider: str, library: Library) -> Writer:
    settings = ignore_environment(vcio_llm=f"{provider}:scripted", vcio_llm_seconds=2.0)
    opened = await asyncio.to_thread(open_writer, settings, library.store, library.embedder)
    assert opened is not None
    return opened


async def compose(writer: Writer, library: Library) -> tuple[Composed, list[Shown]]:
    heard: list[Shown] = []
    asked = Asked(library.answerer.answer(Question(QUESTION, (METHODOLOGY,))), QUESTION)
    return await writer.composer.compose(asked, heard.append), heard


async def test_an_answer_is_streamed_and_what_it_took_is_counted(
    writer: Writer, library: Library, other: OtherProvider
) -> None:
    other.behaviour = Behaviour(seconds_apart=0.002)
    composed, heard = await compose(writer, library)
    assert composed.ending is Ending.COMPOSED and heard
    (posed,) = other.asked
    assert posed.is_stream and "You put together answers" in posed.system and posed.passages
    record = composed.record
    assert not record.is_estimated
    assert record.tokens_in == len(posed.system + posed.user) // 4
    assert record.tokens_out == len(first_sentences(posed).split())
    assert record.milliseconds["first_sentence"] < record.milliseconds["whole"]


FAILURES = {
    "not_allowed": Behaviour(status=401),
    "rate": Behaviour(status=429),
    "server": Behaviour(status=503),
    "server overloaded": Behaviour(status=529),
    "too_long": Behaviour(status=400, error="prompt is too long: 210000 tokens > 200000 maximum"),
    "too_long request": Behaviour(status=413, error="request_too_large"),
    "other": Behaviour(status=404, error="model 'scripted' not found"),
    "timeout": Behaviour(delay=2.3),
    "timeout stalled": Behaviour(stall_after=12),
    "dropped": Behaviour(drop_after=12),
    "dropped unfinished": Behaviour(finish=None),
    "refused": Behaviour(finish="content_filter"),
    "empty": Behaviour(say=says("")),
    "malformed": Behaviour(raw=b"<html>proxy</html>"),
    "handed_over": Behaviour(say=says("CANNOT")),
    "harmful": Behaviour(say=says("See https://evil.example [1]")),
}


@pytest.mark.parametrize("ending", FAILURES)
async def test_each_failure_has_its_word_and_leaves_the_extractive_answer(
    writer: Writer, library: Library, other: OtherProvider, ending: str
) -> None:
    other.behaviour = FAILURES[ending]
    composed, _heard = await compose(writer, library)
    wanted = ending.partition(" ")[0]
    if ending == "malformed":
        # A stream without a single event is nothing said to one client, and nonsense to the other.
        assert composed.ending in {Ending.MALFORMED, Ending.EMPTY}
    else:
        assert composed.ending == wanted
    assert composed.answer.is_composed is False


async def test_a_stream_that_says_that_it_failed_is_the_providers_failure(
    writer: Writer, library: Library, other: OtherProvider
) -> None:
    other.error_after = 10
    composed, _heard = await compose(writer, library)
    assert composed.ending is Ending.SERVER


async def test_nobody_listening_is_not_reachable(
    writer: Writer, library: Library, provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ANTHROPIC_BASE_URL", "OLLAMA_HOST"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    model = open_model(f"{provider}:scripted", seconds=2.0)
    prompt = rewrite_prompt("And then?", (), Redactor())
    with pytest.raises(ModelError) as raised:
        [piece async for piece in model.stream(prompt, Reading())]
    assert raised.value.failure is Ending.UNREACHABLE


async def test_a_question_is_rewritten_in_the_shape_asked_for(writer: Writer, other: OtherProvider) -> None:
    answer = json.dumps({"question": "How often are restores tested?"})
    other.behaviour = Behaviour(say=says(answer))
    reading = Reading()
    said = await writer.composer.model.standalone(rewrite_prompt("And then?", (), Redactor()), reading)
    assert said == "How often are restores tested?"
    assert reading.tokens_out > 0 and not reading.is_estimated
    other.behaviour = Behaviour(status=503)
    with pytest.raises(ModelError) as raised:
        await writer.composer.model.standalone(rewrite_prompt("And then?", (), Redactor()), Reading())
    assert raised.value.failure is Ending.SERVER


async def test_without_its_key_it_cannot_be_asked(
    library: Library, other: OtherProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("langchain_anthropic", reason="pip install langchain-anthropic to run its client")
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    model = open_model("anthropic:scripted", seconds=2.0)
    assert model.broken is not None and model.broken.failure is Ending.NO_KEY
    monkeypatch.setenv("ANTHROPIC_API_KEY", "a key")
    assert open_model("anthropic:scripted", seconds=2.0).broken is None
