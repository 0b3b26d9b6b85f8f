"""The form that records a decision, and the lists of decisions on Home."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DatePickerElement,
    InputBlock,
    Option,
    SectionBlock,
)

from bot.engagement.outcome_models import Decision
from bot.slack import decision_ids as dids
from bot.slack import decision_texts as said
from bot.slack.blocks.build import TITLE_CHARS, button, context, heading, modal, mrkdwn, say, words
from bot.slack.blocks.outcomes import text_input
from bot.slack.blocks.text import clean, clip, escape
from bot.workflows.record_decision import Blank

MOST_TEXT = 1_000
MOST_NAME = 150
_LINE_CHARS = 200


def decision_view(blank: Blank, typed: str = "") -> dict[str, Any]:
    """Return the form; `typed` is the message it is recorded from."""
    day = DatePickerElement(action_id=dids.DAY_INPUT, initial_date=blank.today.isoformat())
    blocks: list[Block] = [
        text_input(dids.TEXT_BLOCK, dids.TEXT_INPUT, said.TEXT, most=MOST_TEXT, typed=typed),
        text_input(dids.WHY_BLOCK, dids.WHY_INPUT, said.WHY, said.WHY_HINT, most=MOST_TEXT, optional=True),
        text_input(dids.WHO_BLOCK, dids.WHO_INPUT, said.WHO, most=MOST_NAME, typed=blank.name),
        InputBlock(block_id=dids.DAY_BLOCK, label=words(said.DAY, 150), element=day),
        context(said.OPEN if blank.is_open else said.PRIVATE),
        *([] if blank.is_open else [_share()]),
    ]
    return modal(
        said.TITLE,
        blocks,
        submit=words(said.SAVE, TITLE_CHARS),
        callback_id=dids.DECISION_VIEW,
        private_metadata=dids.said_value(blank.said),
    )


def _share() -> InputBlock:
    option = Option(text=words(said.SHARE_OPTION, 75), value=dids.SHARED)
    boxes = CheckboxesElement(action_id=dids.SHARE_INPUT, options=[option])
    return InputBlock(block_id=dids.SHARE_BLOCK, label=words(said.SHARE, 150), element=boxes, optional=True)


def recorded_view(*, shared: bool) -> dict[str, Any]:
    """Return what the form becomes when it is stored."""
    return modal(said.TITLE, say(said.RECORDED_OPEN if shared else said.RECORDED_PRIVATE))


def register_blocks(shared: Sequence[Decision], own: Sequence[Decision]) -> list[Block]:
    """Return the lists of Home: a client's decisions, and those of its reader that nobody else sees."""
    blocks: list[Block] = []
    if shared:
        told = "\n".join(f"• {_line(each)}" for each in shared)
        blocks += [heading(said.HOME_TITLE), SectionBlock(text=mrkdwn(told))]
    if own:
        blocks.append(heading(said.MINE_TITLE))
    for number, each in enumerate(own):
        spoken = said.share_spoken(each.text)
        way = button(said.SHARE_BUTTON, dids.share_action(number), str(each.id), spoken)
        blocks.append(SectionBlock(text=mrkdwn(_line(each)), accessory=way))
    return blocks


def _line(decision: Decision) -> str:
    text = escape(clip(" ".join(clean(decision.text).split()), _LINE_CHARS))
    who = escape(clip(" ".join(clean(decision.decided_by).split()), _LINE_CHARS))
    return f"{text} ({who}, {decision.decided_on:%-d %b %Y})"
