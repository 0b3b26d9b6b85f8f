"""What scenarios set up and read: clients of known size, when all is quiet, and the parts of a message."""

import asyncio
from typing import Any

from sqlalchemy import func, select

from bot.clock import utc_now
from bot.database import Database
from bot.delivery.models import InboxItem, OutboxItem, WorkState
from bot.engagement import clients
from bot.engagement.models import Person, Role
from emulator import sample
from emulator.testing import LocalWorkspace
from emulator.transcript import transcript
from knowledge.types import OrgSize

Json = dict[str, Any]
POLL_SECONDS = 0.02
# Put between the parts of a bare domain, so that Slack makes no link of it; nobody reads it.
WORD_JOINER = "\u2060"
IT_SUPPORT = "Quay Computers, 01632 960100"


async def with_sizes(database: Database) -> None:
    """Ana and Carl (CIO) work at a small client; Ben's and Bella's workspace is a large one."""
    now = utc_now()
    async with database.unit_of_work() as session:
        small = await clients.add(
            session, "Small Bakery", now=now, org_size=OrgSize.SMALL, it_support=IT_SUPPORT
        )
        large = await clients.add(session, "Large Housing", now=now, org_size=OrgSize.LARGE)
        await clients.link_workspace(session, sample.CLIENT, "Client Company", large, now=now)
        for team, user, client, role in (
            (sample.FIRM, sample.ANA, small, Role.STAFF),
            (sample.FIRM, sample.CARL, small, Role.CIO),
            (sample.CLIENT, sample.BELLA, large, Role.CIO),
        ):
            session.add(
                Person(team_id=team, user_id=user, client_id=client.id, name=user, role=role, created_at=now)
            )


async def settled(slack: LocalWorkspace, store: Database, seconds: float = 60) -> None:
    """Wait until nothing is on its way between the workspace and the bot, or in it.

    Then whatever was to be said has been said, so that silence is proved and not slept through.
    """
    deadline = asyncio.get_running_loop().time() + seconds
    while not await _is_quiet(slack, store):
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError(f"not quiet after {seconds} s\n{transcript(slack.runtime)}")
        await asyncio.sleep(POLL_SECONDS)


async def _is_quiet(slack: LocalWorkspace, store: Database) -> bool:
    """Work goes from events and presses to rows: looked at in that order, and nothing came in between."""
    before = _delivered(slack)
    if _at_the_door(slack) or await _waiting(store):
        return False
    return not _at_the_door(slack) and _delivered(slack) == before


def _delivered(slack: LocalWorkspace) -> int:
    return len(slack.runtime.hubs[slack.definition.app.id].delivered)


def _at_the_door(slack: LocalWorkspace) -> bool:
    """Whether an event is not acknowledged yet, or a listener goes on after its acknowledgement."""
    if slack.events_on_the_way:
        return True
    # Bolt runs what follows an acknowledgement as a task of its own.
    running = (getattr(task.get_coro(), "__qualname__", "") for task in asyncio.all_tasks())
    return any("run_ack_function_asynchronously" in name for name in running)


async def _waiting(store: Database) -> int:
    # In one statement: what leaves one table for the other must not be missed between two looks.
    counts = [
        select(func.count()).select_from(table).where(table.state == WorkState.WAITING).scalar_subquery()
        for table in (InboxItem, OutboxItem)
    ]
    async with store.read() as session:
        return await session.scalar(select(counts[0] + counts[1])) or 0


def shown(message: Json) -> str:
    """Everything a person reads in a message, in order."""
    text = "\n".join(_texts(message.get("blocks") or [{"text": message["text"]}]))
    return text.replace(WORD_JOINER, "")


def _texts(node: Any) -> list[str]:
    if isinstance(node, list):
        return [text for child in node for text in _texts(child)]
    if not isinstance(node, dict):
        return []
    own = [node["text"]] if isinstance(node.get("text"), str) else []
    return own + [text for key, child in node.items() if key != "text" or not own for text in _texts(child)]


def elements(node: Any) -> list[Json]:
    """Every element of a message or view that can be used, in order."""
    if isinstance(node, list):
        return [found for child in node for found in elements(child)]
    if not isinstance(node, dict):
        return []
    own = [node] if "action_id" in node else []
    return own + [found for child in node.values() for found in elements(child)]


def action_ids(message: Json) -> list[str]:
    """The action ids of every element of a message."""
    return [element["action_id"] for element in elements(message.get("blocks"))]
