"""Who is on the desk right now, and what of it somebody may do: asked of Slack outside any transaction."""

import asyncio
from dataclasses import dataclass

from bot.database import ReadSession, Session
from bot.engagement import consultants
from bot.engagement.people import Directory
from bot.errors import AdvisoryError
from bot.workflows.presses import Press

ONLY_DESK = "Only consultants on the desk can do this. Ask one of them to add you to the desk channel."
ONLY_LEADS = (
    "Only a lead can do this. Leads are the workspace's admins on the desk, until a lead names others."
)


@dataclass(frozen=True)
class OnDesk:
    """The full members of the desk, and those among them who administer the firm's workspace."""

    firm_team_id: str
    members: frozenset[str] = frozenset()
    admins: frozenset[str] = frozenset()

    async def may_lead(self, session: ReadSession | Session, user_id: str) -> bool:
        """Whether somebody may do what a lead may."""
        rows = await consultants.everyone(session)
        return consultants.may_lead(user_id, rows, self.members, self.admins)


async def who_is_on_desk(directory: Directory) -> OnDesk:
    """Return who is on the desk; raises `DeliveryError` when Slack does not say.

    Each member's own profile tells whether they are an admin: a list of admins that could not be read would
    look like a desk without one, where everybody may lead.
    """
    members, team = await directory.consultants(), directory.firm_team_id
    profiles = await asyncio.gather(*(directory.profile(team, user) for user in sorted(members)))
    return OnDesk(team, members, frozenset(each.user_id for each in profiles if each.is_admin))


async def require_consultant(directory: Directory, press: Press) -> OnDesk:
    """Return the desk of a consultant who pressed something; raises `AdvisoryError` for anybody else."""
    desk = await who_is_on_desk(directory)
    if press.actor_team_id != desk.firm_team_id or press.user_id not in desk.members:
        raise AdvisoryError(ONLY_DESK)
    return desk
