"""What happens when somebody comments, a consultant replies, or a reason is given for *not helpful*."""

import asyncio
import re

from slack_bolt.async_app import AsyncApp

from bot.answering.models import AnswerRecord
from bot.answering.render import from_stored
from bot.database import Database
from bot.errors import AdvisoryError
from bot.slack import voice_ids
from bot.slack import voice_texts as said
from bot.slack.blocks.limits import check_view
from bot.slack.blocks.notices import reply_message
from bot.slack.blocks.voices import comment_view, reply_view, sent_view
from bot.slack.card_actions import pressed_ticket, written
from bot.slack.failures import Answer, kindly, kindly_at
from bot.slack.identity import SlackDirectory
from bot.slack.register import after_ack, after_form, after_work
from bot.slack.requests import Request
from bot.slack.shelf import Shelf
from bot.slack.sources import press_of
from bot.slack.voice_ids import About, read_about
from bot.workflows.comments import Comments, Subject, facts_of
from bot.workflows.presses import NOT_YOURS
from bot.workflows.record_feedback import RecordFeedback
from knowledge.scope import METHODOLOGY

_PLACE = re.compile(r"^([0-9]{1,18}):([A-Z0-9]{1,30}):([0-9.]{1,30})$", re.ASCII)


class Voices:
    """The listeners behind *Comment*, *Reply* and the reasons."""

    def __init__(self, database: Database, directory: SlackDirectory, shelf: Shelf) -> None:
        self._database = database
        self._comments = Comments(database, directory)
        self._feedback = RecordFeedback(database, directory)
        self._shelf = shelf

    @kindly
    async def why(self, request: Request) -> None:
        """One of the reasons why an answer did not help."""
        chosen = request.action.get("selected_option") or {}
        found = voice_ids.read_why(str(chosen.get("value")))
        if found is None:
            raise AdvisoryError(NOT_YOURS)
        await self._feedback.explain(request.press, *found)
        await request.tell(said.WHY_KEPT)

    @kindly
    async def comment(self, request: Request) -> None:
        """*Comment* under an answer or a section: open the form."""
        about = read_about(request.value)
        if about is None:
            raise AdvisoryError(NOT_YOURS)
        if about.answer_id is not None:
            about = About(about.answer_id, about.source, press_of(request).channel)
        await request.show(comment_view(about), reply_message(said.PRESS_AGAIN))

    @kindly_at(voice_ids.COMMENT_BLOCK, said.NOT_STORED)
    async def submit(self, request: Request) -> Answer:
        """The form for a comment, sent."""
        view = request.body["view"]
        about = read_about(str(view.get("private_metadata")))
        if about is None:
            raise AdvisoryError(NOT_YOURS)
        text = written(request, voice_ids.COMMENT_BLOCK, voice_ids.COMMENT_INPUT)
        key = f"{request.user_id}:{view['id']}"
        await self._comments.add(request.press_at(about.channel), await self._subject(about), text, key)
        return {"response_action": "update", "view": check_view(sent_view())}

    @kindly
    async def open_reply(self, request: Request) -> None:
        """*Reply* on a comment's card: open the form."""
        press = request.press
        comment = await self._comments.require(press, pressed_ticket(request.value))
        async with self._database.read() as session:
            facts = await facts_of(session, comment.id)
        view = reply_view(facts, f"{press.channel}:{press.message_ts}")
        await request.show(view, reply_message(said.PRESS_AGAIN))

    @kindly_at(voice_ids.REPLY_BLOCK, said.REPLY_NOT_STORED)
    async def submit_reply(self, request: Request) -> Answer:
        """The form for a reply, sent."""
        found = _PLACE.match(str(request.body["view"].get("private_metadata")))
        if found is None:
            raise AdvisoryError(NOT_YOURS)
        press = request.press_at(found[2], found[3])
        text = written(request, voice_ids.REPLY_BLOCK, voice_ids.REPLY_INPUT)
        await self._comments.reply(press, int(found[1]), text)
        return {}

    async def _subject(self, about: About) -> Subject:
        """Return what a form is about, by the words people know it by."""
        if about.answer_id is None:
            article = await asyncio.to_thread(self._shelf.article, about.slug or "")
            sections = article.sections if article else ()
            headings = (each.heading for each in sections if each.section_id == about.section_id)
            return Subject(None, about.slug, next(headings, None), article.area if article else None)
        async with self._database.read() as session:
            record = await session.get(AnswerRecord, about.answer_id)
        citations = from_stored(record.body).citations if record else ()
        if about.source is None:
            # Its owner is whoever looks after the article it rests on most.
            first = next((each for each in citations if each.scope == METHODOLOGY), None)
            article = await asyncio.to_thread(self._shelf.article, first.slug) if first else None
            return Subject(about.answer_id, area=article.area if article else None)
        if about.source >= len(citations):
            raise AdvisoryError(NOT_YOURS)
        cited = citations[about.source]
        article = await asyncio.to_thread(self._shelf.article, cited.slug, cited.scope)
        return Subject(about.answer_id, cited.slug, cited.section, article.area if article else None)


def register_voices(app: AsyncApp, voices: Voices) -> None:
    """Connect what people say of answers; call it before `register`, whose last routes take all."""
    app.action(voice_ids.WHY)(after_work(voices.why))
    app.action(voice_ids.COMMENT_ANSWER)(after_ack(voices.comment))
    app.action(voice_ids.COMMENT_SECTION)(after_ack(voices.comment))
    app.action(voice_ids.COMMENT_REPLY)(after_ack(voices.open_reply))
    app.view(voice_ids.COMMENT_VIEW)(after_form(voices.submit, said.NOT_STORED))
    app.view(voice_ids.REPLY_VIEW)(after_form(voices.submit_reply, said.REPLY_NOT_STORED))
