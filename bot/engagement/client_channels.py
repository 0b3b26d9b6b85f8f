"""The channels that belong to a client, in each of which we introduce ourselves once."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from bot.database import ReadSession, Session
from bot.engagement.models import Client
from bot.engagement.work_models import ClientChannel
from bot.errors import AdvisoryError
from bot.first_writes import find_or_add

Place = tuple[str, str]


async def channels_of(session: ReadSession | Session, client_id: int) -> list[ClientChannel]:
    """Return a client's channels, in the order they became known."""
    query = select(ClientChannel).where(ClientChannel.client_id == client_id)
    return list(await session.scalars(query.order_by(ClientChannel.created_at, ClientChannel.channel)))


async def keep_channels(
    session: Session, client: Client, places: Iterable[Place], *, now: datetime
) -> tuple[list[Place], list[Place]]:
    """Make `places` (workspace and channel) the client's channels; return the new ones and those taken away.

    A channel is known by its id, through whichever workspace. Raises `AdvisoryError` for one of another
    client.
    """
    wanted = {channel: (team, channel) for team, channel in places}
    known = {row.channel: row for row in await channels_of(session, client.id)}
    fresh = [wanted[channel] for channel in wanted if channel not in known]
    gone = [(row.team_id, channel) for channel, row in known.items() if channel not in wanted]
    for place in fresh:
        await _require_free(session, place)
        team, channel = place
        key = {"team_id": team, "channel": channel}
        row, _new = await find_or_add(session, ClientChannel, key, client_id=client.id, created_at=now)
        if row.client_id != client.id:
            # Somebody gave it to another client a moment ago.
            await _require_free(session, place)
    for place in gone:
        await session.delete(known[place[1]])
    await session.flush()
    return fresh, gone


async def _require_free(session: Session, place: Place) -> None:
    query = select(Client.name).join(ClientChannel, ClientChannel.client_id == Client.id)
    holder = await session.scalar(query.where(ClientChannel.channel == place[1]).limit(1))
    if holder is not None:
        raise AdvisoryError(f"The channel {place[1]!r} belongs to {holder}: take it away there first.")


def written(row: ClientChannel) -> str:
    """Return a channel as the terminal shows and takes it."""
    return f"{row.team_id}/{row.channel}" if row.team_id else row.channel
