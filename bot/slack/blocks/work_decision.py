"""What whoever decides is shown: a proposal with its terms, completed work, and what became of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, SectionBlock

from bot.engagement.effort import agreed_words
from bot.engagement.work_models import Engagement, Proposal, ProposalState
from bot.slack import work_decision_texts as said
from bot.slack import work_desk_texts, work_ids
from bot.slack.blocks.build import (
    TITLE_CHARS,
    actions,
    button,
    context,
    message,
    modal,
    mrkdwn,
    say,
    words,
)
from bot.slack.blocks.message import Message
from bot.slack.blocks.request_words import stop_button
from bot.slack.blocks.text import clean, clip, escape
from bot.slack.blocks.work_fields import typed
from bot.slack.work_texts import day
from bot.workflows.unasked import REMINDER

_NAME_CHARS, _VALUE_CHARS, _TITLE = 80, 1_200, 120


@dataclass(frozen=True)
class ResultFacts:
    """Completed work as its client is asked about it; `lines` are what was done beside the words."""

    work: Engagement
    name: str
    text: str
    lines: tuple[str, ...] = ()
    waits: bool = True
    accepted: bool = False
    by: str | None = None


def proposal_blocks(proposal: Proposal, work: Engagement, decided_by: str | None) -> list[Block]:
    """Return a proposal with its terms and, while it waits, the three buttons."""
    name = clip(proposal.proposed_name, _NAME_CHARS)
    title = clip(work.title, _TITLE)
    lead = said.proposed(name, work.reference, title, is_change=proposal.is_change)
    blocks: list[Block] = [*say(lead), *(_term(label, value) for label, value in _terms(proposal))]
    if proposal.state is not ProposalState.SENT:
        return [*blocks, context(said.state_line(proposal.state, _named(decided_by)))]
    if proposal.is_change:
        blocks.append(context(said.old_terms(work.minutes, work.ends_on)))
    return [*blocks, context(said.lapses(proposal.lapses_on)), _three(proposal, work)]


def proposal_message(proposal: Proposal, work: Engagement, decided_by: str | None) -> Message:
    """Return a proposal as a message; of a confidential one the notification says only that it is there."""
    name = clip(proposal.proposed_name, _NAME_CHARS)
    lead = said.proposed(name, work.reference, clip(work.title, _TITLE), is_change=proposal.is_change)
    spoken = said.HUSHED if work.confidential else lead
    return message(spoken, proposal_blocks(proposal, work, decided_by))


def proposal_view(proposal: Proposal, work: Engagement, decided_by: str | None) -> dict[str, Any]:
    """Return a proposal as a modal, for people we cannot write to."""
    blocks = proposal_blocks(proposal, work, decided_by)
    return modal(said.PROPOSAL_TITLE, blocks, callback_id=work_ids.PROPOSAL_VIEW)


def _terms(proposal: Proposal) -> Iterable[tuple[str, str]]:
    yield said.SCOPE, proposal.scope
    yield said.DELIVERABLE, proposal.deliverable
    yield said.EFFORT, agreed_words(proposal.minutes)
    yield said.DATES, f"{day(proposal.starts_on)} to {day(proposal.ends_on)}"
    yield said.PEOPLE, "\n".join(f"{each['name']}: {each['experience']}" for each in proposal.people)
    yield said.CONFLICTS, said.conflict_line(proposal.conflicts)
    yield said.OUTCOME, proposal.outcome
    yield said.MEASURE, proposal.measure
    if proposal.baseline:
        yield said.BASELINE, proposal.baseline
    if proposal.target:
        yield said.TARGET, proposal.target


def _named(name: str | None) -> str | None:
    return clip(name, _NAME_CHARS) if name else None


def _term(label: str, value: str) -> SectionBlock:
    return SectionBlock(text=mrkdwn(f"*{label}*\n{clip(escape(clean(value).strip()), _VALUE_CHARS)}"))


def _three(proposal: Proposal, work: Engagement) -> ActionsBlock:
    ways = (
        (said.ACCEPT, work_ids.ACCEPT, "primary"),
        (said.CHANGES, work_ids.CHANGES, None),
        (said.DECLINE, work_ids.DECLINE, None),
    )
    return actions(
        work_ids.DECISION_BLOCK,
        [
            button(label, action_id, str(proposal.id), said.spoken(label, work.reference), style)
            for label, action_id, style in ways
        ],
    )


def result_blocks(facts: ResultFacts) -> list[Block]:
    """Return completed work and, while it waits, the two buttons."""
    work = facts.work
    lead = said.completed(clip(facts.name, _NAME_CHARS), work.reference, clip(work.title, _TITLE))
    blocks: list[Block] = [*say(lead), *say(facts.text), *(context(line) for line in facts.lines)]
    if not facts.waits:
        return [*blocks, context(said.result_state(facts.accepted, _named(facts.by)))]
    ways = (
        (said.ACCEPT_RESULT, work_ids.ACCEPT_RESULT, "primary"),
        (said.MISSING, work_ids.MISSING, None),
    )
    buttons = [
        button(label, action_id, str(work.id), said.spoken(label, work.reference), style)
        for label, action_id, style in ways
    ]
    return [*blocks, context(said.asks_result(work.reference)), actions(work_ids.DECISION_BLOCK, buttons)]


def result_message(facts: ResultFacts) -> Message:
    """Return completed work as a message."""
    lead = said.completed(clip(facts.name, _NAME_CHARS), facts.work.reference, clip(facts.work.title, _TITLE))
    return message(said.HUSHED if facts.work.confidential else lead, result_blocks(facts))


def result_view(facts: ResultFacts) -> dict[str, Any]:
    """Return completed work as a modal, for people we cannot write to."""
    return modal(said.RESULT_TITLE, result_blocks(facts), callback_id=work_ids.RESULT_VIEW)


def waits_message(names: Sequence[str], work: Engagement, number: int, *, is_result: bool) -> Message:
    """Return what stands in a channel for people we cannot write to, with the button that shows it."""
    told = said.waits([clip(name, _NAME_CHARS) for name in names], work.reference, is_result=is_result)
    label = said.READ_RESULT if is_result else said.READ_PROPOSAL
    action_id = work_ids.OPEN_RESULT if is_result else work_ids.OPEN_PROPOSAL
    opens = button(label, action_id, str(number), said.spoken(label, work.reference), "primary")
    return message(told, [*say(told), actions(work_ids.DECISION_BLOCK, [opens])])


def reminder_message(proposal: Proposal, work: Engagement) -> Message:
    """Return the reminder that a proposal lapses soon, with the button that shows it."""
    if proposal.state is not ProposalState.SENT:
        # Of what is kept private by now nothing is told, also not to who was to decide before it was.
        told = said.SETTLED if work.confidential else said.not_waiting(work.reference)
        return message(told, say(told))
    told = said.lapses_soon(work.reference, clip(work.title, _TITLE), proposal.lapses_on)
    spoken = said.spoken(said.READ_PROPOSAL, work.reference)
    opens = button(said.READ_PROPOSAL, work_ids.OPEN_PROPOSAL, str(proposal.id), spoken, "primary")
    row = actions(work_ids.DECISION_BLOCK, [opens, stop_button(REMINDER)])
    return message(said.HUSHED if work.confidential else told, [*say(told), row])


def left_open_message(note: str, ticket_id: int, reference: str) -> Message:
    """Return what stands below a card whose work is accepted and which nobody has, with the way to end it."""
    told = f"{note} {work_desk_texts.still_open(reference)}"
    label = work_desk_texts.RESOLVE
    way = button(label, work_ids.RESOLVE, str(ticket_id), said.spoken(label, reference))
    return message(told, [*say(told), actions(work_ids.RESOLVE_BLOCK, [way])])


def reason_view(kind: str, number: int, place: str) -> dict[str, Any]:
    """Return the form of a decision that says something: `kind` is the view's callback id."""
    texts = {
        work_ids.CHANGES_VIEW: (said.CHANGES_TITLE, said.CHANGES_LABEL, said.CHANGES_HINT),
        work_ids.DECLINE_VIEW: (said.DECLINE_TITLE, said.DECLINE_LABEL, said.DECLINE_HINT),
        work_ids.MISSING_VIEW: (said.MISSING_TITLE, said.MISSING_LABEL, said.MISSING_HINT),
    }
    title, label, hint = texts[kind]
    optional = kind == work_ids.DECLINE_VIEW
    field = typed(work_ids.SAID_BLOCK, label, hint=hint, multiline=True, optional=optional)
    return modal(
        title,
        [field],
        submit=words(said.SEND, TITLE_CHARS),
        callback_id=kind,
        private_metadata=place or work_ids.place_value(number, ""),
    )
