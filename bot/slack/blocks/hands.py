"""Asking for hands or an assignment: the way in, the form, and its confirmation."""

from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from bot.engagement.effort import effort_words
from bot.engagement.work_models import Engagement, EngagementKind
from bot.slack import ids, work_ids
from bot.slack import work_texts as said
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
from bot.slack.blocks.work_fields import choice, day_field, ticks, typed


def hands_button(label: str = said.HANDS_OR_ASSIGNMENT) -> ButtonElement:
    """Return the button that opens the form directly."""
    return button(label, work_ids.HANDS_FORM, work_ids.NEW, said.HANDS_SPOKEN)


def hands_offer(conversation_id: int | None) -> Message:
    """Return the reply to the word `hands`: what it is, and the button that opens the form."""
    blocks: list[Block] = [
        *say(said.HANDS_LEAD),
        actions(ids.ACTIONS_BLOCK, [hands_button(said.OPEN_FORM), talk_button(conversation_id)]),
    ]
    return message(said.HANDS_LEAD, blocks)


def with_more(confirmation: Message, work: Engagement, ticket_id: int) -> Message:
    """Return the confirmation of a request with its work, and the way to tell more about it."""
    more = button(said.TELL_MORE, work_ids.HANDS_MORE, str(ticket_id), said.tell_more_spoken(work.reference))
    blocks: list[Block] = [
        context(said.of_work(work.reference, work.kind, work.needed_by)),
        actions(work_ids.HANDS_BLOCK, [more]),
    ]
    return replace(confirmation, blocks=(*confirmation.blocks, *rendered(blocks)))


def hands_view(work: Engagement | None = None, *, metadata: str = work_ids.NEW) -> dict[str, Any]:
    """Return the form, filled with what is known of `work`; `metadata` says what it completes."""
    kind = work.kind if work else EngagementKind.HANDS
    options = [(each.value, said.KINDS[each]) for each in (EngagementKind.HANDS, EngagementKind.ASSIGNMENT)]
    guess = effort_words(work.guess) if work and work.guess else None
    blocks: list[Block] = [
        choice(work_ids.KIND_BLOCK, said.KIND_LABEL, options, kind.value),
        typed(
            work_ids.NEEDED_BLOCK,
            said.NEEDED_LABEL,
            hint=said.NEEDED_HINT,
            value=work.needed if work else None,
            multiline=True,
        ),
        typed(
            work_ids.DELIVERABLE_BLOCK,
            said.DELIVERABLE_LABEL,
            hint=said.DELIVERABLE_HINT,
            value=work.deliverable if work else None,
            multiline=True,
            optional=True,
        ),
        day_field(work_ids.BY_BLOCK, said.BY_LABEL, value=work.needed_by if work else None, optional=True),
        typed(work_ids.EFFORT_BLOCK, said.EFFORT_LABEL, hint=said.EFFORT_HINT, value=guess, optional=True),
        *_private(work),
        typed(
            work_ids.DECIDES_BLOCK,
            said.DECIDES_LABEL,
            hint=said.DECIDES_HINT,
            value=work.decides if work else None,
            optional=True,
        ),
    ]
    return modal(
        said.FORM_TITLE,
        blocks,
        submit=words(said.SEND, TITLE_CHARS),
        callback_id=work_ids.HANDS_VIEW,
        private_metadata=metadata,
    )


def _private(work: Engagement | None) -> list[Block]:
    if work is not None and work.confidential:
        return []
    option = [(work_ids.NEW, said.PRIVATE_OPTION)]
    return [ticks(work_ids.PRIVATE_BLOCK, said.PRIVATE_LABEL, option, hint=said.PRIVATE_HINT)]


def told_view(sentence: str, heading: str = said.FORM_TITLE) -> dict[str, Any]:
    """Return the confirmation of a form."""
    return modal(heading, say(sentence))
