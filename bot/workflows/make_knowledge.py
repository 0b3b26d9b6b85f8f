"""What was advised becomes knowledge: a section is drafted from a ticket, edited or dropped, on the desk."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.answering.models import AnswerRecord
from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.delivery.models import OutboxItem
from bot.engagement import audit, consultants, drafts, states
from bot.engagement.areas import area_by_article
from bot.engagement.desk_models import Carried, Crossing, Draft, DraftState
from bot.engagement.models import Ticket
from bot.engagement.people import Directory
from bot.engagement.scrubbing import Finding, scrub
from bot.engagement.section_draft import LONGEST_BODY, LONGEST_TITLE, draft_section, read_body
from bot.errors import AdvisoryError
from bot.workflows.bridge import desk_side, queue
from bot.workflows.desk_door import Member, let_in, ticket_at_card
from bot.workflows.known_names import names_of
from bot.workflows.own_request import REDRAW
from bot.workflows.presses import NOT_YOURS, Press
from knowledge.scope import METHODOLOGY

DRAFT = "draft"
# What stands for a note that belongs to no article.
ALONE = ""
_COMPANION = "-notes"
CONFIDENTIAL = "{} is confidential: nothing is ever made of it that others could read."
NOTHING_TO_TEACH = "{} is {} and came to nothing that others could be told, so it is not made knowledge."
MADE_ALREADY = "{} has been made knowledge already: “{}”."
CHANGED = "This draft was changed or dropped after you opened it. Look at it again in the card's thread."
NO_TITLE = "Say in a short, plain statement what this section teaches."
NO_BODY = "Nothing is written here yet. Write what others should know, then send it again."
NO_ARTICLE = "Choose the article it belongs to, or make it a note of its own."


class Unfit(AdvisoryError):  # noqa: N818 - it is shown at a field, and the form stays open
    """What is wrong with a field of the form."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Typed:
    """A section as it was typed; `slug` is that of the article it belongs to, or `ALONE`."""

    slug: str
    title: str
    body: str


@dataclass(frozen=True)
class Sheet:
    """What the form begins with; `notes` are the notes that may be added to, slug and title."""

    ticket_id: int
    reference: str
    draft_id: int | None
    typed: Typed
    findings: tuple[Finding, ...]
    notes: dict[str, str]


class MakeKnowledge:
    """The use cases behind *Make this knowledge*, *Edit* and *Drop*."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def begin(self, press: Press, ticket_id: int) -> Sheet:
        """Return the form for a ticket: its draft where there is one, else one made of what was advised.

        Raises `AdvisoryError` for who is not on the desk, and for a ticket nothing may be made of.
        """
        await let_in(self._directory, press)
        async with self._database.read() as session:
            ticket = await ticket_at_card(session, press, ticket_id)
            draft = await self._require_open(session, ticket)
            return await _sheet(session, ticket, draft)

    async def reopen(self, press: Press, draft_id: int) -> Sheet:
        """Return the form for a draft; raises `AdvisoryError` when it is not what stands there now."""
        await let_in(self._directory, press)
        async with self._database.read() as session:
            draft, ticket = await current_draft(session, press, draft_id)
            return await _sheet(session, ticket, draft)

    async def save(self, press: Press, ticket_id: int, draft_id: int | None, typed: Typed) -> None:
        """Store a draft, or its next version, and show it in the thread of the ticket's card.

        Who saves it is its writer, whom somebody else has to follow. Raises `Unfit` for what cannot be a
        section, `AdvisoryError` as `begin` does, or where the draft was changed meanwhile.
        """
        member, now = await let_in(self._directory, press), self._clock()
        typed = _checked(typed)
        async with self._database.unit_of_work() as session:
            ticket = await ticket_at_card(session, press, ticket_id)
            await session.refresh(ticket, with_for_update=True)
            before = await self._require_open(session, ticket)
            typed = await _placed(session, ticket, typed)
            if before is not None and _says(before) == typed:
                # Sent twice, or not changed at all: whoever wrote it stays its writer.
                return
            if (before.id if before else None) != draft_id:
                raise AdvisoryError(CHANGED)
            if before is not None and not await drafts.step(session, before, DraftState.DROPPED):
                raise AdvisoryError(CHANGED)
            await self._store(session, ticket, typed, member, is_new=before is None, now=now)

    async def drop(self, press: Press, draft_id: int) -> None:
        """Let a draft go; raises `AdvisoryError` when it is not what stands there now."""
        member, now = await let_in(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            draft, ticket = await current_draft(session, press, draft_id)
            if not await drafts.step(session, draft, DraftState.DROPPED):
                raise AdvisoryError(CHANGED)
            record(session, draft, ticket, "dropped", actor=member.user_id, now=now)
            await show_anew(session, ticket, firm_team_id=self._directory.firm_team_id, now=now)

    async def _require_open(self, session: ReadSession | Session, ticket: Ticket) -> Draft | None:
        """Return the draft in the works, None before there is one; raises `AdvisoryError`."""
        require_teachable(ticket)
        draft = await drafts.newest(session, ticket.id)
        if draft is None or draft.state is DraftState.DROPPED:
            return None
        if draft.state is not DraftState.DRAFT:
            raise AdvisoryError(MADE_ALREADY.format(ticket.reference, draft.title))
        return draft

    async def _store(
        self, session: Session, ticket: Ticket, typed: Typed, member: Member, *, is_new: bool, now: datetime
    ) -> None:
        user, firm_team = member.user_id, self._directory.firm_team_id
        await consultants.meet(session, user, member.profile.name, now=now, timezone=member.profile.timezone)
        draft = await drafts.add(
            session, ticket, slug=typed.slug, title=typed.title, body=typed.body, writer=user, now=now
        )
        record(session, draft, ticket, "drafted" if is_new else "edited", actor=user, now=now)
        if is_new:
            await queue(session, desk_side(ticket, firm_team), DRAFT, {"ticket_id": ticket.id}, now)
        else:
            await show_anew(session, ticket, firm_team_id=firm_team, now=now)


def require_teachable(ticket: Ticket) -> None:
    """Raise `AdvisoryError` for a ticket of which nothing may be made."""
    if ticket.confidential:
        raise AdvisoryError(CONFIDENTIAL.format(ticket.reference))
    if not drafts.may_teach(ticket.state, ticket.ending, confidential=ticket.confidential):
        raise AdvisoryError(NOTHING_TO_TEACH.format(ticket.reference, states.WORDS[ticket.state]))


async def current_draft(session: ReadSession | Session, press: Press, draft_id: int) -> tuple[Draft, Ticket]:
    """Return the draft that was pressed, with its ticket.

    Raises `AdvisoryError` when its card does not stand there, it became confidential, or another version
    has taken its place.
    """
    draft = await session.get(Draft, draft_id)
    if draft is None:
        raise AdvisoryError(NOT_YOURS)
    ticket = await ticket_at_card(session, press, draft.ticket_id)
    if ticket.confidential:
        raise AdvisoryError(CONFIDENTIAL.format(ticket.reference))
    latest = await drafts.newest(session, ticket.id)
    if latest is None or latest.id != draft.id or draft.state is not DraftState.DRAFT:
        raise AdvisoryError(CHANGED)
    return draft, ticket


def record(session: Session, draft: Draft, ticket: Ticket, what: str, *, actor: str, now: datetime) -> None:
    """Append to the audit trail what became of a draft."""
    detail = f"draft {draft.id}, {draft.slug}: {draft.title}"
    audit.append(session, actor=actor, what=f"knowledge {what}", now=now, ticket=ticket, detail=detail)


async def show_anew(session: Session, ticket: Ticket, *, firm_team_id: str, now: datetime) -> None:
    """Queue the draft's message to be shown as it is now; what is not sent yet will be that by itself."""
    sent = await session.scalars(
        select(OutboxItem).where(OutboxItem.kind == DRAFT).order_by(OutboxItem.id.desc())
    )
    posted = next((item for item in sent if item.payload.get("ticket_id") == ticket.id), None)
    side = desk_side(ticket, firm_team_id)
    if posted is None:
        # So long ago that nobody knows where it stands.
        await queue(session, side, DRAFT, {"ticket_id": ticket.id}, now)
    elif posted.slack_ts:
        place = {"channel": posted.slack_channel, "ts": posted.slack_ts}
        await queue(session, side, REDRAW, {"ticket_id": ticket.id, "of": DRAFT, "message": place}, now)


async def _sheet(session: ReadSession, ticket: Ticket, draft: Draft | None) -> Sheet:
    names = await names_of(session, ticket)
    if draft is not None:
        typed = _says(draft)
        findings = tuple(scrub(f"{draft.title}\n\n{draft.body}", names).findings)
    else:
        told = await session.scalars(
            select(Carried.text)
            .where(Carried.ticket_id == ticket.id, Carried.crossing == Crossing.TO_CLIENT)
            .where(Carried.removed_at.is_(None))
            .order_by(Carried.id)
        )
        made = draft_section(ticket.question, told.all(), ticket.summary, names)
        typed = Typed(await _suggested(session, ticket), made.title, made.body)
        findings = made.findings
    number = draft.id if draft else None
    return Sheet(ticket.id, ticket.reference, number, typed, findings, await drafts.notes(session))


async def _suggested(session: ReadSession, ticket: Ticket) -> str:
    """Return the article that the ticket's answer rested on first, or none."""
    answer = await session.get(AnswerRecord, ticket.answer_id) if ticket.answer_id else None
    for cited in answer.body.get("citations", ()) if answer else ():
        slug = str(cited.get("slug")).removesuffix(_COMPANION)
        if cited.get("scope", METHODOLOGY) == METHODOLOGY and slug in area_by_article():
            return slug
    return ALONE


def _says(draft: Draft) -> Typed:
    return Typed(draft.slug, draft.title, draft.body)


def _checked(typed: Typed) -> Typed:
    """Return what was typed as it is stored; raises `Unfit`."""
    title = " ".join(typed.title.split()).strip("# ").rstrip(".")
    body = typed.body.strip()
    if not any(letter.isalnum() for letter in title) or len(title) > LONGEST_TITLE:
        raise Unfit("title", NO_TITLE)
    text, _asked = read_body(body)
    if not any(letter.isalnum() for letter in text) or len(body) > LONGEST_BODY:
        raise Unfit("body", NO_BODY)
    return Typed(typed.slug, title, body)


async def _placed(session: Session, ticket: Ticket, typed: Typed) -> Typed:
    """Return what was typed with the slug of its file; raises `Unfit` for an article there is not."""
    slug = typed.slug
    if slug == ALONE:
        slug = await drafts.free_slug(session, typed.title, ticket.id)
    elif slug not in area_by_article() and slug not in await drafts.notes(session):
        raise Unfit("article", NO_ARTICLE)
    return Typed(slug, typed.title, typed.body)
