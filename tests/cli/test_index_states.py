"""No index yet, one that is not for this program, and a damaged one; and progress apart from results."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import FEW, Vcio, clean_environment, one_line

BACKUP = "What is the 3-2-1-1-0 backup rule?"


@pytest.fixture
def unbuilt(small: Vcio) -> Vcio:
    """`vcio` with the model exported and no index."""
    (small.data / "index").rename(small.data / "elsewhere")
    return small


def version_folder(vcio: Vcio) -> Path:
    scope = vcio.data / "index" / "methodology"
    return scope / (scope / "current").read_text()


def test_the_first_question_builds_the_index_with_progress_beside_the_answer(unbuilt: Vcio) -> None:
    done = unbuilt.process("ask", BACKUP, "--json")
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["outcome"] == "answer"
    assert done.stderr.splitlines()[:2] == ["reading ...", f"reading: {len(FEW)} of {len(FEW)}"]
    assert done.stderr.splitlines()[-1] == "writing the index: 1 of 1"
    again = unbuilt.process("ask", BACKUP, "--json")
    assert (again.returncode, again.stderr) == (0, "")


def test_bars_on_a_terminal_vanish_and_results_go_where_they_are_sent(vcio: Vcio, tmp_path: Path) -> None:
    for number in range(8):
        (tmp_path / f"room{number}.md").write_text(f"# Room {number}\n\nRoom {number} has {number} chairs.\n")
    documents = sorted(str(path) for path in tmp_path.glob("room*.md"))
    terminal, side = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "ingest", *documents, "--json"],
        env=clean_environment(VCIO_DATA_DIR=str(vcio.data), TERM="xterm", COLUMNS="100"),
        cwd=vcio.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=side,
        text=True,
    ) as process:
        os.close(side)
        shown = read_all(terminal)
        result = process.communicate()[0]
    assert len(json.loads(result)["files"]) == 8
    assert "8/8" in shown
    assert "7/8" not in shown.rpartition("writing the index")[0][-400:]
    assert "files" not in shown
    # The last thing drawn is the clearing of the bars' lines.
    assert shown.rstrip("\r\n").endswith("\x1b[2K")


def read_all(terminal: int) -> str:
    """Everything written to a terminal until its other side is closed."""
    found = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # Linux says so when the last writer is gone
            part = b""
        if not part:
            os.close(terminal)
            return found.decode()
        found += part


def of_another_format(folder: Path) -> None:
    change_card(folder, format=0)


def of_another_model(folder: Path) -> None:
    change_card(folder, fingerprint="another-model")


def without_documents(folder: Path) -> None:
    (folder / "documents.jsonl").unlink()


def with_a_broken_card(folder: Path) -> None:
    (folder / "manifest.json").write_text("{")


def change_card(folder: Path, **changes: object) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.mark.parametrize(
    "spoil",
    [of_another_format, of_another_model, without_documents, with_a_broken_card],
    ids=lambda s: s.__name__,
)
def test_an_index_that_cannot_be_used_is_refused_with_the_command_that_mends_it(
    vcio: Vcio, spoil: Callable[[Path], None]
) -> None:
    spoil(version_folder(vcio))
    for command in ("ask", "search"):
        assert "`vcio ingest --full`" in vcio.refusal(command, BACKUP)


def test_a_process_refuses_a_damaged_index_in_one_line_and_the_command_mends_it(small: Vcio) -> None:
    without_documents(version_folder(small))
    done = small.process("ask", BACKUP)
    assert "`vcio ingest --full`" in one_line(done.returncode, done.stdout, done.stderr)
    assert small("ingest", "--full").exit_code == 0
    assert small.json("ask", BACKUP, "--json")["outcome"] == "answer"


def test_a_clients_damaged_index_names_the_clients_command(vcio: Vcio) -> None:
    vcio("clients", "add", "Acme")
    document = vcio.folder / "rooms.md"
    document.write_text("# Rooms\n\nBook rooms in the calendar.\n")
    vcio("ingest", document, "--client", "acme")
    scope = vcio.data / "index" / "client-acme"
    of_another_format(scope / (scope / "current").read_text())
    line = vcio.refusal("ask", "Where do I book rooms?", "--client", "acme")
    assert "`vcio ingest PATH --client acme --full`" in line
    assert vcio.json("ask", BACKUP, "--json")["outcome"] == "answer"
    assert vcio("ingest", document, "--client", "acme", "--full").exit_code == 0
    assert vcio("ask", "Where do I book rooms?", "--client", "acme").exit_code == 0


def test_a_model_that_cannot_be_loaded_is_one_line(vcio: Vcio) -> None:
    done = vcio.process("ask", BACKUP, VCIO_EMBEDDING_MODEL=str(vcio.folder / "no-model"), HF_HUB_OFFLINE="1")
    assert "VCIO_EMBEDDING_MODEL" in one_line(done.returncode, done.stdout, done.stderr)
