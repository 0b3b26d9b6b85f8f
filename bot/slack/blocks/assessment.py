"""The self-assessment as a form: the button that opens it, and one step for each group of competencies."""

from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    DividerBlock,
    InputBlock,
    Option,
    StaticSelectElement,
)

from bot.answering.competencies import SLUG, Group, Level, Model, read_model
from bot.slack import assessment_texts as said
from bot.slack import ids
from bot.slack.assessment_state import LEVEL, Form, now_block, places, required_block
from bot.slack.blocks.build import TITLE_CHARS, actions, button, context, heading, modal, say, title, words
from bot.slack.blocks.rich import items, list_block
from bot.slack.blocks.text import to_words
from knowledge.scope import METHODOLOGY
from knowledge.types import Article

_OPTION_CHARS = 75
_LABEL_CHARS = 150


def start_button() -> ButtonElement:
    """Return the button that opens the form, whatever it stands in."""
    return button(said.START, ids.ASSESS_START, ids.ASSESS_START, said.START_SPOKEN)


def start_row(article: Article | None) -> list[Block]:
    """Return the row that offers the form below an article that holds it; nothing below any other."""
    if article is None or (article.scope, article.slug) != (METHODOLOGY, SLUG) or read_model(article) is None:
        return []
    return [actions(ids.ASSESS_BLOCK, [start_button()])]


def step_view(model: Model, form: Form, *, notice: str | None = None) -> dict[str, Any]:
    """Return the form's step with the levels given so far."""
    group, count = model.groups[form.step], len(model.groups)
    is_last = form.step == count - 1
    blocks: list[Block] = [context(notice)] if notice else []
    blocks += say(said.PRIVATE) if form.step == 0 else []
    blocks += [title(group.name), context(to_words(group.lead))]
    blocks += _scale(model)
    blocks += _fields(model, group, form)
    if form.step > 0:
        back = button(
            said.BACK, ids.ASSESS_STEP, str(form.step - 1), said.back_spoken(model.groups[form.step - 1].name)
        )
        blocks.append(actions(ids.ASSESS_BLOCK, [back]))
    return modal(
        said.step_title(form.step + 1, count),
        blocks,
        submit=words(said.FINISH if is_last else said.NEXT, TITLE_CHARS),
        callback_id=ids.ASSESS_VIEW,
        private_metadata=form.metadata(model),
    )


def _scale(model: Model) -> list[Block]:
    lines = [said.level_line(level.number, level.meaning, level.evidence) for level in model.levels]
    return [heading(said.SCALE), list_block(items(lines, ordered=False)), context(said.EXAMPLE)]


def _fields(model: Model, group: Group, form: Form) -> Iterator[Block]:
    for place, competency in zip(places(model, form.step), group.competencies, strict=True):
        yield DividerBlock()
        current, required = form.scores.current[place], form.scores.required[place]
        yield InputBlock(
            block_id=now_block(place),
            label=words(said.now_label(competency.name), _LABEL_CHARS),
            hint=words(competency.sign[:1].upper() + competency.sign[1:], _LABEL_CHARS),
            element=_select(model, current),
        )
        yield InputBlock(
            block_id=required_block(place),
            label=words(said.required_label(competency.name), _LABEL_CHARS),
            element=_select(model, required),
        )


def _select(model: Model, chosen: int) -> StaticSelectElement:
    options = [_option(level) for level in model.levels]
    return StaticSelectElement(
        action_id=LEVEL,
        placeholder=words(said.CHOOSE, _LABEL_CHARS),
        options=options,
        initial_option=options[chosen - 1] if chosen else None,
    )


def _option(level: Level) -> Option:
    return Option(
        value=str(level.number),
        text=words(said.level(level.number, level.meaning), _OPTION_CHARS),
        description=words(level.evidence, _OPTION_CHARS),
    )
