"""What the methodology lacks: the largest gaps on a consultant's Home, all of them in pages, and the form."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock, Option, OptionGroup, SectionBlock, StaticSelectElement

from bot.slack import gap_ids as ids
from bot.slack import gap_texts as said
from bot.slack import home_texts
from bot.slack.blocks.build import TITLE_CHARS, actions, button, context, heading, modal, mrkdwn, say, words
from bot.slack.blocks.text import clean, clip, escape
from bot.workflows.gaps import GapLine
from knowledge.types import ArticleSummary

LISTED = 15
_LABEL_CHARS = 200
_NAME_CHARS = 80
_OPTION_CHARS = 75
_MOST_OPTIONS = 100


def gap_blocks(gaps: Sequence[GapLine], count: int) -> list[Block]:
    """Return the largest gaps for Home with the way to all; nothing where there are none."""
    if not gaps:
        return []
    way = button(said.show_all(count), ids.GAPS_SHOW, ids.GAPS_SHOW, said.SHOW_ALL_SPOKEN)
    return [heading(said.TITLE), *(_line("home_gap", each) for each in gaps), actions(ids.GAP_ROW, [way])]


def gaps_view(
    gaps: Sequence[GapLine], count: int, offset: int, viewer: str, notice: str | None = None
) -> dict[str, Any]:
    """Return a page of the gaps for who looks at it; `notice` says what came of a press."""
    blocks: list[Block] = [context(notice)] if notice else []
    blocks += say(said.LEAD if gaps else said.NONE)
    for each in gaps:
        blocks += [_line("gap", each), _ways(each, viewer)]
    blocks += _pages(len(gaps), count, offset)
    return modal(said.TITLE, blocks, callback_id=ids.GAPS_VIEW, private_metadata=str(offset))


def close_view(gap: GapLine, offset: int, articles: Iterable[ArticleSummary]) -> dict[str, Any]:
    """Return the form that asks for the article, by area."""
    chosen = InputBlock(
        block_id=ids.ARTICLE_BLOCK,
        label=words(said.ARTICLE, 150),
        element=StaticSelectElement(
            action_id=ids.ARTICLE_INPUT,
            placeholder=words(said.ARTICLE, 150),
            option_groups=_by_area(articles),
        ),
    )
    return modal(
        said.CLOSE_TITLE,
        [_line("gap", gap), chosen],
        submit=words(said.SAVE, TITLE_CHARS),
        callback_id=ids.CLOSE_VIEW,
        private_metadata=ids.Closing(gap.gap_id, offset).value,
    )


def _line(kind: str, gap: GapLine) -> SectionBlock:
    holder = " ".join(clip(clean(gap.holder), _NAME_CHARS).split()) if gap.holder else None
    text = f"*{escape(_label(gap)) or '–'}*\n{escape(said.standing(gap.count, holder))}"
    return SectionBlock(block_id=f"{kind}_{gap.gap_id}", text=mrkdwn(text))


def _label(gap: GapLine) -> str:
    # A star would end the bold type it stands in.
    return clip(" ".join(clean(gap.label).replace("*", "").split()), _LABEL_CHARS)


def _ways(gap: GapLine, viewer: str) -> Block:
    presses = [(said.CLOSE, ids.GAP_CLOSE), (said.ASIDE, ids.GAP_ASIDE)]
    if gap.holder_id != viewer:
        presses.insert(0, (said.TAKE, ids.GAP_TAKE))
    shown = [
        button(label, action, str(gap.gap_id), said.spoken(label, _label(gap))) for label, action in presses
    ]
    return actions(f"gap_ways_{gap.gap_id}", shown)


def _pages(shown: int, count: int, offset: int) -> list[Block]:
    row = []
    if offset > 0:
        row.append(button(said.BACK, ids.GAPS_BACK, str(max(0, offset - LISTED)), said.BACK_SPOKEN))
    if offset + shown < count and shown:
        row.append(button(said.ON, ids.GAPS_ON, str(offset + LISTED), said.ON_SPOKEN))
    if not row:
        return []
    return [context(said.page(offset + 1, offset + shown, count)), actions(ids.GAPS_PAGES, row)]


def _by_area(articles: Iterable[ArticleSummary]) -> list[OptionGroup]:
    ordered = sorted(articles, key=lambda each: (each.area, each.title))
    return [
        OptionGroup(
            label=words(home_texts.area(area), _OPTION_CHARS),
            options=[Option(text=words(each.title, _OPTION_CHARS), value=each.slug) for each in members][
                :_MOST_OPTIONS
            ],
        )
        for area, members in groupby(ordered, key=lambda each: each.area)
    ]
