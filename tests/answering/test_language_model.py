"""A model is named in the settings; what is missing is named in the error, what fails has one word."""

import sys

import pytest

from bot.answering.endings import Ending
from bot.answering.language_model import failure_of, open_model
from bot.errors import SetupError


def test_a_missing_provider_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SetupError, match="langchain-anthropic"):
        open_model("anthropic:claude", seconds=5)
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
        (ConnectionError(), Ending.UNREACHABLE),
        (ValueError(), Ending.MALFORMED),
        (OSError(), Ending.OTHER),
    ],
)
def test_errors_of_any_provider_have_one_word(error: Exception, failure: Ending) -> None:
    assert failure_of(error) is failure
