"""A consultant asks for more of a client's hours than a ticket may take without asking."""

from datetime import datetime

from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.engagement import consents, states
from bot.engagement.consents import Gate, Ungated, gate_of
from bot.engagement.models import Client, Ticket
from bot.engagement.people import Directory
from bot.engagement.retainer_models import Consent
from bot.errors import AdvisoryError
from bot.workflows.climb_consent import ConsentLadder
from bot.workflows.consent_telling import show_anew
from bot.workflows.desk_door import let_in, require_hand, require_held, ticket_at_card
from bot.workflows.presses import NOT_YOURS, Press

OVER = "{ticket} is {state}, so nobody is asked about its hours any more."
# What can be asked for at once, in minutes: more is work of its own, to be agreed as such.
OFFERED = (15, 30, 45, 60, 90, 120, 180, 240, 480)
NOTHING_TO_ASK = {
    Ungated.CONFIDENTIAL: "{ticket} is confidential, so nobody at {client} is asked about its time.",
    Ungated.WORK_STOPPED: "{ticket} is about stopped work, so nobody is asked about its time: go on.",
    Ungated.NO_RETAINER: "{client} has no retainer now, so there is nothing to be asked: go on.",
    Ungated.AGREED: (
        "The time of {ticket} counts for its agreed work, which has hours of its own: where they are not "
        "enough, propose a change of scope."
    ),
    Ungated.NO_APPROVER: (
        "{client} has named nobody who consents to time, so there is nobody to be asked: go on, "
        "or name an approver in the client's form on Home."
    ),
}


class AskConsent:
    """The use case behind *Ask for hours* on a card."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def look(self, press: Press, ticket_id: int) -> tuple[Ticket, Gate]:
        """Return the ticket and what it may take; raises `AdvisoryError` where nothing is to be asked."""
        member = await let_in(self._directory, press)
        async with self._database.read() as session:
            ticket = await ticket_at_card(session, press, ticket_id)
            await require_hand(session, ticket, member)
            require_held(ticket)
            gate = await gate_of(session, ticket, self._clock())
            if gate.why is not None:
                raise AdvisoryError(said_ungated(gate.why, ticket, await _client(session, ticket)))
            return ticket, gate

    async def ask(self, press: Press, ticket_id: int, minutes: int, line: str = "") -> None:
        """Ask the client's approver whether the ticket may take so many further minutes.

        `line` says what for, in words that every approver may read. Raises `AdvisoryError` as `look` does,
        and where the same is asked already.
        """
        if minutes not in OFFERED:
            raise AdvisoryError(NOT_YOURS)
        member, now = await let_in(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            ticket = await ticket_at_card(session, press, ticket_id)
            await require_hand(session, ticket, member)
            require_held(ticket)
            firm_team = self._directory.firm_team_id
            await ask_for(
                session, ticket, minutes, line=line, asked_by=member.user_id, firm_team_id=firm_team, now=now
            )
        await self.put_now()

    async def put_now(self) -> None:
        """Put what was just asked to the approvers; what cannot be now is by the next round."""
        await ConsentLadder(self._database, self._directory, self._clock).sweep()


async def ask_for(
    session: Session,
    ticket: Ticket,
    minutes: int,
    *,
    asked_by: str,
    firm_team_id: str,
    now: datetime,
    line: str = "",
) -> Consent:
    """Ask within somebody else's transaction, as who logs more time than a ticket may take; after it,
    `AskConsent.put_now` spares the wait for the next round.

    Raises `AdvisoryError` where nothing is to be asked, or the same is asked already.
    """
    if not ticket.is_open:
        # The ladder would withdraw it at once.
        raise AdvisoryError(OVER.format(ticket=ticket.reference, state=states.WORDS[ticket.state]))
    gate = await gate_of(session, ticket, now)
    if gate.why is not None:
        raise AdvisoryError(said_ungated(gate.why, ticket, await _client(session, ticket)))
    before = await consents.open_of(session, ticket.id)
    consent = await consents.ask(session, ticket, minutes, asked_by=asked_by, now=now, line=line)
    await show_anew(session, ticket, before or consent, firm_team_id=firm_team_id, now=now)
    return consent


def said_ungated(why: Ungated, ticket: Ticket, client: Client) -> str:
    """Say why nothing is to be asked about a ticket."""
    return NOTHING_TO_ASK[why].format(ticket=ticket.reference, client=client.name)


async def _client(session: ReadSession | Session, ticket: Ticket) -> Client:
    return await session.get_one(Client, ticket.client_id)
