"""Our own transcript of each conversation: who said what, in which thread."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from bot.answering.models import AnswerRecord, Conversation, Feedback, TurnRecord
from bot.answering.types import Speaker, Turn
from bot.database import ReadSession, Session
from bot.first_writes import find_or_add

LONGEST_THREAD = 30
_AT_PLACE = select(Conversation).where(
    Conversation.team_id == bindparam("team_id"),
    Conversation.channel == bindparam("channel"),
    Conversation.thread_ts == bindparam("thread_ts"),
)


@dataclass(frozen=True)
class Place:
    """Where a conversation is held: `thread_ts` is the ts of the thread's root message."""

    team_id: str
    channel: str
    thread_ts: str

    @property
    def lane(self) -> str:
        """The lane in which the conversation's messages are worked one after the other."""
        return f"{self.team_id}:{self.channel}:{self.thread_ts}"


async def find(session: ReadSession | Session, place: Place) -> Conversation | None:
    """Return the conversation held at `place`."""
    given = {"team_id": place.team_id, "channel": place.channel, "thread_ts": place.thread_ts}
    return await session.scalar(_AT_PLACE, given)


async def start(
    session: Session,
    place: Place,
    *,
    client_id: int,
    person_id: int,
    is_private: bool,
    now: datetime,
    title: str | None = None,
    may_be_known: bool = True,
) -> tuple[Conversation, bool]:
    """Begin the conversation at `place`, or return the one already held there; true when it is new.

    Where it may not be known, as far as the caller has seen, looking for it first is left out.
    """
    conversation, is_new = (await find(session, place) if may_be_known else None), False
    if conversation is None:
        conversation, is_new = await find_or_add(
            session,
            Conversation,
            asdict(place),
            client_id=client_id,
            person_id=person_id,
            is_private=is_private,
            title=title,
            created_at=now,
        )
    conversation.title = conversation.title or title
    return conversation, is_new


async def say(
    session: Session,
    conversation: Conversation,
    speaker: Speaker,
    text: str,
    *,
    ts: str,
    now: datetime,
    person_id: int | None = None,
    files: tuple[dict[str, Any], ...] = (),
) -> None:
    """Add a turn; a turn with the same ts and speaker is already there after a retry."""
    if not await holds(session, conversation, speaker, ts):
        add(session, conversation, speaker, text, ts=ts, now=now, person_id=person_id, files=files)


async def holds(session: Session, conversation: Conversation, speaker: Speaker, ts: str) -> bool:
    """Tell whether the conversation has a turn of `speaker` with that ts."""
    same = (
        TurnRecord.conversation_id == conversation.id,
        TurnRecord.ts == ts,
        TurnRecord.speaker == speaker,
    )
    return await session.scalar(select(TurnRecord.id).where(*same)) is not None


def add(
    session: Session,
    conversation: Conversation,
    speaker: Speaker,
    text: str,
    *,
    ts: str,
    now: datetime,
    person_id: int | None = None,
    files: tuple[dict[str, Any], ...] = (),
) -> None:
    """Add a turn that cannot be there yet."""
    session.add(
        TurnRecord(
            conversation_id=conversation.id,
            person_id=person_id,
            speaker=speaker,
            ts=ts,
            text=text,
            files=list(files),
            created_at=now,
        )
    )


async def rewrite(session: Session, place: Place, ts: str, text: str) -> None:
    """Honour an edit (new text) or a deletion (empty text) of a person's message in what we keep."""
    conversation = await find(session, place)
    if conversation is not None:
        await session.execute(
            update(TurnRecord)
            .where(TurnRecord.conversation_id == conversation.id, TurnRecord.ts == ts)
            .where(TurnRecord.speaker == Speaker.PERSON)
            .values(text=text)
        )


async def rewrite_said(session: Session, conversation_id: int, ts: str, text: str) -> None:
    """Honour what a consultant changed or took back (empty text) of what they said."""
    await session.execute(
        update(TurnRecord)
        .where(TurnRecord.conversation_id == conversation_id, TurnRecord.ts == ts)
        .where(TurnRecord.speaker == Speaker.CONSULTANT)
        .values(text=text)
    )


async def recent(session: ReadSession, conversation_id: int) -> tuple[TurnRecord, ...]:
    """Return the last turns of a conversation, oldest first."""
    rows = await session.scalars(
        select(TurnRecord)
        .where(TurnRecord.conversation_id == conversation_id)
        .order_by(TurnRecord.id.desc())
        .limit(LONGEST_THREAD)
    )
    return tuple(reversed(rows.all()))


async def as_thread(
    session: ReadSession, conversation_id: int, *, writer: int | None = None, but: Collection[str] = ()
) -> tuple[Turn, ...]:
    """Return the conversation as answering reads it.

    Assistant turns name the articles they rested on, their reason, and whether somebody found them unhelpful.
    With `writer`, only what that person and the assistant said; `but` leaves out a person's messages by ts.
    """
    turns = await recent(session, conversation_id)
    if writer is not None:
        turns = tuple(each for each in turns if each.speaker is Speaker.ASSISTANT or each.person_id == writer)
    answers = await _answers(session, conversation_id)
    said = {f"answer-{a.id}": a for a in answers}
    # A question answered again, as one of its own say, counts as it was read last.
    read_last = {a.question: str(a.body.get("standalone", "")) for a in answers}
    unhelpful = await _unhelpful(session, conversation_id)
    return tuple(
        _turn(turn, said.get(turn.ts), read_last, unhelpful)
        for turn in turns
        if turn.text and not _is_in(turn, but)
    )


def _is_in(turn: TurnRecord, left_out: Collection[str]) -> bool:
    return turn.speaker is Speaker.PERSON and turn.ts in left_out


def _turn(
    turn: TurnRecord, answer: AnswerRecord | None, read_last: Mapping[str, str], unhelpful: frozenset[int]
) -> Turn:
    if answer is None:
        return Turn(turn.speaker, turn.text)
    slugs = tuple(str(cited["slug"]) for cited in answer.body.get("citations", ()))
    marked = answer.id in unhelpful
    read_as = read_last[answer.question]
    return Turn(turn.speaker, turn.text, slugs, answer.reason, unhelpful=marked, read_as=read_as)


async def _answers(session: ReadSession, conversation_id: int) -> Sequence[AnswerRecord]:
    answers = select(AnswerRecord).where(AnswerRecord.conversation_id == conversation_id)
    return (await session.scalars(answers.order_by(AnswerRecord.id))).all()


async def _unhelpful(session: ReadSession, conversation_id: int) -> frozenset[int]:
    """Return the ids of the answers of a conversation that somebody marked as not helpful."""
    found = await session.scalars(
        select(Feedback.answer_id)
        .join(AnswerRecord, AnswerRecord.id == Feedback.answer_id)
        .where(AnswerRecord.conversation_id == conversation_id, Feedback.helpful.is_(False))
    )
    return frozenset(found)


async def said_at(
    session: ReadSession | Session, conversation_id: int, stamps: Collection[str]
) -> tuple[str, ...]:
    """Return what people wrote in the messages with these ts, in order, as it stands now."""
    found = await session.scalars(
        select(TurnRecord.text)
        .where(TurnRecord.conversation_id == conversation_id, TurnRecord.ts.in_(stamps))
        .where(TurnRecord.speaker == Speaker.PERSON)
        .order_by(TurnRecord.id)
    )
    return tuple(text for text in found if text)


async def has_answer(session: ReadSession | Session, place: Place) -> bool:
    """Tell whether the assistant has answered anything in the conversation held at `place`."""
    conversation = await find(session, place)
    if conversation is None:
        return False
    given = select(AnswerRecord.id).where(AnswerRecord.conversation_id == conversation.id).limit(1)
    return await session.scalar(given) is not None


async def place_of(session: ReadSession | Session, conversation_id: int) -> Place:
    """Return where a conversation is held."""
    held = await session.get_one(Conversation, conversation_id)
    return Place(held.team_id, held.channel, held.thread_ts)


async def people_in(session: ReadSession, conversation_id: int) -> frozenset[int]:
    """Return the ids of the people who wrote in the conversation."""
    rows = await session.scalars(
        select(TurnRecord.person_id)
        .where(TurnRecord.conversation_id == conversation_id, TurnRecord.person_id.is_not(None))
        .distinct()
    )
    return frozenset(person for person in rows if person is not None)
