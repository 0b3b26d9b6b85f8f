"""A template or table as a file: asked for by a button, sent to the presser's direct messages once."""

import hashlib
from dataclasses import dataclass
from typing import Any

from bot.answering.handouts import FileKind
from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery import outbox
from bot.delivery.inbox import Arrival, accept
from bot.delivery.lanes import ONCE, finish
from bot.engagement.people import Directory
from bot.errors import AdvisoryError
from bot.workflows.ask import GONE
from bot.workflows.presses import Press

FILE = "file"
FILE_REFUSED = "file_refused"
ALREADY_SENT = "This file is on its way already, or in our direct messages, under Messages."


@dataclass(frozen=True)
class WantedFile:
    """Which section somebody wants, and as what; not its text, which is read when it is sent.

    `filled` is the code of a self-assessment: its tables are wanted with those levels in them.
    """

    scope: str
    slug: str
    section_id: str
    kind: FileKind
    filled: str = ""

    def to_payload(self) -> dict[str, Any]:
        """Return it as an outbox row keeps it; what somebody filled in only until it is sent."""
        wanted = {"scope": self.scope, "slug": self.slug, "section_id": self.section_id, "kind": self.kind}
        return {"wanted": wanted, ONCE: {"filled": self.filled}} if self.filled else {"wanted": wanted}

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> "WantedFile":
        """Return what `to_payload` stored."""
        wanted, filled = payload["wanted"], payload.get(ONCE, {}).get("filled", "")
        kind = FileKind(wanted["kind"])
        return cls(wanted["scope"], wanted["slug"], wanted["section_id"], kind, filled)


class SendFile:
    """The use case behind *Get as a file*; the caller has checked that the presser may read the section."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def directly(self, press: Press, wanted: WantedFile, shown_in: str) -> None:
        """Queue the file for the presser, once for each view or message the button stands in (`shown_in`).

        Raises `AdvisoryError` when it was queued before, and for an account that is closed.
        """
        profile = await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)
        if profile.is_gone:
            raise AdvisoryError(GONE)
        now, user = self._clock(), press.user_id
        async with self._database.unit_of_work() as session:
            # Kept as done at once: the unique key of this row is what a second press meets.
            name = f"file:{press.team_id}:{user}:{_short(wanted, shown_in)}"
            pressed = Arrival(press.team_id, name, f"{press.team_id}:file:{user}", FILE, {})
            item = await accept(session, pressed, now=now)
            if item is None:
                raise AdvisoryError(ALREADY_SENT)
            finish(item, now=now)
            await outbox.add(
                session,
                team_id=press.team_id,
                lane=f"{press.team_id}:dm:{user}",
                kind=FILE,
                payload={**wanted.to_payload(), "user_id": user, "target": {"user": user}},
                now=now,
            )


def _short(wanted: WantedFile, shown_in: str) -> str:
    """Return a name of 20 characters for a file in a place, which together may be longer than a column."""
    named = "\n".join((shown_in, wanted.scope, wanted.slug, wanted.section_id, wanted.kind, wanted.filled))
    return hashlib.sha256(named.encode()).hexdigest()[:20]
