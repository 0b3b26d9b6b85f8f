"""From a ticket's rows to what is shown of it: its card on the desk, and what its client reads."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from bot.answering import transcript
from bot.answering.models import AnswerRecord, Conversation, TurnRecord
from bot.answering.render import from_stored, plain_text
from bot.answering.types import Outcome, Reason, Speaker
from bot.database import ReadSession
from bot.engagement import crossing, firm, tickets
from bot.engagement.desk_models import Carried, Promise, PromiseKind, Rating
from bot.engagement.models import Client, Ending, Person, Ticket, TicketState
from bot.slack import card_texts, ticket_texts
from bot.slack.blocks import desk_words, notices, request_words
from bot.slack.blocks import ticket as cards
from bot.slack.blocks.crossing import with_readers
from bot.slack.blocks.message import Message
from bot.slack.promise_lines import promise_lines
from bot.workflows.confidence import can_be_told

Render = Callable[[ReadSession, dict[str, Any]], Awaitable[Message]]
_LAST_TURNS = 4


@dataclass(frozen=True)
class Facts:
    """A ticket with everything its messages speak of."""

    ticket: Ticket
    person: Person
    client: Client
    conversation: Conversation
    answer: AnswerRecord | None

    @property
    def holder(self) -> str:
        """The name of who has it, fit for a sentence."""
        return self.ticket.claimed_name or "A consultant"


async def ticket_facts(session: ReadSession, ticket_id: int) -> Facts:
    """Read a ticket and what belongs to it."""
    ticket = await session.get_one(Ticket, ticket_id)
    answer = await session.get(AnswerRecord, ticket.answer_id) if ticket.answer_id else None
    return Facts(
        ticket=ticket,
        person=await session.get_one(Person, ticket.person_id),
        client=await session.get_one(Client, ticket.client_id),
        conversation=await session.get_one(Conversation, ticket.conversation_id),
        answer=answer,
    )


async def _card(session: ReadSession, payload: dict[str, Any]) -> Message:
    """The ticket as it stands now, with the names of all files of its conversation."""
    facts = await ticket_facts(session, payload["ticket_id"])
    ticket, answer = facts.ticket, facts.answer
    sources = (
        tuple(f"{c['title']}, {c['section']}" for c in answer.body.get("citations", ())) if answer else ()
    )
    # The offer of a person says nothing that the reason for it does not.
    is_offer = answer is not None and answer.outcome == Outcome.ESCALATE and not sources
    turns = await transcript.recent(session, facts.conversation.id)
    card = cards.CardFacts(
        ticket_id=ticket.id,
        reference=ticket.reference,
        client_name=facts.client.name,
        org_size=facts.conversation.stated_size or facts.client.org_size,
        person_name=facts.person.name,
        surface=(notices.Place.DIRECT if facts.conversation.is_private else notices.Place.CHANNEL).value,
        question=ticket.question,
        answered=plain_text(from_stored(answer.body)) if answer and not is_offer else None,
        sources=sources,
        outcome=answer.outcome if answer else None,
        reason=Reason(ticket.reason),
        claimed_by=ticket.claimed_name if ticket.state is not TicketState.REQUESTED else None,
        claimed_at=ticket.claimed_at,
        requested_at=ticket.created_at,
        files=tuple(str(file["name"]) for turn in turns for file in turn.files),
        state=ticket.state,
        confidential=ticket.confidential,
        urgency=ticket.urgency,
    )
    lines = await thread_lines(session, turns, ticket, answer)
    card = replace(card, thread=lines[-_LAST_TURNS:], thread_count=len(lines))
    shown = cards.desk_card(await _with_progress(session, card, ticket))
    if not ticket.is_held or not can_be_told(facts.conversation):
        return shown
    alone = facts.conversation.is_private
    return with_readers(shown, facts.person.name, alone=alone, confidential=ticket.confidential)


async def thread_lines(
    session: ReadSession, turns: tuple[TurnRecord, ...], ticket: Ticket, answer: AnswerRecord | None
) -> tuple[str, ...]:
    """Return what was said beside the question and its answer, a line each, with who said it.

    Only a consultant's words have no person of a client behind them.
    """
    known = {f"answer-{answer.id}"} if answer else set()
    told = [turn for turn in turns if turn.text and turn.ts not in known and turn.text != ticket.question]
    writers = {turn.person_id for turn in told}
    rows = await session.execute(select(Person.id, Person.name).where(Person.id.in_(writers - {None})))
    names: dict[int | None, str] = dict(rows.tuples().all())
    consultants = await crossing.consultants_of(session, ticket.id)

    def writer(turn: TurnRecord) -> str:
        match turn.speaker:
            case Speaker.ASSISTANT:
                return ticket_texts.ASSISTANT
            case Speaker.CONSULTANT:
                return consultants.get(turn.ts, ticket_texts.A_CONSULTANT)
            case Speaker.PERSON:
                return names.get(turn.person_id, card_texts.CLIENT)

    return tuple(f"{writer(turn)}: {turn.text}" for turn in told)


def _idle(ticket: Ticket) -> set[PromiseKind]:
    """Return which promises ended with a ticket and were not kept."""
    if ticket.is_open:
        return set()
    idle = set() if ticket.first_replied_at else {PromiseKind.FIRST_REPLY}
    given_up = ticket.ending in {Ending.WITHDRAWN, Ending.UNANSWERED}
    return idle | ({PromiseKind.RESOLUTION} if given_up else set())


async def _with_progress(session: ReadSession, card: cards.CardFacts, ticket: Ticket) -> cards.CardFacts:
    """Return the card with what has come of the ticket so far."""
    zone = (await firm.read_profile(session)).timezone
    found = await session.scalars(select(Promise).where(Promise.ticket_id == ticket.id).order_by(Promise.id))
    rating = await session.get(Rating, ticket.id)
    return replace(
        card,
        promises=promise_lines(found.all(), zone, _idle(ticket)),
        colleagues=tuple(each.name for each in await tickets.colleagues(session, ticket.id)),
        reopened=ticket.reopened,
        ending=ticket.ending,
        summary=ticket.summary,
        rated=f"{rating.score} of 5" if rating else None,
        comment=rating.comment if rating else None,
    )


async def _assigned(session: ReadSession, payload: dict[str, Any]) -> Message:
    facts = await ticket_facts(session, payload["ticket_id"])
    return desk_words.assigned(
        facts.ticket.reference, facts.client.name, payload["by"], payload.get("line") or ""
    )


async def _note(session: ReadSession, payload: dict[str, Any]) -> Message:
    kept = await session.get_one(Carried, payload["carried_id"])
    ticket = await session.get_one(Ticket, kept.ticket_id)
    return desk_words.note(
        kept.name, None if ticket.confidential else kept.text, handed_to=payload.get("handed_to")
    )


async def _unreachable(session: ReadSession, payload: dict[str, Any]) -> Message:
    # Who reads the desk learns no name: whoever has the ticket finds it with the request itself.
    return request_words.unreachable(ticket_texts.WHO_ASKED)


TICKET_RENDERERS: dict[str, Render] = {
    "assigned": _assigned,
    "card": _card,
    "card_update": _card,
    "note": _note,
    "unreachable": _unreachable,
}
