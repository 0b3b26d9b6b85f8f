"""Who hears of a consent and how: those who may give it alone, the asker, the consultant, and the card."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.answering.models import Conversation
from bot.database import ReadSession, Session
from bot.delivery import outbox
from bot.delivery.models import OutboxItem
from bot.engagement.client_channels import channels_of
from bot.engagement.installs import Installation
from bot.engagement.models import Person, Ticket
from bot.engagement.people import Profile
from bot.engagement.retainer_models import Consent
from bot.workflows.arrivals import COMMAND_THREAD
from bot.workflows.own_request import REDRAW
from bot.workflows.presses import REQUEST_THREAD
from bot.workflows.telling import tell_client, tell_consultant, update_card

# The question itself, the way to it in a channel, what the asker reads while it waits and when it is
# answered, and what the consultant hears.
CONSENT, SPOT, WAITS = "consent", "consent_spot", "consent_waits"
ANSWERED, HEARD, TALK = "consent_answered", "consent_heard", "consent_talk"
SHOWN_ANEW = (CONSENT, SPOT, WAITS)


@dataclass(frozen=True)
class Seat:
    """Where somebody is asked: in direct messages of `team_id`, or by a button in a channel there."""

    team_id: str
    user_id: str
    channel: str | None = None
    thread_ts: str | None = None


async def home_of(session: ReadSession | Session, team_id: str, firm_team_id: str) -> str:
    """Return where we see people of a workspace: there, if the app is, else in the firm's."""
    if team_id == firm_team_id:
        return firm_team_id
    installed = await session.get(Installation, team_id)
    return team_id if installed and installed.gone_at is None else firm_team_id


async def seat_of(
    session: ReadSession | Session, person: Person, profile: Profile, ticket: Ticket, *, firm_team_id: str
) -> Seat | None:
    """Return where a person is asked; None where they cannot be, or have gone.

    Where Slack opens no direct message of ours, a button stands in a channel of their client.
    """
    if profile.is_gone:
        return None
    team = await home_of(session, person.team_id, firm_team_id)
    if not profile.is_apart(team):
        return Seat(team, person.user_id)
    for row in await channels_of(session, ticket.client_id):
        if row.introduced_at is not None:
            return Seat(row.team_id or firm_team_id, person.user_id, row.channel)
    talk = await session.get_one(Conversation, ticket.conversation_id)
    if talk.is_private or talk.thread_ts.startswith((COMMAND_THREAD, REQUEST_THREAD)):
        return None
    return Seat(talk.team_id, person.user_id, talk.channel, talk.thread_ts)


async def put_to(session: Session, consent: Consent, seat: Seat, *, now: datetime) -> None:
    """Queue the question for one person."""
    payload = {"consent_id": consent.id, "ticket_id": consent.ticket_id, "user_id": seat.user_id}
    target = {"user": seat.user_id}
    lane, kind = f"{seat.team_id}:dm:{seat.user_id}", CONSENT
    if seat.channel is not None:
        target = {"channel": seat.channel, **({"thread_ts": seat.thread_ts} if seat.thread_ts else {})}
        lane, kind = f"{seat.team_id}:{seat.channel}", SPOT
    await outbox.add(
        session,
        team_id=seat.team_id,
        lane=lane,
        kind=kind,
        payload={**payload, "target": target, "rung": consent.rung},
        now=now,
    )


async def tell_waiting(
    session: Session, ticket: Ticket, consent: Consent, *, firm_team_id: str, now: datetime
) -> None:
    """Tell the asker that the work waits, for whose consent, and that asking costs nothing."""
    values = {"consent_id": consent.id}
    await tell_client(session, ticket, WAITS, values, firm_team_id=firm_team_id, now=now)


async def tell_answered(
    session: Session, ticket: Ticket, consent: Consent, *, firm_team_id: str, now: datetime
) -> None:
    """Tell asker and consultant what was said, and show everything about it anew."""
    values = {"consent_id": consent.id}
    await tell_client(session, ticket, ANSWERED, values, firm_team_id=firm_team_id, now=now)
    await tell_holder(session, ticket, consent, HEARD, {}, firm_team_id=firm_team_id, now=now)
    await show_anew(session, ticket, consent, firm_team_id=firm_team_id, now=now)


async def tell_holder(
    session: Session,
    ticket: Ticket,
    consent: Consent,
    kind: str,
    values: dict[str, str],
    *,
    firm_team_id: str,
    now: datetime,
) -> None:
    """Tell the consultant who has the ticket, or else who asked for its hours."""
    user = ticket.claimed_by or consent.asked_by
    await tell_consultant(
        session,
        user,
        ticket,
        kind,
        {"consent_id": consent.id, **values},
        firm_team_id=firm_team_id,
        now=now,
    )


async def show_anew(
    session: Session, ticket: Ticket, consent: Consent, *, firm_team_id: str, now: datetime
) -> None:
    """Queue the card and whatever was said about a consent to be shown as it stands now."""
    sent = await session.scalars(
        select(OutboxItem)
        .where(OutboxItem.kind.in_(SHOWN_ANEW), OutboxItem.created_at >= consent.asked_at)
        .where(OutboxItem.slack_ts.is_not(None))
        .where(OutboxItem.payload["consent_id"].as_integer() == consent.id)
        .order_by(OutboxItem.id)
    )
    for item in list(sent):
        place = {"channel": item.slack_channel, "ts": item.slack_ts}
        await outbox.add(
            session,
            team_id=item.team_id,
            lane=f"{item.team_id}:{item.slack_channel}",
            kind=REDRAW,
            payload={**item.payload, "of": item.kind, "message": place},
            now=now,
        )
    await update_card(session, ticket, firm_team_id=firm_team_id, now=now)
