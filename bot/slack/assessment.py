"""The CIO self-assessment: its steps in one window, the result there and in the person's direct messages."""

import asyncio
from dataclasses import dataclass, replace
from typing import Any

from bot.answering.advice import Report, report_on
from bot.answering.assessment import NOT_GIVEN, assess, blank, code_of, missing, read_code
from bot.answering.competencies import SLUG, Model, read_model
from bot.database import Database
from bot.errors import AdvisoryError
from bot.log import get_logger
from bot.slack import assessment_texts as said
from bot.slack import home_texts, ids
from bot.slack.assessment_state import Form, now_block, places, read_form, required_block
from bot.slack.blocks import browse
from bot.slack.blocks.assessment import step_view
from bot.slack.blocks.assessment_result import reading_view, result_view
from bot.slack.blocks.limits import check_view
from bot.slack.blocks.notices import reply_message
from bot.slack.client import SlackError, call
from bot.slack.failures import Answer, kindly, kindly_at
from bot.slack.file_presses import FilePresses
from bot.slack.identity import SlackDirectory
from bot.slack.pages import PageKind, read_page
from bot.slack.requests import Request
from bot.slack.shelf import Shelf
from bot.workflows.escalate import Escalate
from bot.workflows.presses import NOT_YOURS
from bot.workflows.send_assessment import SendAssessment
from bot.workflows.send_file import WantedFile
from knowledge.scope import METHODOLOGY
from knowledge.types import Article

log = get_logger(__name__)


@dataclass(frozen=True)
class Basis:
    """The article as it is indexed now, and the model it holds."""

    article: Article
    model: Model


class Assessments:
    """The listeners behind *Assess yourself* and everything in its window."""

    def __init__(self, database: Database, directory: SlackDirectory, shelf: Shelf) -> None:
        self._shelf = shelf
        self._send = SendAssessment(database, directory)
        self._files = FilePresses(database, directory)
        self._escalate = Escalate(database, directory)

    @kindly
    async def start(self, request: Request) -> None:
        """*Assess yourself*: the first step, over the page it stands on, or in its place."""
        model = (await self._basis()).model
        view = step_view(model, Form(0, blank(model)))
        if (request.body.get("view") or {}).get("type") != "modal":
            await request.show(view, reply_message(home_texts.PRESS_AGAIN))
            return
        trigger = str(request.body.get("trigger_id") or "")
        try:
            await call(request.client.views_push(trigger_id=trigger, view=check_view(view)), "views.push")
        except SlackError as error:
            log.info("assessment.not_pushed", code=error.code)
            await _replace(request, view)

    @kindly
    async def step(self, request: Request) -> None:
        """*Back* to the step before, or from the result to the first; what was chosen is kept."""
        basis = await self._basis()
        form = self._form(request, basis)
        wanted = request.value
        if not (wanted.isascii() and wanted.isdecimal()) or int(wanted) >= len(basis.model.groups):
            raise AdvisoryError(NOT_YOURS)
        await _replace(request, step_view(basis.model, replace(form, step=int(wanted))))

    @kindly_at(None, said.NOT_STORED)
    async def submit(self, request: Request) -> Answer:
        """*Next*, or after the last step the result; the form stays open where a level is missing."""
        basis = await self._basis()
        form = self._form(request, basis)
        if errors := _lacking(basis.model, form):
            return {"response_action": "errors", "errors": errors}
        if form.step < len(basis.model.groups) - 1:
            return _update(step_view(basis.model, replace(form, step=form.step + 1)))
        if left_out := missing(form.scores):
            step = next(n for n in range(len(basis.model.groups)) if left_out[0] in places(basis.model, n))
            return _update(step_view(basis.model, replace(form, step=step), notice=said.LEFT_OUT))
        report = await self._report(basis, form)
        is_sent = await self._deliver(request, report)
        done = replace(form, step=len(basis.model.groups), is_sent=is_sent)
        return _update(result_view(basis.model, report, done))

    @kindly
    async def result(self, request: Request) -> None:
        """*Back to my result* from a section."""
        await self._show_result(request)

    @kindly
    async def read(self, request: Request) -> None:
        """A section that the result leads to, in its place."""
        basis = await self._basis()
        form = self._form(request, basis)
        page = read_page(request.value)
        if page is None or page.kind is not PageKind.SECTION:
            raise AdvisoryError(NOT_YOURS)
        article = await asyncio.to_thread(self._shelf.article, page.name)
        sections = article.sections if article else ()
        section = next((each for each in sections if each.section_id == page.section_id), None)
        leaf = browse.section_leaf(page, article, section, ()) if article and section else browse.gone_leaf()
        await _replace(request, reading_view(leaf, form.metadata(basis.model)))

    @kindly
    async def talk(self, request: Request) -> None:
        """*Talk to a consultant* below the result, which does not go along."""
        ticket = await self._escalate.without_answer(request.press, said.TALK_ABOUT)
        await self._show_result(request, notice=home_texts.request_made(ticket.reference))

    @kindly
    async def get_file(self, request: Request) -> None:
        """*Get as a file*, below the result in the window and in the message."""
        basis = await self._basis()
        scores = read_code(basis.model, request.value)
        if scores is None or missing(scores):
            raise AdvisoryError(said.REVISED)
        kind = ids.read_file_action(str(request.action.get("action_id")))
        told = await self._files.ask(request, WantedFile(METHODOLOGY, SLUG, "", kind, request.value))
        if (request.body.get("view") or {}).get("callback_id") == ids.ASSESS_VIEW:
            await self._show_result(request, notice=told)
        else:
            await request.tell(told)

    async def _show_result(self, request: Request, notice: str | None = None) -> None:
        basis = await self._basis()
        form = self._form(request, basis)
        if missing(form.scores):
            raise AdvisoryError(NOT_YOURS)
        report = await self._report(basis, form)
        view = result_view(basis.model, report, form, notice=notice)
        try:
            await _replace(request, view)
        except SlackError:
            # Closed meanwhile: what was asked for is under way all the same.
            if notice is not None:
                await request.tell(notice)

    async def _deliver(self, request: Request, report: Report) -> bool:
        """Queue the copy for the person's direct messages; false where the window is all they get."""
        if not await self._send.reaches(request.press) or not await request.can_be_written_to():
            return False
        await self._send.directly(request.press, report, str(request.body["view"]["id"]))
        return True

    async def _report(self, basis: Basis, form: Form) -> Report:
        result = assess(basis.model, form.scores)
        code = code_of(basis.model, form.scores)
        return await asyncio.to_thread(report_on, result, code, basis.article, self._shelf.article)

    async def _basis(self) -> Basis:
        """Return what is asked at present; raises `AdvisoryError` while that is nothing."""
        if not self._shelf.is_ready:
            raise AdvisoryError(home_texts.STARTING)
        article = await asyncio.to_thread(self._shelf.article, SLUG)
        model = await asyncio.to_thread(read_model, article) if article else None
        if article is None or model is None:
            raise AdvisoryError(said.NONE_HERE)
        return Basis(article, model)

    def _form(self, request: Request, basis: Basis) -> Form:
        form = read_form(basis.model, request.body.get("view") or {})
        if form is None:
            raise AdvisoryError(said.REVISED)
        return form


def _lacking(model: Model, form: Form) -> dict[str, str]:
    """Return what to say at each field of the present step that holds no level."""
    errors = {}
    for place in places(model, form.step):
        if form.scores.current[place] == NOT_GIVEN:
            errors[now_block(place)] = said.INCOMPLETE
        if form.scores.required[place] == NOT_GIVEN:
            errors[required_block(place)] = said.INCOMPLETE
    return errors


def _update(view: dict[str, Any]) -> Answer:
    return {"response_action": "update", "view": check_view(view)}


async def _replace(request: Request, view: dict[str, Any]) -> None:
    shown = request.body["view"]["id"]
    await call(request.client.views_update(view_id=shown, view=check_view(view)), "views.update")
