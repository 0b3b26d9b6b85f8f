"""The section behind a source button: shown to the presser alone, or sent as a file if it holds a table."""

import asyncio
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block

from bot.answering.models import AnswerRecord
from bot.answering.render import from_stored
from bot.answering.types import Citation
from bot.clock import utc_now
from bot.database import Database
from bot.errors import AdvisoryError
from bot.slack import ids, texts
from bot.slack.blocks import answer as answers
from bot.slack.blocks import fallbacks
from bot.slack.blocks.assessment import start_row
from bot.slack.blocks.files import file_buttons
from bot.slack.blocks.limits import check_view
from bot.slack.blocks.voices import comment_row
from bot.slack.client import SlackError, call
from bot.slack.failures import kindly
from bot.slack.file_presses import FilePresses
from bot.slack.identity import SlackDirectory
from bot.slack.requests import Request
from bot.slack.shelf import Shelf
from bot.slack.voice_ids import About
from bot.workflows.presses import NOT_YOURS, Press, answer_pressed, person_of
from bot.workflows.send_file import WantedFile
from knowledge.types import Section


@dataclass(frozen=True)
class Cited:
    """What a press on a source names, checked: the citation, its section if there is one, the buttons."""

    citation: Citation
    section: Section | None
    below: tuple[Block, ...]

    def view(self, metadata: str, notice: str | None = None) -> dict[str, Any]:
        """Return the modal; a press in it comes without its channel, which travels in `metadata`."""
        if self.section is None:
            return answers.unavailable_section_view()
        view = answers.section_view(self.section, below=self.below, notice=notice)
        return view | {"private_metadata": metadata}


class Sources:
    """The listeners behind a source and behind the buttons below it."""

    def __init__(self, database: Database, directory: SlackDirectory, shelf: Shelf) -> None:
        self._database = database
        self._directory = directory
        self._shelf = shelf
        self._files = FilePresses(database, directory)

    @kindly
    async def open(self, request: Request) -> None:
        """Show the cited section, alone, to the person who pressed."""
        cited = await self._cited(request)
        metadata = ids.answer_value(pressed_value(request)[0], press_of(request).channel)
        await request.show(cited.view(metadata), fallbacks.section_message(cited.section, cited.below))

    @kindly
    async def get_file(self, request: Request) -> None:
        """*Get as a file* below a cited section; the modal says what came of it."""
        cited = await self._cited(request)
        kind = ids.read_file_action(str(request.action.get("action_id")))
        section_id = cited.citation.section_id
        wanted = WantedFile(cited.citation.scope, cited.citation.slug, section_id, kind)
        said = await self._files.ask(request, wanted)
        view = request.body.get("view") or {}
        if view.get("callback_id") != ids.SECTION_VIEW:
            await request.tell(said)
            return
        shown = check_view(cited.view(str(view["private_metadata"]), said))
        try:
            await call(request.client.views_update(view_id=view["id"], view=shown), "views.update")
        except SlackError:
            # Closed meanwhile: what was asked for is under way all the same.
            await request.tell(said)

    async def _cited(self, request: Request) -> Cited:
        answer_id, index = pressed_value(request)
        record = await self.answer(request, answer_id)
        citations = from_stored(record.body).citations
        if not index.isdecimal() or int(index) >= len(citations):
            raise AdvisoryError(NOT_YOURS)
        if not self._shelf.is_ready:
            raise AdvisoryError(texts.STARTING)
        return await asyncio.to_thread(self._look_up, citations[int(index)], request.value)

    def _look_up(self, citation: Citation, value: str) -> Cited:
        handout = self._shelf.handout(citation.scope, citation.slug, citation.section_id)
        article = self._shelf.article(citation.slug, citation.scope)
        read = ids.read_answer_value(value)
        own = [comment_row(About(read[0], int(read[1])))] if read else []
        below = [*file_buttons(handout, ids.SOURCE_FILE, value), *start_row(article), *own]
        return Cited(citation, self._shelf.section(citation), tuple(below))

    async def answer(self, request: Request, answer_id: int) -> AnswerRecord:
        """Return the answer under which was pressed; raises `AdvisoryError` when it does not stand there."""
        profile = await self._directory.profile(request.team_id, request.user_id)
        async with self._database.unit_of_work() as session:
            person = await person_of(session, profile, self._directory, now=utc_now())
            return await answer_pressed(session, press_of(request), person, answer_id)


def press_of(request: Request) -> Press:
    """Return the press with its channel, which a view of ours carries along."""
    view = request.body.get("view") or {}
    shown = ids.read_answer_value(str(view.get("private_metadata"))) if view else None
    return request.press_at(shown[1]) if shown else request.press


def pressed_value(request: Request) -> tuple[int, str]:
    """Return what an answer's button carries; raises `AdvisoryError` for a value that is not ours."""
    read = ids.read_answer_value(request.value)
    if read is None:
        raise AdvisoryError(NOT_YOURS)
    return read
