"""Who pressed on the desk and whether they may: a press is checked against person, card and client."""

import asyncio
from dataclasses import dataclass

from bot.database import ReadSession, Session
from bot.engagement import consultants, firm, states
from bot.engagement.desk_models import Colleague
from bot.engagement.models import Ticket, TicketState
from bot.engagement.people import Directory, Profile
from bot.errors import AdvisoryError
from bot.workflows.presses import NOT_YOURS, Press

ONLY_CONSULTANTS = "Only consultants on the desk can do this. Ask one of them to add you to the desk channel."
NOT_ON_DESK = "That person is not on the desk any more. Choose somebody who is."


@dataclass(frozen=True)
class Member:
    """Who of the desk pressed; `desk` are all its members, `admins` the workspace's admins among them."""

    profile: Profile
    desk: frozenset[str]
    admins: frozenset[str]

    @property
    def user_id(self) -> str:
        """Who pressed."""
        return self.profile.user_id

    async def leads(self, session: ReadSession | Session) -> bool:
        """Whether they may do what a lead may."""
        rows = await consultants.everyone(session)
        return consultants.may_lead(self.user_id, rows, self.desk, self.admins)


async def let_in(directory: Directory, press: Press) -> Member:
    """Return the member of the desk who pressed; raises `AdvisoryError` for everybody else."""
    desk = frozenset[str]()
    if press.actor_team_id == directory.firm_team_id:
        desk = await directory.consultants()
    if press.user_id not in desk:
        raise AdvisoryError(ONLY_CONSULTANTS)
    firm_team = directory.firm_team_id
    # Each member's own profile: a list of admins that cannot be read would look like a desk without one.
    profiles = await asyncio.gather(*(directory.profile(firm_team, user) for user in sorted(desk)))
    known = {each.user_id: each for each in profiles}
    if known[press.user_id].is_gone:
        raise AdvisoryError(ONLY_CONSULTANTS)
    admins = frozenset(user for user, each in known.items() if each.is_admin)
    return Member(known[press.user_id], desk, admins)


async def colleague(directory: Directory, member: Member, user_id: str) -> Profile:
    """Return the member of the desk who was chosen; raises `AdvisoryError` for somebody who is none."""
    if user_id not in member.desk:
        raise AdvisoryError(NOT_ON_DESK)
    return await directory.profile(directory.firm_team_id, user_id)


async def ticket_at_card(session: ReadSession | Session, press: Press, ticket_id: int) -> Ticket:
    """Return the ticket whose card was pressed; raises `AdvisoryError` when no such card stands there."""
    ticket = await session.get(Ticket, ticket_id)
    desk = (await firm.read_profile(session)).desk_channel
    # A press can overtake the record of where the card was posted.
    if ticket is None or not press.channel or press.channel != (ticket.card_channel or desk):
        raise AdvisoryError(NOT_YOURS)
    return ticket


async def works_on(session: ReadSession | Session, ticket: Ticket, user_id: str) -> bool:
    """Whether somebody has the ticket or has joined who has."""
    if ticket.claimed_by == user_id:
        return True
    return await session.get(Colleague, (ticket.id, user_id)) is not None


async def require_hand(session: ReadSession | Session, ticket: Ticket, member: Member) -> None:
    """Raise `AdvisoryError` unless the member has the ticket, has joined, or leads the desk.

    Whose consultant has left the desk is anybody's to go on with.
    """
    if ticket.state is TicketState.REQUESTED:
        raise AdvisoryError(f"{ticket.reference} is {states.WORDS[ticket.state]}: claim it first.")
    if ticket.claimed_by not in member.desk or await works_on(session, ticket, member.user_id):
        return
    if not await member.leads(session):
        raise AdvisoryError(
            f"{ticket.reference} is {states.WORDS[ticket.state]}, and {holder(ticket)} has it. "
            "Press Join first, or ask for it to be transferred to you."
        )


async def require_reader(session: ReadSession | Session, ticket: Ticket, member: Member) -> None:
    """Raise `AdvisoryError` for who may not read a confidential ticket: all but who has it and the leads.

    Who has only joined writes there, and reads nothing of it, nor takes it over.
    """
    if ticket.confidential:
        await require_own(session, ticket, member)


async def require_own(session: ReadSession | Session, ticket: Ticket, member: Member) -> None:
    """Raise `AdvisoryError` unless the member has the ticket or leads the desk."""
    if ticket.claimed_by == member.user_id or await member.leads(session):
        return
    if ticket.state is TicketState.REQUESTED:
        raise AdvisoryError(
            f"{ticket.reference} is {states.WORDS[ticket.state]}. It is confidential: claim it to read it, "
            "or ask the lead."
        )
    raise AdvisoryError(
        f"{ticket.reference} is confidential: only {holder(ticket)}, who has it, and the lead can read it."
    )


def require_held(ticket: Ticket) -> None:
    """Raise `AdvisoryError` unless a consultant has the ticket."""
    if not ticket.is_held:
        first = (
            ": claim it first" if ticket.state is TicketState.REQUESTED else ", so this cannot be done now"
        )
        raise AdvisoryError(f"{ticket.reference} is {states.WORDS[ticket.state]}{first}.")


def holder(ticket: Ticket) -> str:
    """Return the name of who has the ticket, fit for a sentence."""
    return ticket.claimed_name or "a consultant"
