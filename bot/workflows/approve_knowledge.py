"""A second consultant approves a draft, which is then published; who is alone on the desk sleeps on it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery.inbox import Arrival, accept
from bot.engagement import consultants, drafts, firm
from bot.engagement.desk_models import Consultant, Draft, DraftState
from bot.engagement.models import Ticket
from bot.engagement.people import Directory
from bot.engagement.scrubbing import identities, marks
from bot.errors import AdvisoryError
from bot.workflows.desk_door import Member, let_in
from bot.workflows.known_names import names_of
from bot.workflows.make_knowledge import CHANGED, current_draft, record, show_anew
from bot.workflows.presses import Press
from bot.workflows.publish_knowledge import PUBLISH
from bot.workflows.speak_terms import SPEAK_TERMS

STILL_MARKED = "The draft still marks {}. Press Edit, say it neutrally or leave it out, then approve it."
STILL_NAMED = "The draft still says {}, which points to the client. Press Edit and leave it out first."
NOT_BY_ITS_WRITER = "You wrote this draft as it stands, so somebody else on the desk has to approve it."
SLEEP_ON_IT = (
    "You are the only one on the desk, so you may approve this yourself, on a later day. Read it again then."
)
_MOST_SHOWN = 5


class ApproveKnowledge:
    """The use case behind *Approve*."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def approve(self, press: Press, draft_id: int) -> None:
        """Approve the draft as it was shown, and have it published.

        Raises `AdvisoryError` for who may not, for a draft that still marks or names something, and where
        another version has taken its place.
        """
        member, now = await let_in(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            draft, ticket = await current_draft(session, press, draft_id)
            by_writer = await _require_reviewer(session, draft, member, now)
            await _require_clean(session, draft, ticket)
            values = {"approved_by": member.user_id, "approved_at": now, "self_reviewed": by_writer}
            if not await drafts.step(session, draft, DraftState.APPROVED, **values):
                raise AdvisoryError(CHANGED)
            name, zone = member.profile.name, member.profile.timezone
            await consultants.meet(session, member.user_id, name, now=now, timezone=zone)
            what = "self-reviewed" if by_writer else "approved"
            record(session, draft, ticket, what, actor=member.user_id, now=now)
            # In the lane of all indexing: two at once would only wait for each other.
            arrival = Arrival(
                self._directory.firm_team_id,
                f"{PUBLISH}:{draft.id}",
                SPEAK_TERMS,
                PUBLISH,
                {"draft_id": draft.id},
            )
            await accept(session, arrival, now=now)
            await show_anew(session, ticket, firm_team_id=self._directory.firm_team_id, now=now)


async def _require_reviewer(session: Session, draft: Draft, member: Member, now: datetime) -> bool:
    """Return whether the draft is approved by its own writer; raises `AdvisoryError` where it may not be."""
    if draft.written_by != member.user_id:
        return False
    if member.desk != {member.user_id}:
        raise AdvisoryError(NOT_BY_ITS_WRITER)
    known = await session.get(Consultant, member.user_id)
    profile = await firm.read_profile(session)
    zone = ZoneInfo((known.timezone if known else None) or profile.timezone or "UTC")
    if now.astimezone(zone).date() <= draft.created_at.astimezone(zone).date():
        raise AdvisoryError(SLEEP_ON_IT)
    return True


async def _require_clean(session: Session, draft: Draft, ticket: Ticket) -> None:
    """Raise `AdvisoryError` for what must not be published, whoever put it there."""
    if marked := marks(draft.title, draft.body):
        raise AdvisoryError(STILL_MARKED.format(", ".join(marked[:_MOST_SHOWN])))
    text = f"{draft.title}\n\n{draft.body}"
    if named := identities(text, await names_of(session, ticket)):
        said = dict.fromkeys(f"“{each.found}”" for each in named)
        raise AdvisoryError(STILL_NAMED.format(", ".join(list(said)[:_MOST_SHOWN])))
