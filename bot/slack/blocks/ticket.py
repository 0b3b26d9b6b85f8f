"""The card of a ticket on the desk, and what the client reads about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, ContextBlock, SectionBlock

from bot.answering.types import Reason
from bot.engagement.models import HELD_STATES, Ending, TicketState, Urgency
from bot.slack import card_texts, texts, ticket_texts
from bot.slack.blocks.build import context, heading, message, mrkdwn, paragraphs, say, title
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import items, list_block, quote_block
from bot.slack.blocks.text import clean, clip, escape, moment
from bot.slack.blocks.ticket_buttons import card_buttons
from knowledge.types import OrgSize

_QUESTION_CHARS = 2_000
_ANSWERED_CHARS = 700
_FIELD_CHARS = 200
_LISTED = 5
_SUMMARY_CHARS = 300
_NAME_CHARS = 80


@dataclass(frozen=True)
class CardFacts:
    """What the desk is shown of a ticket.

    `answered` is what the assistant answered, or why it did not; `outcome` and `reason` are values of
    `bot.answering.types`; `claimed_by` is None until someone claims. `promises` is finished mrkdwn, a line
    each; `thread` are the last messages of a thread of `thread_count`. Of a confidential ticket only client,
    urgency and promises are shown, and where it stands.
    """

    ticket_id: int
    reference: str
    client_name: str
    org_size: OrgSize | None
    person_name: str
    surface: str
    question: str
    answered: str | None
    sources: tuple[str, ...]
    outcome: str | None
    reason: str | None
    claimed_by: str | None
    claimed_at: datetime | None
    requested_at: datetime
    files: tuple[str, ...] = ()
    state: TicketState = TicketState.REQUESTED
    confidential: bool = False
    urgency: Urgency | None = None
    promises: tuple[str, ...] = ()
    thread: tuple[str, ...] = ()
    thread_count: int = 0
    colleagues: tuple[str, ...] = ()
    reopened: int = 0
    ending: Ending | None = None
    summary: str | None = None
    rated: str | None = None
    comment: str | None = None


def desk_card(facts: CardFacts) -> Message:
    """Return the card as it stands now, with the buttons that fit its state."""
    client, person = clip(facts.client_name, _NAME_CHARS), clip(facts.person_name, _NAME_CHARS)
    holder = clip(facts.claimed_by, _NAME_CHARS) if facts.claimed_by else None
    state = ticket_texts.state_with(facts.state, holder)
    spoken = (
        ticket_texts.confidential_spoken(facts.reference, client, state)
        if facts.confidential
        else card_texts.spoken(facts.reference, client, person, state)
    )
    blocks: list[Block] = [
        title(card_texts.title(facts.reference, client)),
        SectionBlock(fields=[mrkdwn(_field(name, value)) for name, value in _fields(facts)]),
        *_promised(facts.promises),
        *([context(ticket_texts.CONFIDENTIAL)] if facts.confidential else _told(facts)),
        *_standing(facts),
        *card_buttons(
            facts.ticket_id,
            facts.reference,
            facts.state,
            confidential=facts.confidential,
            ending=facts.ending,
        ),
    ]
    return message(spoken, blocks)


def _told(facts: CardFacts) -> list[Block]:
    """Return what was asked and said so far."""
    return [
        heading(card_texts.QUESTION),
        quote_block(clip(clean(facts.question).strip(), _QUESTION_CHARS)),
        *_answered(facts),
        *_listed(texts.SOURCES, facts.sources),
        *_listed(texts.CARD_FILES, facts.files),
        *_listed(ticket_texts.in_thread(facts.thread_count), facts.thread),
    ]


def _answered(facts: CardFacts) -> list[Block]:
    """Return what the assistant said; who asks for hands has asked it nothing."""
    answered = clip(escape(facts.answered or "").strip(), _ANSWERED_CHARS)
    if not answered and facts.reason in {Reason.HANDS, Reason.ASSIGNMENT}:
        return []
    return [heading(card_texts.ANSWERED), *paragraphs(answered or card_texts.UNANSWERED)]


def _promised(lines: tuple[str, ...]) -> list[Block]:
    text = f"*{ticket_texts.PROMISED}*\n" + "\n".join(lines)
    return [SectionBlock(text=mrkdwn(text))] if lines else []


def _fields(facts: CardFacts) -> Iterator[tuple[str, str | datetime]]:
    yield (
        ticket_texts.URGENCY,
        ticket_texts.URGENCIES[facts.urgency] if facts.urgency else ticket_texts.NOT_SAID,
    )
    if facts.confidential:
        return
    yield card_texts.PERSON, facts.person_name
    yield card_texts.SIZE, card_texts.size_known(facts.org_size)
    yield card_texts.SURFACE, facts.surface
    yield card_texts.REQUESTED, facts.requested_at
    yield card_texts.WHY, card_texts.reason(facts.outcome, facts.reason)


def _field(name: str, value: str | datetime) -> str:
    """Return a field of the card; its value is one line, so that it cannot pass for another field."""
    if isinstance(value, datetime):
        return f"*{name}*\n{moment(value)}"
    one_line = " ".join(clean(value).split())
    return f"*{name}*\n{clip(escape(clip(one_line, _FIELD_CHARS)), _FIELD_CHARS * 2) or texts.NOTHING}"


def _listed(name: str, lines: Iterable[str]) -> list[Block]:
    found = [line for line in lines if clean(line).strip()]
    shown = [clip(line, _FIELD_CHARS) for line in found[:_LISTED]]
    if len(found) > _LISTED:
        shown.append(texts.and_more(len(found) - _LISTED))
    return [heading(name), list_block(items(shown, ordered=False))] if shown else []


def _standing(facts: CardFacts) -> list[Block]:
    """Return where the ticket stands: who has it, who joined, and what came of it."""
    lines = [*_holder(facts)]
    if facts.colleagues:
        names = [clip(" ".join(clean(name).split()), _NAME_CHARS) for name in facts.colleagues[:_LISTED]]
        lines.append(_bounded(ticket_texts.with_colleagues(names)))
    if facts.reopened:
        lines.append(escape(ticket_texts.reopened(facts.reopened)))
    if facts.ending is not None:
        summary = None if facts.confidential or not facts.summary else clip(facts.summary, _SUMMARY_CHARS)
        lines.append(_bounded(ticket_texts.ended(facts.ending, summary)))
    if facts.rated is not None:
        comment = None if facts.confidential or not facts.comment else clip(facts.comment, _SUMMARY_CHARS)
        lines.append(_bounded(ticket_texts.rated(facts.rated, comment)))
    return [ContextBlock(elements=[mrkdwn("\n".join(lines))])]


def _bounded(sentence: str) -> str:
    """Return a sentence that holds people's words as one line of mrkdwn, no longer than it should be."""
    return clip(escape(" ".join(clean(sentence).split())), _SUMMARY_CHARS + 100)


def _holder(facts: CardFacts) -> Iterator[str]:
    if facts.claimed_by is not None:
        who = escape(clip(facts.claimed_by, _NAME_CHARS))
        since = moment(facts.claimed_at) if facts.claimed_at else None
        yield (card_texts.claimed if facts.state in HELD_STATES else ticket_texts.held)(who, since)
    elif facts.state is TicketState.REQUESTED:
        yield card_texts.UNCLAIMED
    if facts.state not in {TicketState.REQUESTED, TicketState.CLAIMED}:
        yield escape(ticket_texts.STATES[facts.state])


def claim_lost(name: str) -> Message:
    """Return what the consultant reads, privately, who pressed Claim too late."""
    return _said(texts.claim_lost(clip(name, _NAME_CHARS)))


def request_stored(reference: str, *, already: bool = False, claimed_by: str | None = None) -> Message:
    """Return the confirmation of a press on *Talk to a consultant*.

    `already` is true when the conversation had an open request before; `claimed_by` then says who has it.
    """
    return _said(texts.stored(reference, already, clip(claimed_by, _NAME_CHARS) if claimed_by else None))


def client_requested(
    reference: str,
    desk_ready: bool,
    firm_phone: str | None,
    firm_email: str | None,
    phone: str = "",
    promise: str = "",
) -> Message:
    """Return what the client's thread reads after a request; without a desk it names the firm's contacts.

    `phone` is said before it, of work that stands still while nobody is there; `promise` after it.
    """
    if desk_ready:
        return _said(" ".join(part for part in (phone, texts.requested(reference), promise) if part))
    ways = texts.firm_contacts(firm_phone, firm_email)
    return _said(" ".join(part for part in (texts.requested_without_desk(reference), ways) if part))


def client_claimed(consultant_name: str, reference: str) -> Message:
    """Return what the client's thread reads after a claim."""
    return _said(texts.claimed(clip(consultant_name, _NAME_CHARS), reference))


def _said(sentences: str) -> Message:
    return message(sentences, say(sentences))
