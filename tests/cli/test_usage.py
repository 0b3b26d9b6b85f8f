"""What the command line offers, and how it refuses what it does not."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from tests.cli.conftest import CHECKOUT, Vcio, one_line

COMMANDS = {
    "answers", "ask", "clients", "consultants", "demo", "doctor", "eval", "eval-retrieval", "export", "firm",
    "forget", "gaps", "ingest", "kb", "migrate", "people", "report", "retainers", "search", "serve",
    "workspace",
}  # fmt: skip
GROUPS = {
    "answers": {"show"},
    "clients": {"add", "change", "end", "list", "privacy", "show", "sla"},
    "consultants": {"change", "list", "show"},
    "firm": {"confirm", "set", "show"},
    "gaps": {"assign", "close", "dismiss", "list", "show"},
    "kb": {"show"},
    "people": {"change", "list", "show"},
    "retainers": {
        "add",
        "change",
        "close",
        "confidential",
        "correct",
        "end",
        "export",
        "list",
        "show",
        "statement",
    },
}
EVERY = [
    [],
    *([name] for name in sorted(COMMANDS)),
    *([group, name] for group in sorted(GROUPS) for name in sorted(GROUPS[group])),
]


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_every_command_explains_itself(command: list[str]) -> None:
    result = CliRunner().invoke(main, [*command, "--help"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Usage:" in result.stdout


def test_help_lists_the_commands_that_exist_and_no_other() -> None:
    assert listed([]) == COMMANDS
    assert {group: listed([group]) for group in GROUPS} == GROUPS


def listed(command: list[str]) -> set[str]:
    text = CliRunner().invoke(main, [*command, "--help"]).stdout
    lines = text.partition("Commands:")[2].splitlines()
    # A line that goes on stands further in.
    return {line.split()[0] for line in lines if line.strip() and not line.startswith("   ")}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["frobnicate"], "frobnicate"),
        (["ask", "x", "--org-size", "huge"], "'huge'"),
        (["ask", "x", "--colour"], "--colour"),
        (["ask"], "--batch"),
        (["ask", "x", "--batch", "y"], "--batch"),
        (["search"], "QUERY"),
        (["search", "x", "--limit", "0"], "1<=x<=100"),
        (["clients", "frobnicate"], "frobnicate"),
        (["clients", "add"], "NAME"),
        (["demo", "--port", "70000"], "70000"),
        (["gaps", "close", "1"], "--article"),
        (["gaps", "show", "x"], "'x'"),
        (["ask", "--batch", "."], "directory"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_one_line_that_says_what_is_wrong(bare: Vcio, arguments: list[str], says: str) -> None:
    assert says in bare.refusal(*arguments)
    assert not bare.data.exists()


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-1", "xoxb-"),
        ("SLACK_API_URL", "slack", "web address"),
        ("VCIO_PORT", "many", "VCIO_PORT"),
        ("VCIO_DATABASE_URL", "mysql://h/d", "postgresql://"),
        ("VCIO_TIMEZONE", "Mars/North", "Europe/London"),
        ("VCIO_LOG_FORMAT", "loud", "'console' or 'json'"),
    ],
)
def test_a_setting_that_does_not_fit_is_named_with_its_cure(
    bare: Vcio, name: str, value: str, cure: str
) -> None:
    line = bare.refusal("clients", "list", **{name: value})
    assert name in line
    assert cure in line


def test_a_settings_file_that_is_not_text_is_one_line(bare: Vcio) -> None:
    (bare.folder / ".env").write_bytes(b"VCIO_FIRM_NAME=\xff\xfe")
    assert "UTF-8" in bare.refusal("clients", "list")


@pytest.mark.parametrize(
    "command",
    [["ask", "Hello"], ["search", "x"], ["clients", "list"], ["migrate"], ["ingest", "."]],
    ids=lambda command: command[0],
)
def test_a_data_directory_that_cannot_be_written_is_one_line(bare: Vcio, command: list[str]) -> None:
    (bare.folder / "file").write_text("")
    line = bare.refusal(*command, VCIO_DATA_DIR=str(bare.folder / "file" / "data"))
    assert "VCIO_DATA_DIR" in line
    assert "Not a directory" in line


def test_an_unreachable_database_is_one_line_without_its_password(bare: Vcio) -> None:
    line = bare.refusal("clients", "list", VCIO_DATABASE_URL="postgresql://me:secret@127.0.0.1:9/vcio")
    assert "VCIO_DATABASE_URL" in line
    assert "secret@" not in line


def test_migrate_makes_the_database_and_may_be_repeated(bare: Vcio) -> None:
    for _time in range(2):
        assert "up to date" in bare("migrate").stdout
    assert (bare.data / "vcio.sqlite3").exists()


def test_an_old_database_is_refused_when_migrating_is_switched_off(bare: Vcio) -> None:
    assert "vcio migrate" in bare.refusal("clients", "list", VCIO_AUTO_MIGRATE="false")
    bare("migrate", VCIO_AUTO_MIGRATE="false")
    assert bare.json("clients", "list", "--json", VCIO_AUTO_MIGRATE="false") == []


def test_a_process_leaves_with_the_code_and_the_line(bare: Vcio) -> None:
    done = bare.process("ask", "--org-size", "huge")
    assert "'huge'" in one_line(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("command", ["demo", "workspace"])
def test_demo_and_workspace_say_that_they_need_a_checkout(bare: Vcio, tmp_path: Path, command: str) -> None:
    # What a wheel installs: the packages without the local workspace.
    installed = tmp_path / "installed"
    installed.mkdir()
    for package in ("bot", "ingest", "knowledge", "prompts"):
        (installed / package).symlink_to(CHECKOUT / package)
    done = bare.process(command, PYTHONPATH=str(installed))
    assert "checkout" in one_line(done.returncode, done.stdout, done.stderr)
