"""The form in which a ticket is made knowledge, and the draft in the thread of its card."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    Option,
    OptionGroup,
    PlainTextInputElement,
    StaticSelectElement,
)

from bot.engagement.areas import area_by_article
from bot.engagement.desk_models import DraftState
from bot.engagement.scrubbing import Finding
from bot.engagement.section_draft import LONGEST_BODY, LONGEST_TITLE
from bot.slack import home_texts, ids, knowledge_ids
from bot.slack import knowledge_texts as said
from bot.slack.blocks.build import TITLE_CHARS, actions, button, context, heading, message, modal, say, words
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import items, list_block, quote_block
from bot.slack.blocks.text import clean, clip, split_section
from bot.workflows.make_knowledge import Sheet

_OPTION_CHARS = 75
_MOST_OPTIONS = 100
_MOST_FOUND = 20
_FOUND_CHARS = 150
_NAME_CHARS = 80
_QUOTE_CHARS = 2_900


@dataclass(frozen=True)
class DraftFacts:
    """What the desk reads of a draft; `article` is the title of where it belongs, None for its own note."""

    draft_id: int
    reference: str
    writer: str
    article: str | None
    title: str
    body: str
    state: DraftState
    findings: tuple[Finding, ...] = ()
    approved_by: str = ""
    self_reviewed: bool = False


def knowledge_view(sheet: Sheet, channel: str, titles: dict[str, str]) -> dict[str, Any]:
    """Return the form; `titles` are those of the packaged articles, by slug, as far as they are known."""
    blocks: list[Block] = [
        *say(said.LEAD.format(reference=sheet.reference)),
        *_found(sheet.findings),
        InputBlock(
            block_id=knowledge_ids.ARTICLE_BLOCK,
            label=words(said.ARTICLE, 150),
            element=_articles(sheet.typed.slug, sheet.notes, titles),
        ),
        _field(
            (knowledge_ids.TITLE_BLOCK, knowledge_ids.TITLE_INPUT),
            said.STATEMENT,
            sheet.typed.title,
            LONGEST_TITLE,
        ),
        _field(
            (knowledge_ids.BODY_BLOCK, knowledge_ids.BODY_INPUT), said.BODY, sheet.typed.body, LONGEST_BODY
        ),
    ]
    return modal(
        said.TITLE,
        blocks,
        submit=words(said.SAVE, TITLE_CHARS),
        callback_id=knowledge_ids.KNOW_VIEW,
        private_metadata=f"{ids.answer_value(sheet.ticket_id, channel)}:{sheet.draft_id or 0}",
    )


def draft_message(facts: DraftFacts) -> Message:
    """Return a draft for the card's thread, whole: who approves it has to read all of it."""
    place = said.where(clip(facts.article, _OPTION_CHARS * 2) if facts.article else None)
    over = said.drafted(clip(facts.writer, _NAME_CHARS), place)
    blocks: list[Block] = [*say(over), heading(facts.title)]
    blocks += [quote_block(piece) for piece in split_section(clean(facts.body), _QUOTE_CHARS)]
    match facts.state:
        case DraftState.DRAFT:
            blocks += [*_found(facts.findings), context(said.waits(several=True)), _ways(facts)]
        case DraftState.DROPPED:
            blocks.append(context(said.dropped()))
        case DraftState.APPROVED | DraftState.PUBLISHED:
            name = clip(facts.approved_by, _NAME_CHARS)
            blocks.append(context(said.approved(name, self_reviewed=facts.self_reviewed)))
    return message(f"{over} {facts.title}", blocks)


def withdrawn_message() -> Message:
    """Return what stands in place of a draft whose ticket has become confidential."""
    return message(said.WITHDRAWN, say(said.WITHDRAWN))


def published_message(title: str, article: str | None) -> Message:
    """Return the word that a section can be found."""
    told = said.published(clip(title, LONGEST_TITLE), said.where(article))
    return message(told, say(told))


def _ways(facts: DraftFacts) -> Block:
    value = str(facts.draft_id)
    presses = (
        (said.APPROVE, knowledge_ids.DRAFT_APPROVE, "primary"),
        (said.EDIT, knowledge_ids.DRAFT_EDIT, None),
        (said.DROP, knowledge_ids.DRAFT_DROP, "danger"),
    )
    shown = [
        button(label, action_id, value, f"{label}: draft of request {facts.reference}", style)
        for label, action_id, style in presses
    ]
    return actions(knowledge_ids.DRAFT_BLOCK, shown)


def _found(findings: Sequence[Finding]) -> list[Block]:
    """Return what a reviewer should look at, marked things first."""
    told = sorted(dict.fromkeys(findings), key=lambda each: not each.is_marked)
    lines = [said.found(each.kind, clip(each.found, _FOUND_CHARS), each.put) for each in told[:_MOST_FOUND]]
    if len(told) > _MOST_FOUND:
        lines.append(said.ONE_LEFT.format(len(told) - _MOST_FOUND))
    return [heading(said.LOOK), list_block(items(lines, ordered=False))] if lines else []


def _field(names: tuple[str, str], label: str, typed: str, most: int) -> InputBlock:
    block_id, action_id = names
    is_body = block_id == knowledge_ids.BODY_BLOCK
    field = PlainTextInputElement(
        action_id=action_id,
        multiline=is_body,
        max_length=most,
        initial_value=clip(clean(typed), most) or None,
    )
    return InputBlock(
        block_id=block_id,
        label=words(label, 150),
        hint=words(said.BODY_HINT, 150) if is_body else None,
        element=field,
    )


def _articles(chosen: str, notes: dict[str, str], titles: dict[str, str]) -> StaticSelectElement:
    """Return the choice of an article, by area, after a note of its own and the notes there are."""
    own = [_option(knowledge_ids.ALONE, said.ALONE)]
    own += [_option(slug, title) for slug, title in list(notes.items())[: _MOST_OPTIONS - 1]]
    groups = [OptionGroup(label=words(said.ALONE, _OPTION_CHARS), options=own)]
    by_area = sorted(area_by_article().items(), key=lambda pair: (pair[1], pair[0]))
    for area, members in groupby(by_area, key=lambda pair: pair[1]):
        options = [_option(slug, titles.get(slug) or from_slug(slug)) for slug, _area in members]
        groups.append(
            OptionGroup(label=words(home_texts.area(area), _OPTION_CHARS), options=options[:_MOST_OPTIONS])
        )
    found = (each for group in groups for each in group.options or () if each.value == chosen)
    return StaticSelectElement(
        action_id=knowledge_ids.ARTICLE_INPUT,
        placeholder=words(said.ARTICLE, 150),
        option_groups=groups,
        initial_option=next(found, own[0]),
    )


def _option(slug: str, title: str) -> Option:
    return Option(text=words(title, _OPTION_CHARS), value=slug)


def from_slug(slug: str) -> str:
    """Return an article's name as far as its slug tells it."""
    return slug.replace("-", " ").capitalize()


def titles_of(summaries: Iterable[Any]) -> dict[str, str]:
    """Return the titles of articles by slug."""
    return {each.slug: each.title for each in summaries}
