"""`vcio doctor`: every finding with its cure; *ready* at the end, or not."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import URL

from bot import migrations
from bot.database import open_database
from bot.doctor import examine
from bot.engagement.firm import change_profile
from emulator import sample
from emulator.definition import Definition
from emulator.testing import LocalWorkspace
from tests.cli.conftest import OURS, Vcio, clean_environment, copied_data

Findings = dict[str, dict[str, Any]]


class Doctor:
    """Examines an installation on a local workspace, in the workspace's own loop."""

    def __init__(self, data: Path, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.data = data
        self._patch = patch
        self._capsys = capsys

    def set(self, **values: str) -> None:
        """Set variables of the environment."""
        for name, value in values.items():
            self._patch.setenv(name, value)

    def connect(self, slack: LocalWorkspace) -> None:
        """Set what a good installation on `slack` sets."""
        self.set(
            SLACK_BOT_TOKEN=slack.bot_token,
            SLACK_APP_TOKEN=slack.app_token,
            SLACK_API_URL=slack.api_url,
            VCIO_DESK_CHANNEL=slack.definition.desk_channel,
        )

    async def blocking(self) -> Findings:
        """What blocks; each of it must name a cure."""
        self._capsys.readouterr()
        blocked = await examine(as_json=True)
        (line,) = self._capsys.readouterr().out.splitlines()
        report = json.loads(line)
        findings = {finding["check"]: finding for finding in report["findings"] if finding["blocking"]}
        assert blocked == bool(findings) == (not report["ready"])
        assert all(finding["cure"] for finding in findings.values())
        return findings


@pytest.fixture
def doctor(
    tmp_path: Path,
    library_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Doctor:
    """A doctor for a data directory with an index, and nothing set yet but that."""
    examined = Doctor(copied_data(library_dir, tmp_path / "data"), monkeypatch, capsys)
    monkeypatch.chdir(tmp_path)
    for name in [name for name in clean_environment() if name.startswith(OURS)]:
        monkeypatch.delenv(name)
    examined.set(VCIO_DATA_DIR=str(examined.data))
    return examined


@pytest.fixture
async def slack() -> AsyncIterator[LocalWorkspace]:
    """The sample workspace."""
    async with LocalWorkspace() as workspace:
        yield workspace


def with_app(**changes: object) -> Definition:
    base = sample.sample_definition()
    return replace(base, apps=(replace(base.app, **changes), *base.apps[1:]))  # type: ignore[arg-type]


def test_without_tokens_it_says_where_to_get_them_and_leaves_with_1(bare: Vcio) -> None:
    result = bare("doctor")
    assert (result.exit_code, result.stderr) == (1, "")
    lines = result.stdout.splitlines()
    assert lines[-1] == "not ready"
    at = lines.index("BLOCKS  bot token: not set")
    assert "OAuth & Permissions" in lines[at + 1]
    assert "ok      index: none yet; it is built at the first start (model exported first)" in lines


def test_a_setting_that_does_not_fit_is_a_finding(bare: Vcio) -> None:
    result = bare("doctor", "--json", SLACK_BOT_TOKEN="wrong")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert report["ready"] is False
    assert "SLACK_BOT_TOKEN" in report["findings"][0]["cure"]


async def test_a_good_installation_ends_with_ready(doctor: Doctor, slack: LocalWorkspace) -> None:
    doctor.connect(slack)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.cli",
        "doctor",
        env=clean_environment(
            VCIO_DATA_DIR=str(doctor.data),
            SLACK_BOT_TOKEN=slack.bot_token,
            SLACK_APP_TOKEN=slack.app_token,
            SLACK_API_URL=slack.api_url,
            VCIO_DESK_CHANNEL=slack.definition.desk_channel,
        ),
        cwd=doctor.data,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = (each.decode() for each in await process.communicate())
    assert (process.returncode, err) == (0, "")
    lines = out.splitlines()
    assert lines[-1] == "ready"
    checks = ["settings", "index", "database", "bot token", "scopes", "app token", "desk"]
    good = [line.removeprefix("ok").split(":")[0].strip() for line in lines[:-1] if line.startswith("ok ")]
    assert good == checks
    at = lines.index(
        "mend    firm's terms: not confirmed: first_reply, notice, start, corrections, urgent_triage"
    )
    assert "vcio firm confirm --all" in lines[at + 1]
    assert len(lines) == len(checks) + 3


def test_confirmed_terms_are_no_finding_to_mend(bare: Vcio) -> None:
    bare("firm", "confirm", "--all")
    assert "ok      firm's terms: all confirmed" in bare("doctor").stdout.splitlines()


def test_a_country_whose_holidays_nobody_knows_is_a_finding_to_mend(bare: Vcio) -> None:
    assert "mend    working hours: no holidays are known of 'XX'" in bare("doctor", VCIO_COUNTRY="XX").stdout
    bare("firm", "set", "holidays", "GB-ENG")
    assert "working hours" not in bare("doctor", VCIO_COUNTRY="XX").stdout


@pytest.mark.parametrize(
    ("on_call", "said"),
    [
        (sample.DEV, f"ok      on call: {sample.DEV}\n"),
        (f"<@{sample.ANA}>", f"mend    on call: {sample.ANA} is not on the desk\n"),
        ("Dana, 07700 900123", None),
    ],
)
async def test_who_is_on_call_by_id_must_be_on_the_desk(
    doctor: Doctor,
    slack: LocalWorkspace,
    capsys: pytest.CaptureFixture[str],
    on_call: str,
    said: str | None,
) -> None:
    doctor.connect(slack)
    database = open_database(URL.create("sqlite", database=str(doctor.data / "vcio.sqlite3")))
    await migrations.upgrade(database)
    async with database.unit_of_work() as session:
        await change_profile(session, on_call=on_call, desk_channel=slack.definition.desk_channel)
    await database.close()
    assert not await examine(as_json=False)
    out = capsys.readouterr().out
    assert said in out if said else "on call" not in out


async def test_no_desk_yet_does_not_block_and_says_how_to_choose_one(
    doctor: Doctor, slack: LocalWorkspace, capsys: pytest.CaptureFixture[str]
) -> None:
    doctor.connect(slack)
    doctor.set(VCIO_DESK_CHANNEL="")
    assert not await examine(as_json=False)
    out = capsys.readouterr().out
    assert "mend    desk: not chosen" in out
    assert "Use as desk" in out
    assert out.endswith("\nready\n")


async def test_missing_scopes_block_and_are_named(doctor: Doctor) -> None:
    scopes = sample.sample_definition().app.scopes - {"groups:read", "team:read"}
    async with LocalWorkspace(with_app(scopes=scopes)) as slack:
        doctor.connect(slack)
        finding = (await doctor.blocking())["scopes"]
    assert finding["state"] == "missing groups:read, team:read"
    assert "reinstall" in finding["cure"]


@pytest.mark.parametrize(
    ("desk", "says"),
    [
        (sample.ASK_IT, "private"),
        (sample.SHARED, "not be shared"),
        ("C0NOWHERE", "invite me"),
    ],
    ids=["public", "shared", "unknown"],
)
async def test_a_channel_that_cannot_be_the_desk_blocks(
    doctor: Doctor, slack: LocalWorkspace, desk: str, says: str
) -> None:
    doctor.connect(slack)
    doctor.set(VCIO_DESK_CHANNEL=desk)
    blocking = await doctor.blocking()
    assert list(blocking) == ["desk"]
    assert says in blocking["desk"]["cure"]


async def test_a_revoked_token_blocks(doctor: Doctor, slack: LocalWorkspace) -> None:
    doctor.connect(slack)
    slack.faults.add(method="auth.test", error="token_revoked")
    blocking = await doctor.blocking()
    assert blocking["bot token"]["state"] == "refused (token_revoked)"
    assert "SLACK_BOT_TOKEN" in blocking["bot token"]["cure"]


@pytest.mark.parametrize(
    ("name", "value", "check"),
    [
        ("SLACK_BOT_TOKEN", "xoxb-unknown", "bot token"),
        ("SLACK_APP_TOKEN", "xapp-unknown", "app token"),
        ("SLACK_APP_TOKEN", "", "app token"),
    ],
)
async def test_a_wrong_token_blocks_by_its_own_name(
    doctor: Doctor, slack: LocalWorkspace, name: str, value: str, check: str
) -> None:
    doctor.connect(slack)
    doctor.set(**{name: value})
    blocking = await doctor.blocking()
    assert list(blocking) == [check]
    assert name in blocking[check]["cure"]


@pytest.mark.parametrize("fault", ["nobody there", "error", "no answer to the desk"])
async def test_a_slack_that_does_not_answer_blocks(doctor: Doctor, slack: LocalWorkspace, fault: str) -> None:
    doctor.connect(slack)
    if fault == "nobody there":
        doctor.set(SLACK_API_URL="http://127.0.0.1:9/api/")
    elif fault == "error":
        slack.faults.add(method="auth.test", status=503)
    else:
        slack.faults.add(method="conversations.info", drop_response=True, times=9)
    assert await doctor.blocking()


async def test_an_index_that_cannot_be_used_blocks(doctor: Doctor, slack: LocalWorkspace) -> None:
    doctor.connect(slack)
    scope = doctor.data / "index" / "methodology"
    (scope / (scope / "current").read_text() / "documents.jsonl").write_text("{}")
    blocking = await doctor.blocking()
    assert "vcio ingest --full" in blocking["index"]["cure"]


async def test_a_database_behind_blocks_when_migrating_is_switched_off(
    doctor: Doctor, slack: LocalWorkspace
) -> None:
    doctor.connect(slack)
    doctor.set(VCIO_AUTO_MIGRATE="false")
    assert "vcio migrate" in (await doctor.blocking())["database"]["cure"]
