"""One streaming message: what was sent so far, in which order, and whether more may come."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from emulator import limits
from emulator.markdown_text import to_mrkdwn
from emulator.wire import Json, new_id


class StreamState(StrEnum):
    """Where a stream is in its life."""

    OPEN = "open"
    STOPPED_BY_USER = "stopped_by_user"
    EXPIRED = "expired"
    FINISHED = "finished"


@dataclass
class Stream:
    """The parts of a streaming message; times are seconds of the workspace's clock.

    `parts` holds markdown blocks, chunk blocks and task cards in the order they came; `recipient` is the one
    person of a channel who sees it grow, None in a direct message.
    """

    started_at: float
    recipient: str | None = None
    display_mode: str = "timeline"
    markdown: str = ""
    parts: list[Json] = field(default_factory=list)
    tasks: dict[str, Json] = field(default_factory=dict)
    plan_title: str = ""
    chunk_blocks: int = 0
    first_text: str = ""
    stopped_by: str | None = None
    is_finished: bool = False

    def state(self, now: float) -> StreamState:
        """The state at `now`; nobody may add to a stream older than five minutes."""
        if self.is_finished:
            return StreamState.FINISHED
        if now - self.started_at > limits.STREAM_LIFE_SECONDS:
            return StreamState.EXPIRED
        return StreamState.STOPPED_BY_USER if self.stopped_by else StreamState.OPEN

    def add_markdown(self, text: str) -> None:
        """Continue the text; it is one block as long as nothing else comes between."""
        if not text:
            return
        self.markdown += text
        if not self.parts or self.parts[-1]["type"] != "markdown":
            self.parts.append({"type": "markdown", "block_id": new_id("b")[:9], "text": ""})
        self.parts[-1]["text"] += text

    def add_blocks(self, blocks: list[Json]) -> None:
        """Blocks of a chunk."""
        self.chunk_blocks += len(blocks)
        self.parts += blocks

    def put_task(self, card: Json) -> None:
        """A new task card, or the new state of one already shown."""
        task_id = str(card["task_id"])
        if task_id in self.tasks:
            self.tasks[task_id].update({name: value for name, value in card.items() if name != "block_id"})
            return
        self.tasks[task_id] = card
        if self.display_mode == "timeline":
            self.parts.append(card)

    def blocks(self) -> list[Json]:
        """The message's blocks so far; a plan stands above everything else."""
        if self.display_mode != "plan" or not self.tasks:
            return list(self.parts)
        plan = {"type": "plan", "block_id": "plan", "title": self.plan_title or "Plan"}
        return [plan | {"tasks": list(self.tasks.values())}, *self.parts]

    def text(self) -> str:
        """The message's text so far, in Slack's own markup."""
        return to_mrkdwn(self.markdown)
