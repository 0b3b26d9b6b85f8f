"""Agreed work as it is shown when it is sent: below a request, on its card, to those who decide."""

from typing import Any

from sqlalchemy import select

from bot.database import ReadSession
from bot.delivery.lanes import ONCE
from bot.engagement.deciders import deciders_of
from bot.engagement.durations import hours_words
from bot.engagement.models import AuditEvent, Person, Ticket, TicketState
from bot.engagement.proposals import latest
from bot.engagement.timesheet import spent_on
from bot.engagement.work import of_ticket
from bot.engagement.work_models import Engagement, EngagementState, Proposal, ProposalState
from bot.slack import work_decision_texts as said
from bot.slack import work_desk_texts
from bot.slack.blocks import work_decision as shown
from bot.slack.blocks.build import message, say
from bot.slack.blocks.hands import with_more
from bot.slack.blocks.message import Message
from bot.slack.blocks.work_card import WorkFacts, with_work_on
from bot.slack.ticket_rendering import Render
from bot.workflows.run_work import last_said, milestones_of
from bot.workflows.unasked import REMINDER
from bot.workflows.work_telling import ENDED, NOTE, PROPOSAL, RESULT, SAID, STARTED, STATUS, WAITS

S = EngagementState


async def with_work(session: ReadSession, confirmation: Message, ticket: Ticket) -> Message:
    """Return the confirmation of a request with *Tell us more*, where it asks for work not proposed yet."""
    work = await of_ticket(session, ticket.id)
    if work is None or work.state is not S.REQUESTED or not ticket.is_open:
        return confirmation
    return with_more(confirmation, work, ticket.id)


def with_its_work(render: Render) -> Render:
    """Let a ticket's card show the work it is about, below all else."""

    async def both(session: ReadSession, payload: dict[str, Any]) -> Message:
        card = await render(session, payload)
        work = await of_ticket(session, payload["ticket_id"])
        if work is None:
            return card
        ticket = await session.get_one(Ticket, payload["ticket_id"])
        proposal = await latest(session, work)
        waits = proposal is not None and proposal.state is ProposalState.SENT and proposal.is_change
        facts = WorkFacts(
            work=work,
            deciders=await deciders_of(session, work),
            milestones=await milestones_of(session, work),
            change_waits=waits,
            spent=await spent_on(session, engagement_id=work.id),
            is_held=ticket.state is not TicketState.REQUESTED,
            needed=work.needed if work.needed != ticket.question else None,
        )
        return with_work_on(card, facts, ticket.id)

    return both


async def _work(session: ReadSession, payload: dict[str, Any]) -> Engagement:
    return await session.get_one(Engagement, payload["work_id"])


async def _name(session: ReadSession, person_id: int | None) -> str | None:
    person = await session.get(Person, person_id) if person_id is not None else None
    return person.name if person is not None else None


async def proposal_shown(session: ReadSession, proposal: Proposal) -> tuple[Proposal, Engagement, str | None]:
    """Return a proposal with its work and the name of who decided on it."""
    work = await session.get_one(Engagement, proposal.engagement_id)
    return proposal, work, await _name(session, proposal.decided_by)


async def _proposal(session: ReadSession, payload: dict[str, Any]) -> Message:
    proposal = await session.get_one(Proposal, payload["proposal_id"])
    return shown.proposal_message(*await proposal_shown(session, proposal))


async def _reminder(session: ReadSession, payload: dict[str, Any]) -> Message:
    proposal = await session.get_one(Proposal, payload["proposal_id"])
    return shown.reminder_message(proposal, await session.get_one(Engagement, proposal.engagement_id))


async def result_facts(session: ReadSession, work: Engagement) -> shown.ResultFacts:
    """Return completed work with what was done, and what its client said of it."""
    lines = []
    if steps := await milestones_of(session, work):
        lines.append(said.milestones_done(sum(each.done_at is not None for each in steps), len(steps)))
    minutes = await spent_on(session, engagement_id=work.id)
    if minutes and work.minutes:
        lines.append(said.hours_spent(hours_words(minutes), hours_words(work.minutes)))
    accepted = work.state is S.ACCEPTED
    actor = await session.scalar(
        select(AuditEvent.actor)
        .where(AuditEvent.engagement_id == work.id, AuditEvent.what == "work accepted")
        .order_by(AuditEvent.id.desc())
        .limit(1)
    )
    return shown.ResultFacts(
        work=work,
        name=work.lead_name or work_desk_texts.A_CONSULTANT,
        text=await last_said(session, work, "work completed"),
        lines=tuple(lines),
        waits=work.state is S.COMPLETED,
        accepted=accepted,
        by=await _actor_name(session, actor) if accepted and actor else None,
    )


async def _actor_name(session: ReadSession, actor: str) -> str | None:
    team, _, user = actor.partition("/")
    return await session.scalar(select(Person.name).where(Person.team_id == team, Person.user_id == user))


async def _result(session: ReadSession, payload: dict[str, Any]) -> Message:
    return shown.result_message(await result_facts(session, await _work(session, payload)))


async def _waits(session: ReadSession, payload: dict[str, Any]) -> Message:
    work, told = await _work(session, payload), _once(payload)
    is_result = told["of"] == RESULT
    number = work.id if is_result else told["proposal_id"]
    return shown.waits_message(told["names"], work, number, is_result=is_result)


async def _started(session: ReadSession, payload: dict[str, Any]) -> Message:
    work, values = await _work(session, payload), _once(payload)
    if not (work.starts_on and work.ends_on and work.minutes):
        return _said(work.reference)
    told = said.started(
        work.reference,
        values["by"],
        work.starts_on,
        work.ends_on,
        work.minutes,
        is_change=bool(values["change"]),
    )
    return _hushed(work, _said(told))


async def _status(session: ReadSession, payload: dict[str, Any]) -> Message:
    work, told = await _work(session, payload), _once(payload)
    return _hushed(work, _said(said.status(told["name"], work.reference, told["text"])))


async def _over(session: ReadSession, payload: dict[str, Any]) -> Message:
    work = await _work(session, payload)
    return _hushed(work, _said(said.over(work.reference, _once(payload)["by"])))


async def _happened(session: ReadSession, payload: dict[str, Any]) -> Message:
    """What the consultant of work is told of a step."""
    work = await _work(session, payload)
    return _hushed(work, _said(work_desk_texts.happened(payload["what"], work.reference, _once(payload))))


async def _noted(session: ReadSession, payload: dict[str, Any]) -> Message:
    """What stands below a card of a step; of confidential work nobody's words and no name."""
    work = await _work(session, payload)
    told = _once(payload)
    values = {"change": told.get("change")} if work.confidential else told
    note = work_desk_texts.happened(payload["what"], work.reference, values)
    ticket = await session.get(Ticket, work.ticket_id) if work.ticket_id is not None else None
    left = payload["what"] == "result accepted" and ticket is not None
    if ticket is None or not left or ticket.state is not TicketState.REQUESTED:
        return _said(note)
    return shown.left_open_message(note, ticket.id, ticket.reference)


def _once(payload: dict[str, Any]) -> dict[str, Any]:
    """Return what a message keeps only until it is sent."""
    return dict(payload.get(ONCE) or {})


def _hushed(work: Engagement, told: Message) -> Message:
    """Let the notification of confidential work say only that a reply is there."""
    return Message(said.HUSHED, told.blocks) if work.confidential else told


def _said(sentences: str) -> Message:
    return message(sentences, say(sentences))


WORK_RENDERERS: dict[str, Render] = {
    PROPOSAL: _proposal,
    REMINDER: _reminder,
    RESULT: _result,
    WAITS: _waits,
    STARTED: _started,
    STATUS: _status,
    ENDED: _over,
    SAID: _happened,
    NOTE: _noted,
}
