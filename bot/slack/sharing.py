"""Channels that several workspaces with our app share: one question, one conversation, one answer."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from bot.answering.models import Conversation
from bot.answering.transcript import Place
from bot.database import Database
from bot.delivery.models import InboxItem
from bot.slack.client_pool import ClientPool
from bot.slack.payloads import mentioned
from bot.workflows.arrivals import IncomingMessage


class SharedChannels:
    """Finds the installation that a message belongs to, whichever of them Slack told of it."""

    def __init__(self, pool: ClientPool, database: Database) -> None:
        self._pool = pool
        self._database = database

    async def settle(self, body: dict[str, Any], message: IncomingMessage) -> IncomingMessage:
        """Return the message with the workspace that answers it.

        That is the one engaged in its thread already, else the one whose bot is named, else the one told.
        """
        if len(self._pool.teams) < 2:
            return message
        team = await self.engaged_team(message.channel, message.thread_ts) if message.thread_ts else None
        team = team or self._named_team(body, message.team_id)
        return replace(message, team_id=team or message.team_id)

    async def engaged_team(self, channel: str, thread_ts: str) -> str | None:
        """Return which of our workspaces has a conversation in a thread; None while there is none."""
        teams = self._pool.teams
        if len(teams) < 2:
            return next(iter(teams), None)
        lanes = {Place(team, channel, thread_ts).lane: team for team in teams}
        async with self._database.read() as session:
            conversation = await session.scalar(
                select(Conversation.team_id)
                .where(Conversation.channel == channel, Conversation.thread_ts == thread_ts)
                .where(Conversation.team_id.in_(teams))
                .order_by(Conversation.id)
                .limit(1)
            )
            if conversation is not None:
                return conversation
            lane = await session.scalar(
                select(InboxItem.lane).where(InboxItem.lane.in_(lanes)).order_by(InboxItem.id).limit(1)
            )
        return lanes[lane] if lane else None

    def _named_team(self, body: dict[str, Any], told: str) -> str | None:
        named = {self._pool.team_of_bot(user) for user in mentioned(body["event"])} - {None}
        return None if told in named else min(named, default=None, key=str)
