"""Whether the assistant can write to somebody in private, and through which workspace's app."""

from bot.database import ReadSession, Session
from bot.engagement.installs import Installation
from bot.engagement.models import Person


async def written_from(session: ReadSession | Session, person: Person, firm_team_id: str) -> str | None:
    """Return the workspace whose app can write to a person directly; None on the other side of a channel.

    People of the firm's workspace have its app, others that of their own workspace where it is installed.
    """
    if person.team_id == firm_team_id:
        return firm_team_id
    installed = await session.get(Installation, person.team_id)
    return person.team_id if installed is not None and installed.gone_at is None else None
