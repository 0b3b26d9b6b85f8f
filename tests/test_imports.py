"""Which part may know which: the contracts of import-linter, and what must not be loaded needlessly."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Seconds and hundreds of megabytes each; none is needed to print a help text.
HEAVY = (
    "torch",
    "sentence_transformers",
    "transformers",
    "langchain",
    "chromadb",
    "onnxruntime",
    "slack_bolt",
    "emulator",
)
SHOW_HELP = """
import json, sys
sys.argv = ["vcio", "--help"]
from bot import cli
try:
    cli.main()
except SystemExit as left:
    code = left.code
else:
    code = 0
json.dump({"code": code, "modules": sorted(sys.modules)}, sys.stderr)
"""
IMPORT_SERVICE = """
import json, sys
import bot.app
json.dump({"code": 0, "modules": sorted(sys.modules)}, sys.stderr)
"""


def loaded_by(program: str) -> set[str]:
    """Run a program in a fresh interpreter and return the top-level modules it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    told = json.loads(done.stderr.splitlines()[-1])
    assert told["code"] in (0, None)
    return {name.split(".")[0] for name in told["modules"]}


def test_the_import_contracts_are_kept() -> None:
    pytest.importorskip("importlinter", reason="import-linter comes with the lint tools")
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_help_text_loads_nothing_heavy() -> None:
    assert loaded_by(SHOW_HELP).isdisjoint(HEAVY)


def test_the_service_is_loaded_without_torch_or_the_full_langchain() -> None:
    heavy = {"torch", "sentence_transformers", "transformers", "langchain", "emulator"}
    assert loaded_by(IMPORT_SERVICE).isdisjoint(heavy)
