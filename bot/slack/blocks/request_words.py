"""What a client reads and can press about their own request: confirmation, resolution, rating."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement, InputBlock, PlainTextInputElement

from bot.engagement.models import Urgency
from bot.slack import ids, texts, ticket_ids
from bot.slack import request_texts as said
from bot.slack.blocks.build import (
    TITLE_CHARS,
    actions,
    button,
    context,
    message,
    modal,
    rendered,
    say,
    talk_button,
    words,
)
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import items, list_block
from bot.slack.blocks.text import clip
from bot.workflows.rate_ticket import RATING, SCORES
from bot.workflows.unasked import CLOSING, NUDGE, OUTCOME, PACK, REMINDER, THRESHOLD

NAME_CHARS = 80
MOST_TYPED = 3_000
# As many as there may be buttons in a row.
MOST_FOLDED = 25
_STOPS = {
    NUDGE: (said.STOP_NUDGES, said.STOP_NUDGES_SPOKEN),
    CLOSING: (said.STOP_CLOSINGS, said.STOP_CLOSINGS_SPOKEN),
    RATING: (said.STOP_ASKING, said.STOP_ASKING_SPOKEN),
    THRESHOLD: (said.STOP_CLOSINGS, said.STOP_THRESHOLDS_SPOKEN),
    OUTCOME: (said.STOP_ASKING, said.STOP_OUTCOMES_SPOKEN),
    PACK: (said.STOP_PACKS, said.STOP_PACKS_SPOKEN),
    REMINDER: (said.STOP_NUDGES, said.STOP_REMINDERS_SPOKEN),
}


@dataclass(frozen=True)
class Wishes:
    """What the asker can still say of a request, and has said."""

    ticket_id: int
    reference: str
    urgency: Urgency | None = None
    confidential: bool = False


def with_wishes(confirmation: Message, wishes: Wishes) -> Message:
    """Return the confirmation of a request with the buttons of its asker below."""
    value, reference = str(wishes.ticket_id), wishes.reference
    urgencies = [
        button(label, ticket_ids.urgency_action(each), value, said.urgency_spoken(each, reference))
        for each, label in said.URGENCY_BUTTONS.items()
    ]
    rest = [
        button(said.WITHDRAW, ticket_ids.REQUEST_WITHDRAW, value, said.withdraw_spoken(reference)),
    ]
    if not wishes.confidential:
        spoken = said.private_spoken(reference)
        rest.insert(0, button(said.KEEP_PRIVATE, ticket_ids.REQUEST_PRIVATE, value, spoken))
    asked = said.URGENCY_SAID[wishes.urgency] if wishes.urgency else said.ASK_URGENCY
    blocks: list[Block] = [
        *([context(said.KEPT_PRIVATE)] if wishes.confidential else []),
        context(asked),
        actions(ticket_ids.URGENCY_BLOCK, urgencies),
        actions(ticket_ids.WISHES_BLOCK, rest),
    ]
    return replace(confirmation, blocks=(*confirmation.blocks, *rendered(blocks)))


def moved(*, by_hand: bool = False) -> Message:
    """Return what stands in a channel of a request that goes on in private; `by_hand` without us."""
    told = said.MOVED_BY_HAND if by_hand else said.MOVED
    return message(told, say(told))


def withdrawn(reference: str, conversation_id: int) -> Message:
    """Return the confirmation that a request was taken back, with the way to make another."""
    told = said.withdrawn(reference)
    return message(told, [*say(told), actions(ids.ACTIONS_BLOCK, [talk_button(conversation_id)])])


def taken_in_confidence(reference: str, *, can_be_told: bool) -> Message:
    """Return what somebody reads alone who asked in a channel about something confidential."""
    return _said(said.taken_in_confidence(reference, can_be_told=can_be_told))


def unreachable(person: str) -> Message:
    """Tell the desk, in the card's thread, that a person must write to the client."""
    return _said(said.unreachable(clip(person, NAME_CHARS)))


def reopened(name: str, reference: str) -> Message:
    """Return the line after what the client wrote has opened a request again."""
    return _said(said.reopened(clip(name, NAME_CHARS), reference))


def resolved(name: str, ticket_id: int, reference: str, *, ask: bool, score: int | None) -> Message:
    """Return the end of a request, with five rating buttons where `ask`, or thanks for the rating given."""
    told = said.resolved(clip(name, NAME_CHARS), reference)
    blocks: list[Block] = [*say(told)]
    if score is not None:
        comment = button(
            said.COMMENT, ticket_ids.RATING_COMMENT, str(ticket_id), said.comment_spoken(reference)
        )
        blocks += [*say(said.rated(score)), actions(ticket_ids.AFTER_RATING_BLOCK, [comment])]
    elif ask:
        blocks += [*say(said.ASK_RATING), *_rating(ticket_id, reference)]
    return message(told, blocks)


def _rating(ticket_id: int, reference: str) -> list[Block]:
    scores = [
        button(
            said.SCORES[score],
            ticket_ids.rate_action(score),
            str(ticket_id),
            said.rate_spoken(score, reference),
        )
        for score in SCORES
    ]
    return [
        actions(ticket_ids.RATING_BLOCK, scores),
        actions(ticket_ids.AFTER_RATING_BLOCK, [stop_button(RATING)]),
    ]


def nudge(name: str, ticket_id: int, reference: str) -> Message:
    """Return the reminder that a consultant waits for an answer."""
    told = said.nudge(clip(name, NAME_CHARS), reference)
    withdraw = button(
        said.WITHDRAW, ticket_ids.REQUEST_WITHDRAW, str(ticket_id), said.withdraw_spoken(reference)
    )
    return message(told, [*say(told), actions(ticket_ids.NUDGE_BLOCK, [withdraw, stop_button(NUDGE)])])


def closing(name: str, reference: str, conversation_id: int) -> Message:
    """Return the end of a request whose client did not answer, with the way back."""
    told = said.closing(clip(name, NAME_CHARS), reference)
    ways = [talk_button(conversation_id), stop_button(CLOSING)]
    return message(told, [*say(told), actions(ticket_ids.NUDGE_BLOCK, ways)])


@dataclass(frozen=True)
class Line:
    """One of several messages in one; `notice_id` where it can be shown by itself."""

    kind: str
    text: str
    notice_id: int | None = None


def folded(lines: Sequence[Line]) -> Message:
    """Return several messages in one."""
    told = said.folded(len(lines))
    shown = [
        button(said.show_line(number), ticket_ids.notice_action(number), str(line.notice_id), line.text)
        for number, line in enumerate(lines[:MOST_FOLDED], 1)
        if line.notice_id is not None
    ]
    kinds = sorted({line.kind for line in lines}, reverse=True)
    ways = [talk_button(None), *(stop_button(kind) for kind in kinds)]
    each = [line.text for line in lines[:MOST_FOLDED]]
    if len(lines) > MOST_FOLDED:
        each.append(texts.and_more(len(lines) - MOST_FOLDED))
    blocks = [*say(told), list_block(items(each, ordered=bool(shown)))]
    if shown:
        blocks.append(actions(ticket_ids.NOTICES_BLOCK, shown))
    return message(told, [*blocks, actions(ticket_ids.NUDGE_BLOCK, ways)])


def stop_button(kind: str) -> ButtonElement:
    """Return the button that ends a kind of message nobody asked for."""
    label, spoken = _STOPS[kind]
    action_id = f"{ticket_ids.MUTE}_{kind}"
    return button(label, action_id, kind, spoken)


def comment_view(ticket_id: int, channel: str) -> dict[str, Any]:
    """Return the form for a comment on a rating."""
    field = PlainTextInputElement(
        action_id=ticket_ids.COMMENT_INPUT, multiline=True, max_length=MOST_TYPED, focus_on_load=True
    )
    asked = InputBlock(
        block_id=ticket_ids.COMMENT_BLOCK,
        label=words(said.COMMENT_LABEL, 150),
        hint=words(said.COMMENT_HINT, 150),
        element=field,
    )
    return modal(
        said.COMMENT_TITLE,
        [asked],
        submit=words(said.COMMENT_SUBMIT, TITLE_CHARS),
        callback_id=ticket_ids.COMMENT_VIEW,
        private_metadata=ids.answer_value(ticket_id, channel),
    )


def commented_view() -> dict[str, Any]:
    """Return the thanks for a comment."""
    return modal(said.COMMENT_TITLE, say(said.COMMENT_THANKS))


def _said(sentences: str) -> Message:
    return message(sentences, say(sentences))
