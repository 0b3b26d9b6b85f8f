"""Installations under way: a state is good once, for ten minutes, and only its hash is kept."""

import hashlib
import logging
import secrets
from datetime import timedelta

from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from sqlalchemy import delete

from bot.clock import Clock, utc_now
from bot.database import Database
from bot.engagement.installs import OAuthState

GOOD_FOR = timedelta(minutes=10)


class OAuthStates(AsyncOAuthStateStore):
    """Slack's interface of such a store, on our database."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    @property
    def logger(self) -> logging.Logger:
        """The SDK asks for one."""
        return logging.getLogger("slack_bolt.vcio")

    async def async_issue(self, *_args: object, **_named: object) -> str:
        """Return a new state; those that were never used are swept away with it."""
        state, now = secrets.token_urlsafe(32), self._clock()
        async with self._database.unit_of_work() as session:
            await session.execute(delete(OAuthState).where(OAuthState.expires_at <= now))
            session.add(OAuthState(state_hash=_hash(state), expires_at=now + GOOD_FOR))
        return state

    async def async_consume(self, state: str) -> bool:
        """Use a state up; false when it was never given, is used already or too old."""
        good = OAuthState.state_hash == _hash(state), OAuthState.expires_at > self._clock()
        async with self._database.unit_of_work() as session:
            used = await session.scalars(delete(OAuthState).where(*good).returning(OAuthState.state_hash))
            return used.one_or_none() is not None


def _hash(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
