"""The table of docs/set-ups.md holds: every cell has its scenario, and every scenario is played."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.library import Library
from tests.scenarios.set_ups import asking, reading, working
from tests.scenarios.set_ups.cells import CELLS, read_table
from tests.scenarios.set_ups.world import SetUp, World, open_world

PROOFS = (asking, reading, working)
TABLE = read_table()
ROWS, COLUMNS = (tuple(dict.fromkeys(names)) for names in zip(*TABLE, strict=True))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(
    request: pytest.FixtureRequest,
    library: Library,
    library_dir: Path,
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[World]:
    """The bot of one set-up, shared by its whole column; what it can do does not depend on the database."""
    database = tmp_path_factory.mktemp("set-up") / "vcio.sqlite3"
    shutil.copy(sqlite_template, database)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.app.open_library", lambda *_given, **_named: library)
        async with open_world(SetUp(request.param), database, library_dir) as opened:
            yield opened


def test_every_cell_has_a_scenario_that_proves_what_it_says() -> None:
    assert {place: cell.says for place, cell in CELLS.items()} == TABLE


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("world", COLUMNS, indirect=True)
async def test_a_cell_holds(world: World, row: str) -> None:
    await CELLS[row, world.set_up].plays(world)
