"""Indexing beside a running bot, in a process of its own: it takes memory and time that answering needs."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.errors import DeliveryError, SetupError
from bot.library import load_embedder, sync_articles
from bot.log import get_logger, redact
from bot.settings import Settings, ignore_environment
from knowledge.errors import KnowledgeError

log = get_logger(__name__)
# Found wherever the bot itself was, whatever folder it was started in.
PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from bot.reindexing import main; main()"
ROOT = str(Path(__file__).parents[1])


async def index_apart(settings: Settings) -> None:
    """Bring the methodology's index in line with the firm's terms; a bot that runs reads it within seconds.

    Raises `DeliveryError` with the reason where that could not be done now.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM, ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        # By the pipe and not as arguments, which others on the machine can read.
        _out, said = await child.communicate(json.dumps(_needed(settings)).encode())
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode:
        lines = said.decode(errors="replace").strip().splitlines()
        raise DeliveryError(f"The articles were not indexed: {redact(lines[-1]) if lines else 'no reason'}")
    log.info("methodology.terms_spoken")


def _needed(settings: Settings) -> dict[str, Any]:
    url = settings.vcio_database_url
    return {
        "vcio_data_dir": str(settings.vcio_data_dir),
        "vcio_database_url": url.get_secret_value() if url else None,
        "vcio_chroma_url": settings.vcio_chroma_url,
        "vcio_embedding_model": settings.vcio_embedding_model,
    }


def main() -> None:
    """Index with the settings given on standard input; leave with 1 and a line where that is refused."""
    given = json.load(sys.stdin)
    url = given.pop("vcio_database_url")
    settings = ignore_environment(**given, vcio_database_url=SecretStr(url) if url else None)
    try:
        sync_articles(settings, load_embedder(settings))
    except (KnowledgeError, SetupError) as error:
        sys.exit(" ".join(str(error).split()))
