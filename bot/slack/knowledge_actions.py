"""What happens when a resolved ticket is made knowledge, and when a button of its draft is pressed."""

import asyncio

from slack_bolt.async_app import AsyncApp

from bot.database import Database
from bot.errors import AdvisoryError
from bot.slack import knowledge_ids
from bot.slack import knowledge_texts as said
from bot.slack.blocks.knowledge import knowledge_view, titles_of
from bot.slack.blocks.notices import reply_message
from bot.slack.card_actions import pressed_ticket, sent_form, written
from bot.slack.failures import Answer, field_error, kindly, kindly_at
from bot.slack.identity import SlackDirectory
from bot.slack.register import after_ack, after_form, after_work
from bot.slack.requests import Request
from bot.slack.shelf import Shelf
from bot.workflows.approve_knowledge import ApproveKnowledge
from bot.workflows.make_knowledge import ALONE, MakeKnowledge, Sheet, Typed, Unfit
from bot.workflows.presses import NOT_YOURS, Press

_BLOCKS = {
    "article": knowledge_ids.ARTICLE_BLOCK,
    "title": knowledge_ids.TITLE_BLOCK,
    "body": knowledge_ids.BODY_BLOCK,
}


class KnowledgeActions:
    """The listeners behind *Make this knowledge* and behind the buttons of a draft."""

    def __init__(self, database: Database, directory: SlackDirectory, shelf: Shelf) -> None:
        self._make = MakeKnowledge(database, directory)
        self._approve = ApproveKnowledge(database, directory)
        self._shelf = shelf

    @kindly
    async def begin(self, request: Request) -> None:
        """*Make this knowledge* on a card: open the form."""
        await self._show(request, await self._make.begin(request.press, pressed_ticket(request.value)))

    @kindly
    async def edit(self, request: Request) -> None:
        """*Edit* under a draft: open the form with it."""
        await self._show(request, await self._make.reopen(request.press, pressed_ticket(request.value)))

    @kindly
    async def approve(self, request: Request) -> None:
        """*Approve* under a draft."""
        await self._approve.approve(request.press, pressed_ticket(request.value))

    @kindly
    async def drop(self, request: Request) -> None:
        """*Drop* under a draft."""
        await self._make.drop(request.press, pressed_ticket(request.value))

    @kindly_at(knowledge_ids.BODY_BLOCK, said.NOT_STORED)
    async def submit(self, request: Request) -> Answer:
        """The form, sent."""
        ticket_id, press, draft_id = _sent(request)
        typed = Typed(
            slug=_chosen(request),
            title=written(request, knowledge_ids.TITLE_BLOCK, knowledge_ids.TITLE_INPUT),
            body=written(request, knowledge_ids.BODY_BLOCK, knowledge_ids.BODY_INPUT),
        )
        try:
            await self._make.save(press, ticket_id, draft_id, typed)
        except Unfit as wrong:
            return field_error(_BLOCKS[wrong.field], wrong.user_text)
        return {}

    async def _show(self, request: Request, sheet: Sheet) -> None:
        titles = titles_of(await asyncio.to_thread(self._shelf.articles))
        await request.show(knowledge_view(sheet, request.channel, titles), reply_message(said.PRESS_AGAIN))


def register_knowledge(app: AsyncApp, knowledge: KnowledgeActions) -> None:
    """Connect what makes tickets knowledge; call it before `register`, whose last routes take all."""
    app.action(knowledge_ids.TICKET_KNOW)(after_ack(knowledge.begin))
    app.action(knowledge_ids.DRAFT_EDIT)(after_ack(knowledge.edit))
    app.action(knowledge_ids.DRAFT_APPROVE)(after_work(knowledge.approve))
    app.action(knowledge_ids.DRAFT_DROP)(after_work(knowledge.drop))
    app.view(knowledge_ids.KNOW_VIEW)(after_form(knowledge.submit, said.NOT_STORED))


def _sent(request: Request) -> tuple[int, Press, int | None]:
    """Return ticket, press and the draft that was opened (None for a first one) of a sent form."""
    ticket_id, press = sent_form(request)
    channel, _, draft = press.channel.partition(":")
    if not (draft.isascii() and draft.isdecimal() and len(draft) < 19):
        raise AdvisoryError(NOT_YOURS)
    return ticket_id, request.press_at(channel), int(draft) or None


def _chosen(request: Request) -> str:
    values = request.body["view"]["state"]["values"]
    field = values[knowledge_ids.ARTICLE_BLOCK][knowledge_ids.ARTICLE_INPUT]
    slug = str((field.get("selected_option") or {}).get("value") or knowledge_ids.ALONE)
    return ALONE if slug == knowledge_ids.ALONE else slug
