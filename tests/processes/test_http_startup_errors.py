"""`vcio serve --http` that cannot start says why in one line, with the cure, and leaves with exit code 2."""

import socket
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from emulator import apps
from emulator.testing import LocalWorkspace
from tests.processes.conftest import environment
from tests.processes.test_startup_errors import Starter
from tests.serving.conftest import free_port

pytestmark = [pytest.mark.processes, pytest.mark.timeout(240)]


@pytest.fixture
def starter(slack: LocalWorkspace, sqlite_url: URL, library_dir: Path, tmp_path: Path) -> Starter:
    """What starts over HTTP, but for what a test spoils."""
    folder = tmp_path / "cwd"
    folder.mkdir()
    good = environment(slack, sqlite_url, library_dir) | {
        "SLACK_SIGNING_SECRET": apps.SIGNING_SECRET,
        "VCIO_PORT": str(free_port()),
    }
    return Starter(good, folder, "--http")


@pytest.mark.parametrize("secret", ["", " , "])
async def test_without_a_signing_secret_it_says_where_to_get_it(starter: Starter, secret: str) -> None:
    line = await starter.refusal(SLACK_SIGNING_SECRET=secret)
    assert "SLACK_SIGNING_SECRET is not set" in line
    assert "Basic Information" in line


async def test_without_a_token_or_oauth_it_names_both_ways(starter: Starter) -> None:
    line = await starter.refusal(SLACK_BOT_TOKEN="")
    for name in ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        assert name in line


@pytest.mark.parametrize(
    ("given", "missing"),
    [("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"), ("SLACK_CLIENT_SECRET", "SLACK_CLIENT_ID")],
)
async def test_half_of_oauth_is_named_by_the_half_that_is_missing(
    starter: Starter, given: str, missing: str
) -> None:
    line = await starter.refusal(**{given: "12345.67890"})
    assert line.startswith(f"vcio: {missing} is not set")


async def test_oauth_without_a_key_says_how_to_make_one(starter: Starter) -> None:
    line = await starter.refusal(SLACK_CLIENT_ID="1.2", SLACK_CLIENT_SECRET="very-secret")
    assert "VCIO_ENCRYPTION_KEY is not set" in line
    assert "python -c" in line
    assert "very-secret" not in line


async def test_a_key_that_is_none_is_refused_without_being_shown(starter: Starter) -> None:
    line = await starter.refusal(
        SLACK_CLIENT_ID="1.2", SLACK_CLIENT_SECRET="very-secret", VCIO_ENCRYPTION_KEY="too-short-a-key"
    )
    assert "VCIO_ENCRYPTION_KEY" in line
    assert "too-short-a-key" not in line


async def test_a_port_in_use_is_named(starter: Starter) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        line = await starter.refusal(VCIO_PORT=str(port))
    assert f"Port {port} is in use" in line
    assert "VCIO_PORT" in line


async def test_a_bot_token_slack_refuses_is_named(starter: Starter) -> None:
    line = await starter.refusal(SLACK_BOT_TOKEN="xoxb-of-another")
    assert "SLACK_BOT_TOKEN" in line
    assert "invalid_auth" in line
