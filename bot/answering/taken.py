"""A question of which the wording was read, before anything is searched for it."""

from dataclasses import dataclass
from typing import Self

from bot.answering.decide import decide_by_wording
from bot.answering.moods import Mood
from bot.answering.types import Question
from bot.answering.understanding import Heard
from knowledge.types import Vector


@dataclass(frozen=True)
class Taken:
    """A question that waits to be answered. `heard`: None where it only complains.

    `to_embed`: what answering surely embeds, empty where wording or thread may tell enough; `vector`: of it.
    """

    question: Question
    mood: Mood
    heard: Heard | None
    to_embed: str = ""
    vector: Vector | None = None

    @classmethod
    def of(cls, question: Question, mood: Mood, heard: Heard | None) -> Self:
        """Return a question that waits, with what of it can be embedded beforehand."""
        if heard is None or question.thread or decide_by_wording(heard) is not None:
            return cls(question, mood, heard)
        return cls(question, mood, heard, heard.standalone)
