"""The lists of Home: a person's own questions, and the requests of the desk."""

from collections.abc import Callable, Sequence
from typing import assert_never

from slack_sdk.models.blocks import Block, ButtonElement, SectionBlock

from bot.slack import card_texts, desk_texts, ids
from bot.slack import home_texts as said
from bot.slack.blocks.build import BUTTON_CHARS, button, context, heading, mrkdwn, words
from bot.slack.blocks.text import clean, clip, escape, moment, plain
from bot.workflows.home import Asked, AskedState, DeskPart, Request, Spot

_QUESTION_CHARS = 150
_NAME_CHARS = 80
Link = Callable[[Spot], str | None]


def asked_blocks(asked: Sequence[Asked], link: Link) -> list[Block]:
    """Return a person's latest questions with what became of each, and the way to it."""
    return [_asked(each, index, link) for index, each in enumerate(asked)] or [context(said.MINE_NONE)]


def _asked(asked: Asked, index: int, link: Link) -> SectionBlock:
    question = _line(asked.question)
    text = f"{escape(question) or '–'}\n{moment(asked.at)} · {escape(_state(asked))}"
    url = link(asked.spot) if asked.spot else None
    way = _link(url, index, said.opens(question)) if url else _show(asked, question)
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


def desk_blocks(desk: DeskPart, link: Link) -> list[Block]:
    """Return what a consultant sees first: requests nobody has claimed, and their own."""
    unclaimed: list[Block] = [_unclaimed(request) for request in desk.unclaimed]
    own: list[Block] = [_own(request, link) for request in desk.own]
    return [
        heading(said.UNCLAIMED_TITLE),
        *(unclaimed or [context(said.UNCLAIMED_NONE)]),
        *([context(said.more_on_desk(desk.more))] if desk.more else []),
        heading(said.OWN_TITLE),
        *(own or [context(said.OWN_NONE)]),
        heading(said.FOR_YOU_TITLE),
    ]


def _unclaimed(request: Request) -> SectionBlock:
    client = clip(request.client_name, _NAME_CHARS)
    press = button(
        card_texts.CLAIM,
        ids.HOME_CLAIM,
        str(request.ticket_id),
        said.claim_spoken(request.reference, client),
        "primary",
    )
    block_id = f"home_unclaimed_{request.ticket_id}"
    return SectionBlock(block_id=block_id, text=mrkdwn(_described(request, client)), accessory=press)


def _own(request: Request, link: Link) -> SectionBlock:
    text = _described(request, clip(request.client_name, _NAME_CHARS))
    url = link(request.spot) if request.spot else None
    way = _link(url, request.ticket_id, said.open_card(request.reference)) if url else None
    unposted = "" if request.spot else f"\n{said.CARD_ELSEWHERE}"
    return SectionBlock(block_id=f"home_own_{request.ticket_id}", text=mrkdwn(text + unposted), accessory=way)


def _described(request: Request, client: str) -> str:
    named = f"*{escape(request.reference)} · {escape(' '.join(clean(client).split()))}*"
    question = desk_texts.IN_CONFIDENCE if request.confidential else _line(request.question)
    return f"{named}\n{escape(question) or '–'}\nsince {moment(request.since)}"


def _link(url: str, index: int, spoken: str) -> ButtonElement:
    """Return a button that opens an address; Slack tells us of its press all the same."""
    return ButtonElement(
        text=words(said.OPEN, BUTTON_CHARS),
        action_id=f"{ids.HOME_LINK}_{index}",
        url=url,
        accessibility_label=clip(" ".join(plain(spoken).split()), BUTTON_CHARS),
    )


def _line(text: str) -> str:
    return clip(" ".join(clean(text).split()), _QUESTION_CHARS)
