"""The buttons of a card: those that fit the state of its ticket, at most five, further ones in a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, Block, InteractiveElement, Option, OverflowMenuElement

from bot.engagement import drafts, outcomes
from bot.engagement.models import Ending, TicketState
from bot.slack import (
    card_texts,
    consent_ids,
    consent_texts,
    hours_ids,
    hours_texts,
    ids,
    knowledge_ids,
    knowledge_texts,
    outcome_ids,
    outcome_texts,
    ticket_ids,
    work_ids,
)
from bot.slack import ticket_texts as said
from bot.slack import work_desk_texts as work_texts
from bot.slack.blocks.build import actions, button, words

MOST_SHOWN = 5
_OPTION_CHARS = 75


@dataclass(frozen=True)
class Way:
    """One thing that can be done with a ticket."""

    action_id: str
    label: str
    style: str | None = None


CLAIM = Way(ids.TICKET_CLAIM, card_texts.CLAIM, "primary")
READ = Way(ticket_ids.TICKET_READ, said.READ)
_ASSIGN = Way(ticket_ids.TICKET_ASSIGN, said.ASSIGN)
_NOTE = Way(ticket_ids.TICKET_NOTE, said.NOTE)
_RESOLVE = Way(ticket_ids.TICKET_RESOLVE, said.RESOLVE, "primary")
_WAIT = Way(ticket_ids.TICKET_WAIT, said.WAIT)
_RESUME = Way(ticket_ids.TICKET_RESUME, said.RESUME)
_JOIN = Way(ticket_ids.TICKET_JOIN, said.JOIN)
_TRANSFER = Way(ticket_ids.TICKET_TRANSFER, said.TRANSFER)
_HOURS = Way(consent_ids.ASK_HOURS, consent_texts.ASK_HOURS)
_MORE_THAN = Way(work_ids.MORE_THAN, work_texts.MORE_THAN)
_LOG = Way(hours_ids.LOG_TIME, hours_texts.LOG)
KNOW = Way(knowledge_ids.TICKET_KNOW, knowledge_texts.KNOW)
OUTCOME = Way(outcome_ids.TICKET_OUTCOME, outcome_texts.RECORD)
WAYS: dict[TicketState, tuple[Way, ...]] = {
    TicketState.REQUESTED: (CLAIM, _ASSIGN, _NOTE),
    TicketState.CLAIMED: (_RESOLVE, _WAIT, _JOIN, _LOG, _NOTE, _TRANSFER, _HOURS, _MORE_THAN),
    TicketState.IN_PROGRESS: (_RESOLVE, _WAIT, _JOIN, _LOG, _NOTE, _TRANSFER, _HOURS, _MORE_THAN),
    TicketState.WAITING: (_RESOLVE, _RESUME, _JOIN, _LOG, _NOTE, _TRANSFER, _HOURS, _MORE_THAN),
    TicketState.RESOLVED: (_NOTE, _LOG),
    TicketState.CLOSED: (),
}


def ways_on(state: TicketState, *, confidential: bool, ending: Ending | None = None) -> tuple[Way, ...]:
    """Return what can be done with a ticket in that state, the likeliest first."""
    ways = WAYS[state]
    if outcomes.may_carry(state, ending):
        ways = (OUTCOME, *ways)
    if drafts.may_teach(state, ending, confidential=confidential):
        return (KNOW, *ways)
    if not confidential:
        return ways
    # Nobody at the client is asked about the time of a confidential matter.
    return (*ways[:1], READ, *(way for way in ways[1:] if way is not _HOURS))


def card_buttons(
    ticket_id: int,
    reference: str,
    state: TicketState,
    *,
    confidential: bool,
    ending: Ending | None = None,
) -> list[Block]:
    """Return the row of a card's buttons; none where nothing is left to do."""
    ways = ways_on(state, confidential=confidential, ending=ending)
    return [_row(ticket_id, reference, ways)] if ways else []


def _row(ticket_id: int, reference: str, ways: Sequence[Way]) -> ActionsBlock:
    shown: list[InteractiveElement] = [
        button(way.label, way.action_id, str(ticket_id), said.spoken(way.label, reference), way.style)
        for way in ways[:MOST_SHOWN]
    ]
    if ways[MOST_SHOWN:]:
        options = [
            Option(
                text=words(way.label, _OPTION_CHARS), value=ticket_ids.option_value(way.action_id, ticket_id)
            )
            for way in ways[MOST_SHOWN:]
        ]
        shown.append(OverflowMenuElement(action_id=ticket_ids.TICKET_MORE, options=options))
    return actions(ids.CLAIM_BLOCK, shown)
