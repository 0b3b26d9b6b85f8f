"""`vcio ingest`: documents into the methodology or a client's own collection, with a line a file."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from bot.administration import require_client
from bot.database import ensure_writable
from bot.errors import SetupError
from bot.library import load_embedder, sync_articles
from bot.printing import print_json
from bot.progress import Bar
from bot.settings import Settings
from ingest.report import Action, FileReport, SyncReport
from ingest.sync import sync
from knowledge.scope import METHODOLOGY, client_scope
from knowledge.store import open_shelf

# Reasons of the report that are no failure: nothing that we could have read is missing from the index.
LEFT_OUT = frozenset({"hidden", "empty", "no text", "symlink loop"})
OTHER_KIND = "is not read yet"


def ingest_paths(
    settings: Settings, paths: Sequence[Path], *, client_key: str | None, full: bool, as_json: bool
) -> bool:
    """Index `paths` and print what became of each file; true when one could not be read.

    Without paths the articles that came with the program are indexed: `full` then mends a damaged index.
    """
    scope = METHODOLOGY
    if client_key is not None:
        asyncio.run(require_client(settings, client_key))
        scope = client_scope(client_key)
        if not paths:
            raise SetupError(f"Which documents of {client_key!r}? Name a file or a folder to index.")
    ensure_writable(settings.vcio_data_dir)
    _require(settings, paths, scope)
    with Bar() as progress:
        report = _index(settings, paths, scope, full, progress)
    _print(report, as_json=as_json)
    return any(failed(file) for file in report.files)


def failed(file: FileReport) -> bool:
    """Tell whether a file could not be read, as against one left out with nothing lost."""
    left_out = file.reason in LEFT_OUT or file.reason.endswith(OTHER_KIND)
    return file.action is Action.SKIPPED and not left_out


def _require(settings: Settings, paths: Sequence[Path], scope: str) -> None:
    """Refuse a path that never was there at once; one that was indexed before may have gone since."""
    missing = [path for path in paths if not path.exists()]
    if missing and open_shelf(settings.vcio_data_dir, settings.vcio_chroma_url).current(scope) is None:
        raise SetupError(f"There is no file or folder {str(missing[0])!r}: check the path.")


def _index(settings: Settings, paths: Sequence[Path], scope: str, full: bool, progress: Bar) -> SyncReport:
    embedder, folder = load_embedder(settings, progress), settings.vcio_data_dir
    server = settings.vcio_chroma_url
    if not paths:
        return sync_articles(settings, embedder, full=full, progress=progress)
    return sync(paths, scope, folder, embedder=embedder, chroma_url=server, full=full, progress=progress)


def _print(report: SyncReport, *, as_json: bool) -> None:
    if as_json:
        print_json(asdict(report))
        return
    for file in report.files:
        passages = f"{file.passages} passages" if file.passages else ""
        note = ", ".join(part for part in (passages, file.reason) if part)
        click.echo(f"{file.action:<10} {file.path}" + (f"  ({note})" if note else ""))
    counts = ", ".join(f"{report.count(action)} {action}" for action in Action)
    click.echo(f"{report.scope}: {counts}; {report.passages} passages in all.")
