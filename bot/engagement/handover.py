"""What is handed over when a client's service ends: its open work, outcomes and decisions, as one text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import column, select, table

from bot.database import ReadSession, Session
from bot.engagement import states
from bot.engagement.effort import agreed_words
from bot.engagement.models import OPEN_STATES, Client, Ticket
from bot.engagement.outcome_models import Decision, Outcome
from bot.engagement.work import WORDS
from bot.engagement.work_models import OPEN_WORK, Engagement, EngagementState, Milestone

NONE = "None."


@dataclass(frozen=True)
class Handover:
    """A client's affairs as they stand. Of what is confidential nothing but how much there is.

    `kept_apart` counts confidential requests and work, which are settled from person to person and told
    to the desk alone. `private` are the requests asked in private, `personal` their outcomes and the wishes
    nothing was proposed on: whoever reads for the client reads no word of them.
    """

    client: Client
    tickets: Sequence[Ticket]
    work: Sequence[Engagement]
    milestones: Sequence[tuple[Milestone, str]]
    outcomes: Sequence[Outcome]
    decisions: Sequence[Decision]
    kept_apart: int
    private: frozenset[int] = frozenset()
    personal: frozenset[str] = frozenset()

    @property
    def open_count(self) -> int:
        """How much is open, what is kept apart left out."""
        return len(self.tickets) + sum(each.state in OPEN_WORK for each in self.work)


async def gather(session: ReadSession | Session, client: Client) -> Handover:
    """Read what is handed over of a client."""
    tickets = await session.scalars(
        select(Ticket).where(Ticket.client_id == client.id, Ticket.state.in_(OPEN_STATES)).order_by(Ticket.id)
    )
    work = await session.scalars(
        select(Engagement).where(Engagement.client_id == client.id).order_by(Engagement.id)
    )
    steps = await session.execute(
        select(Milestone, Engagement)
        .join(Engagement, Engagement.id == Milestone.engagement_id)
        .where(Engagement.client_id == client.id, Engagement.confidential.is_(False))
        .order_by(Milestone.due_on, Milestone.id)
    )
    outcomes = await session.scalars(
        select(Outcome)
        .where(Outcome.client_id == client.id, Outcome.confidential.is_(False))
        .order_by(Outcome.id)
    )
    decisions = await session.scalars(
        select(Decision)
        .where(Decision.client_id == client.id, Decision.shared)
        .order_by(Decision.decided_on, Decision.id)
    )
    open_tickets, all_work, all_outcomes = list(tickets), list(work), list(outcomes)
    private = await _private(session, client)
    personal = [
        each.reference
        for each in all_work
        if each.state is EngagementState.REQUESTED and _is_of(each, private)
    ]
    apart = sum(each.confidential for each in open_tickets)
    apart += sum(each.confidential and each.state in OPEN_WORK for each in all_work)
    return Handover(
        client=client,
        tickets=[each for each in open_tickets if not each.confidential],
        work=[each for each in all_work if not each.confidential],
        milestones=[(step, each.reference) for step, each in steps],
        outcomes=all_outcomes,
        decisions=list(decisions),
        kept_apart=apart,
        private=private,
        personal=frozenset(personal),
    )


async def _private(session: ReadSession | Session, client: Client) -> frozenset[int]:
    """Return the client's requests that were asked in private."""
    held = table("conversations", column("id"), column("is_private"))
    found = await session.scalars(
        select(Ticket.id)
        .join(held, held.c.id == Ticket.conversation_id)
        .where(Ticket.client_id == client.id, held.c.is_private)
    )
    return frozenset(found)


def _is_of(about: Engagement | Outcome, private: frozenset[int]) -> bool:
    return about.ticket_id in private


def written(pack: Handover, *, ends_on: date, ask_instead: str, erases: bool, for_desk: bool) -> str:
    """Return the pack as Markdown; only the desk's names how much is kept apart."""
    parts = [f"# Handover: {_line(pack.client.name)}", ""]
    parts.append(f"Service ends on {ends_on.isoformat()}. From then on ask: {_line(ask_instead)}.")
    kept = "erased as agreed" if erases else "kept as agreed"
    parts += [f"What we hold is {kept}.", ""]
    for name, lines in _sections(pack if for_desk else _for_client(pack)):
        parts += [f"## {name}", "", *(f"- {line}" for line in lines), *([] if lines else [NONE]), ""]
    if not for_desk and (count := sum(each.id in pack.private for each in pack.tickets)):
        parts += ["## Asked in private", "", f"{count} open: each is settled with its own person.", ""]
    if for_desk and pack.kept_apart:
        parts += [
            "## Kept apart",
            "",
            f"{pack.kept_apart} confidential: settle each with its own person, in private.",
            "",
        ]
    return "\n".join(parts)


def _for_client(pack: Handover) -> Handover:
    """Return what of it everybody who reads for the client may read."""
    return replace(
        pack,
        tickets=[each for each in pack.tickets if each.id not in pack.private],
        work=[each for each in pack.work if each.reference not in pack.personal],
        outcomes=[each for each in pack.outcomes if not _is_of(each, pack.private)],
    )


def _sections(pack: Handover) -> Iterator[tuple[str, list[str]]]:
    yield (
        "Open requests",
        [
            f"{each.reference}, {states.WORDS[each.state]}, {_with(each.claimed_name)}: "
            f"{_line(each.question)}"
            for each in pack.tickets
        ],
    )
    yield "Agreed and proposed work", [_of_work(each) for each in pack.work]
    yield (
        "Milestones",
        [
            f"{reference}: {_line(step.title)} ({_line(step.owner)}), "
            + ("done" if step.done_at else f"due {step.due_on.isoformat()}")
            for step, reference in pack.milestones
        ],
    )
    yield (
        "Outcomes",
        [
            f"{_line(each.statement)} Seen by: {_line(each.measure)}. State: {each.state.value}"
            + (f", {_line(each.value)}" if each.value else "")
            for each in pack.outcomes
        ],
    )
    yield (
        "Decisions",
        [
            f"{each.decided_on.isoformat()}, {_line(each.decided_by)}: {_line(each.text)}"
            for each in pack.decisions
        ],
    )


def _of_work(work: Engagement) -> str:
    agreed = f", {agreed_words(work.minutes)}" if work.minutes else ""
    until = f", until {work.ends_on.isoformat()}" if work.ends_on else ""
    return f"{work.reference}, {WORDS[work.state]}{agreed}{until}: {_line(work.title)}"


def _with(name: str | None) -> str:
    return f"with {name}" if name else "with nobody yet"


def _line(text: str) -> str:
    """Return people's words as one line, in which nothing is taken for a heading or a list."""
    return " ".join(text.split())
