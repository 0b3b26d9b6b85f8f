"""The desk's part of Home: a consultant's requests by clock, what is free, what waits and what is late."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, DatePickerElement, InteractiveElement, SectionBlock

from bot.slack import card_texts
from bot.slack import member_ids as ids
from bot.slack import member_texts as said
from bot.slack.blocks.build import actions, button, context, heading, mrkdwn, words
from bot.slack.blocks.gaps import gap_blocks
from bot.slack.blocks.home_lists import Link, line, link_button
from bot.slack.blocks.text import clean, clip, escape, moment
from bot.slack.home_texts import (
    CARD_ELSEWHERE,
    FOR_YOU_TITLE,
    OWN_NONE,
    OWN_TITLE,
    UNCLAIMED_NONE,
    UNCLAIMED_TITLE,
    claim_spoken,
    more_on_desk,
    open_card,
)
from bot.slack.ids import HOME_CLAIM
from bot.workflows.desk_home import DeskPart, Request

_NAME_CHARS = 80


def desk_blocks(desk: DeskPart, link: Link, lead: Sequence[Block] = ()) -> list[Block]:
    """Return what a consultant sees first; `lead` is what a lead sees beside it."""
    return [
        *_list(OWN_TITLE, OWN_NONE, [_own("own", each, link) for each in desk.own]),
        *_list(UNCLAIMED_TITLE, UNCLAIMED_NONE, [_unclaimed(each, link) for each in desk.unclaimed]),
        *([context(more_on_desk(desk.more))] if desk.more else []),
        *_list(said.WAITING_TITLE, None, [_own("waiting", each, link) for each in desk.waiting]),
        *_list(said.LATE_TITLE, None, [request_block("late", each, link) for each in desk.late]),
        *gap_blocks(desk.gaps, desk.all_gaps),
        *_ways(desk),
        *lead,
        heading(FOR_YOU_TITLE),
    ]


def _list(title: str, none: str | None, blocks: Sequence[Block]) -> list[Block]:
    """Return a list under its heading; an empty one says so, or is left out."""
    if not blocks and none is None:
        return []
    return [heading(title), *(blocks or [context(none or "")])]


def _unclaimed(request: Request, link: Link) -> SectionBlock:
    client = clip(request.client_name, _NAME_CHARS)
    press = button(
        card_texts.CLAIM,
        HOME_CLAIM,
        str(request.ticket_id),
        claim_spoken(request.reference, client),
        "primary",
    )
    url = link(request.spot) if request.spot else None
    block_id = f"home_unclaimed_{request.ticket_id}"
    return SectionBlock(block_id=block_id, text=mrkdwn(request_text(request, url)), accessory=press)


def _own(kind: str, request: Request, link: Link) -> SectionBlock:
    """Return a request of the reader's own, who need not be told that they have it."""
    return request_block(kind, replace(request, holder=None), link)


def request_block(kind: str, request: Request, link: Link) -> SectionBlock:
    """Return a request with the way to its card; `kind` tells its lists apart."""
    url = link(request.spot) if request.spot else None
    way = link_button(url, request.ticket_id, open_card(request.reference)) if url else None
    text = request_text(request) + ("" if request.spot else f"\n{CARD_ELSEWHERE}")
    return SectionBlock(block_id=f"home_{kind}_{request.ticket_id}", text=mrkdwn(text), accessory=way)


def request_text(request: Request, url: str | None = None) -> str:
    """Return a request in three lines of mrkdwn; `url` makes its reference a link."""
    question = said.CONFIDENTIAL if request.question is None else escape(line(request.question)) or "–"
    return f"{_named(request, url)}\n{question}\n{_times(request)}"


def request_line(request: Request) -> str:
    """Return a request in a line that does not say what it is about, as for a morning's digest."""
    return f"{_named(request, None)} · {_times(request)}"


def _named(request: Request, url: str | None) -> str:
    reference = escape(request.reference)
    client = _name(request.client_name)
    return f"*{f'<{url}|{reference}>' if url else reference} · {client}*"


def _name(name: str) -> str:
    """Return a name escaped and on one line; entities must not make it many times as long."""
    return clip(escape(clip(" ".join(clean(name).split()), _NAME_CHARS)), 2 * _NAME_CHARS)


def _times(request: Request) -> str:
    """Return since when it is there, what is due, and who has it, on one line."""
    parts = [f"since {moment(request.since)}"]
    if request.due:
        parts.insert(0, f"*{said.due(request.due)} {moment(request.due.at)}*")
    if request.holder:
        parts.append(said.held_by(_name(request.holder)))
    return " · ".join(parts)


def _ways(desk: DeskPart) -> list[Block]:
    """Return the search, the digest's switch and the absence."""
    back = _local(desk.away_until, desk.timezone)
    digest = said.DIGEST_ON if desk.no_digest else said.DIGEST_OFF
    spoken = said.DIGEST_ON_SPOKEN if desk.no_digest else said.DIGEST_OFF_SPOKEN
    ways: list[InteractiveElement] = [
        button(said.SEARCH, ids.SEARCH_OPEN, ids.SEARCH_OPEN, said.SEARCH_SPOKEN),
        button(digest, ids.DIGEST_SWITCH, "on" if desk.no_digest else "off", spoken),
    ]
    picker: list[InteractiveElement] = [
        DatePickerElement(
            action_id=ids.AWAY,
            placeholder=words(said.AWAY_PICK, 150),
            initial_date=back.isoformat() if back else None,
        )
    ]
    if back:
        picker.append(button(said.BACK, ids.BACK, ids.BACK, said.BACK_SPOKEN))
    told = said.away_until(said.day(back)) if back else said.AWAY_HINT
    return [
        actions(ids.DESK_ROW, ways),
        heading(said.AWAY_TITLE),
        actions(ids.AWAY_ROW, picker),
        context(told),
    ]


def _local(at: datetime | None, zone: str) -> date | None:
    return at.astimezone(ZoneInfo(zone)).date() if at else None
