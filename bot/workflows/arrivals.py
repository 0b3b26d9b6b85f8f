"""What came in, translated out of Slack's JSON."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from bot.answering.transcript import Place

# A private command has no thread in Slack; this begins the name of ours.
COMMAND_THREAD = "command:"


@dataclass(frozen=True)
class IncomingFile:
    """A file that came with a message; `file_id` finds it in Slack again."""

    file_id: str
    name: str


@dataclass(frozen=True)
class IncomingMessage:
    """A message that may be for the assistant.

    `team_id` is the workspace where the app is installed, `actor_team_id` the writer's own.
    `addressed` is true in direct messages, on a mention and for a command; `at_others` when it
    names somebody else, `at_assistant` when it names the assistant.
    `answers` is who began the thread it stands in, where that is a person.
    `response_url` is set for a private command, whose answer only its user sees. `by_button` is a question
    asked again by a press: nothing new was written, and it is answered whoever has the conversation.
    `about_ts` and `about_root` (its thread) name the message of somebody a private question repeats.
    `alone` leaves out what was said before; `looking_at` is the channel the writer has open, a hint and no
    permission; `stopped`: they pressed stop before it was answered. `joins` are the ts of what its writer
    sent a moment before in the same thread, to be answered together with it.
    """

    team_id: str
    actor_team_id: str
    user_id: str
    channel: str
    is_private: bool
    ts: str
    thread_ts: str | None
    text: str
    addressed: bool
    at_others: bool = False
    at_assistant: bool = False
    files: tuple[IncomingFile, ...] = ()
    answers: str | None = None
    response_url: str | None = None
    by_button: bool = False
    about_ts: str | None = None
    about_root: str | None = None
    alone: bool = False
    looking_at: str | None = None
    stopped: bool = False
    joins: tuple[str, ...] = ()

    @property
    def opens_direct(self) -> bool:
        """Whether it stands at the bottom of a direct message, in no thread."""
        return self.is_private and self.thread_ts is None and self.response_url is None

    @property
    def place(self) -> Place:
        """The thread the answer belongs to: the message's own when it is at top level."""
        return Place(self.team_id, self.channel, self.thread_ts or self.ts)

    @property
    def target(self) -> dict[str, str]:
        """Where an answer goes, as outbox rows keep it."""
        if self.response_url is not None:
            return {"response_url": self.response_url}
        if self.place.thread_ts.startswith(COMMAND_THREAD):
            return {"user": self.user_id}
        return {"channel": self.channel, "thread_ts": self.thread_ts or self.ts}

    @property
    def outbox_lane(self) -> str:
        """The lane that keeps this channel's messages in order."""
        suffix = self.ts if self.response_url else self.channel
        return f"{self.team_id}:{suffix}"

    def to_payload(self) -> dict[str, Any]:
        """Return it as JSON values for the inbox."""
        return asdict(self)

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """Read it back from the inbox."""
        files = tuple(IncomingFile(**file) for file in payload["files"])
        return cls(**{**payload, "files": files, "joins": tuple(payload.get("joins", ()))})
