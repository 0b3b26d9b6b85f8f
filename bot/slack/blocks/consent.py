"""Consent to time: the question to an approver, the way to it in a channel, and the consultant's form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    Option,
    PlainTextInputElement,
    SectionBlock,
    StaticSelectElement,
)

from bot.engagement.consents import hours_said
from bot.slack import consent_ids, ids
from bot.slack import consent_texts as said
from bot.slack.blocks.build import (
    TITLE_CHARS,
    actions,
    button,
    context,
    heading,
    message,
    modal,
    mrkdwn,
    rendered,
    say,
    words,
)
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import clean, clip, escape

NAME_CHARS = 80
_QUESTION_CHARS = 600
MOST_LINE = 300


@dataclass(frozen=True)
class Question:
    """What an approver is told before they decide; `asked` is None where it was asked in private."""

    consent_id: int
    reference: str
    client: str
    consultant: str
    minutes: int
    left: int | None
    line: str | None
    asked: str | None
    why_you: str = ""


def question_message(question: Question) -> Message:
    """Return the question with its three answers, for one person alone."""
    sentence = said.question(question.client, question.minutes, question.left)
    return message(sentence, _question_blocks(question))


def question_view(question: Question) -> dict[str, Any]:
    """Return the same as a modal, for somebody to whom we cannot write."""
    return modal(said.VIEW_TITLE, _question_blocks(question), callback_id=consent_ids.VIEW)


def _question_blocks(question: Question) -> list[Block]:
    told = [said.about(question.reference, question.consultant)]
    if question.line:
        told.append(f"{said.WHAT_FOR}: {clip(clean(question.line), MOST_LINE)}")
    told.append(clip(question.asked, _QUESTION_CHARS) if question.asked else said.PRIVATE)
    value, reference = str(question.consent_id), question.reference
    answers = [
        button(
            said.GO_AHEAD,
            consent_ids.GO_AHEAD,
            value,
            said.go_ahead_spoken(reference, question.minutes),
            "primary",
        ),
        button(said.NOT_NOW, consent_ids.NOT_NOW, value, said.not_now_spoken(reference)),
        button(said.TALK, consent_ids.TALK, value, said.talk_spoken(reference)),
    ]
    return [
        heading(said.question(question.client, question.minutes, question.left)),
        *say("\n".join(told)),
        *([context(question.why_you)] if question.why_you else []),
        context(said.COSTS),
        actions(consent_ids.ANSWER_BLOCK, answers),
    ]


def settled_message(sentence: str) -> Message:
    """Return what stands in place of a question once it is settled."""
    return message(sentence, say(sentence))


def spot_message(user_id: str, client: str, consent_id: int, *, is_open: bool) -> Message:
    """Return the way to a question in a channel: it names whom it is for, and nothing of it."""
    told = said.spot(client) if is_open else said.spot_over()
    blocks: list[Block] = [SectionBlock(text=mrkdwn(f"<@{user_id}> {escape(told)}"))]
    if is_open:
        way = button(said.OPEN, consent_ids.OPEN, str(consent_id), said.OPEN)
        blocks.append(actions(consent_ids.OPEN_BLOCK, [way]))
    return Message(f"<@{user_id}> {escape(told)}", rendered(blocks))


def said_view(sentence: str) -> dict[str, Any]:
    """Return what somebody reads after answering in a modal."""
    return modal(said.ANSWERED_TITLE, say(sentence), callback_id=consent_ids.VIEW)


def ask_view(
    ticket_id: int, channel: str, offered: Sequence[int], *, preset: int, told: str
) -> dict[str, Any]:
    """Return the consultant's form: about how long, and what for."""
    options = {each: Option(text=words(hours_said(each), 75), value=str(each)) for each in offered}
    hours = StaticSelectElement(
        action_id=consent_ids.HOURS_INPUT,
        options=list(options.values()),
        initial_option=options.get(preset) or options[offered[0]],
    )
    line = PlainTextInputElement(action_id=consent_ids.WHAT_FOR_INPUT, max_length=MOST_LINE)
    blocks: list[Block] = [
        context(told),
        InputBlock(block_id=consent_ids.HOURS_BLOCK, label=words(said.ASK_LABEL, 150), element=hours),
        InputBlock(
            block_id=consent_ids.WHAT_FOR_BLOCK,
            label=words(said.WHAT_FOR, 150),
            hint=words(said.WHAT_FOR_HINT, 150),
            element=line,
            optional=True,
        ),
    ]
    return modal(
        said.ASK_TITLE,
        blocks,
        submit=words(said.ASK_SUBMIT, TITLE_CHARS),
        callback_id=consent_ids.ASK_VIEW,
        private_metadata=ids.answer_value(ticket_id, channel),
    )
