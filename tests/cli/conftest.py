"""The command line in this process and in its own, on a data directory that is only the test's."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.log import configure_logging
from ingest.methodology import methodology_folder

CHECKOUT = Path(__file__).parents[2]
OURS = ("SLACK_", "VCIO_")
RUN_MAIN = "from bot.cli import main; main()"
# An article and two beside it: embedding all sixty takes more than a minute of a processor.
FEW = ("backup-and-disaster-recovery", "business-continuity", "security-awareness")


def clean_environment(**values: str) -> dict[str, str]:
    """The environment without anything of a real installation, and with `values`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {"PYTHONPATH": str(CHECKOUT)} | values


@dataclass(frozen=True)
class Vcio:
    """Runs `vcio` in a folder without `.env`, with a data directory of its own."""

    data: Path
    folder: Path
    runner: CliRunner
    articles: Path | None = None

    def __call__(self, *arguments: object, **environment: str) -> Result:
        """Run in this process."""
        values: dict[str, str | None] = {name: None for name in os.environ if name.startswith(OURS)}
        result = self.runner.invoke(
            main, [str(each) for each in arguments], env=values | self._ours(environment)
        )
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def json(self, *arguments: object, **environment: str) -> Any:
        """What a run that must go well prints, which is one line of JSON and nothing else."""
        result = self(*arguments, **environment)
        assert result.exit_code == 0, result.stderr
        (line,) = result.stdout.splitlines()
        return json.loads(line)

    def refusal(self, *arguments: object, **environment: str) -> str:
        """The one line of a run that must be refused."""
        result = self(*arguments, **environment)
        return one_line(result.exit_code, result.stdout, result.stderr)

    def process(self, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run as a process of its own."""
        return subprocess.run(
            [sys.executable, *self._program(), *(str(each) for each in arguments)],
            env=clean_environment(**self._ours(environment)),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=150,
            check=False,
        )

    def _program(self) -> list[str]:
        if self.articles is None:
            return ["-m", "bot.cli"]
        of_few = f"sync.methodology_folder = lambda: Path({str(self.articles)!r})"
        return ["-c", f"from pathlib import Path; from ingest import sync; {of_few}; {RUN_MAIN}"]

    def _ours(self, environment: dict[str, str]) -> dict[str, str]:
        return {"VCIO_DATA_DIR": str(self.data)} | environment


def one_line(code: int, stdout: str, stderr: str) -> str:
    """The line that says what is wrong: exit code 2, nothing on standard output, no traceback."""
    assert (code, stdout) == (2, ""), (code, stdout, stderr)
    (line,) = [line for line in stderr.splitlines() if not line.startswith(PROGRESS)]
    assert line.startswith("vcio: "), stderr
    return line


PROGRESS = ("checking the", "exporting the", "embedding", "reading", "writing the")


def copied_data(library_dir: Path, target: Path) -> Path:
    """A data directory of one's own, with the model (shared, for it never changes) and the index."""
    target.mkdir()
    (target / "models").symlink_to(library_dir / "models")
    shutil.copytree(library_dir / "index", target / "index")
    return target


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder commands run in."""
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def vcio(folder: Path, tmp_path: Path, library_dir: Path) -> Iterator[Vcio]:
    """`vcio` with the model and the methodology's index at hand."""
    yield Vcio(copied_data(library_dir, tmp_path / "data"), folder, CliRunner())
    configure_logging()  # it wrote to the runner's own standard error


@pytest.fixture
def small(vcio: Vcio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vcio:
    """`vcio` as it would be with few articles, for what embeds all there are; the index still holds all."""
    few = tmp_path / "few"
    for path in methodology_folder().rglob("*.md"):
        if path.stem in FEW:
            target = few / path.relative_to(methodology_folder())
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    monkeypatch.setattr("ingest.sync.methodology_folder", lambda: few)
    return replace(vcio, articles=few)


@pytest.fixture
def bare(folder: Path, tmp_path: Path) -> Iterator[Vcio]:
    """`vcio` with an empty data directory, for what needs neither model nor index."""
    yield Vcio(tmp_path / "bare", folder, CliRunner())
    configure_logging()


def write_lines(path: Path, *lines: object) -> Path:
    """A file of JSON lines; text goes in as it is."""
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path
