"""Who works what comes in: one handler for each kind of row in the inbox."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.database import Database
from bot.delivery.models import InboxItem
from bot.library import Library
from bot.reindexing import index_apart
from bot.settings import Settings
from bot.slack.identity import SlackDirectory
from bot.slack.sessions import Sessions
from bot.slack.shelf import Shelf
from bot.thinking import Thinkers
from bot.workflows.absence import AWAY, Absence
from bot.workflows.after_service import AfterService
from bot.workflows.announce_hours import CHARGED, AnnounceHours
from bot.workflows.answer_question import AnswerQuestion
from bot.workflows.bridge import EDITED, ON_CARD, Bridge
from bot.workflows.clear_cards import ClearCards
from bot.workflows.compose_answer import Writer
from bot.workflows.compose_draft import ComposeDraft
from bot.workflows.draft_answer import DraftAnswer
from bot.workflows.forget import FORGOTTEN
from bot.workflows.log_by_message import LogByMessage
from bot.workflows.pass_on import PassOn
from bot.workflows.publish_knowledge import PUBLISH, PublishKnowledge
from bot.workflows.rewrite_question import RewriteQuestion
from bot.workflows.set_up import SetUp
from bot.workflows.speak_terms import SPEAK_TERMS, SpeakTerms
from bot.workflows.suggest_prompts import SuggestPrompts
from bot.workflows.tenants import LEFT, Tenants
from bot.workflows.words import AnswerWords

Handle = Callable[[InboxItem], Awaitable[None]]


@dataclass(frozen=True)
class Within:
    """What the handlers work with, beside the knowledge."""

    settings: Settings
    database: Database
    directory: SlackDirectory
    shelf: Shelf
    sessions: Sessions
    set_up: SetUp
    tenants: Tenants
    writer: Writer | None = None


def inbox_handlers(within: Within, library: Library, thinkers: Thinkers) -> dict[str, Handle]:
    """Return the handler of each kind; a message passes them from the outermost to the answer."""
    database, directory = within.database, within.directory
    rewrite = RewriteQuestion(database, within.writer) if within.writer else None
    questions = AnswerQuestion(
        database,
        library.answerer,
        directory,
        progress=within.sessions,
        rewrite=rewrite,
        apart=thinkers.answer,
    )
    words = AnswerWords(database, directory, within.shelf.areas, questions.handle)
    passed_on = PassOn(database, directory, words.handle)
    logged = LogByMessage(database, directory, passed_on.handle)
    bridge, folder = Bridge(database, directory), within.settings.vcio_data_dir
    compose = ComposeDraft(database, within.writer) if within.writer else None
    drafts = DraftAnswer(database, questions.think, directory, bridge, compose=compose)

    async def index() -> None:
        """Index the articles beside us, and read them anew before anybody hears of it."""
        await index_apart(within.settings)
        await asyncio.to_thread(library.store.refresh)
        await thinkers.refresh()

    return {
        "question": AfterService(database, directory, logged.handle).handle,
        ON_CARD: LogByMessage(database, directory, drafts.written, on_card=True).handle,
        EDITED: bridge.edited,
        "joined": within.set_up.joined,
        "prompts": SuggestPrompts(database, directory).opened,
        LEFT: within.tenants.left,
        AWAY: Absence(database, directory).handle,
        CHARGED: AnnounceHours(database, directory).handle,
        SPEAK_TERMS: SpeakTerms(database, index).handle,
        PUBLISH: PublishKnowledge(database, directory, folder, index).handle,
        FORGOTTEN: ClearCards(database, directory).handle,
    }
