"""Indexing beside a running bot, in a process of its own, with the settings of that bot."""

from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from bot.clock import utc_now
from bot.database import open_database
from bot.engagement.models import Term
from bot.engagement.terms import state_term
from bot.errors import DeliveryError
from bot.library import load_embedder
from bot.reindexing import index_apart
from bot.settings import Settings, ignore_environment
from knowledge.scope import METHODOLOGY
from knowledge.store import KnowledgeStore
from tests.cli.conftest import copied_data


@pytest.fixture
def settings(library_dir: Path, tmp_path: Path, sqlite_url: URL) -> Settings:
    data = copied_data(library_dir, tmp_path / "data")
    return ignore_environment(vcio_data_dir=data, vcio_database_url=sqlite_url.render_as_string())


async def test_a_bot_that_runs_reads_the_new_terms_soon(settings: Settings) -> None:
    database = open_database(settings.database_url)
    async with database.unit_of_work() as session:
        await state_term(session, Term.NOTICE, "77 days", confirmed=True, actor="U1", now=utc_now())
    await database.close()
    running = KnowledgeStore.open(settings.vcio_data_dir, embedder=load_embedder(settings))
    await index_apart(settings)
    running.refresh()
    article = running.article(METHODOLOGY, "engagement-lifecycle")
    assert article is not None
    assert any("is 77 days." in section.markdown for section in article.sections)


async def test_what_keeps_it_from_indexing_is_tried_again_later_and_named(settings: Settings) -> None:
    broken = settings.isolated(vcio_database_url="postgresql://u:hunter2@127.0.0.1:9/d")
    with pytest.raises(DeliveryError, match="VCIO_DATABASE_URL") as caught:
        await index_apart(broken)
    assert "hunter2" not in str(caught.value)
