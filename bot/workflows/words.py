"""Single words that do wherever they are said what `/vcio` does, for people who have no commands."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum

from bot.answering import transcript
from bot.answering.types import Speaker
from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery import outbox
from bot.delivery.lanes import finish
from bot.delivery.models import InboxItem, WorkState
from bot.engagement.models import Person
from bot.engagement.people import Directory
from bot.workflows.arrivals import IncomingMessage
from bot.workflows.context import Context, Contexts

WORD = "word"
_AROUND = " \t\n.,!?:;/*_`'\"“”’"


class Word(StrEnum):
    """What can be said alone."""

    HELP = "help"
    BROWSE = "browse"
    HANDS = "hands"
    STATUS = "status"
    RETAINER = "retainer"
    LOG = "log"


def word_of(text: str) -> Word | None:
    """Return the word a message consists of, typed alone or as a command; None for anything else."""
    said = text.strip(_AROUND).lower().removeprefix("vcio ").strip(_AROUND)
    return Word(said) if said in set(Word) else None


class AnswerWords:
    """Handles messages that are one such word; all others, and talk with a human, go to `otherwise`."""

    def __init__(
        self,
        database: Database,
        directory: Directory,
        areas: Callable[[], Sequence[tuple[str, int]]],
        otherwise: Callable[[InboxItem], Awaitable[None]],
        clock: Clock = utc_now,
    ) -> None:
        self._database = database
        self._directory = directory
        self._contexts = Contexts(database, directory, clock)
        self._areas = areas
        self._otherwise = otherwise
        self._clock = clock

    async def handle(self, item: InboxItem) -> None:
        """Work one accepted message; safe to repeat."""
        message = IncomingMessage.from_payload(item.payload)
        word = word_of(message.text)
        if word is None or not message.addressed or message.by_button or message.files:
            await self._otherwise(item)
            return
        profile = await self._directory.profile(message.team_id, message.user_id, message.actor_team_id)
        context = await self._contexts.of(message, profile)
        if profile.is_bot or context.ticket is not None:
            await self._otherwise(item)
            return
        areas = await asyncio.to_thread(self._areas) if word is Word.BROWSE else ()
        async with self._database.unit_of_work() as session:
            # Held until the commit: an edit or deletion comes either before this or after the reply.
            row = await session.get_one(InboxItem, item.id, with_for_update=True)
            is_same = row.payload == item.payload
            if row.state is WorkState.WAITING and is_same:
                await self._reply(session, row, context, word, areas)
        if not is_same:
            await self._otherwise(row)

    async def _reply(
        self,
        session: Session,
        item: InboxItem,
        context: Context,
        word: Word,
        areas: Sequence[tuple[str, int]],
    ) -> None:
        message, now = context.message, self._clock()
        person = await session.get_one(Person, context.person.id, with_for_update=True)
        first = person.told_at is None
        person.told_at = person.told_at or now
        conversation, _new = await transcript.start(
            session,
            message.place,
            client_id=person.client_id,
            person_id=person.id,
            is_private=message.is_private,
            now=now,
        )
        said = message.text
        await transcript.say(
            session, conversation, Speaker.PERSON, said, ts=message.ts, now=now, person_id=person.id
        )
        await outbox.add(
            session,
            team_id=message.team_id,
            lane=message.outbox_lane,
            kind=WORD,
            payload={
                "word": word,
                "conversation_id": conversation.id,
                "areas": [list(area) for area in areas],
                "first": first,
                "person_id": person.id,
                "by_mention": context.by_mention,
                "user_id": message.user_id,
                "target": message.target,
            },
            now=now,
        )
        finish(item, now=now)
