"""What an answer in direct messages shows about somebody's open request, and the button that passes it on."""

from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import Block, SectionBlock

from bot.database import Database, ReadSession
from bot.engagement.models import Ticket
from bot.errors import AdvisoryError
from bot.slack import ids, passing_texts
from bot.slack.blocks.build import button, context, message, mrkdwn, rendered, say
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import clip, escape
from bot.slack.failures import kindly
from bot.slack.identity import SlackDirectory
from bot.slack.requests import Request
from bot.workflows.pass_on import FOR_TICKET, IS_OWN, NOT_OPEN, SendToConsultant
from bot.workflows.presses import NOT_YOURS

# Names stand on a button, which holds 75 characters.
_NAME_CHARS = 60


class Passing:
    """The listener behind *Send to NAME*."""

    def __init__(self, database: Database, directory: SlackDirectory) -> None:
        self._to_consultant = SendToConsultant(database, directory)

    @kindly
    async def send(self, request: Request) -> None:
        """Pass the answered message on; the confirmation comes through the outbox."""
        read = ids.read_answer_value(request.value)
        ticket = ids.read_answer_value(read[1]) if read else None
        if read is None or ticket is None:
            raise AdvisoryError(NOT_YOURS)
        await self._to_consultant.send(request.press, read[0], ticket[0])


async def with_ticket(session: ReadSession, payload: dict[str, Any], answer: Message) -> Message:
    """Return an answer with the offer to pass its question on, or the remark on a reference it named."""
    added: list[Block] = []
    if payload.get(NOT_OPEN):
        reference = Ticket(id=payload[NOT_OPEN]).reference
        line = passing_texts.closed if payload.get(IS_OWN) else passing_texts.unknown
        added.append(context(line(reference)))
    ticket = await session.get(Ticket, payload[FOR_TICKET]) if payload.get(FOR_TICKET) else None
    if ticket is not None and ticket.is_held:
        added.append(_offer(ticket, payload["answer_id"]))
    if not added:
        return answer
    below = rendered(added)
    growth = replace(answer.growth, end=(*answer.growth.end, *below)) if answer.growth else None
    return replace(answer, blocks=(*answer.blocks, *below), growth=growth)


def _offer(ticket: Ticket, answer_id: int) -> SectionBlock:
    name, reference = _holder(ticket), ticket.reference
    press = button(
        passing_texts.send(name),
        ids.SEND_TO_CONSULTANT,
        ids.answer_value(answer_id, ticket.id),
        passing_texts.send_spoken(name, reference),
    )
    asked = mrkdwn(escape(passing_texts.offer(name, reference)))
    return SectionBlock(block_id=ids.SEND_BLOCK, text=asked, accessory=press)


async def render_passed_on(session: ReadSession, payload: dict[str, Any]) -> Message:
    """Return the line that confirms that a message went to a request's card."""
    ticket = await session.get_one(Ticket, payload["ticket_id"])
    line = passing_texts.added(ticket.reference)
    if ticket.is_held:
        line = passing_texts.passed_on(_holder(ticket), ticket.reference)
    return message(line, say(line))


def _holder(ticket: Ticket) -> str:
    return clip(ticket.claimed_name or "a consultant", _NAME_CHARS)
