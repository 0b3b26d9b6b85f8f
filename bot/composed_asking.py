"""Answers from the terminal: word for word, or put into words by the model that is set."""

import asyncio
from types import TracebackType
from typing import Self

from bot.answering.attempt import Asked
from bot.answering.composed import may_compose
from bot.answering.redaction import Redactor
from bot.answering.types import Answer, Question
from bot.composition import open_writer
from bot.library import Library
from bot.settings import Settings


class Composing:
    """Answers as the bot would, within one loop: a model's connection belongs to the loop it was made in."""

    def __init__(self, settings: Settings, library: Library) -> None:
        self._answerer = library.answerer
        self._writer = open_writer(settings, library.store, library.embedder)
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.close()

    def answer(self, question: Question) -> Answer:
        """Return the answer; the model is asked where it is set and the decision lets it."""
        answer = self._answerer.answer(question)
        if self._writer is None or not may_compose(answer):
            return answer
        redactor = Redactor(region=self._writer.region)
        asked = Asked(answer, question.text, question.thread, answer.org_size, redactor)
        return self._runner.run(self._writer.composer.compose(asked)).answer
