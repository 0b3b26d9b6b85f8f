"""A bot that is stopped while it prepares the methodology for the first time leaves in order, and soon."""

from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from emulator.testing import LocalWorkspace
from knowledge.scope import METHODOLOGY
from knowledge.store import open_shelf
from tests.processes.conftest import bot_process

pytestmark = [pytest.mark.processes, pytest.mark.timeout(240)]


async def test_it_does_not_finish_the_index_first_and_leaves_no_half_made_model(
    slack: LocalWorkspace, sqlite_url: URL, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    async with bot_process(slack, sqlite_url, data, tmp_path) as bot:
        await bot.start()
        await slack.wait_for(lambda: list(data.glob("models/*")), timeout=60, what="the export to begin")
        assert await bot.stop() == 0
    assert open_shelf(data).current(METHODOLOGY) is None
    assert not list(data.glob("models/*"))
