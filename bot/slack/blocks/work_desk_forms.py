"""The forms of the desk about work: open it, propose terms, milestones, a status, completion."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from slack_sdk.models.blocks import Block

from bot.engagement.effort import in_hours
from bot.engagement.work_models import Engagement, EngagementKind, Milestone, Proposal
from bot.slack import work_desk_texts as said
from bot.slack import work_ids, work_texts
from bot.slack.blocks.build import TITLE_CHARS, context, heading, modal, words
from bot.slack.blocks.rich import items, list_block
from bot.slack.blocks.work_fields import choice, day_field, several, ticks, typed

_MOST_TICKS = 10
# As much as whoever decides can be shown of each.
MOST_TERM = 1_200
_DECIDED_WITHIN = timedelta(days=14)
_LASTS = timedelta(days=30)


def begin_view(metadata: str, needed: str) -> dict[str, Any]:
    """Return the form that opens work from a ticket."""
    kinds = [(each.value, work_texts.KINDS[each]) for each in EngagementKind]
    blocks: list[Block] = [
        choice(work_ids.KIND_BLOCK, work_texts.KIND_LABEL, kinds, EngagementKind.ASSIGNMENT.value),
        typed(work_ids.NEEDED_BLOCK, said.BEGIN_NEEDED, value=needed, multiline=True),
    ]
    return _form(said.BEGIN_TITLE, blocks, said.BEGIN_SUBMIT, work_ids.BEGIN_VIEW, metadata)


def propose_view(
    metadata: str,
    work: Engagement,
    before: Proposal | None,
    desk: Sequence[tuple[str, str]],
    *,
    note: str,
    today: date,
    is_change: bool,
    holder: str | None = None,
) -> dict[str, Any]:
    """Return the form of a proposal; `note` says who decides, `holder` who has the request."""
    minutes = before.minutes if before else work.guess
    ends = before.ends_on if before else work.needed_by
    ends = ends if ends and ends >= today else today + _LASTS
    chosen = [str(each["user_id"]) for each in before.people] if before else [holder or ""]
    experience = "\n".join(str(each["experience"]) for each in before.people) if before else None
    hours = in_hours(minutes) if minutes else None
    deliverable = before.deliverable if before else work.deliverable
    lapses = min(today + _DECIDED_WITHIN, ends)
    blocks: list[Block] = [
        context(note),
        typed(
            work_ids.SCOPE_BLOCK,
            said.SCOPE,
            hint=said.SCOPE_HINT,
            value=before.scope if before else work.needed,
            multiline=True,
            most=MOST_TERM,
        ),
        typed(
            work_ids.DELIVERABLE_BLOCK, said.DELIVERABLE, value=deliverable, multiline=True, most=MOST_TERM
        ),
        typed(work_ids.HOURS_BLOCK, said.HOURS, hint=said.HOURS_HINT, value=hours),
        day_field(work_ids.STARTS_BLOCK, said.STARTS, value=before.starts_on if before else today),
        day_field(work_ids.ENDS_BLOCK, said.ENDS, value=ends),
        several(work_ids.PEOPLE_BLOCK, said.PEOPLE, desk, chosen),
        typed(
            work_ids.EXPERIENCE_BLOCK,
            said.EXPERIENCE,
            hint=said.EXPERIENCE_HINT,
            value=experience,
            multiline=True,
            most=MOST_TERM,
        ),
        *_purpose(before),
        day_field(work_ids.LAPSES_BLOCK, said.LAPSES, value=lapses, hint=said.LAPSES_HINT),
    ]
    name = said.CHANGE_TITLE if is_change else said.PROPOSE_TITLE
    return _form(name, blocks, said.PROPOSE_SUBMIT, work_ids.PROPOSE_VIEW, metadata)


def _purpose(before: Proposal | None) -> list[Block]:
    """Return the fields on what the work is for, and on what could stand in its way."""
    return [
        typed(
            work_ids.CONFLICTS_BLOCK,
            said.CONFLICTS,
            hint=said.CONFLICTS_HINT,
            value=before.conflicts if before else None,
            multiline=True,
            most=MOST_TERM,
        ),
        typed(
            work_ids.OUTCOME_BLOCK,
            said.OUTCOME,
            value=before.outcome if before else None,
            multiline=True,
            most=MOST_TERM,
        ),
        typed(work_ids.MEASURE_BLOCK, said.MEASURE, value=before.measure if before else None),
        typed(
            work_ids.BASELINE_BLOCK,
            said.BASELINE,
            value=before.baseline if before else None,
            optional=True,
        ),
        typed(work_ids.TARGET_BLOCK, said.TARGET, value=before.target if before else None, optional=True),
    ]


def milestones_view(metadata: str, milestones: Sequence[Milestone]) -> dict[str, Any]:
    """Return the form that shows the milestones, ends some and adds one."""
    shown = [milestone_line(each) for each in milestones]
    waiting = [each for each in milestones if each.done_at is None][:_MOST_TICKS]
    options = [(str(each.id), each.title) for each in waiting]
    listed = list_block(items(shown, ordered=False))
    blocks: list[Block] = [
        *([heading(said.STEPS_SO_FAR), listed] if shown else []),
        *([ticks(work_ids.DONE_BLOCK, said.DONE, options)] if options else []),
        typed(work_ids.STEP_BLOCK, said.STEP, optional=True),
        typed(work_ids.OWNER_BLOCK, said.OWNER, optional=True),
        day_field(work_ids.DUE_BLOCK, said.DUE, optional=True),
    ]
    return _form(said.MILESTONES_TITLE, blocks, said.MILESTONES_SUBMIT, work_ids.MILESTONES_VIEW, metadata)


def milestone_line(each: Milestone) -> str:
    """Return a milestone as a line."""
    due = work_texts.day(each.due_on)
    return said.milestone(each.title, each.owner, due, done=each.done_at is not None)


def status_view(metadata: str) -> dict[str, Any]:
    """Return the form for a status."""
    field = typed(work_ids.SAID_BLOCK, said.STATUS_LABEL, hint=said.STATUS_HINT, multiline=True)
    return _form(said.STATUS_TITLE, [field], said.STATUS_SUBMIT, work_ids.STATUS_VIEW, metadata)


def complete_view(metadata: str) -> dict[str, Any]:
    """Return the form that completes work."""
    field = typed(work_ids.SAID_BLOCK, said.COMPLETE_LABEL, hint=said.COMPLETE_HINT, multiline=True)
    return _form(said.COMPLETE_TITLE, [field], said.COMPLETE_SUBMIT, work_ids.COMPLETE_VIEW, metadata)


def _form(name: str, blocks: Sequence[Block], submit: str, callback_id: str, metadata: str) -> dict[str, Any]:
    return modal(
        name, blocks, submit=words(submit, TITLE_CHARS), callback_id=callback_id, private_metadata=metadata
    )
