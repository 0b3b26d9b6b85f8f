"""A question of which the wording was read, before anything is searched for it."""

from dataclasses import dataclass

from bot.answering.decide import decide_by_wording
from bot.answering.moods import Mood
from bot.answering.types import Question
from bot.answering.understanding import Heard
from knowledge.types import Vector


@dataclass(frozen=True)
class Taken:
    """A question that waits to be answered. `heard`: None where it only complains.

    `to_embed`: what answering surely embeds, None where wording or thread may tell enough; `vector`: of it.
    """

    question: Question
    mood: Mood
    heard: Heard | None
    to_embed: str | None
    vector: Vector | None = None


def taken(question: Question, mood: Mood, heard: Heard | None) -> Taken:
    """Return a question that waits, with what of it can be embedded beforehand."""
    needed = heard is not None and not question.thread and decide_by_wording(heard) is None
    return Taken(question, mood, heard, heard.standalone if heard and needed else None)
