"""The card of a ticket on the desk, and what the client reads about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, ContextBlock, SectionBlock

from bot.slack import card_texts, ids, texts
from bot.slack.blocks.build import actions, button, context, heading, message, mrkdwn, say, title
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import items, list_block, quote_block
from bot.slack.blocks.text import clean, clip, escape, moment
from knowledge.types import OrgSize

_QUESTION_CHARS = 2_500
_ANSWERED_CHARS = 1_800
_FIELD_CHARS = 200
_LISTED = 5
_NAME_CHARS = 80


@dataclass(frozen=True)
class CardFacts:
    """What the desk is shown of a ticket; times are already said in the reader's zone.

    `answered` is what the assistant answered, or why it did not; `outcome` and `reason` are values of
    `bot.answering.types`; `claimed_by` is None until someone claims.
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


def desk_card(facts: CardFacts) -> Message:
    """Return the card as it stands now: with Claim until someone has claimed, then with who has it."""
    client, person = clip(facts.client_name, _NAME_CHARS), clip(facts.person_name, _NAME_CHARS)
    blocks: list[Block] = [
        title(card_texts.title(facts.reference, client)),
        SectionBlock(fields=[mrkdwn(_field(name, value)) for name, value in _fields(facts)]),
        heading(card_texts.QUESTION),
        quote_block(clip(clean(facts.question).strip(), _QUESTION_CHARS)),
        heading(card_texts.ANSWERED),
        *say(clip(facts.answered or "", _ANSWERED_CHARS) or card_texts.UNANSWERED),
        *_listed(texts.SOURCES, facts.sources),
        *_listed(texts.CARD_FILES, facts.files),
        *_claim(facts),
    ]
    return message(card_texts.spoken(facts.reference, client, person, facts.claimed_by), blocks)


def _fields(facts: CardFacts) -> Iterator[tuple[str, str | datetime]]:
    yield card_texts.CLIENT, facts.client_name
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


def _claim(facts: CardFacts) -> list[Block]:
    if facts.claimed_by is not None:
        who = escape(clip(facts.claimed_by, _NAME_CHARS))
        at = moment(facts.claimed_at) if facts.claimed_at else None
        return [ContextBlock(elements=[mrkdwn(card_texts.claimed(who, at))])]
    press = button(
        card_texts.CLAIM,
        ids.TICKET_CLAIM,
        str(facts.ticket_id),
        card_texts.claim_spoken(facts.reference),
        "primary",
    )
    return [context(card_texts.UNCLAIMED), actions(ids.CLAIM_BLOCK, [press])]


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
