"""A consultant opens work from a ticket and proposes its terms; a change of scope is proposed likewise."""

from dataclasses import dataclass, replace
from datetime import date

from bot.answering.models import Conversation
from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.engagement import audit, proposals
from bot.engagement import work as works
from bot.engagement.deciders import Deciders, Standing, deciders_of
from bot.engagement.models import Ticket
from bot.engagement.people import Directory
from bot.engagement.proposals import Terms
from bot.engagement.service_ends import today_of
from bot.engagement.work import Wish
from bot.engagement.work_models import Engagement, EngagementState, Proposal
from bot.errors import AdvisoryError
from bot.workflows.desk_door import Member, let_in, require_hand, require_reader, ticket_at_card
from bot.workflows.present import gone_of
from bot.workflows.presses import Press
from bot.workflows.telling import update_card
from bot.workflows.work_telling import PROPOSAL, ask_deciders, show_anew, ticket_of

S = EngagementState
NO_WORK = "{} asks for no work yet. Press “This is more than a question” on its card first."
HAS_WORK = "{} has {} already."
ALL_LEFT = (
    "Nobody is left to decide on {}: the account of {} is closed. Name another approver in the client's form "
    "on Home, then propose it again."
)
ASKER_LEFT = "Nobody is left to decide on {0}: whoever asked for it has left, so it can only be resolved."
PROPOSABLE = frozenset({S.REQUESTED, S.PROPOSED, S.DECLINED, S.LAPSED})


@dataclass(frozen=True)
class Draft:
    """What the form of a proposal begins with: the work, its last proposal, who decides, and the day.

    `holder` is who has the request, and would do the work until somebody else is chosen.
    """

    work: Engagement
    latest: Proposal | None
    deciders: Deciders
    today: date
    member: Member
    holder: str | None = None


async def work_at_card(
    session: ReadSession | Session, press: Press, ticket_id: int, member: Member
) -> Engagement:
    """Return the work of a card the presser works on; raises `AdvisoryError` where there is none."""
    ticket = await ticket_at_card(session, press, ticket_id)
    await require_hand(session, ticket, member)
    await require_reader(session, ticket, member)
    work = await works.of_ticket(session, ticket.id)
    if work is None:
        raise AdvisoryError(NO_WORK.format(ticket.reference))
    return work


class ProposeWork:
    """The use cases behind *This is more than a question*, *Propose* and *Change the scope*."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def begin(self, press: Press, ticket_id: int) -> Ticket:
        """Return a ticket that may become work; raises `AdvisoryError` where the presser may not say so."""
        member = await let_in(self._directory, press)
        async with self._database.read() as session:
            ticket = await ticket_at_card(session, press, ticket_id)
            await require_hand(session, ticket, member)
            await require_reader(session, ticket, member)
            await _require_none(session, ticket)
            return ticket

    async def open(self, press: Press, ticket_id: int, wish: Wish) -> Engagement:
        """Open work from a ticket; raises `AdvisoryError` as `begin` does."""
        member, now = await let_in(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            ticket = await ticket_at_card(session, press, ticket_id)
            await require_hand(session, ticket, member)
            await require_reader(session, ticket, member)
            await _require_none(session, ticket)
            work, _new = await works.open_work(session, ticket, wish, actor=member.user_id, now=now)
            await update_card(session, ticket, firm_team_id=self._directory.firm_team_id, now=now)
            return work

    async def draft(self, press: Press, ticket_id: int) -> Draft:
        """Return what the form begins with; raises `AdvisoryError` where nothing can be proposed now."""
        member, now = await let_in(self._directory, press), self._clock()
        async with self._database.read() as session:
            work = await work_at_card(session, press, ticket_id, member)
            _require_proposable(work)
            latest, today = await proposals.latest(session, work), await today_of(session, now)
            holder = (await ticket_at_card(session, press, ticket_id)).claimed_by
        return Draft(work, latest, await self._present(work), today, member, holder)

    async def propose(self, press: Press, ticket_id: int, terms: Terms) -> Proposal:
        """Propose terms to whoever decides at the client; what was proposed before is replaced.

        Raises `Unfit` for terms nobody could agree to, `AdvisoryError` as `draft` does.
        """
        member, now = await let_in(self._directory, press), self._clock()
        firm_team, by = self._directory.firm_team_id, (member.user_id, member.profile.name)
        async with self._database.read() as session:
            work = await work_at_card(session, press, ticket_id, member)
        present = await self._present(work)
        async with self._database.unit_of_work() as session:
            work = await work_at_card(session, press, ticket_id, member)
            await works.hold(session, work)
            _require_proposable(work)
            terms.check(await today_of(session, now))
            if (sent := await proposals.waiting_as(session, work, terms)) is not None:
                return sent
            is_change = work.state is S.ACTIVE
            proposal = await proposals.propose(session, work, terms, is_change=is_change, by=by, now=now)
            work.lead, work.lead_name = by
            await _title(session, work, terms)
            if not is_change and work.state is not S.PROPOSED:
                await works.step(session, work, S.PROPOSED, actor=member.user_id, now=now)
            deciders = await deciders_of(session, work)
            asked_of = tuple(each for each in deciders.people if present.include(each)) or deciders.people
            audit.append(
                session,
                actor=member.user_id,
                what="decision asked",
                now=now,
                work=work,
                detail=f"{deciders.standing}: {len(asked_of)}",
            )
            await show_anew(session, work, press, now=now)
            asked = {"proposal_id": proposal.id, "ticket_id": ticket_id}
            await ask_deciders(session, work, asked_of, PROPOSAL, asked, firm_team_id=firm_team, now=now)
            ticket = await ticket_at_card(session, press, ticket_id)
            await update_card(session, ticket, firm_team_id=firm_team, now=now)
            return proposal

    async def _present(self, work: Engagement) -> Deciders:
        """Return those who decide and are still there; raises `AdvisoryError` when all of them have left."""
        async with self._database.read() as session:
            deciders = await deciders_of(session, work)
        gone = await gone_of(self._database, self._directory, deciders.people)
        here = tuple(each for each in deciders.people if each.id not in gone)
        if not here:
            # Of confidential work nobody's name is said, also not on the desk.
            hushed = deciders.standing is Standing.CONFIDENTIAL
            names = " and ".join(each.name for each in deciders.people)
            raise AdvisoryError((ASKER_LEFT if hushed else ALL_LEFT).format(work.reference, names))
        return replace(deciders, people=here)


async def _title(session: Session, work: Engagement, terms: Terms) -> None:
    """Call work by what is proposed where it was asked for in private: those words stay there."""
    ticket = await ticket_of(session, work)
    if ticket is not None and (await session.get_one(Conversation, ticket.conversation_id)).is_private:
        work.title = works.title_of(terms.scope)


async def _require_none(session: ReadSession | Session, ticket: Ticket) -> None:
    work = await works.of_ticket(session, ticket.id)
    if work is not None and work.state not in works.OVER:
        raise AdvisoryError(HAS_WORK.format(ticket.reference, work.reference))


def _require_proposable(work: Engagement) -> None:
    """Raise `AdvisoryError` unless terms can be proposed for the work, or a change of them."""
    if work.state not in PROPOSABLE and work.state is not S.ACTIVE:
        raise AdvisoryError(works.refusal(work, S.PROPOSED))
