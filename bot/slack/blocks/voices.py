"""Comments: the button, the form, the card on the desk and the reply; and what was wrong with an answer."""

from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    SectionBlock,
    StaticSelectElement,
)

from bot.answering.models import Complaint
from bot.slack import voice_ids
from bot.slack import voice_texts as said
from bot.slack.blocks.build import (
    TITLE_CHARS,
    actions,
    button,
    context,
    message,
    modal,
    mrkdwn,
    paragraphs,
    say,
    talk_button,
    words,
)
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import clip, escape, width
from bot.slack.voice_ids import About
from bot.workflows.comments import MOST_TYPED, CommentFacts
from bot.workflows.erase import ERASED

# Of what people typed, once escaped: a comment and its reply fit one message with what stands around them.
_SHOWN_CHARS, _TOLD_CHARS, _RESTS_CHARS = 3_200, 1_500, 600
_ABOUT_CHARS = 200
_LABEL_CHARS = 75


def comment_button(about: About) -> ButtonElement:
    """Return the button that comments on an answer or a section."""
    is_answer = about.answer_id is not None and about.source is None
    action_id = voice_ids.COMMENT_ANSWER if is_answer else voice_ids.COMMENT_SECTION
    spoken = said.COMMENT_ANSWER_SPOKEN if is_answer else said.COMMENT_SECTION_SPOKEN
    return button(said.COMMENT, action_id, about.value, spoken)


def comment_row(about: About) -> Block:
    """Return the button in a row of its own, for below a section."""
    return actions(voice_ids.COMMENT_ROW, [comment_button(about)])


def why_row(answer_id: int) -> list[Block]:
    """Return the question what was wrong with an answer; a list, since six buttons do not fit a phone."""
    reasons = StaticSelectElement(
        action_id=voice_ids.WHY,
        placeholder=words(said.CHOOSE_WHY, _LABEL_CHARS),
        options=[
            Option(value=voice_ids.why_value(answer_id, each), text=words(said.WHY[each], _LABEL_CHARS))
            for each in Complaint
        ],
    )
    return [SectionBlock(block_id=voice_ids.WHY_BLOCK, text=mrkdwn(said.ASK_WHY), accessory=reasons)]


def comment_view(about: About) -> dict[str, Any]:
    """Return the form for a comment."""
    asked = _field(voice_ids.COMMENT_BLOCK, voice_ids.COMMENT_INPUT, said.LABEL)
    return modal(
        said.TITLE,
        [*say(said.LEAD), asked],
        callback_id=voice_ids.COMMENT_VIEW,
        private_metadata=about.value,
        submit=words(said.SEND, TITLE_CHARS),
    )


def sent_view() -> dict[str, Any]:
    """Return what the form becomes when it was sent."""
    return modal(said.TITLE, say(said.SENT), callback_id=voice_ids.COMMENT_VIEW)


def reply_view(facts: CommentFacts, place: str) -> dict[str, Any]:
    """Return the form for a reply; `place` is where the card stands."""
    asked = _field(voice_ids.REPLY_BLOCK, voice_ids.REPLY_INPUT, said.REPLY_LABEL)
    return modal(
        said.REPLY_TITLE,
        [*paragraphs(escape(facts.comment.text)), asked],
        callback_id=voice_ids.REPLY_VIEW,
        private_metadata=f"{facts.comment.id}:{place}",
        submit=words(said.SEND, TITLE_CHARS),
    )


def comment_card(facts: CommentFacts, owner: str | None) -> Message:
    """Return a comment as the desk sees it, with the reply once there is one."""
    comment = facts.comment
    about = said.AN_ANSWER if facts.is_confidential and comment.slug is None else about_words(facts)
    name = said.SOMEBODY if facts.is_confidential else facts.person.name
    told = said.commented(name, facts.client.name, about)
    blocks: list[Block] = [*_shown(told, _TOLD_CHARS), *_typed(comment.text)]
    if facts.rests_on and comment.slug is None:
        blocks.append(context(clip(said.rests_on(facts.rests_on), _RESTS_CHARS)))
    if facts.is_confidential:
        blocks.append(context(said.CONFIDED))
    if owner and comment.text != ERASED:
        blocks.append(context(said.for_owner(owner)))
    if comment.reply is not None:
        blocks += [
            context(said.replied(comment.replied_name or said.SOMEBODY)),
            *_typed(comment.reply),
        ]
        return message(told, blocks)
    if comment.text == ERASED:
        # There is nothing left to reply to, and maybe nobody.
        return message(told, blocks)
    press = button(
        said.REPLY, voice_ids.COMMENT_REPLY, str(comment.id), said.reply_spoken(clip(about, 40)), "primary"
    )
    return message(told, [*blocks, actions(voice_ids.COMMENT_ROW, [press])])


def comment_answered(facts: CommentFacts, conversation_id: int | None) -> Message:
    """Return the reply as whoever commented reads it: told apart from the assistant by its name."""
    comment = facts.comment
    told = said.replied_to_you(comment.replied_name or said.SOMEBODY, about_words(facts))
    reply = comment.reply or ""
    return message(
        f"{told} {reply}",
        [
            *_shown(told, _TOLD_CHARS),
            *_typed(reply),
            context(said.your_comment(clip(comment.text, 300))),
            actions(voice_ids.COMMENT_ROW, [talk_button(conversation_id)]),
        ],
    )


def about_words(facts: CommentFacts) -> str:
    """Return what a comment is about, in words."""
    comment = facts.comment
    if comment.slug is None:
        asked = clip(facts.question, _ABOUT_CHARS) if facts.question else ""
        return said.answer_to(asked) if asked else said.AN_ANSWER
    named = [comment.slug.replace("-", " "), comment.section or ""]
    return clip(", ".join(part for part in named if part), _ABOUT_CHARS)


def _typed(text: str) -> list[Block]:
    """Return what somebody typed, and that its end is missing where escaping makes it too long."""
    is_cut = width(escape(text)) > _SHOWN_CHARS
    return [*_shown(text, _SHOWN_CHARS), *([context(said.CUT)] if is_cut else [])]


def _shown(text: str, most: int) -> list[SectionBlock]:
    """Return text as sections of at most `most` units, counted as Slack does: `&` becomes five."""
    return paragraphs(clip(escape(text), most))


def _field(block_id: str, action_id: str, label: str) -> InputBlock:
    field = PlainTextInputElement(
        action_id=action_id, multiline=True, max_length=MOST_TYPED, focus_on_load=True
    )
    return InputBlock(block_id=block_id, label=words(label, 75), element=field)
