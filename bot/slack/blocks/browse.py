"""The methodology to read: areas, their articles, an article's sections, and a section in parts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from slack_sdk.models.blocks import Block, SectionBlock

from bot.answering.handouts import handout_of
from bot.slack import home_texts as said
from bot.slack import ids, texts
from bot.slack.blocks.assessment import start_row
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
from bot.slack.blocks.files import file_buttons
from bot.slack.blocks.limits import reader_chars
from bot.slack.blocks.markdown import markdown_blocks
from bot.slack.blocks.message import Message
from bot.slack.blocks.plain_form import plain_form
from bot.slack.blocks.section import origin
from bot.slack.blocks.text import clean, clip, escape, split_section
from bot.slack.blocks.voices import comment_row
from bot.slack.pages import Page, PageKind, Trail
from bot.slack.voice_ids import About
from knowledge.types import Article, ArticleSummary, Section

# Twenty entries of a title and a line, and every part of a section, fit a message as well as a modal.
LISTED = 20
_LINE_CHARS = 200
_PIECE_CHARS = 5_000
_PART_CHARS = 8_000
_PART_BLOCKS = 38
_MOST_RELATED = 5
_LABEL_CHARS = 60


@dataclass(frozen=True)
class Entry:
    """A line of a list: its name, a line about it and the page it leads to."""

    name: str
    line: str
    page: Page


@dataclass(frozen=True)
class Leaf:
    """What a page shows, whatever surface it stands on: its name, blocks and further ways on."""

    name: str
    blocks: tuple[Block, ...]
    onward: Page | None
    talk: str | None = None


def area_entries(counts: Iterable[tuple[str, int]]) -> tuple[Entry, ...]:
    """Return the areas as entries, each with the number of its articles."""
    return tuple(
        Entry(said.area(area), said.articles(count), Page(PageKind.AREA, area)) for area, count in counts
    )


def areas_leaf(page: Page, counts: Sequence[tuple[str, int]]) -> Leaf:
    """Return the list of areas."""
    lead = [*say(said.AREAS_LEAD if counts else said.AREA_NONE)]
    return _list(page, said.BROWSE, lead, area_entries(counts))


def area_leaf(page: Page, summaries: Sequence[ArticleSummary]) -> Leaf:
    """Return the articles of an area, each with its summary in a line."""
    name = said.area(page.name)
    entries = [_article_entry(summary) for summary in summaries]
    return _list(page, name, [title(name), context(said.articles(len(summaries)))], entries)


def article_leaf(page: Page, article: Article, related: Sequence[ArticleSummary]) -> Leaf:
    """Return an article's summary and its sections by heading."""
    entries = [
        Entry(section.heading or article.title, "", Page(PageKind.SECTION, article.slug, section.section_id))
        for section in article.sections
    ]
    lead: list[Block] = [title(article.title), context(origin(said.area(article.area), article.reviewed))]
    lead += say(_one_line(article.summary, 600)) if page.part == 0 and article.summary.strip() else []
    lead += start_row(article)
    leaf = _list(page, article.title, lead, entries)
    return leaf if leaf.onward else Leaf(leaf.name, (*leaf.blocks, *_related(related)), None)


def section_leaf(page: Page, article: Article, section: Section, related: Sequence[ArticleSummary]) -> Leaf:
    """Return one part of a section; after the last one come the related articles."""
    parts = section_parts(section.markdown)
    number = min(page.part, len(parts) - 1)
    name = section.heading.strip() or article.title
    blocks: list[Block] = [title(name), context(origin(article.title, article.reviewed))]
    blocks += parts[number]
    blocks += file_buttons(handout_of(article, section.section_id), ids.BROWSE_FILE, page.value)
    blocks += start_row(article)
    blocks.append(comment_row(About(slug=page.name, section_id=page.section_id)))
    is_last = number == len(parts) - 1
    if len(parts) > 1:
        blocks.append(context(said.part_of(number + 1, len(parts))))
    if is_last:
        blocks += _related(related)
    onward = None if is_last else Page(page.kind, page.name, page.section_id, number + 1)
    return Leaf(name, tuple(blocks), onward, talk=page.value)


def section_parts(markdown: str) -> list[list[Block]]:
    """Return a section's text in parts that each fit a message or a modal; nothing is left out."""
    parts: list[list[Block]] = [[]]
    room = _PART_CHARS
    for piece in split_section(clean(markdown), _PIECE_CHARS):
        for block in markdown_blocks(piece, most=len(piece))[0]:
            cost = reader_chars(plain_form(block))
            if parts[-1] and (cost > room or len(parts[-1]) == _PART_BLOCKS):
                parts.append([])
                room = _PART_CHARS
            parts[-1].append(block)
            room -= cost
    return parts if parts[0] else [list(say(texts.SECTION_EMPTY))]


def gone_leaf() -> Leaf:
    """Return what is shown where the present index has no such page."""
    return Leaf(said.BROWSE_TITLE, tuple(say(said.PAGE_GONE)), None)


def browse_view(leaf: Leaf, trail: Trail, *, notice: str | None = None) -> dict[str, Any]:
    """Return the modal of a page; `notice` is a sentence on why it is not what was expected."""
    above = [context(notice)] if notice else []
    blocks = [*above, *leaf.blocks, *_ways(leaf, trail)]
    return modal(said.BROWSE_TITLE, blocks, callback_id=ids.BROWSE_VIEW, private_metadata=trail.value)


def browse_message(leaf: Leaf, page: Page) -> Message:
    """Return the page as a message, for people for whom Slack opens no modal."""
    return message(said.page_of(leaf.name), [*leaf.blocks, *_ways(leaf, Trail(1, (page,)))])


def areas_message(counts: Sequence[tuple[str, int]], conversation_id: int | None) -> Message:
    """Return the areas as a reply in a thread, each with its button."""
    leaf = areas_leaf(Page(PageKind.AREAS), counts)
    offer = actions(ids.ACTIONS_BLOCK, [talk_button(conversation_id)])
    return message(said.AREAS_LEAD, [*leaf.blocks, *_ways(leaf, Trail(1, ())), offer])


def _list(page: Page, name: str, lead: Iterable[Block], entries: Sequence[Entry]) -> Leaf:
    start = page.part * LISTED
    start = start if start < len(entries) else 0
    shown = entries[start : start + LISTED]
    is_last = start + LISTED >= len(entries)
    blocks = (*lead, *(_entry(entry, index) for index, entry in enumerate(shown)))
    part = start // LISTED
    onward = None if is_last else Page(page.kind, page.name, page.section_id, part + 1)
    return Leaf(name, blocks, onward)


def _entry(entry: Entry, index: int) -> SectionBlock:
    about = f"\n{escape(entry.line)}" if entry.line else ""
    name = escape(_one_line(entry.name, 120))
    opener = button(said.OPEN, ids.browse_action(index), entry.page.value, said.opens(entry.name))
    return SectionBlock(text=mrkdwn(f"*{name}*{about}"), accessory=opener)


def _article_entry(summary: ArticleSummary) -> Entry:
    return Entry(summary.title, _one_line(summary.summary, _LINE_CHARS), Page(PageKind.ARTICLE, summary.slug))


def _related(related: Sequence[ArticleSummary]) -> list[Block]:
    shown = related[:_MOST_RELATED]
    buttons = [
        button(
            clip(other.title, _LABEL_CHARS),
            ids.browse_action(LISTED + index),
            Page(PageKind.ARTICLE, other.slug).value,
            said.opens(other.title),
        )
        for index, other in enumerate(shown)
    ]
    return [heading(said.RELATED), actions(ids.RELATED_BLOCK, buttons)] if buttons else []


def _ways(leaf: Leaf, trail: Trail) -> list[Block]:
    """Return the row of buttons below a page: back, on, and to a person."""
    row = []
    if trail.before is not None:
        row.append(button(said.BACK, ids.BROWSE_BACK, trail.before.value, said.BACK_SPOKEN))
    if leaf.onward is not None:
        row.append(_onward(leaf.onward))
    if not _is_areas(trail.here):
        row.append(_go(said.TO_AREAS, 98, Page(PageKind.AREAS)))
    if leaf.talk is not None:
        row.append(button(texts.TALK, ids.BROWSE_TALK, leaf.talk, texts.TALK_SPOKEN))
    return [actions(ids.BROWSE_BLOCK, row)] if row else []


def _is_areas(page: Page | None) -> bool:
    return page is None or page.kind is PageKind.AREAS


def _onward(page: Page) -> Any:
    match page.kind:
        case PageKind.SECTION:
            return _go(said.NEXT_PART, 99, page)
        case PageKind.AREAS | PageKind.AREA | PageKind.ARTICLE:
            return _go(said.MORE_LIST, 99, page)
        case _:
            assert_never(page.kind)


def _go(label: str, index: int, page: Page) -> Any:
    return button(label, ids.browse_action(index), page.value, label)


def _one_line(text: str, limit: int) -> str:
    """Return the first sentence of a text, or as much of it as fits a line."""
    line = " ".join(clean(text).split())
    end = line.find(". ")
    return clip(line[: end + 1] if 0 < end < limit else line, limit)
