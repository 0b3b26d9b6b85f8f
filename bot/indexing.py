"""`vcio ingest`: documents into the methodology or a client's own collection, with a line a file."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from bot.administration import require_client
from bot.database import ensure_writable
from bot.errors import SetupError
from bot.library import load_embedder
from bot.progress import bar
from bot.settings import Settings
from ingest.report import Action, SyncReport
from ingest.sync import sync
from knowledge.scope import METHODOLOGY, client_scope


def ingest_paths(
    settings: Settings, paths: Sequence[Path], *, client_key: str | None, full: bool, as_json: bool
) -> bool:
    """Index `paths` and print what became of each file; true when some could not be read."""
    for path in paths:
        if not path.exists():
            raise SetupError(f"There is no file or folder {str(path)!r}: check the path.")
    ensure_writable(settings.vcio_data_dir)
    if client_key is not None:
        asyncio.run(require_client(settings, client_key))
    progress = bar()
    report = sync(
        paths,
        client_scope(client_key) if client_key else METHODOLOGY,
        settings.vcio_data_dir,
        embedder=load_embedder(settings, progress),
        chroma_url=settings.vcio_chroma_url,
        full=full,
        progress=progress,
    )
    progress.close()
    _print(report, as_json=as_json)
    return report.count(Action.SKIPPED) > 0


def _print(report: SyncReport, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False))
        return
    for file in report.files:
        passages = f"{file.passages} passages" if file.passages else ""
        note = ", ".join(part for part in (passages, file.reason) if part)
        click.echo(f"{file.action:<10} {file.path}" + (f"  ({note})" if note else ""))
    counts = ", ".join(f"{report.count(action)} {action}" for action in Action)
    click.echo(f"{report.scope}: {counts}; {report.passages} passages in all.")
