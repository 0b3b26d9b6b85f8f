"""Where a message stands in Slack."""

from dataclasses import dataclass

from bot.engagement.models import Ticket


@dataclass(frozen=True)
class Spot:
    """A message in Slack: `team_id` is the workspace we see it from."""

    team_id: str
    channel: str
    ts: str


def card_spot(ticket: Ticket, firm_team_id: str) -> Spot | None:
    """Return where a ticket's card stands; None until it is posted."""
    if not ticket.card_channel or not ticket.card_ts:
        return None
    return Spot(firm_team_id, ticket.card_channel, ticket.card_ts)
