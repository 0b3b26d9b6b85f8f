"""Who is told of a promise: a ticket's consultant, then the lead, then the partner."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.database import ReadSession, Session
from bot.engagement.desk_models import Consultant, DeskRole
from bot.engagement.models import Client, Ticket

Rungs = tuple[frozenset[str], frozenset[str], frozenset[str]]


@dataclass(frozen=True)
class Team:
    """The desk's members by user id, with the leads and partners among them and who is away.

    `zones` holds the time zones that are known of them.
    """

    team_id: str
    members: frozenset[str]
    leads: frozenset[str]
    partners: frozenset[str]
    away: frozenset[str]
    zones: Mapping[str, str]

    def rungs(self, ticket: Ticket, client: Client) -> Rungs:
        """Return who is told first, second and third: consultant, leads, partners.

        While nobody has claimed a ticket, its client's own consultant stands for one, or their deputy.
        """
        first = [user for user in (ticket.claimed_by, client.lead, client.deputy) if user in self.members]
        present = [user for user in first if user not in self.away]
        consultant = frozenset((present or first)[:1])
        return consultant, self._present(self.leads), self._present(self.partners)

    def _present(self, people: frozenset[str]) -> frozenset[str]:
        """Leave out who is away, unless all are: somebody must know."""
        return people - self.away or people


async def read_team(
    session: ReadSession | Session,
    team_id: str,
    *,
    members: frozenset[str],
    admins: frozenset[str],
    zones: Mapping[str, str],
    now: datetime,
) -> Team:
    """Return the desk as it is now.

    Leads are the admins among its members until a lead is named, and everybody where there is neither; where
    no partner is named, the leads are.
    """
    known = {row.user_id: row for row in await session.scalars(select(Consultant)) if row.user_id in members}

    def named(role: DeskRole) -> frozenset[str]:
        return frozenset(user for user, row in known.items() if row.role is role)

    leads = named(DeskRole.LEAD) or admins & members or members
    return Team(
        team_id=team_id,
        members=members,
        leads=leads,
        partners=named(DeskRole.PARTNER) or leads,
        away=frozenset(user for user, row in known.items() if row.away_until and row.away_until > now),
        zones={**zones, **{user: row.timezone for user, row in known.items() if row.timezone}},
    )
