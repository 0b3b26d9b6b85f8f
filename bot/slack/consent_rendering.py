"""From the row of a consent to what each reader is shown of it, as it stands when it is sent."""

from dataclasses import replace
from typing import Any

from bot.clock import utc_now
from bot.database import ReadSession
from bot.engagement import consents
from bot.engagement.approvers import approvers_of
from bot.engagement.consents import DEPUTY, NOBODY_YET
from bot.engagement.models import Person, Ticket
from bot.engagement.retainer_models import Consent, ConsentState
from bot.slack import consent_texts as said
from bot.slack import ids
from bot.slack.blocks import consent as blocks
from bot.slack.blocks.build import context
from bot.slack.blocks.consent import Question
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import clean, clip
from bot.slack.ticket_rendering import Facts, Render, ticket_facts
from bot.workflows.consent_telling import ANSWERED, CONSENT, HEARD, SPOT, TALK, WAITS


async def question_of(session: ReadSession, consent: Consent, rung: int) -> Question:
    """Return what an approver is told; what was asked in private stays there."""
    facts = await ticket_facts(session, consent.ticket_id)
    client = _name(facts.client.name)
    asked = None
    if not facts.conversation.is_private and not facts.ticket.confidential:
        words = " ".join(clean(facts.ticket.question).split())
        asked = said.asked_in_channel(_name(facts.person.name), words)
    return Question(
        consent_id=consent.id,
        reference=facts.ticket.reference,
        client=client,
        consultant=_name(facts.holder),
        minutes=consent.minutes,
        left=consent.left,
        line=consent.said,
        asked=asked,
        why_you=said.why_you(rung, client),
    )


async def settled(session: ReadSession, consent: Consent) -> str | None:
    """Return in a sentence how a question ended; None while it waits."""
    ticket = await session.get_one(Ticket, consent.ticket_id)
    if ticket.confidential:
        return said.hushed()
    if consents.never_asked(ticket) or (consent.state is ConsentState.ASKED and not ticket.is_open):
        return said.overtaken(ticket.reference)
    match consent.state:
        case ConsentState.ASKED:
            return None
        case ConsentState.GRANTED:
            return said.granted(await _decider(session, consent), consent.minutes, ticket.reference)
        case ConsentState.DECLINED:
            return said.declined(await _decider(session, consent), consent.minutes, ticket.reference)
        case ConsentState.SUPERSEDED:
            return said.superseded(ticket.reference)
        case _:
            return said.overtaken(ticket.reference)


async def _question(session: ReadSession, payload: dict[str, Any]) -> Message:
    consent = await session.get_one(Consent, payload["consent_id"])
    how = await settled(session, consent)
    if how is not None:
        return blocks.settled_message(how)
    return blocks.question_message(await question_of(session, consent, int(payload.get("rung", 0))))


async def _spot(session: ReadSession, payload: dict[str, Any]) -> Message:
    consent = await session.get_one(Consent, payload["consent_id"])
    facts = await ticket_facts(session, consent.ticket_id)
    is_open = await settled(session, consent) is None
    return blocks.spot_message(payload["user_id"], _name(facts.client.name), consent.id, is_open=is_open)


async def _waits(session: ReadSession, payload: dict[str, Any]) -> Message:
    consent = await session.get_one(Consent, payload["consent_id"])
    facts = await ticket_facts(session, consent.ticket_id)
    if await settled(session, consent) is not None:
        return blocks.settled_message(await _to_asker(session, consent, facts))
    names = await asked_names(session, consent)
    return blocks.settled_message(said.waits(facts.ticket.reference, names, _name(facts.client.name)))


async def _answered(session: ReadSession, payload: dict[str, Any]) -> Message:
    consent = await session.get_one(Consent, payload["consent_id"])
    facts = await ticket_facts(session, consent.ticket_id)
    return blocks.settled_message(await _to_asker(session, consent, facts))


async def _to_asker(session: ReadSession, consent: Consent, facts: Facts) -> str:
    reference, consultant = facts.ticket.reference, _name(facts.holder)
    match consent.state:
        case ConsentState.GRANTED:
            return said.goes_on(reference, await _decider(session, consent), consultant)
        case ConsentState.DECLINED:
            return said.not_now(reference, await _decider(session, consent), consultant)
        case ConsentState.SUPERSEDED if not facts.ticket.confidential:
            return said.another_amount(reference)
        case _:
            return said.overtaken(reference)


async def _heard(session: ReadSession, payload: dict[str, Any]) -> Message:
    consent = await session.get_one(Consent, payload["consent_id"])
    ticket = await session.get_one(Ticket, consent.ticket_id)
    return blocks.settled_message(await settled(session, consent) or said.overtaken(ticket.reference))


async def _talk(session: ReadSession, payload: dict[str, Any]) -> Message:
    consent = await session.get_one(Consent, payload["consent_id"])
    ticket = await session.get_one(Ticket, consent.ticket_id)
    return blocks.settled_message(
        said.wants_talk(ticket.reference, _name(payload["name"]), consent.minutes)
    )  # fmt: skip


async def asked_names(session: ReadSession, consent: Consent) -> list[str]:
    """Return who of the client was asked so far, by name; nobody while it has come up to us, or to nobody."""
    found = await approvers_of(session, consent.client_id)
    if consent.rung == NOBODY_YET or consent.rung > DEPUTY:
        return []
    people = found.deputies if consent.rung == DEPUTY or not found.approvers else found.approvers
    return [_name(person.name) for person in people]


async def _decider(session: ReadSession, consent: Consent) -> str:
    person = await session.get(Person, consent.decided_by) if consent.decided_by else None
    return _name(person.name) if person else "An approver"


def _name(name: str) -> str:
    return clip(" ".join(clean(name).split()), blocks.NAME_CHARS)


def with_hours(render: Render) -> Render:
    """Return the card with a line about the time its ticket may take, above its buttons."""

    async def with_line(session: ReadSession, payload: dict[str, Any]) -> Message:
        shown = await render(session, payload)
        ticket = await session.get_one(Ticket, payload["ticket_id"])
        line = await card_line(session, ticket) if ticket.is_held and not ticket.confidential else None
        if line is None:
            return shown
        # Above the card's own buttons, which come last.
        added = (dict(context(line).to_dict()),)
        at = next(
            (i for i, block in enumerate(shown.blocks) if block.get("block_id") == ids.CLAIM_BLOCK), None
        )
        at = len(shown.blocks) if at is None else at
        return replace(shown, blocks=(*shown.blocks[:at], *added, *shown.blocks[at:]))

    return with_line


async def card_line(session: ReadSession, ticket: Ticket) -> str:
    """Return what the card says of the time a ticket may take."""
    latest = await consents.latest_of(session, ticket.id)
    if latest is not None and latest.state is ConsentState.ASKED:
        names = await asked_names(session, latest)
        return said.asked(latest.minutes, names or (["our lead"] if latest.rung > DEPUTY else []))
    gate = await consents.gate_of(session, ticket, utc_now())
    if gate.why is not None:
        return said.UNGATED[gate.why]
    line = said.allowed(gate.spent, gate.allowed)
    if latest is not None and latest.state is ConsentState.DECLINED:
        no = said.said_no(await _decider(session, latest), latest.minutes)
        line = f"{no} {said.spent_of(gate.spent, gate.allowed)}"
    return line


CONSENT_RENDERERS: dict[str, Render] = {
    CONSENT: _question,
    SPOT: _spot,
    WAITS: _waits,
    ANSWERED: _answered,
    HEARD: _heard,
    TALK: _talk,
}
