"""The work of a request on its card: what is needed or agreed, how it stands, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from slack_sdk.models.blocks import Block, InteractiveElement, SectionBlock

from bot.engagement.deciders import Deciders
from bot.engagement.effort import agreed_words, effort_words
from bot.engagement.work_models import Engagement, EngagementState, Milestone
from bot.slack import work_desk_texts as said
from bot.slack import work_ids, work_texts
from bot.slack.blocks.build import actions, button, context, mrkdwn, rendered
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import clean, clip, escape
from bot.slack.blocks.work_desk_forms import milestone_line

S = EngagementState
_VALUE_CHARS, _NAME_CHARS, _MOST_STEPS, _MOST_NAMES = 240, 80, 4, 3


@dataclass(frozen=True)
class WorkFacts:
    """What the desk is shown of work; of confidential work only its reference and where it stands.

    `needed` is what was said of it where the request itself says something else.
    """

    work: Engagement
    deciders: Deciders
    milestones: Sequence[Milestone] = ()
    change_waits: bool = False
    spent: int = 0
    is_held: bool = True
    needed: str | None = None


def with_work_on(card: Message, facts: WorkFacts, ticket_id: int) -> Message:
    """Return a card with its work below, and the buttons that fit its state."""
    work = facts.work
    lines = list(_lines(facts))
    about = SectionBlock(text=mrkdwn("\n".join(f"*{name}*: {_one_line(value)}" for name, value in lines)))
    names = [clip(each.name, _NAME_CHARS) for each in facts.deciders.people[:_MOST_NAMES]]
    decides = said.who_decides(facts.deciders.standing, names)
    is_open = work.state in {S.REQUESTED, S.PROPOSED, S.ACTIVE, S.COMPLETED}
    blocks: list[Block] = [
        about,
        *([context(decides)] if is_open and not work.confidential else []),
        *([context(said.CHANGE_WAITS)] if facts.change_waits else []),
        *_ways(facts, ticket_id),
    ]
    return replace(card, blocks=(*card.blocks, *rendered(blocks)))


def _lines(facts: WorkFacts) -> list[tuple[str, str]]:
    work = facts.work
    kind = work_texts.KINDS[work.kind]
    lines = [
        (said.WORK, f"{work.reference}, {kind.lower()}" if not work.confidential else work.reference),
        (said.STATE, said.STATES[work.state]),
    ]
    if work.confidential:
        return lines
    if work.minutes and work.starts_on and work.ends_on:
        dates = f"{work_texts.day(work.starts_on)} to {work_texts.day(work.ends_on)}"
        lines.append((said.AGREED, f"{agreed_words(work.minutes)}, {dates}"))
        lines.append((said.SPENT, said.charged(facts.spent, work.minutes)))
    else:
        lines += [(said.NEEDED, facts.needed)] if facts.needed else []
        lines += [(said.NEEDED_BY, work_texts.day(work.needed_by))] if work.needed_by else []
        lines += [(said.GUESS, effort_words(work.guess))] if work.guess else []
        lines += [(said.DECIDES, work.decides)] if work.decides else []
    lines += [(said.DELIVERABLE, work.deliverable)] if work.deliverable else []
    steps = [milestone_line(each) for each in facts.milestones]
    if steps:
        more = f"; and {len(steps) - _MOST_STEPS} more" if len(steps) > _MOST_STEPS else ""
        lines.append((said.STEPS, "; ".join(steps[:_MOST_STEPS]) + more))
    return lines


def _ways(facts: WorkFacts, ticket_id: int) -> list[Block]:
    """Return the buttons of work; only who has its request can use them."""
    if not facts.is_held:
        return []
    ways: dict[EngagementState, tuple[tuple[str, str], ...]] = {
        S.REQUESTED: ((work_ids.PROPOSE, said.PROPOSE),),
        S.PROPOSED: ((work_ids.PROPOSE, said.PROPOSE_AGAIN),),
        S.DECLINED: ((work_ids.PROPOSE, said.PROPOSE_AGAIN),),
        S.LAPSED: ((work_ids.PROPOSE, said.PROPOSE_AGAIN),),
        S.ACTIVE: (
            (work_ids.MILESTONES, said.MILESTONES),
            (work_ids.STATUS, said.STATUS),
            (work_ids.PROPOSE, said.CHANGE),
            (work_ids.COMPLETE, said.COMPLETE),
        ),
    }
    shown: list[InteractiveElement] = [
        button(label, action_id, str(ticket_id), said.spoken(label, facts.work.reference))
        for action_id, label in ways.get(facts.work.state, ())
    ]
    return [actions(work_ids.WORK_BLOCK, shown)] if shown else []


def _one_line(value: str) -> str:
    return clip(escape(" ".join(clean(value).split())), _VALUE_CHARS)
