"""A client's part of Home: hours left, open work, promises, outcomes due, the last pack and decisions."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, SectionBlock

from bot.engagement.consents import hours_said
from bot.engagement.dates import day_words, month_words
from bot.engagement.durations import hours_words
from bot.slack import client_home_texts as said
from bot.slack import consent_ids, consent_texts, pack_ids, pack_texts, work_ids
from bot.slack.blocks.build import actions, button, context, heading, mrkdwn, say
from bot.slack.blocks.decisions import register_blocks
from bot.slack.blocks.text import clean, clip, escape, moment
from bot.slack.work_decision_texts import READ_PROPOSAL, READ_RESULT, spoken
from bot.workflows.awaited import Awaited, Wanted
from bot.workflows.client_home import ClientPart, DueOutcome, OpenRequest, OpenWork

_LINE_CHARS = 150
_OPENS = {
    Wanted.PROPOSAL: (READ_PROPOSAL, work_ids.OPEN_PROPOSAL),
    Wanted.CHANGE: (READ_PROPOSAL, work_ids.OPEN_PROPOSAL),
    Wanted.RESULT: (READ_RESULT, work_ids.OPEN_RESULT),
    Wanted.HOURS: (consent_texts.OPEN, consent_ids.OPEN),
}


def client_blocks(part: ClientPart) -> list[Block]:
    """Return what somebody sees who reads for their client; others only the decisions that are theirs."""
    if not part.client_name:
        return register_blocks((), part.private)
    return [
        heading(said.client_title(clip(part.client_name, _LINE_CHARS))),
        *_waits(part.awaited),
        heading(said.HOURS_TITLE),
        *say(_hours(part)),
        heading(said.OPEN_TITLE),
        *_listed([*_works(part), *map(_request, part.requests)], said.OPEN_NONE),
        *([context(said.more(part.more))] if part.more else []),
        *([heading(said.OUTCOMES_TITLE)] if part.outcomes else []),
        *(_listed([_outcome(each) for each in part.outcomes], "") if part.outcomes else []),
        heading(said.PACK_TITLE),
        *_pack(part),
        *register_blocks(part.decisions, part.private),
    ]


def _waits(awaited: Sequence[Awaited]) -> list[Block]:
    """Return what its reader decides on, each with the button that opens it."""
    rows: list[Block] = []
    for each in awaited:
        label, action_id = _OPENS[each.wanted]
        told = f"*{each.reference}* {_line(each.title)}".rstrip() + f" · {_wanted(each)}"
        way = button(label, action_id, str(each.number), spoken(label, each.reference), "primary")
        rows.append(SectionBlock(text=mrkdwn(told), accessory=way))
    return [heading(said.WAITS_TITLE), *rows] if rows else []


def _wanted(each: Awaited) -> str:
    return said.hours_asked(hours_said(each.minutes)) if each.minutes else said.WANTED[each.wanted]


def _hours(part: ClientPart) -> str:
    stands, month = part.balance, month_words(part.month)
    if stands is None:
        return said.NO_RETAINER
    given = hours_words(stands.available)
    if stands.left < 0:
        return said.overspent(hours_words(-stands.left), given, month)
    return said.hours_left(hours_words(stands.left), given, stands.used_per_cent, month)


def _listed(lines: Sequence[str], none: str) -> list[Block]:
    """Return finished lines of mrkdwn as one block."""
    if not lines:
        return [context(none)]
    return [SectionBlock(text=mrkdwn("\n".join(f"• {line}" for line in lines)))]


def _request(request: OpenRequest) -> str:
    parts = [f"*{request.reference}* {_line(request.question)}", _line(said.held_by(request.holder))]
    if request.promise and request.due_at:
        parts.append(f"{said.PROMISES[request.promise]} by {moment(request.due_at)}")
    return " · ".join(parts)


def _works(part: ClientPart) -> list[str]:
    """Return the work that is open, but for what stands above as waiting for a decision."""
    above = {each.reference for each in part.awaited}
    return [_work(work) for work in part.work if work.reference not in above]


def _work(work: OpenWork) -> str:
    return f"*{work.reference}* {_line(work.title)} · {said.WORK.get(work.state, work.state.value)}"


def _outcome(outcome: DueOutcome) -> str:
    due = f" · due {day_words(outcome.due_on)}" if outcome.due_on else ""
    return f"*{outcome.reference}* {_line(outcome.statement)} · {said.OUTCOMES[outcome.state]}{due}"


def _pack(part: ClientPart) -> list[Block]:
    if part.pack is None:
        return [context(said.PACK_NONE)]
    told, value = said.last_pack(month_words(part.pack.month)), str(part.pack.id)
    ways = [
        button(pack_texts.SHOW, pack_ids.PACK_SHOW, value, pack_texts.spoken(pack_texts.SHOW, told)),
        button(pack_texts.FILES, pack_ids.PACK_FILES, value, pack_texts.spoken(pack_texts.FILES, told)),
    ]
    return [*say(told), actions(pack_ids.PACK_BLOCK, ways)]


def _line(text: str) -> str:
    """Return people's words as one short line of mrkdwn."""
    return escape(clip(" ".join(clean(text).split()), _LINE_CHARS))
