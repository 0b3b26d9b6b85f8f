"""Move a ticket on: claimed, given to somebody, joined, handed over, waiting for the client or not."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy.exc import IntegrityError

from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.engagement import audit, firm, promises, states, tickets
from bot.engagement.desk_models import Carried, Colleague, Crossing
from bot.engagement.models import Ticket, TicketState
from bot.engagement.people import Directory, Profile
from bot.errors import AdvisoryError
from bot.workflows.card_lanes import write_on_card
from bot.workflows.desk_door import (
    Member,
    colleague,
    holder,
    let_in,
    require_hand,
    require_held,
    require_reader,
    ticket_at_card,
)
from bot.workflows.presses import NOT_YOURS, Press
from bot.workflows.telling import tell_client, tell_consultant, update_card

HAS_IT = "You have this request yourself."
HAS_JOINED = "You have joined this request already: what you write in its thread reaches the client."


@dataclass(frozen=True)
class Claimed:
    """How a press on *Claim* ended: `by_name` is who has the ticket now, `is_theirs` if the presser."""

    is_theirs: bool
    by_name: str


class AdvanceTicket:
    """The use cases behind the buttons of a card, but for *Resolve*."""

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
        member, now = await let_in(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            if at_card:
                ticket = await ticket_at_card(session, press, ticket_id)
            else:
                ticket = await self._on_home(session, ticket_id)
            name = member.profile.name
            won = await tickets.claim(session, ticket.id, user_id=member.user_id, name=name, now=now)
            await session.refresh(ticket)
            if won:
                await self._taken(session, ticket, now)
            elif not ticket.is_held:
                raise AdvisoryError(states.refusal(ticket, TicketState.CLAIMED))
            # A second press of the holder's own is no lost race.
            return Claimed(ticket.claimed_by == member.user_id, ticket.claimed_name or name)

    async def _on_home(self, session: Session, ticket_id: int) -> Ticket:
        ticket = await session.get(Ticket, ticket_id)
        if ticket is None or (await firm.read_profile(session)).desk_channel is None:
            raise AdvisoryError(NOT_YOURS)
        return ticket

    async def assign(self, press: Press, ticket_id: int, user_id: str) -> None:
        """Give a ticket nobody has to a member of the desk, who hears of it.

        Raises `AdvisoryError` when it is not theirs to give, or somebody has it by now.
        """
        member = await let_in(self._directory, press)
        chosen = await colleague(self._directory, member, user_id)
        now = self._clock()
        async with self._database.unit_of_work() as session:
            ticket = await ticket_at_card(session, press, ticket_id)
            won = await tickets.claim(session, ticket.id, user_id=user_id, name=chosen.name, now=now)
            await session.refresh(ticket)
            if not won:
                raise AdvisoryError(states.refusal(ticket, TicketState.CLAIMED))
            audit.append(
                session, actor=member.user_id, what="assigned", now=now, ticket=ticket, detail=user_id
            )
            await self._taken(session, ticket, now)
            await self._given(session, ticket, member, chosen, "", now)

    async def join(self, press: Press, ticket_id: int) -> None:
        """Let the presser's messages in the card's thread reach the client beside those of who has it.

        Raises `AdvisoryError` when they do already, or nobody has the ticket.
        """
        member, now = await let_in(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            ticket = await ticket_at_card(session, press, ticket_id)
            require_held(ticket)
            if ticket.claimed_by == member.user_id:
                raise AdvisoryError(HAS_IT)
            joined = Colleague(
                ticket_id=ticket.id, user_id=member.user_id, name=member.profile.name, joined_at=now
            )
            try:
                async with session.begin_nested():
                    session.add(joined)
            except IntegrityError:
                raise AdvisoryError(HAS_JOINED) from None
            audit.append(session, actor=member.user_id, what="joined", now=now, ticket=ticket)
            await self._update(session, ticket, now)

    async def transfer(self, press: Press, ticket_id: int, user_id: str, line: str) -> None:
        """Hand a ticket over to another member of the desk, with a line for them; the client hears who.

        Raises `AdvisoryError` when the presser may not, or it has changed hands or state meanwhile.
        """
        member = await let_in(self._directory, press)
        chosen = await colleague(self._directory, member, user_id)
        now = self._clock()
        async with self._database.unit_of_work() as session:
            ticket = await ticket_at_card(session, press, ticket_id)
            require_held(ticket)
            await require_hand(session, ticket, member)
            await require_reader(session, ticket, member)
            if ticket.claimed_by == user_id:
                raise AdvisoryError(f"{chosen.name} has {ticket.reference} already.")
            before = holder(ticket)
            await tickets.hand_over(
                session, ticket, user_id=user_id, name=chosen.name, actor=member.user_id, why=line, now=now
            )
            await tell_client(
                session,
                ticket,
                "transferred",
                {"before": before},
                firm_team_id=self._directory.firm_team_id,
                now=now,
            )
            await self._note(session, ticket, member, line, now, handed_to=chosen.name)
            await self._given(session, ticket, member, chosen, line, now)
            await self._update(session, ticket, now)

    async def wait(self, press: Press, ticket_id: int, *, waiting: bool) -> None:
        """Say that the ticket waits for its client, or that it does not any more.

        Raises `AdvisoryError` when the presser does not work on it, or it cannot.
        """
        member, now = await let_in(self._directory, press), self._clock()
        after = TicketState.WAITING if waiting else TicketState.IN_PROGRESS
        async with self._database.unit_of_work() as session:
            ticket = await ticket_at_card(session, press, ticket_id)
            await require_hand(session, ticket, member)
            require_held(ticket)
            if not waiting and ticket.state is not TicketState.WAITING:
                raise AdvisoryError(
                    f"{ticket.reference} does not wait for its client: there is nothing to end."
                )
            before = await states.step(session, ticket, after, actor=member.user_id, now=now)
            await promises.after_step(session, ticket, before, now=now)
            await self._update(session, ticket, now)

    async def note(self, press: Press, ticket_id: int, text: str) -> None:
        """Keep an internal note with the ticket; it stands in the card's thread and reaches no client.

        Raises `AdvisoryError` when the ticket is closed, or is confidential and not the presser's to read.
        """
        member, now = await let_in(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            ticket = await ticket_at_card(session, press, ticket_id)
            if ticket.state is TicketState.CLOSED:
                raise AdvisoryError(f"{ticket.reference} is closed, so nothing can be noted on it now.")
            if ticket.confidential:
                await require_hand(session, ticket, member)
            await self._note(session, ticket, member, text, now)

    async def _note(
        self,
        session: Session,
        ticket: Ticket,
        member: Member,
        text: str,
        now: datetime,
        *,
        handed_to: str | None = None,
    ) -> None:
        name = f"note:{uuid4().hex[:20]}"
        channel = ticket.card_channel or ""
        kept = Carried(
            ticket_id=ticket.id,
            crossing=Crossing.INTERNAL,
            team_id=self._directory.firm_team_id,
            channel=channel,
            ts=name,
            user_id=member.user_id,
            name=member.profile.name,
            text=text,
            created_at=now,
        )
        session.add(kept)
        await session.flush()
        values = {"carried_id": kept.id, "handed_to": handed_to}
        await write_on_card(session, ticket, "note", values, firm_team_id=kept.team_id, now=now)

    async def _taken(self, session: Session, ticket: Ticket, now: datetime) -> None:
        """What follows when somebody has a ticket that nobody had."""
        await promises.after_step(session, ticket, TicketState.REQUESTED, now=now)
        await tell_client(session, ticket, "claimed", firm_team_id=self._directory.firm_team_id, now=now)
        await self._update(session, ticket, now)

    async def _given(
        self, session: Session, ticket: Ticket, member: Member, chosen: Profile, line: str, now: datetime
    ) -> None:
        """Tell somebody that a ticket is theirs now, unless they took it themselves."""
        if chosen.user_id == member.user_id:
            return
        values = {"by": member.profile.name, "line": "" if ticket.confidential else line}
        firm_team = self._directory.firm_team_id
        await tell_consultant(
            session, chosen.user_id, ticket, "assigned", values, firm_team_id=firm_team, now=now
        )

    async def _update(self, session: Session, ticket: Ticket, now: datetime) -> None:
        await update_card(session, ticket, firm_team_id=self._directory.firm_team_id, now=now)
