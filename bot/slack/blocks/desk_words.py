"""What is said about a ticket beside its card: to the desk in the card's thread, to one consultant."""

from slack_sdk.models.blocks import Block

from bot.slack import ticket_texts as said
from bot.slack.blocks.build import context, message, say
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import quote_block
from bot.slack.blocks.text import clean, clip

_NAME_CHARS = 80
_NOTE_CHARS = 2_900


def note(name: str, text: str | None, *, handed_to: str | None = None) -> Message:
    """Return an internal note for the card's thread; without its text where that is not for everybody."""
    who = said.note_by(clip(name, _NAME_CHARS), clip(handed_to, _NAME_CHARS) if handed_to else None)
    body: list[Block] = [quote_block(clip(clean(text).strip(), _NOTE_CHARS))] if text else []
    mark = said.INTERNAL_MARK if text else f"{said.INTERNAL_MARK}. {said.CONFIDENTIAL_NOTE}"
    return message(f"{who} {said.INTERNAL_MARK.lower()}", [*say(who), *body, context(mark)])


def assigned(reference: str, client: str, by: str, line: str) -> Message:
    """Return the direct message to a consultant who was given a ticket."""
    spoken = said.assigned(reference, clip(client, _NAME_CHARS), clip(by, _NAME_CHARS))
    quoted: list[Block] = [quote_block(clip(clean(line).strip(), _NOTE_CHARS))] if line else []
    return message(spoken, [*say(spoken), *quoted])


def transferred(name: str, before: str, reference: str) -> Message:
    """Return what the client reads when somebody else takes over."""
    told = said.transferred(clip(name, _NAME_CHARS), clip(before, _NAME_CHARS), reference)
    return message(told, say(told))
