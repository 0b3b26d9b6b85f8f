"""The list of a person's own questions on Home, and what other lists share with it."""

from collections.abc import Callable, Sequence
from typing import assert_never

from slack_sdk.models.blocks import Block, ButtonElement, SectionBlock

from bot.slack import home_texts as said
from bot.slack import ids
from bot.slack.blocks.build import BUTTON_CHARS, button, context, mrkdwn, words
from bot.slack.blocks.text import clean, clip, escape, moment, plain
from bot.workflows.home import Asked, AskedState
from bot.workflows.spots import Spot

_QUESTION_CHARS = 150
_NAME_CHARS = 80
Link = Callable[[Spot], str | None]


def asked_blocks(asked: Sequence[Asked], link: Link) -> list[Block]:
    """Return a person's latest questions with what became of each, and the way to it."""
    return [_asked(each, index, link) for index, each in enumerate(asked)] or [context(said.MINE_NONE)]


def _asked(asked: Asked, index: int, link: Link) -> SectionBlock:
    question = line(asked.question)
    text = f"{escape(question) or '–'}\n{moment(asked.at)} · {escape(_state(asked))}"
    url = link(asked.spot) if asked.spot else None
    way = link_button(url, index, said.opens(question)) if url else _show(asked, question)
    return SectionBlock(block_id=f"home_asked_{index}", text=mrkdwn(text), accessory=way)


def _show(asked: Asked, question: str) -> ButtonElement | None:
    """Return the way to an answer that stands nowhere in Slack."""
    if asked.answer_id is None:
        return None
    return button(said.SHOW, ids.HOME_SHOW, ids.answer_value(asked.answer_id), said.opens(question))


def _state(asked: Asked) -> str:
    name = clip(asked.consultant, _NAME_CHARS) if asked.consultant else None
    match asked.state:
        case AskedState.ANSWERED:
            return said.ANSWERED
        case AskedState.ASKED_BACK:
            return said.ASKED_BACK
        case AskedState.OFFERED:
            return said.OFFERED
        case AskedState.WAITING:
            return said.WAITING
        case AskedState.WITH_CONSULTANT:
            return said.with_consultant(name or "on the desk")
        case AskedState.CLOSED:
            return said.closed_by(name)
        case _:
            assert_never(asked.state)


def link_button(url: str, index: int, spoken: str) -> ButtonElement:
    """Return a button that opens an address; Slack tells us of its press all the same."""
    return ButtonElement(
        text=words(said.OPEN, BUTTON_CHARS),
        action_id=f"{ids.HOME_LINK}_{index}",
        url=url,
        accessibility_label=clip(" ".join(plain(spoken).split()), BUTTON_CHARS),
    )


def line(text: str) -> str:
    """Return a question on one line."""
    return clip(" ".join(clean(text).split()), _QUESTION_CHARS)
