"""A pack made in a process of its own: what draws it takes memory that a running bot does not need."""

import asyncio
import base64
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.engagement.reports import Figures, from_json
from bot.errors import DeliveryError
from bot.log import redact
from bot.packs.charts import Chart

# Found wherever the bot itself was, whatever folder it was started in.
PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from bot.packs.make import main; main()"
ROOT = str(Path(__file__).parents[2])
LONGEST_SECONDS = 60


@dataclass(frozen=True)
class MadePack:
    """The document and the pictures of a pack."""

    pdf: bytes
    charts: tuple[Chart, ...]


def make_pack(figures: Figures) -> MadePack:
    """Return the pack of these figures, made in this process."""
    from bot.packs.charts import charts
    from bot.packs.pdf import pack_pdf

    pictures = charts(figures)
    return MadePack(pack_pdf(figures, pictures), pictures)


async def make_apart(figures: Figures) -> MadePack:
    """Return the pack of these figures, made beside this process; raises `DeliveryError` with the reason."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM, ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            made, said = await child.communicate(json.dumps(figures.to_json()).encode())
    except TimeoutError:
        raise DeliveryError("The pack was not made in time", definite=True) from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode:
        lines = said.decode(errors="replace").strip().splitlines()
        reason = redact(lines[-1]) if lines else "no reason"
        raise DeliveryError(f"The pack was not made: {reason}", definite=True)
    return _read(made)


def main() -> None:
    """Make the pack whose figures come on standard input, and write it to standard output."""
    made = make_pack(from_json(json.load(sys.stdin)))
    pictures = [
        {"name": each.name, "title": each.title, "alt": each.alt, "png": _text(each.png)}
        for each in made.charts
    ]
    sys.stdout.write(json.dumps({"pdf": _text(made.pdf), "charts": pictures}))


def _read(made: bytes) -> MadePack:
    kept = json.loads(made)
    pictures = tuple(
        Chart(each["name"], each["title"], each["alt"], base64.b64decode(each["png"]))
        for each in kept["charts"]
    )
    return MadePack(base64.b64decode(kept["pdf"]), pictures)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
