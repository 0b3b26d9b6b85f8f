"""What the assistant says outside of answers: who can read this, help, apologies, word to desk and admins."""

from enum import StrEnum

from slack_sdk.models.blocks import Block

from bot.slack import ids, texts
from bot.slack.blocks.build import actions, button, context, heading, message, say, talk_button
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import items, list_block
from bot.slack.blocks.text import clean, clip

_NAME_CHARS = 80
_DETAIL_CHARS = 300


class Place(StrEnum):
    """Where a conversation stands."""

    DIRECT = "direct message"
    CHANNEL = "channel"


def first_notice(
    place: Place, *, firm_name: str | None = None, own_firm: bool = False, by_mention: bool = False
) -> str:
    """Return the one-time notice on who can read this, for `answer_message(notice=...)`.

    `own_firm` is true for people of the firm's own workspace, served as its own client; `by_mention` for
    those who cannot write to the assistant directly.
    """
    return texts.notice(
        firm_called(firm_name),
        is_private=place is Place.DIRECT,
        own_firm=own_firm,
        by_mention=by_mention,
    )


def firm_called(name: str | None) -> str | None:
    """Return the firm's name fit for a sentence; None where it has none."""
    return clip(" ".join(clean(name).split()), _NAME_CHARS) or None if name else None


def reply_message(
    sentences: str, *, conversation_id: int | None = None, notice: str | None = None
) -> Message:
    """Return any other reply to a person, a failure for instance; like every reply it offers a consultant."""
    blocks: list[Block] = [*say(sentences), *_offer(conversation_id)]
    if notice:
        blocks.append(context(notice))
    return message(sentences, blocks)


def help_message(
    *, firm_name: str | None = None, conversation_id: int | None = None, by_mention: bool = False
) -> Message:
    """Return what the assistant is, how to ask (to some only by mention), and who sees what."""
    firm = firm_called(firm_name)
    ways = texts.ASK_BY_MENTION if by_mention else texts.HOME_ASK
    blocks: list[Block] = [
        *say(texts.what_i_am(firm)),
        heading(texts.HOME_ASK_TITLE),
        list_block(items(ways, ordered=False)),
        heading(texts.PRIVACY_TITLE),
        list_block(items(texts.privacy(firm), ordered=False)),
        *_offer(conversation_id),
    ]
    return message(texts.what_i_am(firm), blocks)


def parked_apology(*, conversation_id: int | None = None) -> Message:
    """Return what a person reads whose question could not be answered because of a fault of ours."""
    return reply_message(texts.PARKED_APOLOGY, conversation_id=conversation_id)


def desk_new_client(client_name: str, workspace_name: str) -> Message:
    """Tell the desk of a client made from a workspace met for the first time."""
    return _said(texts.new_client(clip(client_name, _NAME_CHARS), clip(workspace_name, _NAME_CHARS)))


def desk_tenant_gone(workspace_name: str) -> Message:
    """Tell the desk that a workspace has taken the app's access away."""
    return _said(texts.tenant_gone(clip(workspace_name, _NAME_CHARS)))


def desk_parked(what: str, *, client_name: str, attempts: int, reason: str) -> Message:
    """Alert the desk of something that was given up; `what` names it ("the answer to question 12")."""
    client = clip(client_name, _NAME_CHARS)
    return _said(texts.parked(clip(what, _DETAIL_CHARS), client, attempts, clip(reason, _DETAIL_CHARS)))


def admin_no_desk(waiting: int, *, problem: str | None = None) -> Message:
    """Tell a workspace admin by DM how many requests wait, what is wrong, and how to choose a desk."""
    return _said(texts.no_desk(waiting, clip(problem, _DETAIL_CHARS) if problem else None))


def use_as_desk(channel: str) -> Message:
    """Offer in a channel (its id) to make it the desk; the id travels as the button's value."""
    press = button(texts.USE_AS_DESK, ids.DESK_USE, channel, texts.USE_AS_DESK_SPOKEN, "primary")
    return message(texts.offer_desk(), [*say(texts.offer_desk()), actions(ids.DESK_BLOCK, [press])])


def desk_refused(reason: str) -> Message:
    """Say why a channel did not become the desk; `reason` is a sentence for an admin."""
    return _said(clip(reason, _DETAIL_CHARS))


def desk_ready(waiting: int = 0) -> Message:
    """Confirm in the channel that it is the desk; `waiting` counts the stored requests that follow."""
    return _said(texts.desk_ready(waiting))


def _offer(conversation_id: int | None) -> list[Block]:
    handover = [context(texts.HANDOVER)] if conversation_id is not None else []
    return [*handover, actions(ids.ACTIONS_BLOCK, [talk_button(conversation_id)])]


def _said(sentences: str) -> Message:
    return message(sentences, say(sentences))
