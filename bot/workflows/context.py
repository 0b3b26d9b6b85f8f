"""Everything known about a message before it is answered, and what follows from it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, bindparam, select

from bot.answering import transcript
from bot.answering.models import Conversation
from bot.answering.sectors import sector_of
from bot.answering.types import Contacts, Question, Turn
from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession
from bot.delivery import outbox
from bot.engagement import firm, people, tickets
from bot.engagement.firm import FirmProfile
from bot.engagement.models import Client, FirmValue, Person, Ticket, Workspace
from bot.engagement.people import Directory, Profile
from bot.workflows import follow_up
from bot.workflows.arrivals import IncomingMessage
from bot.workflows.follow_up import Earlier
from bot.workflows.on_call import words_on_call
from bot.workflows.settled import asks_for_more, settled_for, speaks_for_client
from knowledge.scope import METHODOLOGY, client_scope
from knowledge.types import OrgSize

# Read at once, as every message needs all of it.
_KNOWN = (
    select(Person, Client, Conversation, FirmValue.value)
    .join(Client, Client.id == Person.client_id)
    .outerjoin(
        Conversation,
        and_(
            Conversation.team_id == bindparam("held_in"),
            Conversation.channel == bindparam("channel"),
            Conversation.thread_ts == bindparam("thread_ts"),
        ),
    )
    .outerjoin(FirmValue, FirmValue.key == firm.PROFILE)
    .where(Person.team_id == bindparam("team_id"), Person.user_id == bindparam("user_id"))
)

Known = tuple[Person, Client, Conversation | None, dict[str, Any] | None]


class Course(StrEnum):
    """What becomes of a message: answered, kept without a word, or met with who has the conversation."""

    ANSWER = "answer"
    SILENT = "silent"
    HELD = "held"


@dataclass(frozen=True)
class Context:
    """A message with its writer, their client and the conversation so far.

    `earlier` is the conversation it goes on with, where that is another than its own; `thread` holds both.
    `settled` is the resolved ticket of its conversation that the message may open again.
    `joined` is what is answered together with it, and left out of `thread`.
    """

    message: IncomingMessage
    profile: Profile
    person: Person
    client: Client
    firm: FirmProfile
    conversation: Conversation | None
    thread: tuple[Turn, ...]
    ticket: Ticket | None
    only_person: bool
    own_documents: bool
    earlier: Earlier | None = None
    settled: Ticket | None = None
    joined: tuple[str, ...] = ()

    @property
    def asked(self) -> str:
        """What is asked: the message, after what its writer sent a moment before."""
        return "\n".join((*self.joined, self.message.text))

    @property
    def by_mention(self) -> bool:
        """Whether the writer can reach the assistant by mention alone."""
        return self.profile.is_apart(self.message.team_id)

    @property
    def goes_on_anew(self) -> bool:
        """Whether it is the first message below the conversation it goes on with."""
        return self.conversation is None and self.earlier is not None

    @property
    def course(self) -> Course:
        """What becomes of the message.

        A button is obeyed always. A human who has the conversation is left alone with the client; from the
        request on the assistant speaks only when addressed; before it, also to the one person in a thread.
        What is written to the human when all is done is theirs to read, and thanks need no answer.
        """
        message = self.message
        if message.stopped:
            return Course.SILENT
        if message.by_button:
            return Course.ANSWER
        if self.ticket is not None and self.ticket.is_held:
            return Course.HELD if message.at_assistant or self.goes_on_anew else Course.SILENT
        if self.settled is not None:
            reopens = asks_for_more(message.text, has_files=bool(message.files))
            return Course.HELD if message.at_assistant and reopens else Course.SILENT
        alone = self.only_person and message.answers in {None, message.user_id}
        follows_up = self.conversation is not None and alone and not message.at_others
        is_for_us = message.addressed or (self.ticket is None and follows_up)
        return Course.ANSWER if is_for_us else Course.SILENT

    @property
    def question(self) -> Question:
        """The message as answering takes it; only the asker's own client's collection is named, if any."""
        own = (client_scope(self.client.key),) if self.own_documents else ()
        return Question(
            text=self.asked,
            scopes=(METHODOLOGY, *own),
            org_size=self._size,
            thread=self._earlier,
            contacts=self._contacts,
            files=tuple(file.name for file in self.message.files),
            sector=sector_of(self.client.sector),
        )

    @property
    def _size(self) -> OrgSize | None:
        """The size in force: said in this conversation, by this person, or the client's profile."""
        held = (self.conversation, self.earlier.conversation if self.earlier else None)
        said = next((each.stated_size for each in held if each and each.stated_size), None)
        return said or self.person.stated_size or self.client.org_size

    @property
    def _earlier(self) -> tuple[Turn, ...]:
        """What was said before; a question asked again by a button is itself the last of it."""
        if self.message.alone:
            return ()
        repeats = self.message.by_button and self.thread and self.thread[-1].text == self.message.text
        return self.thread[:-1] if repeats else self.thread

    @property
    def _contacts(self) -> Contacts:
        return Contacts(
            it_support=self.client.it_support,
            emergency_phone=self.client.emergency_phone,
            firm_on_call=words_on_call(self.firm.on_call),
            firm_phone=self.firm.phone,
            firm_email=self.firm.email,
            firm_name=self.firm.name or Contacts.firm_name,
        )


class Contexts:
    """Gathers the context of a message; a person met for the first time is stored."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def of(self, message: IncomingMessage, profile: Profile) -> Context:
        """Return the context of `message`, written by the person of `profile`."""
        teams = (
            frozenset()
            if message.is_private
            else await self._directory.teams_in(message.team_id, message.channel)
        )
        async with self._database.read() as session:
            known = await _known(session, message, profile)
            if known is not None:
                return await self._read(session, message, profile, known, teams)
        await self._meet(profile)
        async with self._database.read() as session:
            known = await _known(session, message, profile)
            assert known is not None
            return await self._read(session, message, profile, known, teams)

    async def _may_quote_own(
        self,
        session: ReadSession,
        message: IncomingMessage,
        profile: Profile,
        client: Client,
        teams: frozenset[str],
    ) -> bool:
        """Whether the client's own documents may be quoted where the message stands.

        In a channel only when everyone in it belongs to the client or to the firm; to guests of the firm's
        workspace, who may be anybody's, never.
        """
        if profile.is_guest and client.is_firm:
            return False
        if message.is_private:
            return True
        outside = teams - {self._directory.firm_team_id}
        if not outside:
            return client.is_firm
        own = await session.scalars(select(Workspace.team_id).where(Workspace.client_id == client.id))
        return outside <= set(own)

    async def _read(
        self,
        session: ReadSession,
        message: IncomingMessage,
        profile: Profile,
        known: Known,
        teams: frozenset[str],
    ) -> Context:
        person, client, conversation, firm_value = known
        own_documents = await self._may_quote_own(session, message, profile, client, teams)
        earlier = await _earlier(session, message, person, conversation)
        thread = earlier.thread if earlier else ()
        only_person, ticket, settled = True, None, None
        joined: tuple[str, ...] = ()
        if conversation is not None:
            thread += await transcript.as_thread(session, conversation.id, but=message.joins)
            joined = await transcript.said_at(session, conversation.id, message.joins)
            only_person = await transcript.people_in(session, conversation.id) <= {person.id}
            ticket = await tickets.open_for(session, conversation.id)
            settled = None if ticket else await self._settled(session, conversation, person, client)
        if ticket is None and earlier is not None and earlier.conversation.is_private:
            # What goes on with a conversation that a consultant has is theirs to read.
            ticket = await tickets.open_for(session, earlier.conversation.id)
        return Context(
            message=message,
            profile=profile,
            person=person,
            client=client,
            firm=firm.profile_of(firm_value),
            conversation=conversation,
            thread=thread,
            ticket=ticket,
            only_person=only_person,
            own_documents=own_documents,
            earlier=earlier,
            settled=settled,
            joined=joined,
        )

    async def _settled(
        self, session: ReadSession, conversation: Conversation, person: Person, client: Client
    ) -> Ticket | None:
        ticket = await settled_for(session, conversation.id, now=self._clock())
        return ticket if ticket and speaks_for_client(ticket, person, client) else None

    async def _meet(self, profile: Profile) -> None:
        """Store a person met for the first time, and tell the desk of a client met with them."""
        now, firm_team = self._clock(), self._directory.firm_team_id
        async with self._database.unit_of_work() as session:
            firm_profile = await firm.read_profile(session)
            firm_name = firm_profile.name or profile.team_name
            _person, client, is_new = await people.meet(
                session, profile, firm_team_id=firm_team, firm_name=firm_name, now=now
            )
            if is_new and firm_profile.desk_channel is not None:
                target = {"channel": firm_profile.desk_channel}
                await outbox.add(
                    session,
                    team_id=firm_team,
                    lane=f"{firm_team}:{firm_profile.desk_channel}",
                    kind="new_client",
                    payload={"client_id": client.id, "workspace": profile.team_name, "target": target},
                    now=now,
                )


async def _known(session: ReadSession, message: IncomingMessage, profile: Profile) -> Known | None:
    """Return the writer, their client, the conversation if there is one, and the firm's profile as stored."""
    place = message.place
    given = {"held_in": place.team_id, "channel": place.channel, "thread_ts": place.thread_ts}
    writer = {"team_id": profile.team_id, "user_id": profile.user_id}
    found = (await session.execute(_KNOWN, {**given, **writer})).first()
    return None if found is None else (found[0], found[1], found[2], found[3])


async def _earlier(
    session: ReadSession, message: IncomingMessage, person: Person, conversation: Conversation | None
) -> Earlier | None:
    """Return what the message goes on with: what its conversation does, or else what it reads like."""
    if message.alone:
        return None
    if conversation is not None:
        return await follow_up.of(session, conversation, person.id)
    return await follow_up.find(session, message, person.id)
