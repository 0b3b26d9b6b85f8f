"""What a client writes to people: it ends a wait, reopens what was not solved, and thanks change nothing."""

from dataclasses import replace
from datetime import datetime

from bot.database import Session
from bot.engagement import consultants, promises, states, tickets
from bot.engagement.desk_models import Consultant
from bot.engagement.models import Ticket, TicketState
from bot.workflows.absence import offer_again
from bot.workflows.context import Context
from bot.workflows.desk import OnDesk
from bot.workflows.desk_door import works_on
from bot.workflows.own_request import redraw_confirmation
from bot.workflows.settled import answers_back, asks_for_more, speaks_for_client
from bot.workflows.telling import tell_client, update_card


async def hear(session: Session, context: Context, *, desk: OnDesk, now: datetime) -> Context:
    """Do what follows for the ticket from a message written about it; return the context with it as it is.

    What is reopened while its consultant is away is offered to the desk again. The row is read again: it may
    have been resolved while the message was on its way.
    """
    seen = context.ticket or context.settled
    message = context.message
    if seen is None or message.by_button or message.stopped:
        return context
    ticket = await session.get_one(Ticket, seen.id, with_for_update=True, populate_existing=True)
    if not speaks_for_client(ticket, context.person, context.client):
        await _hear_ours(session, context, ticket, desk=desk, now=now)
        return context
    has_files = bool(message.files)
    is_awaited = ticket.state is TicketState.WAITING and answers_back(message.text, has_files=has_files)
    if not is_awaited and not asks_for_more(message.text, has_files=has_files):
        return context if ticket.is_open else replace(context, ticket=None)
    if ticket.state is TicketState.REQUESTED:
        return context
    if not ticket.is_open and await tickets.open_for(session, ticket.conversation_id) is not None:
        return context
    was_over = not ticket.is_open
    if ticket.state not in {TicketState.CLAIMED, TicketState.IN_PROGRESS}:
        actor = f"{context.person.team_id}/{context.person.user_id}"
        after = TicketState.IN_PROGRESS
        before = await states.step(session, ticket, after, actor=actor, now=now, why="the client wrote")
        await promises.after_step(session, ticket, before, now=now)
    await promises.client_wrote(session, ticket, now=now)
    await update_card(session, ticket, firm_team_id=desk.firm_team_id, now=now)
    if was_over:
        await redraw_confirmation(session, ticket, now=now)
        holder = await session.get(Consultant, ticket.claimed_by) if ticket.claimed_by else None
        if holder is not None and consultants.is_away(holder, now):
            actor = f"{context.person.team_id}/{context.person.user_id}"
            await offer_again(session, desk, ticket, holder, actor=actor, now=now)
        else:
            await tell_client(session, ticket, "reopened", firm_team_id=desk.firm_team_id, now=now)
    return replace(context, ticket=ticket)


async def _hear_ours(
    session: Session, context: Context, ticket: Ticket, *, desk: OnDesk, now: datetime
) -> None:
    """Keep what was promised where its consultant writes in the client's thread and not below the card."""
    person = context.person
    is_ours = person.team_id == desk.firm_team_id and person.user_id in desk.members
    if ticket.is_open and is_ours and await works_on(session, ticket, person.user_id):
        await promises.replied(session, ticket, now=now)
        await update_card(session, ticket, firm_team_id=desk.firm_team_id, now=now)
