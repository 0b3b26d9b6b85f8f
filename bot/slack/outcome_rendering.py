"""What an outcome's owner is asked, rendered when it is sent and when it is shown anew."""

from dataclasses import replace
from typing import Any

from bot.database import ReadSession
from bot.engagement.models import Ticket
from bot.engagement.outcome_models import Outcome, OutcomeCheck
from bot.engagement.work_models import Engagement
from bot.slack import outcome_texts as said
from bot.slack.blocks.message import Message
from bot.slack.blocks.outcomes import Question, question_message, there_message
from bot.slack.ticket_rendering import Render
from bot.workflows.check_outcomes import OUTCOME_THERE
from bot.workflows.unasked import OUTCOME


def question_of(outcome: Outcome, check: OutcomeCheck, reference: str) -> Question:
    """Return the question as it stands now."""
    return Question(
        check_id=check.id,
        day=check.day,
        reference=reference,
        statement=outcome.statement,
        measure=outcome.measure,
        baseline=outcome.baseline,
        target=outcome.target,
        due=f"{outcome.due_on:%-d %B %Y}" if outcome.due_on else None,
        answered=check.state,
    )


async def reference_of(session: ReadSession, outcome: Outcome) -> str:
    """Return the name of the work an outcome belongs to."""
    if outcome.engagement_id is not None:
        return (await session.get_one(Engagement, outcome.engagement_id)).reference
    return (await session.get_one(Ticket, outcome.ticket_id)).reference


async def _outcome(session: ReadSession, payload: dict[str, Any]) -> Message:
    check = await session.get_one(OutcomeCheck, payload["check_id"])
    outcome = await session.get_one(Outcome, check.outcome_id)
    message = question_message(question_of(outcome, check, await reference_of(session, outcome)))
    return replace(message, text=said.HUSHED) if outcome.confidential else message


async def _there(_session: ReadSession, payload: dict[str, Any]) -> Message:
    return there_message(payload["check_id"])


OUTCOME_RENDERERS: dict[str, Render] = {OUTCOME: _outcome, OUTCOME_THERE: _there}
