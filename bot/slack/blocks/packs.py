"""A monthly pack in Slack: what its readers get, what a lead is told, and all figures as a view."""

from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, SectionBlock

from bot.engagement.dates import day_words, month_words
from bot.engagement.reports import Aim, Decided, Figures, Topic
from bot.packs import wording
from bot.slack import pack_ids
from bot.slack import pack_texts as said
from bot.slack.blocks.build import actions, button, context, heading, message, modal, mrkdwn, say, title
from bot.slack.blocks.message import Message
from bot.slack.blocks.request_words import stop_button
from bot.slack.blocks.text import clean, clip, escape
from bot.workflows.unasked import PACK

_NAME_CHARS = 80
_LINE_CHARS = 300
_MOST_LINES = 12


def pack_message(figures: Figures, pack_id: int, *, preview: bool) -> Message:
    """Return a pack as its readers get it; its files follow by themselves."""
    name = clip(clean(wording.title(figures)), 2 * _NAME_CHARS)
    rows = wording.glance(figures)
    value = str(pack_id)
    ways = [button(said.SHOW, pack_ids.PACK_SHOW, value, said.spoken(said.SHOW, name))]
    if not preview:
        ways.append(stop_button(PACK))
    blocks: list[Block] = [
        title(said.ready(name)),
        SectionBlock(fields=[mrkdwn(f"*{escape(label)}*\n{escape(told)}") for label, told in rows]),
        context(wording.prepared(figures)),
        context(said.ONLY_LEAD if preview else said.FOLLOWS),
        actions(pack_ids.PACK_BLOCK, ways),
    ]
    spoken = "; ".join(f"{label} {told}" for label, told in rows)
    return message(f"{said.ready(name)}: {spoken}.", blocks)


def announced_message(client: str, client_id: int, month: date) -> Message:
    """Return what a lead is told, with the two ways on."""
    named, value = clip(client, _NAME_CHARS), pack_ids.month_value(client_id, month)
    told = said.announced(named, month_words(month))
    ways = [
        button(said.SEND, pack_ids.PACK_SEND, value, said.spoken(said.SEND, named), "primary"),
        button(said.PREVIEW, pack_ids.PACK_PREVIEW, value, said.spoken(said.PREVIEW, named)),
        stop_button(PACK),
    ]
    return message(told, [*say(told), actions(pack_ids.PACK_BLOCK, ways)])


def there_message(pack_id: int) -> Message:
    """Return the line in a channel behind which its readers open a pack, each alone."""
    way = button(said.THERE_OPEN, pack_ids.PACK_SHOW, str(pack_id), said.THERE_OPEN)
    return message(said.THERE, [*say(said.THERE), actions(pack_ids.PACK_BLOCK, [way])])


def pack_view(figures: Figures, pack_id: int, *, files: bool) -> dict[str, Any]:
    """Return every figure of a pack as a view; `files` where its reader can be sent them."""
    value, name = str(pack_id), wording.title(figures)
    way = button(said.FILES, pack_ids.PACK_FILES, value, said.spoken(said.FILES, name))
    compared = figures.compared
    return modal(
        said.VIEW_TITLE,
        [
            title(name),
            context(wording.prepared(figures)),
            *_figures("Questions", wording.endings(figures)),
            context(wording.KEPT_APART),
            *_figures("Requests to consultants", wording.requests(figures)),
            *_figures("Promises", wording.promised(figures)),
            *_figures("Hours", wording.balance(figures.hours)),
            *_figures("What the time went to", wording.work(figures.hours)),
            *_figures("Outcomes", wording.outcomes(figures)),
            *_lines("Where each outcome stands", [_aim(aim) for aim in figures.aims]),
            *_lines("Subjects", [_topic(each) for each in figures.topics] or [wording.NO_TOPICS]),
            *_lines("Decisions", [_decided(each) for each in figures.decisions] or [wording.NO_DECISIONS]),
            *_figures("Compared with a full-time CIO", wording.comparison(compared)),
            context(wording.source(compared)),
            *([actions(pack_ids.PACK_BLOCK, [way])] if files else [context(said.ASK_PDF)]),
        ],
        callback_id=pack_ids.PACK_VIEW,
    )


def _aim(aim: Aim) -> str:
    return f"{wording.STATES[aim.state]}: {aim.statement} ({aim.reference})"


def _topic(topic: Topic) -> str:
    return f"{topic.title}: {topic.questions} questions of {topic.people} people"


def _decided(decided: Decided) -> str:
    return f"{decided.text} ({decided.decided_by}, {day_words(decided.decided_on)})"


def _figures(name: str, rows: wording.Rows) -> list[Block]:
    return _lines(name, [f"{label}: {value}" for label, value in rows])


def _lines(name: str, lines: list[str]) -> list[Block]:
    if not lines:
        return []
    shown = [escape(clip(" ".join(clean(line).split()), _LINE_CHARS)) for line in lines[:_MOST_LINES]]
    return [heading(name), SectionBlock(text=mrkdwn(clip("\n".join(f"• {line}" for line in shown), 2_900)))]
