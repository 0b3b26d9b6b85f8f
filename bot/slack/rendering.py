"""From what is meant (an outbox row) to what is shown: each kind of message is built here when it is sent."""

from typing import Any

from sqlalchemy import bindparam, select

from bot.answering.advice import Report
from bot.answering.models import AnswerRecord, Conversation
from bot.answering.render import from_stored
from bot.database import ReadSession
from bot.delivery.lanes import ONCE
from bot.engagement import firm, tickets
from bot.engagement.models import Client, Ticket
from bot.slack.blocks import answer as answers
from bot.slack.blocks import fallbacks, notices
from bot.slack.blocks.assessment_result import result_message
from bot.slack.blocks.browse import areas_message
from bot.slack.blocks.files import refusal as file_refusal
from bot.slack.blocks.hands import hands_offer
from bot.slack.blocks.home_ask import asked_message, with_post
from bot.slack.blocks.message import Message
from bot.slack.bridge_sender import render_copy, render_mark, render_not_passed
from bot.slack.client_actions import INTRODUCTION_RENDERERS
from bot.slack.consent_rendering import CONSENT_RENDERERS, with_hours
from bot.slack.drafts import render_draft
from bot.slack.hours_rendering import HOURS_RENDERERS, retainer_word
from bot.slack.hours_texts import HOW_TO_LOG
from bot.slack.knowledge_rendering import KNOWLEDGE_RENDERERS
from bot.slack.outcome_rendering import OUTCOME_RENDERERS
from bot.slack.pack_rendering import PACK_RENDERERS
from bot.slack.passing import render_passed_on, with_ticket
from bot.slack.promise_rendering import PROMISE_RENDERERS
from bot.slack.request_rendering import REQUEST_RENDERERS, first_notice, hushed
from bot.slack.service_rendering import SERVICE_RENDERERS
from bot.slack.status import status_word
from bot.slack.suggesting import ROUTING_RENDERERS, honest, suggesting
from bot.slack.ticket_rendering import TICKET_RENDERERS, Render
from bot.slack.voice_rendering import VOICE_RENDERERS
from bot.slack.waiting import with_waiting
from bot.slack.work_rendering import WORK_RENDERERS, with_its_work
from bot.workflows.bridge import FROM_CONSULTANT, MARK
from bot.workflows.card_lanes import CARD_UPDATE, CARD_WORDS
from bot.workflows.draft_answer import DRAFT
from bot.workflows.own_request import REDRAW
from bot.workflows.pass_on import PASSED_ON
from bot.workflows.send_assessment import ASSESSMENT
from bot.workflows.send_file import FILE_REFUSED
from bot.workflows.tell_not_passed import FILE_NOT_PASSED
from bot.workflows.words import Word

_ANSWERED = (
    select(AnswerRecord, Conversation, Client)
    .join(Conversation, Conversation.id == AnswerRecord.conversation_id)
    .join(Client, Client.id == Conversation.client_id)
    .where(AnswerRecord.id == bindparam("answer_id"))
)


async def _answer(session: ReadSession, payload: dict[str, Any]) -> Message:
    found = await session.execute(_ANSWERED, {"answer_id": payload["answer_id"]})
    record, conversation, client = found.one()
    notice = await first_notice(session, conversation, client, payload)
    before = await session.get(Conversation, payload["continues"]) if payload.get("continues") else None
    message = answers.answer_message(
        from_stored(record.body),
        answer_id=record.id,
        conversation_id=conversation.id,
        notice=notice,
        saved_files=bool(payload.get("saved_files")),
        can_confirm_size=bool(payload.get("may_confirm")),
        client_name=client.name,
        continues=before.title if before else None,
    )
    message = await with_ticket(session, payload, message)
    message = await with_waiting(session, payload, record.person_id, message)
    return with_post(message, record.id) if "about" in record.body else message


async def _held(session: ReadSession, payload: dict[str, Any]) -> Message:
    ticket = await session.get_one(Ticket, payload["ticket_id"])
    return fallbacks.held(ticket.claimed_name or "A consultant", ticket.id)


async def _assessment(_session: ReadSession, payload: dict[str, Any]) -> Message:
    return result_message(Report.from_payload(payload[ONCE]))


async def _asked(_session: ReadSession, payload: dict[str, Any]) -> Message:
    return asked_message(payload["text"])


async def _word(session: ReadSession, payload: dict[str, Any]) -> Message:
    """What `/vcio` gives for the same word, with a consultant for this very conversation."""
    conversation_id = payload["conversation_id"]
    match Word(payload["word"]):
        case Word.HELP:
            firm_name = (await firm.read_profile(session)).name
            return notices.help_message(
                firm_name=firm_name,
                conversation_id=conversation_id,
                by_mention=bool(payload.get("by_mention")),
            )
        case Word.BROWSE:
            counts = [(area, count) for area, count in payload["areas"]]
            return areas_message(counts, conversation_id)
        case Word.STATUS:
            return await status_word(session, conversation_id)
        case Word.HANDS:
            return hands_offer(conversation_id)
        case Word.RETAINER:
            return await retainer_word(session, conversation_id)
        case Word.LOG:
            return notices.reply_message(HOW_TO_LOG, conversation_id=conversation_id)


async def _new_client(session: ReadSession, payload: dict[str, Any]) -> Message:
    client = await session.get_one(Client, payload["client_id"])
    return notices.desk_new_client(client.name, payload["workspace"])


async def _no_desk(session: ReadSession, _payload: dict[str, Any]) -> Message:
    problem = (await firm.read_profile(session)).desk_problem
    return notices.admin_no_desk(len(await tickets.without_card(session)), problem=problem)


async def _desk_ready(_session: ReadSession, payload: dict[str, Any]) -> Message:
    return notices.desk_ready(payload["waiting"])


async def _use_as_desk(_session: ReadSession, payload: dict[str, Any]) -> Message:
    return notices.use_as_desk(payload["target"]["channel"])


async def _desk_refused(_session: ReadSession, payload: dict[str, Any]) -> Message:
    return notices.desk_refused(payload["reason"])


async def _apology(_session: ReadSession, payload: dict[str, Any]) -> Message:
    return notices.parked_apology()


async def _tenant_gone(_session: ReadSession, payload: dict[str, Any]) -> Message:
    return notices.desk_tenant_gone(payload["workspace"])


async def _file_refused(_session: ReadSession, payload: dict[str, Any]) -> Message:
    return file_refusal(payload["reason"])


async def _parked(_session: ReadSession, payload: dict[str, Any]) -> Message:
    return notices.desk_parked(
        payload["what"], client_name=payload["client"], attempts=payload["attempts"], reason=payload["reason"]
    )


async def _redraw(session: ReadSession, payload: dict[str, Any]) -> Message:
    return await RENDERERS[payload["of"]](session, payload)


_CARD = with_its_work(suggesting(with_hours(TICKET_RENDERERS["card"])))
RENDERERS: dict[str, Render] = {
    "answer": _answer,
    "apology": _apology,
    ASSESSMENT: _assessment,
    "asked": _asked,
    DRAFT: render_draft,
    "desk_ready": _desk_ready,
    "desk_refused": _desk_refused,
    FILE_NOT_PASSED: render_not_passed,
    FILE_REFUSED: _file_refused,
    "held": hushed(_held),
    "new_client": _new_client,
    "no_desk": _no_desk,
    "parked": _parked,
    PASSED_ON: render_passed_on,
    REDRAW: _redraw,
    "relay": render_copy,
    FROM_CONSULTANT: render_copy,
    MARK: render_mark,
    "tenant_gone": _tenant_gone,
    "use_as_desk": _use_as_desk,
    "word": _word,
    **REQUEST_RENDERERS,
    **TICKET_RENDERERS,
    **KNOWLEDGE_RENDERERS,
    **PROMISE_RENDERERS,
    **ROUTING_RENDERERS,
    **VOICE_RENDERERS,
    **OUTCOME_RENDERERS,
    **PACK_RENDERERS,
    **CONSENT_RENDERERS,
    **INTRODUCTION_RENDERERS,
    **WORK_RENDERERS,
    **HOURS_RENDERERS,
    **SERVICE_RENDERERS,
    # One card, however it comes to be shown.
    **dict.fromkeys(("card", CARD_UPDATE, CARD_WORDS), _CARD),
    "requested": honest(REQUEST_RENDERERS["requested"]),
}
