"""Erasing what people wrote: texts go, and the rows that hours and promises rest on stay without them."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select, update

from bot.answering.models import AnswerRecord, Conversation, TurnRecord
from bot.answering.render import to_stored
from bot.answering.types import Answer, Decision, Part, PartKind
from bot.answering.voice_models import Comment
from bot.database import Session
from bot.delivery.models import InboxItem, OutboxItem, WorkState
from bot.engagement.desk_models import Carried, Crossing, Rating
from bot.engagement.models import FORGOTTEN_ID, AuditEvent, Person, Role, Ticket
from bot.engagement.outcome_models import Decision as DecisionRecord
from bot.engagement.outcome_models import Outcome, OutcomeCheck
from bot.engagement.retainer_models import Consent
from bot.engagement.work_models import Engagement, Milestone, Proposal
from bot.workflows.leave_gaps import leave_gaps
from bot.workflows.traces import SHORTEST

ERASED, FORGOTTEN_NAME = "(erased)", "Forgotten person"
_GONE = "This answer was erased, as agreed."
# What somebody asked of us in their own words; what was agreed stands in its proposals.
_NO_WISH = {"title": ERASED, "needed": ERASED, "deliverable": None, "decides": None}
# As many ids as a statement may carry on either database.
_AT_ONCE = 500
Tally = Counter[str]


async def erase_conversations(session: Session, ids: Sequence[int]) -> Tally:
    """Erase what was said in whole conversations, by whomever; return how much of each kind."""
    tally: Tally = Counter()
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        # Requests are held before what was said about them.
        tickets = await _held(session, Ticket.conversation_id.in_(some))
        conversations = (await session.scalars(select(Conversation).where(Conversation.id.in_(some)))).all()
        tally["messages"] += await _delete(session, TurnRecord, TurnRecord.conversation_id.in_(some))
        answers = await session.scalars(select(AnswerRecord).where(AnswerRecord.conversation_id.in_(some)))
        tally["answers"] += await _blank_answers(session, answers.all())
        given = select(AnswerRecord.id).where(AnswerRecord.conversation_id.in_(some))
        tally["comments"] += await erase_comments(session, Comment.answer_id.in_(given))
        tally["requests"] += await _blank_tickets(session, tickets)
        lanes = [f"{each.team_id}:{each.channel}:{each.thread_ts}" for each in conversations]
        done = InboxItem.state != WorkState.WAITING
        tally["events"] += await _delete(session, InboxItem, InboxItem.lane.in_(lanes), done)
        for each in conversations:
            each.title = None
    return +tally


async def erase_own(session: Session, person: Person) -> Tally:
    """Erase what a person wrote and was told: private conversations whole, elsewhere what is theirs."""
    tickets = await _held(session, Ticket.person_id == person.id)
    private = await session.scalars(
        select(Conversation.id).where(Conversation.person_id == person.id, Conversation.is_private)
    )
    tally = await erase_conversations(session, private.all())
    tally["messages"] += await _delete(session, TurnRecord, TurnRecord.person_id == person.id)
    answers = await session.scalars(select(AnswerRecord).where(AnswerRecord.person_id == person.id))
    tally["answers"] += await _blank_answers(session, answers.all())
    tally["requests"] += await _blank_tickets(session, tickets)
    tally["private decisions"] += await _delete(
        session, DecisionRecord, DecisionRecord.person_id == person.id, ~DecisionRecord.shared
    )
    tally["comments"] += await erase_comments(session, Comment.person_id == person.id)
    own_title = Conversation.person_id == person.id, Conversation.title.is_not(None)
    await _set(session, Conversation, *own_title, title=None)
    tally["comments"] += await _blank(session, Rating, Rating.person_id == person.id, comment=None)
    for answered in (Consent, Proposal):
        tally["comments"] += await _blank(session, answered, answered.decided_by == person.id, said=None)
    own, actor = Engagement.person_id == person.id, f"{person.team_id}/{person.user_id}"
    theirs_said = AuditEvent.actor == actor, AuditEvent.engagement_id.is_not(None)
    tally["comments"] += await _blank(session, AuditEvent, *theirs_said, detail="")
    tally["wishes"] += await _blank(session, Engagement, own, **_NO_WISH)
    await _erase_confided(session, person)
    owned = select(Outcome.id).where(Outcome.owner_id == person.id)
    tally["comments"] += await _blank(session, OutcomeCheck, OutcomeCheck.outcome_id.in_(owned), said=None)
    for table in (InboxItem, OutboxItem):
        # What came by a press or a command is traced by who acted.
        by_them = table.trace.startswith(f"{person.user_id}:", autoescape=True)
        theirs = or_(table.payload["user_id"].as_string() == person.user_id, by_them)
        tally["events"] += await _delete(session, table, theirs, table.state != WorkState.WAITING)
    return +tally


async def erase_comments(session: Session, *where: Any) -> int:
    """Erase comments with what was replied to their authors, which may repeat them; return how many."""
    kept = (await session.scalars(select(Comment).where(*where, Comment.text != ERASED))).all()
    for comment in kept:
        # The key names who commented.
        comment.text, comment.key = ERASED, f"{ERASED}:{comment.id}"
        comment.reply = ERASED if comment.reply is not None else None
    await session.flush()
    return len(kept)


async def _erase_confided(session: Session, person: Person) -> None:
    """Erase what was agreed with a person alone: of confidential work nobody else of the client knows."""
    confided = select(Engagement.id).where(Engagement.person_id == person.id, Engagement.confidential)
    worded = dict.fromkeys(("scope", "deliverable", "conflicts", "outcome", "measure"), ERASED)
    terms = {**worded, **dict.fromkeys(("baseline", "target", "said"))}
    await _blank(session, Proposal, Proposal.engagement_id.in_(confided), **terms)
    await _blank(session, Milestone, Milestone.engagement_id.in_(confided), title=ERASED, owner=ERASED)
    aims = {"statement": ERASED, "measure": ERASED, **dict.fromkeys(("baseline", "target", "value"))}
    await _blank(session, Outcome, Outcome.owner_id == person.id, Outcome.confidential, **aims)
    trail = AuditEvent.engagement_id.in_(confided)
    await _blank(session, AuditEvent, trail, detail="")


async def rename(session: Session, person: Person, now: datetime) -> Tally:
    """Take a person's name and id from the rows that stay; who writes again under that id is met anew."""
    before, after = f"{person.team_id}/{person.user_id}", f"{FORGOTTEN_ID}{person.id}"
    tally = Counter({"trail": await _blank(session, AuditEvent, AuditEvent.actor == before, actor=after)})
    named = AuditEvent.detail.contains(person.user_id, autoescape=True)
    detail = func.replace(AuditEvent.detail, person.user_id, after)
    tally["trail"] += await _set(session, AuditEvent, named, detail=detail)
    tally["trail"] += await _unname(session, person)
    sent = Carried.user_id == person.user_id, Carried.crossing == Crossing.TO_DESK
    await _blank(session, Carried, *sent, user_id=after, name="", text="")
    person.name, person.user_id = FORGOTTEN_NAME, after
    # Who is not there any more decides nothing, reads no pack, and is asked about no outcome.
    person.role = Role.STAFF
    person.approves = person.stated_size = person.told_at = person.home_seen_at = None
    person.created_at = now
    return tally


async def _unname(session: Session, person: Person) -> int:
    """Take a person's name from what consultants wrote of their client's work: the words about it stay."""
    if person.name == FORGOTTEN_NAME or len(person.name) <= SHORTEST:
        return 0
    theirs = select(Engagement.id).where(Engagement.client_id == person.client_id)
    named = 0
    for column, where in (
        (Milestone.title, Milestone.engagement_id.in_(theirs)),
        (Milestone.owner, Milestone.engagement_id.in_(theirs)),
        (AuditEvent.detail, AuditEvent.client_id == person.client_id),
    ):
        holds = column.contains(person.name, autoescape=True)
        new = func.replace(column, person.name, FORGOTTEN_NAME)
        named += await _set(session, column.class_, where, holds, **{column.key: new})
    return named


async def _blank_answers(session: Session, answers: Sequence[AnswerRecord]) -> int:
    """Leave of answers what is counted: when, how it ended and how sure it was."""
    kept = [answer for answer in answers if answer.question != ERASED]
    ids = [answer.id for answer in kept]
    await leave_gaps(session, ids)
    for answer in kept:
        answer.question, answer.composed, answer.trace = ERASED, None, ""
        answer.body = _nothing(answer)
    return len(kept)


def _nothing(answer: AnswerRecord) -> dict[str, Any]:
    said = Part(PartKind.LEAD, (_GONE,), None)
    decision = Decision(answer.outcome, answer.reason, answer.confidence, {})
    return to_stored(
        Answer(decision=decision, parts=(said,), citations=(), org_size=None, stated_size=None, standalone="")
    )


async def _held(session: Session, *where: Any) -> Sequence[Ticket]:
    return (await session.scalars(select(Ticket).where(*where).order_by(Ticket.id).with_for_update())).all()


async def _blank_tickets(session: Session, tickets: Sequence[Ticket]) -> int:
    kept = [ticket for ticket in tickets if ticket.question != ERASED]
    ids = [ticket.id for ticket in kept]
    for ticket in kept:
        ticket.question, ticket.summary = ERASED, None
    await _blank(session, Carried, Carried.ticket_id.in_(ids), text="")
    await _blank(session, Rating, Rating.ticket_id.in_(ids), comment=None)
    # What hours were asked for, in a consultant's words about the request.
    await _blank(session, Consent, Consent.ticket_id.in_(ids), said=None)
    return len(kept)


async def _delete(session: Session, table: Any, *where: Any) -> int:
    result = await session.execute(
        delete(table).where(*where).execution_options(synchronize_session=False)
    )  # fmt: skip
    return int(getattr(result, "rowcount", 0))


async def _blank(session: Session, table: Any, *where: Any, **values: Any) -> int:
    """Set columns of the rows that do not have these values yet; return how many."""
    differs = or_(*(getattr(table, name).is_distinct_from(value) for name, value in values.items()))
    return await _set(session, table, *where, differs, **values)


async def _set(session: Session, table: Any, *where: Any, **values: Any) -> int:
    result = await session.execute(
        update(table).where(*where).values(**values).execution_options(synchronize_session=False)
    )
    return int(getattr(result, "rowcount", 0))
