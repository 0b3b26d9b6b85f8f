"""Move a ticket on: for now, a consultant claims it."""

from dataclasses import dataclass
from datetime import datetime

from bot.answering.models import Conversation
from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery import outbox
from bot.engagement import firm, tickets
from bot.engagement.models import Person, Ticket
from bot.engagement.people import Directory
from bot.errors import AdvisoryError
from bot.workflows.presses import NOT_YOURS, Press, reply_lane, reply_target

ONLY_CONSULTANTS = (
    "Only consultants on the desk can claim a request. Ask one of them to add you to the desk channel."
)


@dataclass(frozen=True)
class Claimed:
    """How a press on *Claim* ended: `by_name` is who has the ticket now, `is_theirs` if the presser."""

    is_theirs: bool
    by_name: str


class AdvanceTicket:
    """The use case behind *Claim*."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def claim(self, press: Press, ticket_id: int) -> Claimed:
        """Give the ticket to the presser, or say who was first.

        Raises `AdvisoryError` when the presser is no consultant or the card does not stand there.
        """
        return await self._claim(press, ticket_id, at_card=True)

    async def claim_from_home(self, press: Press, ticket_id: int) -> Claimed:
        """Do the same for a press on Home, which stands in no channel; raises `AdvisoryError` likewise."""
        return await self._claim(press, ticket_id, at_card=False)

    async def _claim(self, press: Press, ticket_id: int, *, at_card: bool) -> Claimed:
        is_consultant = press.actor_team_id == self._directory.firm_team_id
        if not is_consultant or press.user_id not in await self._directory.consultants():
            raise AdvisoryError(ONLY_CONSULTANTS)
        profile = await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)
        now = self._clock()
        async with self._database.unit_of_work() as session:
            ticket = await session.get(Ticket, ticket_id)
            desk = (await firm.read_profile(session)).desk_channel
            # A press can overtake the record of where the card was posted.
            misplaced = ticket and at_card and press.channel != (ticket.card_channel or desk)
            if ticket is None or misplaced or not (at_card or desk):
                raise AdvisoryError(NOT_YOURS)
            won = await tickets.claim(session, ticket_id, user_id=press.user_id, name=profile.name, now=now)
            await session.refresh(ticket)
            if won:
                await self._tell(session, ticket, now)
            # A second press of the holder's own is no lost race.
            return Claimed(ticket.claimed_by == press.user_id, ticket.claimed_name or profile.name)

    async def _tell(self, session: Session, ticket: Ticket, now: datetime) -> None:
        conversation = await session.get_one(Conversation, ticket.conversation_id)
        person = await session.get_one(Person, ticket.person_id)
        firm_team = self._directory.firm_team_id
        await outbox.add(
            session,
            team_id=conversation.team_id,
            lane=reply_lane(conversation, person.user_id),
            kind="claimed",
            payload={
                "ticket_id": ticket.id,
                "user_id": person.user_id,
                "target": reply_target(conversation, person.user_id),
            },
            now=now,
        )
        await outbox.add(
            session,
            team_id=firm_team,
            lane=f"{firm_team}:{ticket.card_channel}",
            kind="card_update",
            payload={"ticket_id": ticket.id},
            now=now,
        )
