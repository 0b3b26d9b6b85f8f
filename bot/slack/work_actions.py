"""What happens when the desk presses a button of work on a card, and sends one of its forms."""

from collections.abc import Mapping
from datetime import date

from bot.database import Database
from bot.engagement import proposals
from bot.engagement.deciders import Standing
from bot.engagement.proposals import Terms
from bot.engagement.work import Wish
from bot.engagement.work_models import EngagementKind, EngagementState
from bot.errors import AdvisoryError
from bot.slack import work_desk_texts as said
from bot.slack import work_ids, work_texts
from bot.slack.blocks import work_desk_forms as forms
from bot.slack.blocks.notices import reply_message
from bot.slack.card_actions import pressed_ticket
from bot.slack.failures import Answer, field_error, kindly, kindly_at
from bot.slack.identity import SlackDirectory
from bot.slack.requests import Request
from bot.slack.ticket_texts import PRESS_AGAIN
from bot.slack.work_forms import (
    FieldError,
    chosen_of,
    day_of,
    effort_of,
    opened_from,
    several_of,
    text_of,
)
from bot.workflows import run_work
from bot.workflows.presses import NOT_YOURS
from bot.workflows.propose_work import Draft, ProposeWork
from bot.workflows.resolve_accepted import ResolveAccepted
from bot.workflows.run_work import RunWork, Step

# Where a sentence about one of the terms stands.
_BLOCKS: Mapping[str, str] = {
    "hours": work_ids.HOURS_BLOCK,
    "people": work_ids.PEOPLE_BLOCK,
    "experience": work_ids.EXPERIENCE_BLOCK,
    "starts": work_ids.STARTS_BLOCK,
    "ends": work_ids.ENDS_BLOCK,
    "lapses": work_ids.LAPSES_BLOCK,
    "owner": work_ids.OWNER_BLOCK,
    "due": work_ids.DUE_BLOCK,
    "step": work_ids.STEP_BLOCK,
}


class WorkActions:
    """The listeners behind the work of a card."""

    def __init__(self, database: Database, directory: SlackDirectory) -> None:
        self._directory = directory
        self._propose = ProposeWork(database, directory)
        self._run = RunWork(database, directory)
        self._accepted = ResolveAccepted(database, directory)

    async def show_begin(self, request: Request, value: str) -> None:
        """*This is more than a question*, in the list of a card's further ways on."""
        ticket_id = pressed_ticket(value)
        ticket = await self._propose.begin(request.press, ticket_id)
        place = work_ids.place_value(ticket_id, request.channel)
        await request.show(forms.begin_view(place, ticket.question), reply_message(PRESS_AGAIN))

    @kindly_at(work_ids.NEEDED_BLOCK, work_texts.NOT_STORED)
    async def submit_begin(self, request: Request) -> Answer:
        """The form behind *This is more than a question*, sent."""
        ticket_id, press = opened_from(request)
        try:
            kind = EngagementKind(chosen_of(request, work_ids.KIND_BLOCK))
        except ValueError:
            raise AdvisoryError(NOT_YOURS) from None
        needed = text_of(request, work_ids.NEEDED_BLOCK)
        if not needed:
            raise AdvisoryError(said.BLANK)
        await self._propose.open(press, ticket_id, Wish(kind, needed))
        return {}

    @kindly
    async def show_proposal(self, request: Request) -> None:
        """*Propose*, *Propose anew* and *Change the scope* on a card."""
        ticket_id = pressed_ticket(request.value)
        draft = await self._propose.draft(request.press, ticket_id)
        firm_team = self._directory.firm_team_id
        profiles = [await self._directory.profile(firm_team, user) for user in draft.member.desk]
        desk = sorted(((each.user_id, each.name) for each in profiles), key=lambda pair: pair[1])
        view = forms.propose_view(
            work_ids.place_value(ticket_id, request.channel, request.press.message_ts),
            draft.work,
            draft.latest,
            desk,
            note=_who_decides(draft),
            today=draft.today,
            is_change=draft.work.state is EngagementState.ACTIVE,
            holder=draft.holder,
        )
        await request.show(view, reply_message(PRESS_AGAIN))

    @kindly_at(work_ids.SCOPE_BLOCK, work_texts.NOT_STORED)
    async def submit_proposal(self, request: Request) -> Answer:
        """The form of a proposal, sent."""
        ticket_id, press = opened_from(request)
        try:
            await self._propose.propose(press, ticket_id, await self._terms(request))
        except FieldError as error:
            return field_error(error.block_id, error.user_text)
        except proposals.Unfit as error:
            return field_error(_BLOCKS[error.term], error.user_text)
        return {}

    async def _terms(self, request: Request) -> Terms:
        chosen = several_of(request, work_ids.PEOPLE_BLOCK)
        members = await self._directory.consultants()
        if not set(chosen) <= members:
            raise FieldError(work_ids.PEOPLE_BLOCK, NOT_YOURS)
        firm_team = self._directory.firm_team_id
        named = tuple([(user, (await self._directory.profile(firm_team, user)).name) for user in chosen])
        return Terms(
            scope=_required(request, work_ids.SCOPE_BLOCK),
            deliverable=_required(request, work_ids.DELIVERABLE_BLOCK),
            minutes=effort_of(request, work_ids.HOURS_BLOCK) or 0,
            starts_on=_day(request, work_ids.STARTS_BLOCK),
            ends_on=_day(request, work_ids.ENDS_BLOCK),
            people=proposals.workers(named, _required(request, work_ids.EXPERIENCE_BLOCK)),
            conflicts=_required(request, work_ids.CONFLICTS_BLOCK),
            outcome=_required(request, work_ids.OUTCOME_BLOCK),
            measure=_required(request, work_ids.MEASURE_BLOCK),
            baseline=text_of(request, work_ids.BASELINE_BLOCK) or None,
            target=text_of(request, work_ids.TARGET_BLOCK) or None,
            lapses_on=_day(request, work_ids.LAPSES_BLOCK),
        )

    @kindly
    async def resolve(self, request: Request) -> None:
        """*Resolve the request*, below a card that nobody has and whose work is accepted."""
        await self._accepted.resolve(request.press, pressed_ticket(request.value))

    @kindly
    async def show_milestones(self, request: Request) -> None:
        """*Milestones* on a card."""
        ticket_id = pressed_ticket(request.value)
        _work, milestones = await self._run.look(request.press, ticket_id)
        place = work_ids.place_value(ticket_id, request.channel)
        await request.show(forms.milestones_view(place, milestones), reply_message(PRESS_AGAIN))

    @kindly_at(work_ids.STEP_BLOCK, work_texts.NOT_STORED)
    async def submit_milestones(self, request: Request) -> Answer:
        """The form of the milestones, sent."""
        ticket_id, press = opened_from(request)
        done = tuple(int(each) for each in several_of(request, work_ids.DONE_BLOCK) if _is_id(each))
        title = text_of(request, work_ids.STEP_BLOCK)
        owner, due = text_of(request, work_ids.OWNER_BLOCK), day_of(request, work_ids.DUE_BLOCK)
        try:
            step = Step(title, owner, due) if title else None
            await self._run.change_milestones(press, ticket_id, done, step)
        except run_work.Unfit as error:
            return field_error(_BLOCKS[error.field], error.user_text)
        return {}

    @kindly
    async def show_status(self, request: Request) -> None:
        """*Post a status* on a card."""
        ticket_id = pressed_ticket(request.value)
        await self._run.look(request.press, ticket_id)
        view = forms.status_view(work_ids.place_value(ticket_id, request.channel))
        await request.show(view, reply_message(PRESS_AGAIN))

    @kindly_at(work_ids.SAID_BLOCK, work_texts.NOT_STORED)
    async def submit_status(self, request: Request) -> Answer:
        """The form for a status, sent."""
        ticket_id, press = opened_from(request)
        await self._run.post_status(press, ticket_id, _said(request))
        return {}

    @kindly
    async def show_complete(self, request: Request) -> None:
        """*Complete* on a card."""
        ticket_id = pressed_ticket(request.value)
        await self._run.look(request.press, ticket_id)
        view = forms.complete_view(work_ids.place_value(ticket_id, request.channel))
        await request.show(view, reply_message(PRESS_AGAIN))

    @kindly_at(work_ids.SAID_BLOCK, work_texts.NOT_STORED)
    async def submit_complete(self, request: Request) -> Answer:
        """The form that completes work, sent."""
        ticket_id, press = opened_from(request)
        await self._run.complete(press, ticket_id, _said(request))
        return {}


def _who_decides(draft: Draft) -> str:
    """Return who will be asked; of confidential work without a name, since the card's channel reads along."""
    names = [each.name for each in draft.deciders.people]
    confidential = draft.deciders.standing is Standing.CONFIDENTIAL
    return said.who_decides(draft.deciders.standing, [] if confidential else names)


def _is_id(value: str) -> bool:
    """Whether a value can be the number of a row: what is longer is not one of ours."""
    return value.isdecimal() and len(value) < 10


def _required(request: Request, block_id: str) -> str:
    return text_of(request, block_id, required=said.BLANK)


def _day(request: Request, block_id: str) -> date:
    day = day_of(request, block_id)
    if day is None:
        raise FieldError(block_id, said.BLANK)
    return day


def _said(request: Request) -> str:
    text = text_of(request, work_ids.SAID_BLOCK)
    if not text:
        raise AdvisoryError(said.BLANK)
    return text
