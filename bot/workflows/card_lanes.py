"""In which lane what concerns a ticket's card is sent: each card's thread in its own, beside the others.

Until the card stands everything of the desk's channel is in one lane, so that nothing comes before its card.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from bot.database import ReadSession, Session
from bot.delivery import outbox
from bot.delivery.lanes import ring_after_commit
from bot.delivery.models import OutboxItem, WorkState
from bot.engagement import firm
from bot.engagement.desk_models import Carried
from bot.engagement.models import Ticket

CARD_UPDATE = "card_update"
# The card as `card_update` shows it, where only what was said is new: no Home says that.
CARD_WORDS = "card_words"
REFRESHES = frozenset({CARD_UPDATE, CARD_WORDS})


def below(firm_team_id: str, channel: str, card_ts: str | None) -> str:
    """Return the lane of what is written below a card."""
    return f"{firm_team_id}:{channel}:{card_ts}" if card_ts else f"{firm_team_id}:{channel}"


def of_card(firm_team_id: str, channel: str, card_ts: str | None) -> str:
    """Return the lane in which a card is brought up to date: no message below it waits for that."""
    lane = below(firm_team_id, channel, card_ts)
    return f"{lane}:card" if card_ts else lane


async def lane_for(session: Session, ticket: Ticket, kind: str, firm_team_id: str) -> str | None:
    """Return the lane for something about a ticket's card; None while there is no desk."""
    if ticket.card_ts is None:
        # Held, or the card could be recorded while this is written, and what follows overtake it.
        await session.refresh(ticket, ["card_channel", "card_ts"], with_for_update=True)
    channel = ticket.card_channel or (await firm.read_profile(session)).desk_channel
    if channel is None:
        return None
    lane = of_card if kind in REFRESHES else below
    return lane(firm_team_id, channel, ticket.card_ts)


async def write_on_card(
    session: Session, ticket: Ticket, kind: str, values: dict[str, Any], *, firm_team_id: str, now: datetime
) -> None:
    """Queue a message for the thread of the ticket's card, which only the desk reads, or the card anew."""
    # What was pressed before the card was recorded waits for it.
    lane = await lane_for(session, ticket, kind, firm_team_id)
    if lane is None:
        return
    outbox.put(
        session,
        team_id=firm_team_id,
        lane=lane,
        kind=kind,
        payload={"ticket_id": ticket.id, **values},
        now=now,
        patient=kind == CARD_WORDS,
    )
    await session.flush()


async def card_stands(session: Session, ticket: Ticket, team_id: str, channel: str, ts: str) -> None:
    """Keep where a ticket's card stands; what waited behind it goes on in the lanes of that card."""
    ticket.card_channel, ticket.card_ts = channel, ts
    for row in await _waiting(session, ticket, below(team_id, channel, None)):
        lane = of_card if row.kind in REFRESHES else below
        row.lane = lane(team_id, channel, ts)
        ring_after_commit(session, row)


async def card_is_gone(session: Session, ticket: Ticket, item: OutboxItem) -> None:
    """Forget where a card stood; what waited below it waits in the channel's lane, before the next card.

    `item` found it gone, and is the one of that lane being worked.
    """
    channel, ts = ticket.card_channel, ticket.card_ts
    ticket.card_channel = ticket.card_ts = None
    if channel is None or item.lane != below(item.team_id, channel, ts):
        return
    for row in await _waiting(session, ticket, item.lane):
        if row.id != item.id:
            row.lane = below(item.team_id, channel, None)
            ring_after_commit(session, row)


async def _waiting(session: Session, ticket: Ticket, lane: str) -> list[OutboxItem]:
    """Return what waits for a ticket in a lane, oldest first."""
    carried = select(Carried.id).where(Carried.ticket_id == ticket.id)
    rows = await session.scalars(
        select(OutboxItem)
        .where(OutboxItem.lane == lane, OutboxItem.state == WorkState.WAITING, OutboxItem.kind != "card")
        .where(
            or_(
                OutboxItem.payload["ticket_id"].as_integer() == ticket.id,
                OutboxItem.payload["carried_id"].as_integer().in_(carried),
            )
        )
        .order_by(OutboxItem.id)
    )
    return list(rows)


async def shown_with(session: ReadSession, item: OutboxItem) -> list[OutboxItem]:
    """Return the refreshes waiting behind one: what it shows from now on is what they would show.

    An update is not shown with words alone, as Homes follow an update.
    """
    kinds = REFRESHES if item.kind == CARD_UPDATE else {CARD_WORDS}
    rows = await session.scalars(
        select(OutboxItem)
        .where(OutboxItem.lane == item.lane, OutboxItem.state == WorkState.WAITING, OutboxItem.id > item.id)
        .where(OutboxItem.kind.in_(kinds))
        .where(OutboxItem.payload["ticket_id"].as_integer() == item.payload["ticket_id"])
    )
    return list(rows)
