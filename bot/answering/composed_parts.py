"""A message that asked several things: each of its parts put into words by itself, or left as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answering import phrases
from bot.answering.attempt import Asked
from bot.answering.endings import Ending, Record
from bot.answering.layout import count_words
from bot.answering.several import heading_of, overflow, room_for
from bot.answering.sheet import FIRST_SCREEN_WORDS
from bot.answering.types import Answer, Part, PartKind, Reason

# One sentence more than there is room for is put behind the first screen afterwards.
_MARGIN = 10


@dataclass(frozen=True)
class Segment:
    """The first-screen parts of one question, `start` to `end`, and the citations they rest on."""

    question: str
    heading: str
    start: int
    end: int
    cited: tuple[int, ...]


def segments(answer: Answer) -> tuple[Segment, ...]:
    """Return the parts of an answer to several questions, in order; empty where they cannot be told apart."""
    first = answer.parts[: answer.first_screen]
    starts: list[int] = []
    for question in answer.questions:
        heading, after = heading_of(question), starts[-1] + 1 if starts else 0
        found = (at for at in range(after, len(first)) if first[at].heading == heading)
        if (start := next(found, None)) is None:
            return ()
        starts.append(start)
    ends = [*starts[1:], len(first)]
    return tuple(
        Segment(question, heading_of(question), start, end, _cited(first[start:end]))
        for question, start, end in zip(answer.questions, starts, ends, strict=True)
    )


def asked_of(segment: Segment, asked: Asked, count: int, tokens_used: int) -> Asked:
    """Return one of `count` questions with its own part of the answer and its own passages."""
    own = asked.answer.parts[segment.start : segment.end]
    answer = replace(
        asked.answer,
        parts=(replace(own[0], heading=""), *own[1:]),
        first_screen=len(own),
        questions=(),
        standalone=segment.question,
    )
    thread = asked.thread if segment.start == 0 else ()
    room = max(1, room_for(count) - _MARGIN)
    return replace(
        asked,
        answer=answer,
        question=segment.question,
        thread=thread,
        tokens_used=tokens_used,
        places=segment.cited,
        room=room,
        heading=segment.heading,
    )


def together(answer: Answer, found: Sequence[Segment], put: Mapping[Segment, Answer | None]) -> Answer:
    """Return the answer with the parts that were put into words; None stands for a part handed over."""
    shown, closing = list(answer.parts[: found[0].start]), answer.parts[found[-1].end : answer.first_screen]
    for segment in found:
        own = answer.parts[segment.start : segment.end]
        if segment in put:
            composed = put[segment]
            own = composed.parts if composed else _not_covered()
            own = (replace(own[0], heading=segment.heading), *own[1:])
        shown += own
    if None in put.values() and phrases.left_open() not in [line for part in shown for line in part.lines]:
        closing = (*closing, Part(PartKind.TEXT, (phrases.left_open(),), None))
    behind = [part for part in answer.parts[answer.first_screen :] if part.cited not in _given_up(found, put)]
    moved = overflow(
        shown, FIRST_SCREEN_WORDS - sum(count_words(line) for part in closing for line in part.lines)
    )
    first = [*(part for part in shown if part not in moved), *closing]
    return replace(
        answer, parts=(*first, *moved, *behind), first_screen=len(first), is_composed=any(put.values())
    )


def one_record(model: str, asked: Sequence[tuple[Segment, Record]], ending: Ending, whole: float) -> Record:
    """Return the records of all parts as that of one answer; passages and sentences say of which part."""
    records = [record for _segment, record in asked]
    return Record(
        ending=ending,
        model=model,
        prompt=next((record.prompt for record in records if record.prompt), ""),
        passages=tuple(_of_parts(records, "passages")),
        tokens_in=sum(record.tokens_in for record in records),
        tokens_out=sum(record.tokens_out for record in records),
        is_estimated=any(record.is_estimated for record in records),
        cost=sum(record.cost for record in records),
        milliseconds={**_seconds(records), "whole": round(1000 * whole, 1)},
        sentences=tuple(_of_parts(records, "sentences")),
        hidden={name: count for record in records for name, count in record.hidden.items()},
        budget=next((record.budget for record in records if record.budget), None),
        parts=tuple(
            {"part": at, "question": segment.question, "ending": str(record.ending)}
            for at, (segment, record) in enumerate(asked, start=1)
        ),
    )


def ending_of(endings: Sequence[Ending]) -> Ending:
    """Return how it all ended: composed where any part was, handed over where all were, else the failure."""
    if Ending.COMPOSED in endings:
        return Ending.COMPOSED
    failures = [ending for ending in endings if ending.is_extractive]
    return failures[0] if failures else Ending.HANDED_OVER


def _cited(parts: Sequence[Part]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(part.cited for part in parts if part.cited is not None))


def _not_covered() -> tuple[Part, ...]:
    return (Part(PartKind.TEXT, phrases.fixed(Reason.NOT_COVERED)[:1], None),)


def _given_up(found: Sequence[Segment], put: Mapping[Segment, Answer | None]) -> set[int]:
    """Return the citations that only parts handed over rest on: what they say is not shown behind either."""
    gone = {at for segment in found if segment in put and put[segment] is None for at in segment.cited}
    return gone - {at for segment in found if put.get(segment, segment) is not None for at in segment.cited}


def _seconds(records: Sequence[Record]) -> dict[str, float]:
    """Return the steps' times: the first of what comes first, all of what adds up."""
    told: dict[str, float] = {}
    for record in records:
        for step, milliseconds in record.milliseconds.items():
            if step == "verified":
                told[step] = round(told.get(step, 0.0) + milliseconds, 1)
            else:
                told.setdefault(step, milliseconds)
    return told


def _of_parts(records: Sequence[Record], name: str) -> list[dict[str, object]]:
    return [
        {**each, "part": at} for at, record in enumerate(records, start=1) for each in getattr(record, name)
    ]
