"""A lead's part of Home: load, breaches and hours used, by client and by consultant, and packs to send."""

import re
from collections.abc import Sequence

from slack_sdk.models.blocks import Block, SectionBlock

from bot.engagement.dates import month_words
from bot.engagement.durations import hours_words
from bot.slack import client_home_texts as said
from bot.slack import pack_ids, pack_texts
from bot.slack.blocks.build import button, context, heading, mrkdwn
from bot.slack.blocks.text import clean, clip, escape
from bot.workflows.lead_home import ClientLoad, ConsultantLoad, LeadPart

_NAME_CHARS = 80
_USER_ID = re.compile(r"^[UW][A-Z0-9]{2,29}$", re.ASCII)


def lead_blocks(part: LeadPart) -> list[Block]:
    """Return what a lead sees below the desk's lists."""
    return [
        heading(said.LOAD_TITLE),
        *_table([_client(each) for each in part.clients]),
        *([context(said.clients_more(part.more))] if part.more else []),
        heading(said.DESK_TITLE),
        *_table([_consultant(each) for each in part.consultants]),
        *_packs(part),
    ]


def _table(lines: Sequence[str]) -> list[Block]:
    return [SectionBlock(text=mrkdwn("\n".join(lines)))] if lines else [context(said.LOAD_NONE)]


def _client(load: ClientLoad) -> str:
    spent, given = hours_words(load.spent), hours_words(load.given)
    hours = said.client_hours(spent, given, load.used_per_cent) if load.given else f"{spent} used"
    return f"*{_name(load.name)}* · {said.client_load(load.open, load.breaches, hours)}"


def _consultant(load: ConsultantLoad) -> str:
    told = said.consultant_load(
        load.open, load.waiting, load.breaches, hours_words(load.worked), load.used_per_cent
    )
    # Until they were met, only their id is known, which Slack shows as their name.
    is_met = load.name != load.user_id or not _USER_ID.match(load.user_id)
    return f"*{_name(load.name) if is_met else f'<@{load.user_id}>'}* · {told}"


def _packs(part: LeadPart) -> list[Block]:
    if not part.packs:
        return []
    month = month_words(part.pack_month)
    rows: list[Block] = [heading(said.PACKS_TITLE)]
    for number, (client_id, name) in enumerate(part.packs):
        told = said.pack_of(_name(name), month)
        value = pack_ids.month_value(client_id, part.pack_month)
        way = button(pack_texts.SEND, pack_ids.row_action(number), value, f"{pack_texts.SEND}: {told}")
        rows.append(SectionBlock(text=mrkdwn(told), accessory=way))
    return [*rows, *([context(said.packs_more(part.packs_more))] if part.packs_more else [])]


def _name(name: str) -> str:
    return escape(clip(" ".join(clean(name).split()), _NAME_CHARS))
