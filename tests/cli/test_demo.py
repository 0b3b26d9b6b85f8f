"""`vcio demo` and `vcio workspace` as processes: alone on this machine, whatever the environment says."""

import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from queue import Empty, Queue
from urllib.request import urlopen

import pytest

from bot.app import Service
from bot.demo import demo_settings, made_up_workspace
from emulator import seed
from emulator.testing import LocalWorkspace
from tests.cli.conftest import clean_environment, copied_data

READY = re.compile(r"(?:The demo is ready|Local workspace): (http://127\.0\.0\.1:(\d+))")
LONGEST_START = 120
# A demo that begins again has them anew, not twice.
# Three are last month's; in the last, work is proposed.
SEEDED = [*["closed"] * 4, "in_progress", "waiting", "claimed", "requested", "claimed"]
# Of a real installation, or of none: each would stop `vcio serve`.
POISON = {
    "SLACK_APP_TOKEN": "not a token either",
    "SLACK_API_URL": "slack",
    "VCIO_DATABASE_URL": "mysql://nobody@nowhere/nothing",
    "VCIO_CHROMA_URL": "chroma",
    "VCIO_EMBEDDING_MODEL": "no-such-model",
    "VCIO_DESK_CHANNEL": "C0NOWHERE",
    "VCIO_TIMEZONE": "Mars/North",
    "VCIO_PORT": "many",
    "VCIO_LOG_FORMAT": "loud",
    "VCIO_AUTO_MIGRATE": "perhaps",
}


class Running:
    """A started command; its lines are collected as they come."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.out: Queue[str] = Queue()
        self.err: list[str] = []
        threading.Thread(target=self._collect, daemon=True).start()
        self._errors = threading.Thread(target=self._collect_errors, daemon=True)
        self._errors.start()

    def address(self) -> tuple[str, int]:
        """Address and port of the page, once they are said."""
        while True:
            try:
                line = self.out.get(timeout=LONGEST_START)
            except Empty:
                pytest.fail(f"the address was never said: {self.err}")
            if match := READY.match(line):
                return match[1], int(match[2])

    def end(self) -> int:
        """End it as Ctrl+C does; return its exit code."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=30)
        self.wait_for_errors()
        return code

    def wait_for_errors(self) -> None:
        """Wait until all of standard error is in `err`."""
        self._errors.join(timeout=30)

    def _collect(self) -> None:
        for line in self.process.stdout or ():
            self.out.put(line)

    def _collect_errors(self) -> None:
        self.err += list(self.process.stderr or ())


@contextmanager
def started(data: Path, *arguments: str, **environment: str) -> Iterator[Running]:
    """`vcio` with those arguments, killed at the end if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", *arguments],
        env=clean_environment(VCIO_DATA_DIR=str(data), **environment),
        cwd=data,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Running(process)
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def data(tmp_path: Path, library_dir: Path) -> Path:
    """A data directory where the demo's part has a model already."""
    folder = tmp_path / "data"
    folder.mkdir()
    copied_data(library_dir, folder / "demo")
    return folder


@contextmanager
def taken_port() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def page(address: str) -> str:
    with urlopen(address, timeout=30) as response:
        return str(response.read().decode())


def answers(host: str, port: int) -> bool:
    with socket.socket() as caller:
        caller.settimeout(5)
        return caller.connect_ex((host, port)) == 0


def requests(data: Path, port: int) -> list[str]:
    """The states of the requests on a running demo's desk, in the order they were made."""
    with closing(sqlite3.connect(data / "demo" / f"vcio-{port}.sqlite3")) as database:
        return [state for (state,) in database.execute("SELECT state FROM tickets ORDER BY id")]


def test_the_demo_heeds_nothing_but_its_data_directory_and_says_only_its_own_lines(data: Path) -> None:
    with taken_port() as port, started(data, "demo", "--port", str(port), "--no-browser", **POISON) as demo:
        address, listening = demo.address()
        assert port < listening < port + 50
        assert "<html" in page(address)
        assert answers("127.0.0.1", listening)
        # All of 127.0.0.0/8 is this machine on Linux: whoever binds to every address answers here too.
        assert sys.platform != "linux" or not answers("127.0.0.2", listening)
        assert demo.end() == 0
    said = [line.rstrip() for line in demo.err if "..." not in line]
    assert said == ["reading: 60 of 60", f"Port {port} is taken; using {listening}."]
    assert sorted(path.name for path in data.iterdir()) == ["demo"]


def test_a_demo_begins_anew_and_two_stand_beside_each_other(data: Path) -> None:
    with started(data, "demo", "--no-browser") as first, started(data, "demo", "--no-browser") as second:
        one, other = first.address()[1], second.address()[1]
        assert one != other
        assert {path.name for path in (data / "demo").glob("*.sqlite3")} == {
            f"vcio-{port}.sqlite3" for port in (one, other)
        }
        assert [requests(data, port) for port in (one, other)] == [SEEDED] * 2
        assert (first.end(), second.end()) == (0, 0)
    assert not any("Traceback" in line for line in (*first.err, *second.err))


def test_the_workspace_alone_says_where_its_page_and_its_api_are(data: Path) -> None:
    with taken_port() as port, started(data, "workspace", "--port", str(port)) as workspace:
        address, listening = workspace.address()
        assert listening != port
        assert "<html" in page(address)
        assert workspace.out.get(timeout=30) == f"Web API for SLACK_API_URL: {address}/api/\n"
        assert workspace.end() == 0


def test_no_free_port_is_one_line(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as last:
        if last.getsockname()[1] != 65535:
            last.close()
            last = socket.create_server(("127.0.0.1", 65535))
        with last, started(data, "workspace", "--port", "65535") as workspace:
            assert workspace.process.wait(timeout=60) == 2
            workspace.wait_for_errors()
    (line,) = workspace.err
    assert "--port" in line


async def test_what_bolt_reads_by_itself_does_not_stop_the_demo(
    tmp_path: Path, library_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        monkeypatch.setenv(name, "of a real installation")
    monkeypatch.chdir(tmp_path)  # where Bolt would keep installations
    async with LocalWorkspace(made_up_workspace()) as slack:
        folder = copied_data(library_dir, tmp_path / "data")
        service = Service(demo_settings(slack.definition, folder, api_url=slack.api_url))
        try:
            await service.start()
            await slack.wait_for_connection()
            await slack.command(seed.ANA, seed.HARBOUR_CHANNEL, "help")
            shown = await slack.wait_for(lambda: slack.ephemerals(seed.ANA), what="the help")
            assert "reinstall" not in shown[0]["text"]
        finally:
            await service.stop()
