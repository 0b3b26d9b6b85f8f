"""What the agent surface remembers: sessions of threads, suggested prompts, what each person looks at."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from emulator import limits
from emulator.clock import Clock
from emulator.wire import Json


class SessionStatus(StrEnum):
    """The states of a session; their order is Slack's."""

    ACTIVE = "active"
    PROCESSING = "processing"
    SUSPENDED = "suspended"
    CLOSED = "closed"


@dataclass
class Session:
    """The one slot that a thread has for an app: status, title and, by the legacy method, a line of words."""

    app_id: str
    team_id: str
    channel: str
    thread_ts: str
    initiator: str | None = None
    title: str = ""
    chosen: SessionStatus = SessionStatus.ACTIVE
    chosen_at: float = 0.0
    words: str = ""

    def choose(self, status: SessionStatus, now: float, words: str = "") -> None:
        """Set the status; `words` only come with the legacy method, which lasts two minutes."""
        self.chosen, self.chosen_at, self.words = status, now, words

    def status(self, now: float) -> SessionStatus:
        """The status at `now`: processing falls back to active after an hour, with words after 2 minutes."""
        life = limits.LEGACY_STATUS_SECONDS if self.words else limits.SESSION_PROCESSING_SECONDS
        is_over = self.chosen is SessionStatus.PROCESSING and now - self.chosen_at > life
        return SessionStatus.ACTIVE if is_over else self.chosen

    def line(self, now: float) -> str:
        """The legacy words while they last."""
        return self.words if self.status(now) is SessionStatus.PROCESSING else ""


@dataclass(frozen=True)
class Prompts:
    """Suggested prompts as they were set last."""

    prompts: tuple[Json, ...] = ()
    title: str = ""


@dataclass
class AgentSurface:
    """Everything around agents that is no message; `off_in` names teams that switched the feature off."""

    clock: Clock
    sessions: dict[tuple[str, str, str], Session] = field(default_factory=dict)
    prompts: dict[str, Prompts] = field(default_factory=dict)
    attention: dict[str, list[Json]] = field(default_factory=dict)
    off_in: set[str] = field(default_factory=set)

    def find(self, channel: str, thread_ts: str, app_id: str) -> Session | None:
        """The session of one app in a thread."""
        return self.sessions.get((channel, thread_ts, app_id))

    def open(self, session: Session) -> Session:
        """The session of that thread, which `session` becomes when there is none yet."""
        return self.sessions.setdefault((session.channel, session.thread_ts, session.app_id), session)

    def in_channel(self, channel: str, app_id: str) -> list[Session]:
        """Sessions of one app in a conversation, oldest first."""
        return [each for each in self.sessions.values() if (each.channel, each.app_id) == (channel, app_id)]

    def offered(self, channel: str) -> Prompts:
        """Prompts shown above the composer of a direct message."""
        return self.prompts.get(channel, Prompts())

    def context(self, user_id: str) -> Json:
        """What the person looks at, as events carry it: empty when there is nothing."""
        entities = self.attention.get(user_id)
        return {"entities": [dict(each) for each in entities]} if entities else {}
