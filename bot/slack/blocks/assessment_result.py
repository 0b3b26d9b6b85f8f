"""What a self-assessment came to: in the window it was filled in, and as a message to who filled it in."""

from collections.abc import Callable, Iterator
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement, SectionBlock

from bot.answering.advice import Place, Report
from bot.answering.assessment import Result
from bot.answering.competencies import Model
from bot.answering.handouts import FileKind
from bot.slack import assessment_texts as said
from bot.slack import file_texts, ids, texts
from bot.slack.assessment_state import Form
from bot.slack.blocks.browse import Leaf
from bot.slack.blocks.build import (
    actions,
    button,
    context,
    heading,
    message,
    modal,
    mrkdwn,
    say,
    talk_button,
    title,
)
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import items, list_block
from bot.slack.blocks.tables import table_block
from bot.slack.blocks.text import to_mrkdwn
from bot.slack.pages import Page, PageKind

# Makes the button for a place from its number, its value and what is heard for it.
Opener = Callable[[int, str, str], ButtonElement]


def result_view(model: Model, report: Report, form: Form, *, notice: str | None = None) -> dict[str, Any]:
    """Return the result as the last page of the form."""
    blocks: list[Block] = [context(notice)] if notice else []
    blocks += [title(said.RESULT), context(said.COPY_SENT if form.is_sent else said.ONLY_HERE)]
    blocks += _summary(report, _in_window)
    blocks += _gaps(report.result)
    blocks += _next(report, _in_window)
    row = _files(report.code) if form.is_sent else []
    row.append(button(said.CHANGE, ids.ASSESS_STEP, "0", said.CHANGE_SPOKEN))
    row.append(button(texts.TALK, ids.ASSESS_TALK, ids.ASSESS_TALK, texts.TALK_SPOKEN))
    blocks.append(actions(ids.ASSESS_BLOCK, row))
    return _window(said.RESULT_TITLE, blocks, form.metadata(model))


def reading_view(leaf: Leaf, metadata: str) -> dict[str, Any]:
    """Return a section in place of the result, with the way back to it; `metadata` is the result's."""
    kept = [block for block in leaf.blocks if block.block_id not in {ids.ASSESS_BLOCK, ids.FILE_BLOCK}]
    row = [button(said.BACK_TO_RESULT, ids.ASSESS_RESULT, ids.ASSESS_RESULT, said.BACK_TO_RESULT)]
    if leaf.onward is not None:
        row.append(button(said.NEXT_PART, f"{ids.ASSESS_READ}99", leaf.onward.value, said.NEXT_PART))
    return _window(said.TITLE, [*kept, actions(ids.ASSESS_BLOCK, row)], metadata)


def _window(name: str, blocks: list[Block], metadata: str) -> dict[str, Any]:
    return modal(name, blocks, callback_id=ids.ASSESS_VIEW, private_metadata=metadata)


def result_message(report: Report) -> Message:
    """Return the result as a message for the person's direct messages, every competency in one table."""
    rows = [
        said.HEADER,
        *((line.name, str(line.current), str(line.required)) for line in report.result.lines),
    ]
    files = _files(report.code)
    blocks: list[Block] = [
        title(said.TITLE),
        context(said.ONLY_YOU),
        *_summary(report, _in_message),
        heading(said.GAPS),
        table_block(rows),
        *_next(report, _in_message),
        actions(ids.ASSESS_BLOCK, [*files, talk_button(None)]),
    ]
    return message(said.NOTIFICATION, blocks)


def _summary(report: Report, opener: Opener) -> Iterator[Block]:
    result = report.result
    yield _line(said.overall(result.overall_tenths, result.averages))
    opening = opener(0, _page(report.rule).value, said.RULE_SPOKEN) if report.rule else None
    yield _line(said.rule(result.averages), opening)
    yield list_block(items(map(said.average_line, result.averages), ordered=False))
    if result.is_flat:
        yield from say(said.FLAT)


def _gaps(result: Result) -> Iterator[Block]:
    gaps = (*result.serious, *result.smaller)
    yield heading(said.GAPS)
    if gaps:
        yield list_block(items(map(said.gap_line, gaps), ordered=False))
    else:
        yield from say(said.NO_GAPS)


def _next(report: Report, opener: Opener) -> Iterator[Block]:
    result = report.result
    yield heading(said.NEXT_TITLE)
    if result.serious:
        names = [line.name for line in result.serious]
        yield _line(said.serious(names, result.serious_gap))
    elif result.smaller:
        yield from say(said.none_serious(result.serious_gap))
    for number, (step, place) in enumerate(report.steps, 1):
        opening = opener(number, _page(place).value, said.step_spoken(step)) if place else None
        yield _line(said.step(step), opening)
    for number, (name, place) in enumerate(report.reading, 10):
        opening = opener(number, _page(place).value, said.reading_spoken(name))
        yield _line(said.reading(name, place.title), opening)


def _line(markdown: str, opening: ButtonElement | None = None) -> SectionBlock:
    return SectionBlock(text=mrkdwn(to_mrkdwn(markdown)), accessory=opening)


def _page(place: Place) -> Page:
    return Page(PageKind.SECTION, place.slug, place.section_id)


def _in_window(number: int, value: str, spoken: str) -> ButtonElement:
    return button(said.OPEN, f"{ids.ASSESS_READ}{number}", value, spoken)


def _in_message(number: int, value: str, spoken: str) -> ButtonElement:
    return button(said.OPEN, ids.browse_action(number), value, spoken)


def _files(code: str) -> list[ButtonElement]:
    return [
        button(
            file_texts.BUTTONS[kind],
            ids.file_action(ids.ASSESS_FILE, kind),
            code,
            file_texts.spoken(kind, said.TITLE),
        )
        for kind in FileKind
    ]
