"""Erasing what was agreed with a client: words and contacts go, minutes stay as the firm's accounts."""

from collections import Counter
from typing import Any

from sqlalchemy import and_, delete, or_, select, update

from bot.database import Session
from bot.engagement.desk_models import SlaPolicy
from bot.engagement.models import AuditEvent, Client, Workspace
from bot.engagement.outcome_models import Decision, Outcome, OutcomeCheck, Pack
from bot.engagement.retainer_models import Consent, LedgerLine, TimeEntry
from bot.engagement.work_models import ClientChannel, Engagement, Milestone, Proposal, ServiceEnd
from bot.workflows.erase import ERASED, Tally

# What the trail says of these is minutes and days alone.
_ACCOUNTS = (
    "time logged", "month closed", "retainer added", "retainer changed", "retainer ended",
    "confidential time charged", "confidential time not charged",
)  # fmt: skip


async def erase_work(session: Session, client: Client) -> Tally:
    """Erase a client's agreed work, outcomes, decisions, packs, channels and name; return how much."""
    work = select(Engagement.id).where(Engagement.client_id == client.id)
    outcomes = select(Outcome.id).where(Outcome.client_id == client.id)
    tally: Tally = Counter()
    await _delete(session, OutcomeCheck, OutcomeCheck.outcome_id.in_(outcomes))
    for name, table in (
        ("outcomes", Outcome),
        ("decisions", Decision),
        ("packs", Pack),
        ("channels", ClientChannel),
        ("policies", SlaPolicy),
    ):
        tally[name] = await _delete(session, table, table.client_id == client.id)
    tally["workspaces"] = await _unlink(session, client)
    said = AuditEvent.client_id == client.id, AuditEvent.what.not_in(_ACCOUNTS)
    theirs = or_(AuditEvent.engagement_id.in_(work), and_(*said))
    tally["trail"] = await _set(session, AuditEvent, theirs, detail="")
    await _set(session, Milestone, Milestone.engagement_id.in_(work), title=ERASED, owner=ERASED)
    tally["proposals"] = await _set(
        session,
        Proposal,
        Proposal.engagement_id.in_(work),
        **dict.fromkeys(("scope", "deliverable", "conflicts", "outcome", "measure"), ERASED),
        **dict.fromkeys(("baseline", "target", "said")),
        people=[],
    )
    tally["engagements"] = await _set(
        session,
        Engagement,
        Engagement.client_id == client.id,
        **dict.fromkeys(("title", "needed"), ERASED),
        **dict.fromkeys(("deliverable", "decides")),
    )
    tally["notes"] = await _set(
        session, TimeEntry, TimeEntry.client_id == client.id, internal_note=None, client_note=None
    )
    why = TimeEntry.client_id == client.id, TimeEntry.reason.is_not(None)
    await _set(session, TimeEntry, and_(*why), reason=ERASED)
    await _set(session, LedgerLine, LedgerLine.client_id == client.id, note="")
    await _set(session, Consent, Consent.client_id == client.id, said=None)
    client.name, client.key = f"Erased client {client.id}", f"erased-{client.id}"
    client.it_support = client.emergency_phone = client.sector = client.hours = None
    client.lead = client.deputy = client.timezone = client.org_size = None
    return +tally


async def _unlink(session: Session, client: Client) -> int:
    """Take a client's workspaces from it; one whose service is over stays known as such, without its name.

    Else whoever of it writes next would be met as a new client and served.
    """
    over = await session.get(ServiceEnd, client.id)
    if over is not None and over.done_at is not None:
        return await _set(session, Workspace, Workspace.client_id == client.id, name=ERASED)
    await _delete(session, ServiceEnd, ServiceEnd.client_id == client.id)
    return await _delete(session, Workspace, Workspace.client_id == client.id)


async def _delete(session: Session, table: Any, where: Any) -> int:
    result = await session.execute(delete(table).where(where).execution_options(synchronize_session=False))
    return int(getattr(result, "rowcount", 0))


async def _set(session: Session, table: Any, where: Any, **values: Any) -> int:
    result = await session.execute(
        update(table).where(where).values(**values).execution_options(synchronize_session=False)
    )
    return int(getattr(result, "rowcount", 0))
