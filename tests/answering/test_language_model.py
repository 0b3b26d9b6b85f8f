"""A model is named in the settings; what is missing is named in the error, what fails has one word."""

import sys
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from langchain_core.messages import AIMessageChunk

from bot.answering.endings import Ending
from bot.answering.language_model import LanguageModel, ModelError, Reading, failure_of, open_model
from bot.answering.prompting import rewrite_prompt
from bot.answering.redaction import Redactor
from bot.errors import SetupError


def test_a_missing_provider_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    # Packages that no test installs; some are not called like their provider.
    for provider, package in (
        ("cohere", "langchain-cohere"),
        ("google_genai", "langchain-google-genai"),
        ("bedrock_converse", "langchain-aws"),
        ("nvidia", "langchain-nvidia-ai-endpoints"),
    ):
        with pytest.raises(SetupError, match=f"run `pip install {package}`"):
            open_model(f"{provider}:model", seconds=5)
    with pytest.raises(SetupError, match="no provider 'nobody'"):
        open_model("nobody:model", seconds=5)
    monkeypatch.setitem(sys.modules, "langchain.chat_models", None)
    with pytest.raises(SetupError, match=r"virtual-cio\[llm\]"):
        open_model("openai:gpt", seconds=5)


def test_without_its_key_a_model_is_there_and_cannot_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    model = open_model("openai:gpt", seconds=5)
    assert model.broken is not None
    assert model.broken.failure is Ending.NO_KEY


class RefusedError(Exception):
    """An error as providers raise them: with the status of the response."""

    def __init__(self, status_code: int, text: str = "") -> None:
        super().__init__(text)
        self.status_code = status_code


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (RefusedError(401), Ending.NOT_ALLOWED),
        (RefusedError(403), Ending.NOT_ALLOWED),
        (RefusedError(429), Ending.RATE),
        (RefusedError(503), Ending.SERVER),
        (RefusedError(400, "maximum context length is 8192 tokens"), Ending.TOO_LONG),
        (RefusedError(400), Ending.OTHER),
        (RefusedError(413, "request_too_large"), Ending.TOO_LONG),
        # Said in a stream that had begun well, or without any status.
        (RefusedError(200, "{'type': 'overloaded_error'}"), Ending.SERVER),
        (RefusedError(200, "{'type': 'rate_limit_error'}"), Ending.RATE),
        (RefusedError(-1, "the model ran out of memory"), Ending.SERVER),
        (ConnectionError(), Ending.UNREACHABLE),
        (ValueError(), Ending.MALFORMED),
        (OSError(), Ending.OTHER),
    ],
)
def test_errors_of_any_provider_have_one_word(error: Exception, failure: Ending) -> None:
    assert failure_of(error) is failure


class Chunks:
    """What a provider's package makes of a stream, given here: packages differ in just that."""

    def __init__(self, chunks: Sequence[AIMessageChunk]) -> None:
        self._chunks = chunks

    async def astream(self, _messages: Any) -> AsyncIterator[AIMessageChunk]:
        for chunk in self._chunks:
            yield chunk


def usage(tokens_in: int, tokens_out: int) -> Any:
    return {"input_tokens": tokens_in, "output_tokens": tokens_out, "total_tokens": tokens_in + tokens_out}


async def read(name: str, *chunks: AIMessageChunk) -> tuple[str, Reading]:
    reading = Reading()
    model = LanguageModel(f"{name}:model", Chunks(chunks))
    prompt = rewrite_prompt("And then?", (), Redactor())
    return "".join([piece async for piece in model.stream(prompt, reading)]), reading


async def test_lists_of_blocks_are_read_without_thoughts_and_calls() -> None:
    said, _reading = await read(
        "anthropic",
        AIMessageChunk(content=[{"type": "thinking", "thinking": "Hm.", "index": 0}]),
        AIMessageChunk(content=[{"type": "text", "text": "Test ", "index": 1}]),
        AIMessageChunk(content=[{"type": "text", "text": None, "index": 1}]),
        AIMessageChunk(content=["restores."]),
        AIMessageChunk(content=[{"type": "tool_use", "name": "x", "input": {}, "id": "1", "index": 2}]),
        AIMessageChunk(content="", response_metadata={"stop_reason": "end_turn"}),
    )
    assert said == "Test restores."


async def test_tokens_that_come_in_pieces_are_added_up() -> None:
    said, reading = await read(
        "google_genai",
        AIMessageChunk(content="Test ", usage_metadata=usage(100, 0)),
        AIMessageChunk(content="restores.", usage_metadata=usage(0, 7)),
    )
    assert said and (reading.tokens_in, reading.tokens_out, reading.is_estimated) == (100, 7, False)


@pytest.mark.parametrize(
    "end",
    [{"finish_reason": "SAFETY"}, {"stop_reason": "refusal"}, {"stopReason": "guardrail_intervened"}],
)
async def test_every_word_for_a_refusal_is_one(end: dict[str, str]) -> None:
    with pytest.raises(ModelError) as raised:
        await read("bedrock", AIMessageChunk(content="I"), AIMessageChunk(content="", response_metadata=end))
    assert raised.value.failure is Ending.REFUSED


@pytest.mark.parametrize(("name", "is_cut"), [("ollama", True), ("anthropic", True), ("somebody", False)])
async def test_a_stream_without_its_end_was_cut_off_where_it_always_has_one(name: str, is_cut: bool) -> None:
    if not is_cut:
        assert (await read(name, AIMessageChunk(content="Test.")))[0] == "Test."
        return
    with pytest.raises(ModelError) as raised:
        await read(name, AIMessageChunk(content="Test."))
    assert raised.value.failure is Ending.DROPPED
