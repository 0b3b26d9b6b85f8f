"""Any chat model of LangChain by name: what it says as it comes, and one word for whatever goes wrong."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import SecretStr

from bot.answering.endings import Ending
from bot.answering.prompting import CHARS_A_TOKEN, Prompt, estimate
from bot.answering.redaction import missing
from bot.errors import SetupError
from bot.log import get_logger

log = get_logger(__name__)
# A model that says nothing for so long says nothing more.
FIRST_SECONDS, STALL_SECONDS = 12.0, 6.0
MOST_OUT = 700
# How providers call it when they would not say more, written small.
_REFUSALS = frozenset(
    {
        "content_filter",
        "content_filtered",
        "refusal",
        "safety",
        "prohibited_content",
        "blocklist",
        "recitation",
    }
    | {"guardrail_intervened", "spii", "error_toxic"}
)
# Their streams always say how they end, so that one which does not was cut off.
_SAY_HOW_THEY_END = ("openai", "azure_openai", "anthropic", "ollama", "mistralai", "groq")
_PACKAGE = re.compile(r"pip install ['\"]?([A-Za-z0-9_.\[\]-]+)")
# What a stream that began well says of a failure; its status is still that of the beginning.
_SAID_IN_STREAM = (("rate_limit", Ending.RATE), ("authentication", Ending.NOT_ALLOWED))
_TOO_LONG = ("context_length", "context length", "maximum context", "too many tokens", "prompt is too long")


class ModelError(Exception):
    """A model failed; `failure` says how. What it wrote is never part of the message."""

    def __init__(self, failure: Ending, cause: str = "") -> None:
        super().__init__(f"{failure} {cause}".strip())
        self.failure = failure


@dataclass
class Reading:
    """What one request took: filled while it is read."""

    tokens_in: int = 0
    tokens_out: int = 0
    is_estimated: bool = True
    first_seconds: float | None = None
    ended: str = ""

    def note_said(self, characters: int, seconds: float) -> None:
        """Note that so much was said after so long; what the provider counts itself is kept."""
        self.first_seconds = self.first_seconds or seconds
        if self.is_estimated:
            self.tokens_out = int(characters / CHARS_A_TOKEN) + 1


class Model(Protocol):
    """A language model as composing needs it."""

    @property
    def name(self) -> str:
        """Its name, as in the settings."""

    def stream(self, prompt: Prompt, reading: Reading) -> AsyncIterator[str]:
        """Yield what it says as it comes; raises `ModelError`."""

    async def standalone(self, prompt: Prompt, reading: Reading) -> str:
        """Return a question; raises `ModelError`."""


class LanguageModel:
    """A chat model of LangChain; `broken` is why it cannot be asked at all."""

    def __init__(self, name: str, chat: Any, broken: ModelError | None = None) -> None:
        self.name = name
        self.broken = broken
        self._chat = chat

    async def stream(self, prompt: Prompt, reading: Reading) -> AsyncIterator[str]:
        """Yield what the model says as it comes; raises `ModelError`, also when it stalls or says nothing."""
        self._check()
        began, said = time.perf_counter(), 0
        reading.tokens_in = prompt.tokens
        chunks = self._chat.astream(_messages(prompt))
        try:
            async for chunk in _patiently(chunks):
                text = _text(chunk)
                said += len(text)
                _note(chunk, reading)
                if text:
                    reading.note_said(said, time.perf_counter() - began)
                    yield text
        except ModelError as error:
            is_dropped = said and error.failure is Ending.UNREACHABLE
            raise (ModelError(Ending.DROPPED) if is_dropped else error) from None
        finally:
            await chunks.aclose()
        if reading.ended.lower() in _REFUSALS:
            raise ModelError(Ending.REFUSED)
        if not said:
            raise ModelError(Ending.EMPTY)
        if not reading.ended and self.name.partition(":")[0] in _SAY_HOW_THEY_END:
            raise ModelError(Ending.DROPPED)

    async def standalone(self, prompt: Prompt, reading: Reading) -> str:
        """Return the question the model makes of a message, structured where the provider can."""
        self._check()
        reading.tokens_in = prompt.tokens
        from bot.answering.structured import Standalone

        async def ask() -> Any:
            try:
                asked = self._chat.with_structured_output(Standalone, include_raw=True)
            except NotImplementedError:
                return await self._chat.ainvoke(_messages(prompt))
            return await asked.ainvoke(_messages(prompt))

        said = await _guarded(ask(), STALL_SECONDS)
        if isinstance(said, dict):
            _note(said.get("raw"), reading)
            if not isinstance(said.get("parsed"), Standalone):
                raise ModelError(Ending.MALFORMED)
            text = said["parsed"].question
        else:
            _note(said, reading)
            text = _text(said)
        if reading.is_estimated:
            reading.tokens_out = estimate(text)
        if not text.strip():
            raise ModelError(Ending.EMPTY)
        return str(text)

    def _check(self) -> None:
        if self.broken is not None:
            raise self.broken


def open_model(name: str, *, seconds: float, tokens: int = 8_000) -> LanguageModel:
    """Return the model of that name; raises `SetupError` naming the package that is missing. Blocking.

    One without its key is returned too: asking it fails, and answers are given without it.
    """
    provider = name.partition(":")[0]
    try:
        import httpx
        from langchain.chat_models import init_chat_model
    except ImportError as error:
        raise missing("langchain") from error
    options: dict[str, Any] = {"max_tokens": MOST_OUT, "timeout": seconds, "max_retries": 0}
    if provider == "openai":
        # Of its own: the package shares one among all models, also of an event loop that has ended.
        options |= {"stream_usage": True, "http_async_client": httpx.AsyncClient(timeout=seconds)}
    if provider == "ollama":
        # Else it reads 4,096 tokens, and leaves out the rest without a word.
        options = {"num_predict": MOST_OUT, "num_ctx": tokens, "client_kwargs": {"timeout": seconds}}
    try:
        chat = init_chat_model(name, **options)
        broken = ModelError(Ending.NO_KEY) if _lacks_key(chat) else None
        return LanguageModel(name, chat, broken)
    except ImportError as error:
        named = _PACKAGE.search(str(error))
        package = named[1] if named else f"langchain-{provider.replace('_', '-')}"
        raise SetupError(
            f"VCIO_LLM is {name!r}, but its package is not installed: run `pip install {package}` "
            f"(LangChain says: {error}), or leave VCIO_LLM out."
        ) from error
    except ValueError as error:
        if "nable to infer" in str(error) or "nsupported" in str(error):
            raise SetupError(
                f"VCIO_LLM is {name!r}, and LangChain knows no provider {provider!r}: write provider:model, "
                "as in openai:gpt-4.1-mini."
            ) from error
        return LanguageModel(name, None, ModelError(Ending.NO_KEY, type(error).__name__))
    except Exception as error:  # noqa: BLE001 - the provider's edge: each has errors of its own
        log.warning("model.unusable", model=name, error=type(error).__name__)
        return LanguageModel(name, None, ModelError(Ending.NO_KEY, type(error).__name__))


def _lacks_key(chat: Any) -> bool:
    """Say whether a model was made without its key: some packages only notice when it is asked."""
    names = (name for name in getattr(type(chat), "model_fields", {}) if name.endswith("_api_key"))
    keys = (getattr(chat, name, None) for name in names)
    return any(isinstance(key, SecretStr) and not key.get_secret_value() for key in keys)


async def _patiently(chunks: AsyncIterator[Any]) -> AsyncIterator[Any]:
    """Yield chunks, waiting for each only so long; raises `ModelError`."""
    seconds = FIRST_SECONDS
    while True:
        try:
            chunk = await _guarded(anext(chunks), seconds)
        except StopAsyncIteration:
            return
        yield chunk
        seconds = STALL_SECONDS


async def _guarded(work: Any, seconds: float) -> Any:
    """Return what `work` does; raises `ModelError` for whatever goes wrong in the provider's package."""
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            return await work
    except (StopAsyncIteration, asyncio.CancelledError):
        raise
    except TimeoutError:
        raise ModelError(Ending.STALLED if limit.expired() else Ending.TIMEOUT) from None
    except Exception as error:  # noqa: BLE001 - the provider's edge: each has errors of its own
        # Its words may quote what was asked.
        log.info("model.failed", error=type(error).__name__)
        raise ModelError(failure_of(error), type(error).__name__) from None


def failure_of(error: BaseException) -> Ending:
    """Return what an error of any provider means, by its status and its name."""
    name = type(error).__name__.lower()
    status = getattr(error, "status_code", None) or getattr(
        getattr(error, "response", None), "status_code", None
    )
    told = str(error).lower()
    if status == 413 or (status in {400, 422} and any(sign in told for sign in _TOO_LONG)):
        return Ending.TOO_LONG
    if isinstance(status, int) and status < 300:
        return next((failure for sign, failure in _SAID_IN_STREAM if sign in told), Ending.SERVER)
    by_status = {401: Ending.NOT_ALLOWED, 403: Ending.NOT_ALLOWED, 429: Ending.RATE, 408: Ending.TIMEOUT}
    if isinstance(status, int):
        return by_status.get(status, Ending.SERVER if status >= 500 else Ending.OTHER)
    for sign, failure in (
        ("timeout", Ending.TIMEOUT),
        ("contentfilter", Ending.REFUSED),
        ("protocol", Ending.DROPPED),
        ("readerror", Ending.DROPPED),
        ("incomplete", Ending.DROPPED),
        ("connect", Ending.UNREACHABLE),
    ):
        if sign in name:
            return failure
    malformed = isinstance(error, ValueError | KeyError | TypeError | AttributeError | IndexError)
    return Ending.MALFORMED if malformed else Ending.OTHER


def _messages(prompt: Prompt) -> list[tuple[str, str]]:
    return [("system", prompt.system), ("human", prompt.user)]


def _note(message: Any, reading: Reading) -> None:
    """Keep what a message says of tokens and of its end."""
    usage = getattr(message, "usage_metadata", None)
    if usage:
        # What the pieces of a stream say of it is meant to be added up.
        if reading.is_estimated:
            reading.tokens_in = reading.tokens_out = 0
            reading.is_estimated = False
        reading.tokens_in += int(usage.get("input_tokens") or 0)
        reading.tokens_out += int(usage.get("output_tokens") or 0)
    told = getattr(message, "response_metadata", None) or {}
    if reading.ended == "refusal":
        return
    ends = (told.get(name) for name in ("finish_reason", "stop_reason", "done_reason", "stopReason"))
    reading.ended = str(next((end for end in ends if end), reading.ended))
    if (getattr(message, "additional_kwargs", None) or {}).get("refusal"):
        reading.ended = "refusal"


def _text(message: Any) -> str:
    content = getattr(message, "content", "")
    if isinstance(content, str):
        return content
    # Of a list, what a model thinks by itself and what it wants called are no part of its answer.
    blocks = (block if isinstance(block, str) else block.get("text") for block in content or ())
    return "".join(str(block) for block in blocks if block)
