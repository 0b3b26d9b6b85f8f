"""`vcio forget`, `vcio export` and `vcio clients privacy`."""

import asyncio
from pathlib import Path

import click

from bot.command_line import prepared, refusing


@click.command()
@click.argument("who", metavar="PERSON|CLIENT")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--yes", is_flag=True, help="Do not ask whether to go on.")
@refusing
def forget(who: str, as_json: bool, yes: bool) -> None:
    """Erase what we hold of a person or of a client.

    PERSON is a user id, or workspace and user (T0ABC/U0123); CLIENT is its key. What is gone and what stays,
    and why, is printed, and every column of the database is searched for their name and id afterwards. It
    cannot be undone.
    """
    from bot.privacy import forget as erase

    if not yes:
        click.confirm(f"Erase everything {who} said? It cannot be undone.", abort=True, err=True)
    asyncio.run(erase(prepared(), who, as_json=as_json))


@click.command()
@click.argument("client")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="A new folder; default: export-CLIENT here.",
)
@refusing
def export(client: str, out: Path | None) -> None:
    """Write everything we hold of a client into files: JSON lines, one file a table, and its documents."""
    from bot.exporting import export as hand_over

    hand_over(prepared(), client, out or Path(f"export-{client}"))


@click.command("privacy")
@click.argument("key")
@click.option("--keep-days", metavar="DAYS", help='For how many days conversations are kept; "" keeps them.')
@click.option(
    "--personal",
    type=click.Choice(["hidden", "shown"]),
    help="Whether a language model sees names, numbers and addresses as written.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def privacy(key: str, keep_days: str | None, personal: str | None, as_json: bool) -> None:
    """Show a client's privacy settings, and change what is given.

    What was said longer ago than DAYS is erased once a day, unless a request about it is open.
    """
    from bot.privacy import change_privacy

    asyncio.run(change_privacy(prepared(), key, keep_days=keep_days, personal=personal, as_json=as_json))
