"""`vcio report`: the command line of a client's monthly pack."""

import asyncio
from pathlib import Path

import click

from bot.command_line import prepared, refusing

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("report")
@click.argument("client")
@click.option("--month", help="The month, like 2026-10; default: the last that is over.")
@click.option("--out", type=FOLDER, default=Path(), help="The folder to write to; default: here.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON too.")
@refusing
def report(client: str, month: str | None, out: Path, as_json: bool) -> None:
    """Write the monthly pack of CLIENT, a key: a PDF, its pictures, and the figures as JSON.

    Nothing is sent to anybody: a lead does that in Slack.
    """
    from bot.reporting import report as write

    asyncio.run(write(prepared(), client, month, out, as_json=as_json))
