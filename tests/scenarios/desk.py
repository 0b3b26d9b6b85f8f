"""What scenarios set up and read: clients of known size, and the parts of a message."""

from typing import Any

from bot.clock import utc_now
from bot.database import Database
from bot.engagement import clients
from bot.engagement.models import Person, Role
from emulator import sample
from knowledge.types import OrgSize

Json = dict[str, Any]


async def with_sizes(database: Database) -> None:
    """Ana and Carl (CIO) work at a small client; Ben's and Bella's workspace is a large one."""
    now = utc_now()
    async with database.unit_of_work() as session:
        small = await clients.add(
            session, "Small Bakery", now=now, org_size=OrgSize.SMALL, it_support="Quay Computers, 01632 960100"
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


def shown(message: Json) -> str:
    """Everything a person reads in a message, in order."""
    return "\n".join(_texts(message.get("blocks") or [{"text": message["text"]}]))


def _texts(node: Any) -> list[str]:
    if isinstance(node, list):
        return [text for child in node for text in _texts(child)]
    if not isinstance(node, dict):
        return []
    own = [node["text"]] if isinstance(node.get("text"), str) else []
    return own + [text for key, child in node.items() if key != "text" or not own for text in _texts(child)]


def action_ids(message: Json) -> list[str]:
    """The action ids of every element of a message."""
    return [found for block in message.get("blocks") or [] for found in _action_ids(block)]


def _action_ids(node: Any) -> list[str]:
    if isinstance(node, list):
        return [found for child in node for found in _action_ids(child)]
    if not isinstance(node, dict):
        return []
    own = [node["action_id"]] if "action_id" in node else []
    return own + [found for child in node.values() for found in _action_ids(child)]
