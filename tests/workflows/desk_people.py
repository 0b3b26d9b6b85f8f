"""A firm's people as a table: what workflows ask Slack for, told by a test."""

from dataclasses import dataclass

from bot.engagement.people import Profile
from bot.workflows.presses import Press

FIRM = "T01FIRM"
LEAD, DEV, ELIF, ANA = "U01LEAD", "U01DEV", "U01ELIF", "U01ANA"


@dataclass(frozen=True)
class People:
    """Lead is an admin on the desk, Dev and Elif are consultants, all others people of the workspace."""

    members: frozenset[str] = frozenset({LEAD, DEV, ELIF})
    firm_team_id: str = FIRM

    async def profile(self, team_id: str, user_id: str, actor_team_id: str = "") -> Profile:
        name = user_id[3:].capitalize()
        return Profile(team_id, user_id, name, "The Firm", is_admin=user_id == LEAD, timezone="Europe/London")

    async def teams_in(self, team_id: str, channel: str) -> frozenset[str]:
        return frozenset({team_id})

    async def consultants(self) -> frozenset[str]:
        return self.members

    async def admins(self) -> frozenset[str]:
        return frozenset({LEAD})


def press(user: str, team: str = FIRM, channel: str = "") -> Press:
    return Press(team, team, user, channel)
