"""The row below an answer with what waits for its reader alone, who cannot be written to in private."""

from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import ButtonElement

from bot.clock import utc_now
from bot.database import ReadSession
from bot.engagement.models import Person
from bot.slack import consent_ids, outcome_ids, pack_ids, work_ids
from bot.slack.blocks.build import actions, button, context, rendered
from bot.slack.blocks.message import Message
from bot.workflows.waiting_for import Matter, Waiting, waiting_for

BLOCK = "waiting_for_you"
LINE = "Something waits for you. Only you can open it:"
# Where the button leads says nothing to those who read along, so that its label must not either.
_OPENS = {
    Matter.CONSENT: consent_ids.OPEN,
    Matter.PROPOSAL: work_ids.OPEN_PROPOSAL,
    Matter.RESULT: work_ids.OPEN_RESULT,
    Matter.OUTCOME: outcome_ids.OUTCOME_OPEN,
    Matter.PACK: pack_ids.PACK_SHOW,
}


async def with_waiting(
    session: ReadSession, payload: dict[str, Any], person_id: int, answer: Message
) -> Message:
    """Return an answer with what waits for its reader, where they are served by mention."""
    if not payload.get("by_mention"):
        return answer
    found = await waiting_for(session, await session.get_one(Person, person_id), utc_now())
    # An action id stands once in a message.
    kinds = {each.matter: each for each in reversed(found)}
    if not kinds:
        return answer
    shown = [kinds[matter] for matter in Matter if matter in kinds]
    row = actions(BLOCK, [_open(number, each) for number, each in enumerate(shown, 1)])
    return replace(answer, blocks=(*answer.blocks, *rendered([context(LINE), row])))


def _open(number: int, waiting: Waiting) -> ButtonElement:
    label = f"Open {number}"
    return button(label, _OPENS[waiting.matter], str(waiting.number), f"{label} of what waits for you")
