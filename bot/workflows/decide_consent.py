"""An approver says whether a ticket may take more of their client's hours, or wants to talk first."""

from dataclasses import dataclass

from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.engagement import audit, consents, people
from bot.engagement.consents import LEAD, TALK_WITHIN, client_calendar, hours_said, never_asked
from bot.engagement.models import Client, Person, Ticket
from bot.engagement.people import Directory, Profile
from bot.engagement.retainer_models import Consent, ConsentState
from bot.errors import AdvisoryError
from bot.workflows.climb_consent import leads_for
from bot.workflows.consent_telling import TALK, show_anew, tell_answered, tell_holder
from bot.workflows.desk import OnDesk, who_is_on_desk
from bot.workflows.home import renew_home
from bot.workflows.own_request import asker
from bot.workflows.presses import NOT_YOURS, Press, person_of

NOT_APPROVER = (
    "Only those who consent to the organisation's hours can decide this, and you are not one of them."
)
OVER = "{ticket} needs no consent any more, so there is nothing to decide."
# Of what is kept private by now nothing is told, also not to who was asked before it was.
HUSHED = "This question about hours is settled, so there is nothing to decide."
CHANGED = "The amount has changed since: now about {hours} is asked for. Please answer the newer message."
DECIDED = {
    ConsentState.GRANTED: "{name} has said already: go ahead.",
    ConsentState.DECLINED: "{name} has said already: not now.",
}


@dataclass(frozen=True)
class Door:
    """A question with who wants to answer it."""

    consent: Consent
    ticket: Ticket
    client: Client
    person: Person


class DecideConsent:
    """The use cases behind *Go ahead*, *Not now* and *Talk*."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def look(self, press: Press, consent_id: int) -> int:
        """Return the ticket of a question the presser may answer; raises `AdvisoryError` otherwise."""
        profile, desk = await self._who(press)
        async with self._database.unit_of_work() as session:
            return (await self._door(session, profile, desk, consent_id)).ticket.id

    async def decide(self, press: Press, consent_id: int, *, go_ahead: bool) -> None:
        """Answer for the client: one answer counts, and whoever is late is told whose it was.

        Raises `AdvisoryError` for who may not answer, and for what was answered, changed or is over.
        """
        profile, desk = await self._who(press)
        now, state = self._clock(), ConsentState.GRANTED if go_ahead else ConsentState.DECLINED
        async with self._database.unit_of_work() as session:
            door = await self._door(session, profile, desk, consent_id)
            consent, ticket = door.consent, door.ticket
            if not await consents.end(session, consent, state, now=now, by=door.person.id):
                raise AdvisoryError(await _refusal(session, consent, ticket))
            await consents.go_on(session, ticket, now=now)
            actor = f"{door.person.team_id}/{door.person.user_id}"
            detail = f"{consent.minutes} minutes"
            audit.append(
                session, actor=actor, what=f"consent {state.value}", now=now, ticket=ticket, detail=detail
            )
            firm_team = self._directory.firm_team_id
            await tell_answered(session, ticket, consent, firm_team_id=firm_team, now=now)
            await renew_home(session, press.team_id, press.user_id, now=now)

    async def talk(self, press: Press, consent_id: int) -> str:
        """Have the consultant speak with the presser first; nobody else is asked for a working day.

        Returns the ticket's reference. Raises `AdvisoryError` as `decide` does.
        """
        profile, desk = await self._who(press)
        now, firm_team = self._clock(), self._directory.firm_team_id
        async with self._database.unit_of_work() as session:
            door = await self._door(session, profile, desk, consent_id)
            consent, ticket = door.consent, door.ticket
            if consent.ring_at is not None:
                calendar = await client_calendar(session, door.client)
                consent.ring_at = calendar.add_minutes(now, TALK_WITHIN)
            actor = f"{door.person.team_id}/{door.person.user_id}"
            audit.append(session, actor=actor, what="consent talk", now=now, ticket=ticket)
            values = {"name": door.person.name}
            await tell_holder(session, ticket, consent, TALK, values, firm_team_id=firm_team, now=now)
            await show_anew(session, ticket, consent, firm_team_id=firm_team, now=now)
            return ticket.reference

    async def _who(self, press: Press) -> tuple[Profile, OnDesk | None]:
        """Return who pressed, and the desk where they are of the firm's workspace."""
        profile = await asker(self._directory, press)
        of_firm = profile.team_id == self._directory.firm_team_id
        return profile, await who_is_on_desk(self._directory) if of_firm else None

    async def _door(self, session: Session, profile: Profile, desk: OnDesk | None, consent_id: int) -> Door:
        consent = await session.get(Consent, consent_id)
        if consent is None:
            raise AdvisoryError(NOT_YOURS)
        # The ticket first, as whoever asks anew does: two that wait for each other would wait for ever.
        ticket = await session.get_one(Ticket, consent.ticket_id, with_for_update=True)
        await session.refresh(consent, with_for_update=True)
        client = await session.get_one(Client, consent.client_id)
        person = await people.find(session, profile.team_id, profile.user_id)
        if person is None or person.client_id != client.id or person.approves is None:
            if desk is None or not await _leads(session, consent, client, desk, profile.user_id):
                raise AdvisoryError(NOT_APPROVER)
            person = await person_of(session, profile, self._directory, now=self._clock())
        if consent.state is not ConsentState.ASKED or not ticket.is_open or never_asked(ticket):
            raise AdvisoryError(await _refusal(session, consent, ticket))
        return Door(consent, ticket, client, person)


async def _leads(session: Session, consent: Consent, client: Client, desk: OnDesk, user_id: str) -> bool:
    """Whether the question came up to our lead, and this is one."""
    return consent.rung >= LEAD and user_id in await leads_for(session, client, desk) & desk.members


async def _refusal(session: ReadSession | Session, consent: Consent, ticket: Ticket) -> str:
    """Say why a question cannot be answered now."""
    if ticket.confidential:
        return HUSHED
    if consent.state in DECIDED and consent.decided_by is not None:
        name = (await session.get_one(Person, consent.decided_by)).name
        return DECIDED[consent.state].format(name=name)
    newer = await consents.open_of(session, ticket.id)
    if consent.state is ConsentState.SUPERSEDED and newer is not None:
        return CHANGED.format(hours=hours_said(newer.minutes))
    return OVER.format(ticket=ticket.reference)
