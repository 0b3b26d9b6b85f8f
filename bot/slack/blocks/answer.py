"""An answer as a message and as a view: its text, sources, size, and the ways on from it."""

from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ContextActionsBlock,
    FeedbackButtonObject,
    FeedbackButtonsElement,
    SectionBlock,
)

from bot.answering.fitting import is_fitted
from bot.answering.types import Answer, Citation, Outcome, Part, PartKind
from bot.slack import agent_texts, decision_ids, decision_texts, ids, texts
from bot.slack.blocks.build import (
    NOTIFICATION_CHARS,
    actions,
    button,
    context,
    heading,
    message,
    modal,
    mrkdwn,
    private_button,
    rendered,
    say,
    talk_button,
    words,
)
from bot.slack.blocks.forms import size_view
from bot.slack.blocks.growing import growth_of, stopped_end
from bot.slack.blocks.message import Message
from bot.slack.blocks.parts import message_parts, view_parts
from bot.slack.blocks.section import section_view, unavailable_section_view
from bot.slack.blocks.tables import read_rows
from bot.slack.blocks.text import clip, escape, to_words
from bot.slack.blocks.voices import comment_button, why_row
from bot.slack.composed_texts import COMPOSED
from bot.slack.voice_ids import About
from knowledge.types import OrgSize

__all__ = [
    "answer_message",
    "feedback_thanks",
    "more_view",
    "section_view",
    "size_view",
    "unavailable_section_view",
]

MAX_SOURCES = 4
_SOURCE_CHARS = 300
_TITLE_CHARS = 80
# Below this the answer says that it may not be what was meant.
SURE_ENOUGH = 0.55


def answer_message(
    answer: Answer,
    *,
    answer_id: int,
    conversation_id: int,
    notice: str | None = None,
    saved_files: bool = False,
    can_confirm_size: bool = False,
    client_name: str | None = None,
    continues: str | None = None,
) -> Message:
    """Return the first screen of an answer with its sources and all the ways on.

    `continues` names the conversation the message was understood to go on with, with the way out of it.

    `notice` is the one-time sentence on who can read this. `can_confirm_size` is for a CIO or consultant:
    they get the button that makes the size the profile's, named after `client_name`.
    """
    first = answer.parts[: answer.first_screen]
    body, cut = message_parts(first, answer.org_size)
    remarks = _remarks(answer, saved_files=saved_files)
    ways = []
    if cut or len(first) < len(answer.parts):
        ways.append(button(texts.MORE, ids.ANSWER_MORE, ids.answer_value(answer_id), texts.MORE_SPOKEN))
    ways.append(talk_button(conversation_id, answer_id))
    if answer.decision.outcome is Outcome.ESCALATE:
        ways.append(private_button(conversation_id, answer_id))
    ways.append(comment_button(About(answer_id)))
    if answer.decision.outcome is Outcome.ANSWER:
        ways.append(_decide(answer_id))
    ways += _confirm(answer, answer_id, client_name) if can_confirm_size else []
    end: list[Block] = [
        *(context(remark) for remark in remarks),
        *(_continuing(continues, answer_id) if continues else []),
        *_sizes(answer, answer_id),
        *_sources(answer, answer_id),
        context(texts.HANDOVER),
        actions(ids.ACTIONS_BLOCK, ways),
        _feedback(answer_id),
        *([context(notice)] if notice and notice.strip() else []),
    ]
    shown, ways_on = rendered(body or say(texts.NO_ANSWER)), rendered(end)
    growth = growth_of(first, shown, ways_on, stopped_end(conversation_id))
    return Message(_notification(answer), shown + ways_on, growth)


def _decide(answer_id: int) -> ButtonElement:
    value = ids.answer_value(answer_id)
    return button(decision_texts.RECORD, decision_ids.ANSWER_DECISION, value, decision_texts.RECORD_SPOKEN)


def _continuing(title: str, answer_id: int) -> list[Block]:
    alone = button(
        agent_texts.NEW_QUESTION,
        ids.NEW_QUESTION,
        ids.answer_value(answer_id),
        agent_texts.NEW_QUESTION_SPOKEN,
    )
    line = mrkdwn(escape(agent_texts.continuing(clip(title, _TITLE_CHARS))))
    return [SectionBlock(block_id=ids.CONTINUING_BLOCK, text=line, accessory=alone)]


def _remarks(answer: Answer, *, saved_files: bool) -> list[str]:
    """Return what must be said beside the text itself."""
    unsure = answer.decision.outcome is Outcome.ANSWER and answer.decision.confidence < SURE_ENOUGH
    said = {
        COMPOSED: answer.is_composed,
        texts.UNSURE: unsure and bool(answer.citations),
        texts.FILES_KEPT: saved_files,
    }
    return [remark for remark, needed in said.items() if needed]


def _sizes(answer: Answer, answer_id: int) -> list[Block]:
    """Return the size the answer was fitted to with a way to change it, or the offer to fit it to one."""
    if answer.org_size is not None and not is_fitted(answer):
        return []
    if answer.org_size is not None:
        change = button(texts.CHANGE, ids.SIZE_CHANGE, ids.answer_value(answer_id), texts.CHANGE_SPOKEN)
        fitted = mrkdwn(escape(texts.size_fitted(answer.org_size)))
        return [SectionBlock(block_id=ids.FITTED_BLOCK, text=fitted, accessory=change)]
    if not answer.offer_sizes:
        return []
    buttons = [_size_button(size, answer_id) for size in OrgSize]
    return [context(texts.ASK_SIZE), actions(ids.SIZES_BLOCK, buttons)]


def _size_button(size: OrgSize, answer_id: int) -> Any:
    value = ids.answer_value(answer_id, size.value)
    return button(texts.SIZE_BUTTONS[size], ids.size_action(size), value, texts.size_spoken(size))


def _confirm(answer: Answer, answer_id: int, client_name: str | None) -> list[Any]:
    size = answer.stated_size or answer.org_size
    if size is None:
        return []
    label = texts.size_confirm(size, clip(client_name, 40) if client_name else None)
    return [button(label, ids.SIZE_CONFIRM, ids.answer_value(answer_id, size.value), label)]


def _sources(answer: Answer, answer_id: int) -> list[Block]:
    """Return at most four sources, each with the button that opens it; numbered where sentences say so."""
    if not answer.citations:
        return []
    shown = enumerate(answer.citations[:MAX_SOURCES])
    numbered = answer.is_composed
    return [
        heading(texts.SOURCES),
        *(_source(cited, answer_id, at, numbered=numbered) for at, cited in shown),
    ]


def _source(citation: Citation, answer_id: int, index: int, *, numbered: bool) -> SectionBlock:
    named = ", ".join(name for name in (citation.title.strip(), citation.section.strip()) if name)
    spoken = texts.source_spoken(citation.title, citation.section)
    opener = button(texts.OPEN, ids.SOURCE_OPEN, ids.answer_value(answer_id, index), spoken)
    number = f"[{index + 1}] " if numbered else ""
    return SectionBlock(text=words(f"{number}{named}", _SOURCE_CHARS), accessory=opener)


def _feedback(answer_id: int) -> ContextActionsBlock:
    yes = FeedbackButtonObject(
        text=words(texts.HELPFUL, 75),
        value=ids.answer_value(answer_id, ids.Verdict.HELPFUL),
        accessibility_label=texts.HELPFUL_SPOKEN,
    )
    no = FeedbackButtonObject(
        text=words(texts.NOT_HELPFUL, 75),
        value=ids.answer_value(answer_id, ids.Verdict.NOT_HELPFUL),
        accessibility_label=texts.NOT_HELPFUL_SPOKEN,
    )
    buttons = FeedbackButtonsElement(action_id=ids.FEEDBACK, positive_button=yes, negative_button=no)
    return ContextActionsBlock(block_id=ids.FEEDBACK_BLOCK, elements=[buttons])


def _notification(answer: Answer) -> str:
    """Return the first sentence or two: what a lock screen shows and a screen reader says."""
    spoken = next((said for part in answer.parts if (said := _spoken(part))), "")
    return clip(escape(spoken or texts.NO_ANSWER), NOTIFICATION_CHARS)


def _spoken(part: Part) -> str:
    if part.kind is PartKind.TABLE:
        return " ".join([part.heading, *(", ".join(row) for row in read_rows(part.lines)[:1])]).strip()
    return " ".join(to_words(line) for line in part.lines[:2]).strip()


def more_view(answer: Answer, *, answer_id: int, conversation_id: int) -> dict[str, Any]:
    """Return the modal with the whole answer, its sources, and the ways to a consultant."""
    body, cut = view_parts(answer.parts, answer.org_size)
    rest = [context(texts.SECTION_GOES_ON)] if cut else []
    ways = actions(
        ids.ACTIONS_BLOCK,
        [talk_button(conversation_id, answer_id), private_button(conversation_id, answer_id)],
    )
    sources = _sources(answer, answer_id)
    blocks = [*(body or say(texts.NO_ANSWER)), *rest, *sources, context(texts.HANDOVER), ways]
    value = ids.answer_value(answer_id)
    return modal(texts.MORE_TITLE, blocks, callback_id=ids.MORE_VIEW, private_metadata=value)


def feedback_thanks(
    verdict: ids.Verdict, *, conversation_id: int | None = None, answer_id: int | None = None
) -> Message:
    """Return the private thanks for a verdict; a bad one offers a consultant."""
    if verdict is ids.Verdict.HELPFUL:
        return message(texts.THANKS_HELPFUL, say(texts.THANKS_HELPFUL))
    ways = [talk_button(conversation_id, answer_id), private_button(conversation_id, answer_id)]
    offer = actions(ids.ACTIONS_BLOCK, ways)
    reasons = why_row(answer_id) if answer_id is not None else []
    return message(texts.THANKS_NOT_HELPFUL, [*say(texts.THANKS_NOT_HELPFUL), offer, *reasons])
