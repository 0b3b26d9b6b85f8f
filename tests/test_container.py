"""The image and the compose file name only what exists, and carry no secret."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
IGNORED = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
SETTINGS = {name.upper() for name in Settings.model_fields}


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return dict(loaded["services"])


def copied() -> set[str]:
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    return {name for line in lines for name in line.split()}


def test_what_the_image_copies_is_what_the_build_may_see() -> None:
    allowed = {line.removeprefix("!") for line in IGNORED if line.startswith("!")}
    assert copied() == allowed
    assert all((ROOT / name).exists() for name in copied())
    assert "*" in IGNORED


def test_the_image_holds_every_package_of_the_wheel() -> None:
    packages = re.search(r"^packages = \[(.*)\]$", (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert packages
    assert set(re.findall(r'"(\w+)"', packages[1])) <= copied()


def test_settings_are_spelled_as_the_program_reads_them(services: dict[str, Any]) -> None:
    named = set(re.findall(r"\b(?:VCIO|SLACK)_[A-Z_]+", DOCKERFILE + str(services)))
    assert named <= SETTINGS


def test_the_bot_has_its_database_and_chroma_server_beside_it(services: dict[str, Any]) -> None:
    environment = services["bot"]["environment"]
    assert "@database/" in environment["VCIO_DATABASE_URL"]
    assert environment["VCIO_CHROMA_URL"] == "http://chroma:8000"
    assert set(services["bot"]["depends_on"]) == {"database", "chroma"} <= set(services)


def test_an_empty_line_of_env_example_changes_nothing_in_a_container(services: dict[str, Any]) -> None:
    work_folder = re.findall(r"^WORKDIR (\S+)$", DOCKERFILE, re.MULTILINE)[-1]
    volume = re.search(r"^VOLUME (\S+)$", DOCKERFILE, re.MULTILINE)
    assert volume
    assert Path(work_folder) / Settings.model_fields["vcio_data_dir"].default == Path(volume[1])
    set_by_the_image = set(re.findall(r"\b(VCIO_[A-Z_]+)=", DOCKERFILE))
    assert set_by_the_image <= set(services["bot"]["environment"])


def test_the_database_counts_as_ready_only_when_the_bot_can_reach_it(services: dict[str, Any]) -> None:
    check = services["database"]["healthcheck"]["test"]
    assert check[check.index("-h") + 1] == "127.0.0.1"


def test_the_image_does_not_run_as_root() -> None:
    assert re.search(r"^USER (?!root)", DOCKERFILE, re.MULTILINE)


def test_no_port_is_opened_to_the_outside(services: dict[str, Any]) -> None:
    assert all("ports" not in service for service in services.values())
