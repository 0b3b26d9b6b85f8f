"""Messages that cross between a client's thread and a card, and the line that says what became of one."""

from dataclasses import replace

from slack_sdk.models.blocks import Block

from bot.slack import bridge_texts, ids, texts
from bot.slack.blocks.build import actions, button, context, heading, message, paragraphs, rendered, say
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import clean, clip, escape

_NAME_CHARS = 80
# Slack's own messages are at most 40,000 characters, which make fewer sections than a message may have.
_SECTIONS = 45


def from_consultant(name: str, text: str, files: tuple[str, ...] = (), *, confidential: bool) -> Message:
    """Return what a consultant wrote, as the client reads it: told apart from the assistant by the name."""
    who = clip(name, _NAME_CHARS)
    said = clean(text).strip()
    spoken = bridge_texts.notification(who, said)
    if confidential:
        spoken = bridge_texts.confidential_notification(who)
    blocks: list[Block] = [heading(bridge_texts.from_consultant(who)), *_whole(said), *_files(files)]
    # Where the workspace allows it; the line above stays, for it may not.
    return replace(message(spoken, blocks), username=bridge_texts.username(who))


def to_desk(name: str, text: str, files: tuple[str, ...] = (), remark: str | None = None) -> Message:
    """Return what a client wrote, for the card's thread; the notification quotes nothing."""
    spoken = bridge_texts.wrote(clip(name, _NAME_CHARS))
    said = clean(text).strip()
    below = [context(remark)] if remark else []
    blocks: list[Block] = [*say(spoken), *_whole(said), *_files(files), *below]
    return message(spoken, blocks)


def with_readers(card: Message, name: str, *, alone: bool, confidential: bool) -> Message:
    """Return a claimed card with the line that says who reads what its consultant writes below it."""
    who = clip(name, _NAME_CHARS)
    if confidential:
        line = bridge_texts.read_in_confidence()
    else:
        line = bridge_texts.read_alone(who) if alone else bridge_texts.read_in_channel(who)
    return replace(card, blocks=(*card.blocks, *rendered([context(line)])))


def mark(carried_id: int, *, sent: bool, taken_back: bool, kept: str = bridge_texts.INTERNAL) -> Message:
    """Return the line under a message on a card: sent to the client, internal (`kept`), or taken back."""
    if taken_back:
        return message(bridge_texts.TAKEN_BACK, [context(bridge_texts.TAKEN_BACK)])
    if not sent:
        return message(kept, [context(kept)])
    press = button(
        bridge_texts.MAKE_INTERNAL,
        ids.MAKE_INTERNAL,
        ids.answer_value(carried_id),
        bridge_texts.MAKE_INTERNAL_SPOKEN,
    )
    row = actions(ids.MARK_BLOCK, [press])
    return message(bridge_texts.SENT, [context(bridge_texts.SENT), row])


def _whole(said: str) -> list[Block]:
    return list(paragraphs(escape(said))[:_SECTIONS]) if said else []


def _files(files: tuple[str, ...]) -> list[Block]:
    return [context(f"{texts.CARD_FILES}: {clip(', '.join(files), 2_000)}")] if files else []
