"""The desk at work without the methodology: the real socket, outbox and directory on a local workspace."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from bot.answering.models import Conversation
from bot.answering.types import Reason
from bot.clock import utc_now
from bot.database import Database
from bot.delivery.models import InboxItem, OutboxItem, WorkState
from bot.delivery.worker import LaneWorker
from bot.engagement import clients, firm, tickets
from bot.engagement.models import Person, Ticket
from bot.settings import Settings
from bot.slack.connection import build_app, open_socket
from bot.slack.identity import SlackDirectory
from bot.slack.pack_files import PackFiles
from bot.slack.sender import Sender
from bot.slack.shelf import Shelf
from bot.slack.workspaces import open_workspaces
from bot.workflows.escalate import Desk, request_consultant
from bot.workflows.presses import Press
from bot.workflows.tell_parked import TellParked
from emulator import sample
from emulator.testing import LocalWorkspace
from knowledge.types import OrgSize
from tests.scenarios.desk import Json
from tests.scenarios.scene import Scene

QUESTION = "May we keep the backups in the cellar?"


@dataclass
class Office(Scene):
    """A workspace with its desk, and the way to make requests there."""

    directory: SlackDirectory = field(kw_only=True)

    def press(self, user: str, channel: str = sample.DESK, team: str = sample.FIRM) -> Press:
        """A press of somebody of the firm's workspace, on the desk unless said otherwise."""
        return Press(sample.FIRM, team, user, channel)

    async def request(
        self,
        user: str = sample.ANA,
        *,
        channel: str | None = None,
        reason: Reason = Reason.ASKED_FOR_PERSON,
        question: str = QUESTION,
    ) -> Ticket:
        """Have somebody ask for a consultant, in their direct message unless in a channel."""
        where = channel or await self.slack.dm(user)
        root = await self.slack.say(user, where, question)
        now = utc_now()
        async with self.store.unit_of_work() as session:
            person = await session.scalar(select(Person).where(Person.user_id == user))
            assert person is not None
            conversation = Conversation(
                team_id=sample.FIRM,
                channel=where,
                thread_ts=root,
                client_id=person.client_id,
                person_id=person.id,
                is_private=channel is None,
                created_at=now,
            )
            session.add(conversation)
            await session.flush()
            handover = tickets.Handover(conversation.id, None, question, reason)
            desk = Desk(sample.FIRM, frozenset())
            ticket = await request_consultant(
                session,
                person,
                conversation,
                handover,
                desk=desk,
                now=now,
                by_mention=person.team_id != sample.FIRM,
            )
        await self.quiet()
        return await self.ticket(ticket.id)

    async def opens(self, user: str, message: Json, action_id: str, value: str | None = None) -> None:
        """Press a button that opens a form, and wait until it is open."""
        await self.slack.press(user, message, action_id, value)
        await self.quiet()

    async def sends(self, user: str, values: Json) -> Json:
        """Send the form that is open; return the errors at its fields."""
        result = await self.slack.submit(user, values)
        await self.quiet()
        errors: Json = result.get("errors") or {}
        return errors

    async def ticket(self, ticket_id: int) -> Ticket:
        """The ticket as it stands now."""
        async with self.store.read() as session:
            return await session.get_one(Ticket, ticket_id)

    async def conversation(self, ticket: Ticket) -> Conversation:
        """The conversation of a ticket."""
        async with self.store.read() as session:
            return await session.get_one(Conversation, ticket.conversation_id)

    async def told(self, ticket: Ticket) -> list[str]:
        """The notifications of what the client of a ticket was told in its conversation."""
        held = await self.conversation(ticket)
        return [each["text"] for each in self.bot_replies(held.channel, held.thread_ts)]

    async def changed(self, ticket: Ticket, **values: object) -> None:
        """Set columns of a ticket, as time would."""
        async with self.store.unit_of_work() as session:
            row = await session.get_one(Ticket, ticket.id)
            for name, value in values.items():
                setattr(row, name, value)


async def with_people(database: Database, now: datetime) -> None:
    """Ana and Carl work at one client, Ben at another; the firm has its desk."""
    async with database.unit_of_work() as session:
        await firm.change_profile(
            session,
            name="Northgate",
            desk_channel=sample.DESK,
            timezone="Europe/London",
            hours="Mon-Fri 9-17",
        )
        bakery = await clients.add(session, "Small Bakery", now=now, org_size=OrgSize.SMALL)
        housing = await clients.add(session, "Large Housing", now=now, org_size=OrgSize.LARGE)
        await clients.link_workspace(session, sample.CLIENT, "Client Company", housing, now=now)
        for team, user, name, client in (
            (sample.FIRM, sample.ANA, "Ana Alves", bakery),
            (sample.FIRM, sample.CARL, "Carl Chen", bakery),
            (sample.CLIENT, sample.BEN, "Ben Brook", housing),
        ):
            session.add(Person(team_id=team, user_id=user, client_id=client.id, name=name, created_at=now))


@asynccontextmanager
async def opened(slack: LocalWorkspace, settings: Settings, database: Database) -> AsyncIterator[Office]:
    """An office that hears of presses and sends what is queued."""
    await with_people(database, utc_now())
    workspaces = open_workspaces(settings, database)
    pool, directory = workspaces.pool, workspaces.directory
    await pool.introduce()
    await workspaces.begin()
    sender = Sender(database, pool, directory)
    parked = TellParked(directory).message
    send = PackFiles(database, pool).around(sender.handle)
    outgoing = LaneWorker(database, OutboxItem, send, owner="test", on_parked=parked)
    # Nobody answers here: what people write is only taken.
    incoming = LaneWorker(database, InboxItem, _leave, owner="test", on_parked=TellParked(directory).question)
    assert settings.slack_app_token is not None
    app = build_app(pool, database, directory, Shelf())
    socket = await open_socket(app, settings.slack_app_token.get_secret_value())
    office = Office(slack, database, directory=directory)
    try:
        await slack.wait_for_connection()
        yield office
    finally:
        await socket.close()
        for worker in (incoming, outgoing):
            await worker.stop()
        await workspaces.close()


@asynccontextmanager
async def quiet(slack: LocalWorkspace, settings: Settings, database: Database) -> AsyncIterator[Office]:
    """An office that only knows its people: what is queued stays queued."""
    await with_people(database, utc_now())
    workspaces = open_workspaces(settings, database)
    await workspaces.pool.introduce()
    await workspaces.begin()
    try:
        yield Office(slack, database, directory=workspaces.directory)
    finally:
        await workspaces.close()


async def _leave(_item: InboxItem) -> None:
    """Do nothing about what came in."""


async def waiting(database: Database, kind: str) -> list[OutboxItem]:
    """What of a kind is queued and not sent."""
    async with database.read() as session:
        found = await session.scalars(
            select(OutboxItem).where(OutboxItem.kind == kind, OutboxItem.state == WorkState.WAITING)
        )
        return list(found)
