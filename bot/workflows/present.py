"""Who of a client's people is still there: an account that was closed decides nothing and reads nothing."""

from collections.abc import Sequence

from bot.database import Database
from bot.engagement.models import Person
from bot.engagement.people import Directory
from bot.workflows.consent_telling import home_of


async def gone_of(database: Database, directory: Directory, people: Sequence[Person]) -> frozenset[int]:
    """Return those whose accounts are closed, by id; asks Slack, so outside any transaction."""
    firm_team = directory.firm_team_id
    async with database.read() as session:
        seen_from = {each.id: await home_of(session, each.team_id, firm_team) for each in people}
    profiles = {
        each.id: await directory.profile(seen_from[each.id], each.user_id, each.team_id) for each in people
    }
    return frozenset(number for number, profile in profiles.items() if profile.is_gone)
