"""A bot that cannot start says why and how to mend it, in one line, and leaves with exit code 2."""

import asyncio
import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from emulator.testing import LocalWorkspace
from tests.processes.conftest import environment

SECONDS = 100
WRONG = 2
# The log goes to standard error too: a line of it begins with its time.
LOGGED = re.compile(r"\d{4}-\d\d-\d\dT\S+Z \[(?:info|warning)")
pytestmark = [pytest.mark.processes, pytest.mark.timeout(240)]


class Starter:
    """Runs `vcio serve` with a good environment, changed, and returns the one line it leaves with."""

    def __init__(self, good: dict[str, str], folder: Path, *options: str) -> None:
        self.good = good
        self.options = options
        self.folder = folder

    async def refusal(self, **changed: str) -> str:
        """Start it; fails unless it leaves with exit code 2 and, beside its log, one line."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.cli",
            "serve",
            *self.options,
            env=self.good | changed,
            cwd=self.folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            async with asyncio.timeout(SECONDS):
                out, error = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
        lines = error.decode().splitlines()
        said = [line for line in lines if not LOGGED.match(line)]
        assert process.returncode == WRONG, lines
        assert out == b""
        assert len(said) == 1, lines
        assert said[0].startswith("vcio: ")
        return said[0]


@pytest.fixture
def starter(slack: LocalWorkspace, sqlite_url: URL, library_dir: Path, tmp_path: Path) -> Starter:
    """What starts, but for what a test spoils."""
    folder = tmp_path / "cwd"
    folder.mkdir()
    return Starter(environment(slack, sqlite_url, library_dir), folder)


async def test_without_a_bot_token_it_says_where_to_get_one(starter: Starter) -> None:
    line = await starter.refusal(SLACK_BOT_TOKEN="")
    assert "SLACK_BOT_TOKEN is not set" in line
    assert "vcio demo" in line


async def test_without_an_app_token_it_says_how_to_make_one(starter: Starter) -> None:
    line = await starter.refusal(SLACK_APP_TOKEN="")
    assert "SLACK_APP_TOKEN is not set" in line
    assert "connections:write" in line


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
async def test_swapped_tokens_are_named_without_being_shown(starter: Starter, name: str) -> None:
    line = await starter.refusal(**{name: "xoxp-a-users-own-token"})
    assert name in line
    assert "must begin with" in line
    assert "a-users-own-token" not in line


@pytest.mark.parametrize(
    ("name", "token"), [("SLACK_BOT_TOKEN", "xoxb-of-another"), ("SLACK_APP_TOKEN", "xapp-of-another")]
)
async def test_a_token_slack_refuses_is_named_with_slacks_own_word(
    starter: Starter, name: str, token: str
) -> None:
    line = await starter.refusal(**{name: token})
    assert name in line
    assert "invalid_auth" in line
    assert token not in line


async def test_an_unreachable_slack_is_said_with_the_address_tried(starter: Starter) -> None:
    line = await starter.refusal(SLACK_API_URL="http://127.0.0.1:9/api/")
    assert "http://127.0.0.1:9/api/" in line
    assert "SLACK_API_URL" in line


@pytest.mark.parametrize("variable", ["VCIO_DATABASE_URL", "VCIO_DATA_DIR"])
async def test_a_data_directory_that_cannot_be_made_is_named(
    starter: Starter, tmp_path: Path, variable: str
) -> None:
    # Below a file, since a test run by root may write anywhere else.
    below = tmp_path / "a-file" / "data"
    below.parent.write_text("")
    value = f"sqlite:///{below}/vcio.sqlite3" if variable == "VCIO_DATABASE_URL" else str(below)
    line = await starter.refusal(**{"VCIO_DATABASE_URL": "", variable: value})
    assert str(below) in line
    assert "VCIO_DATA_DIR" in line


async def test_a_database_that_does_not_answer_is_named_without_its_password(starter: Starter) -> None:
    line = await starter.refusal(VCIO_DATABASE_URL="postgresql://vcio:geheim@127.0.0.1:9/vcio")
    assert "127.0.0.1:9" in line
    assert "VCIO_DATABASE_URL" in line
    assert "geheim" not in line


@pytest.mark.parametrize("url", ["mysql://vcio@localhost/vcio", "not an address"])
async def test_a_database_of_another_kind_is_refused_with_an_example(starter: Starter, url: str) -> None:
    line = await starter.refusal(VCIO_DATABASE_URL=url)
    assert "VCIO_DATABASE_URL" in line
    assert "postgresql://" in line


def with_a_broken_card(version: Path) -> None:
    (version / "manifest.json").write_text("{ not json")


def without_documents(version: Path) -> None:
    (version / "documents.jsonl").unlink()


@pytest.mark.parametrize("spoil", [with_a_broken_card, without_documents], ids=lambda s: s.__name__)
async def test_a_damaged_index_is_refused_with_the_command_that_rebuilds_it(
    starter: Starter, library_dir: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    data = _copied(library_dir, tmp_path)
    scope = data / "index" / "methodology"
    spoil(scope / (scope / "current").read_text())
    line = await starter.refusal(VCIO_DATA_DIR=str(data))
    assert "`vcio ingest --full`" in line


async def test_an_index_of_another_model_is_refused_with_the_command_that_rebuilds_it(
    starter: Starter, library_dir: Path, tmp_path: Path
) -> None:
    data = _copied(library_dir, tmp_path)
    for path in data.glob("index/*/*/manifest.json"):
        manifest = json.loads(path.read_text())
        path.write_text(json.dumps(manifest | {"fingerprint": "another-model"}))
    line = await starter.refusal(VCIO_DATA_DIR=str(data))
    assert "another-model" in line
    assert "vcio ingest --full" in line


@pytest.mark.parametrize(
    ("name", "value"),
    [("VCIO_PORT", "many"), ("VCIO_TIMEZONE", "Mars/North"), ("SLACK_API_URL", "not an address")],
)
async def test_a_setting_that_does_not_fit_is_named(starter: Starter, name: str, value: str) -> None:
    assert name in await starter.refusal(**{name: value})


def _copied(library_dir: Path, folder: Path) -> Path:
    """A copy of the library to spoil; what is large in it is linked."""
    data = folder / "data"
    shutil.copytree(library_dir / "index", data / "index")
    (data / "models").symlink_to(library_dir / "models")
    return data
