"""The exported model on disk: made once, in another process, and put in place whole."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.packaged import WEIGHTS_SHA256, packaged_model, verify_weights
from knowledge.types import Progress

# Part of the fingerprint: raise it when export.py changes what comes out.
EXPORT_VERSION = 1
_CARD = "model.json"
_REPORT_SECONDS = 0.5


def exported_model(cache_dir: Path, progress: Progress) -> Path:
    """Folder with model.onnx, tokenizer.json and model.json; exported first when it is not there."""
    target = cache_dir / f"minilm-{WEIGHTS_SHA256[:8]}-v{EXPORT_VERSION}"
    if not _complete(target):
        source = packaged_model()
        progress("checking the embedding model", 0, 2)
        verify_weights(source)
        progress("exporting the embedding model", 1, 2)
        _export_into(source, target, progress)
        progress("embedding model ready", 2, 2)
    return target


def _complete(folder: Path) -> bool:
    """Whether the export is there, with the size that was written."""
    try:
        card = json.loads((folder / _CARD).read_text("utf-8"))
        size = (folder / "model.onnx").stat().st_size
        return bool(card["bytes"] == size) and (folder / "tokenizer.json").is_file()
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _export_into(source: Path, target: Path, progress: Progress) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=target.parent))
    except OSError as error:
        raise KnowledgeError(
            f"The model cache {str(target.parent)!r} cannot be written ({error.strerror}): "
            "make it writable or set VCIO_DATA_DIR to another folder."
        ) from error
    try:
        _run_export(source, work / "model.onnx", progress)
        shutil.copyfile(source / "tokenizer.json", work / "tokenizer.json")
        _write_card(work)
        _put_in_place(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _run_export(source: Path, target: Path, progress: Progress) -> None:
    command = [sys.executable, "-m", "knowledge.export", str(source.resolve()), str(target.resolve())]
    # Started beside this package, so that the child finds it wherever it is installed.
    home = Path(__file__).parent.parent
    with subprocess.Popen(  # noqa: S603 - our own module
        command, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as child:
        try:
            said = _wait(child, progress)
        finally:
            child.kill()
    if child.returncode != 0 or not target.is_file():
        last = (said.strip().splitlines() or ["no message"])[-1]
        raise KnowledgeError(
            f"The embedding model {str(source)!r} could not be exported ({last}): run `make setup` again."
        )


def _wait(child: "subprocess.Popen[str]", progress: Progress) -> str:
    """Return what the child said at its end; reports meanwhile, so that whoever listens can give up."""
    while True:
        try:
            return child.communicate(timeout=_REPORT_SECONDS)[1]
        except subprocess.TimeoutExpired:
            progress("exporting the embedding model", 1, 2)


def _write_card(work: Path) -> None:
    card = {
        "fingerprint": f"minilm-{WEIGHTS_SHA256[:16]}-v{EXPORT_VERSION}",
        "bytes": (work / "model.onnx").stat().st_size,
    }
    (work / _CARD).write_text(json.dumps(card), "utf-8")


def _put_in_place(work: Path, target: Path) -> None:
    """Rename whole; when another process was faster its export stands, a broken one makes room."""
    if _complete(target):
        return
    shutil.rmtree(target, ignore_errors=True)
    try:
        work.rename(target)
    except OSError as error:
        if not _complete(target):
            raise KnowledgeError(
                f"The exported model cannot be put at {str(target)!r} ({error.strerror}): remove that folder."
            ) from error
