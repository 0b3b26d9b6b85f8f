"""`vcio retainers`: what clients agreed to and what their hours came to, from the terminal."""

import asyncio
from pathlib import Path

import click

from bot.command_line import OneLineGroup, prepared, refusing

CARRY = click.Choice(["expire", "roll-over"])
AT_ZERO = click.Choice(["warn", "block"])
UNIT = "Minutes up to the full number of which each entry is charged."
FREE = "What one request may take before an approver is asked, like 30m."
MONTH = click.option("--month", help="A month like 2026-11; default: the one that runs.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(cls=OneLineGroup)
def retainers() -> None:
    """Clients' hours a month, what is left of them, and the time spent."""


@retainers.command("add")
@click.argument("client")
@click.option("--hours", required=True, help="Hours a month, like 10 or 7.5.")
@click.option("--from", "starts", required=True, help="The first day, like 2026-12-01.")
@click.option("--to", "ends", help="The last day; default: without an end.")
@click.option("--unit", type=int, help=f"{UNIT} Default: 15.")
@click.option("--carry", type=CARRY, help="What becomes of hours a month leaves. Default: expire.")
@click.option("--at-zero", type=AT_ZERO, help="What happens when none are left. Default: warn.")
@click.option("--free", help=f"{FREE} Default: 30m.")
@AS_JSON
@refusing
def add_retainer(client: str, as_json: bool, unit: int | None, **given: str | None) -> None:
    """Add what CLIENT (its key) agreed to; its days may overlap no other.

    A first or last month that is not whole grants its share of calendar days, to the nearest minute.
    """
    from bot.retaining import add

    asyncio.run(add(prepared(), client, unit=unit, as_json=as_json, **given))


@retainers.command("list")
@AS_JSON
@refusing
def list_retainers(as_json: bool) -> None:
    """List every client's retainer of today, with what is left of the month."""
    from bot.retaining import show_all

    asyncio.run(show_all(prepared(), as_json=as_json))


@retainers.command("show")
@click.argument("client")
@AS_JSON
@refusing
def show_retainers(client: str, as_json: bool) -> None:
    """Show everything CLIENT ever agreed to, and this month's balance."""
    from bot.retaining import show

    asyncio.run(show(prepared(), client, as_json=as_json))


@retainers.command("change")
@click.argument("client")
@click.option("--from", "starts", required=True, help="The day from which it holds, in no closed month.")
@click.option("--hours", help="Hours a month.")
@click.option("--unit", type=int, help=UNIT)
@click.option("--carry", type=CARRY, help="What becomes of hours a month leaves.")
@click.option("--at-zero", type=AT_ZERO, help="What happens when none are left.")
@click.option("--free", help=FREE)
@AS_JSON
@refusing
def change_retainer(client: str, as_json: bool, unit: int | None, **given: str | None) -> None:
    """Have other terms hold from a day on; what is not named stays, and so do the days before."""
    from bot.retaining import change

    asyncio.run(change(prepared(), client, unit=unit, as_json=as_json, **given))


@retainers.command("end")
@click.argument("client")
@click.option("--on", "last", required=True, help="The last day of the retainer that holds then.")
@AS_JSON
@refusing
def end_retainer(client: str, last: str, as_json: bool) -> None:
    """End CLIENT's retainer."""
    from bot.retaining import end

    asyncio.run(end(prepared(), client, last, as_json=as_json))


@retainers.command("close")
@click.argument("client")
@click.option("--month", required=True, help="The month, like 2026-11; months close in their order.")
@AS_JSON
@refusing
def close_month(client: str, month: str, as_json: bool) -> None:
    """Close a month of CLIENT: nothing in it changes any more.

    The service does it by itself five working days after a month's end.
    """
    from bot.retaining import close

    asyncio.run(close(prepared(), client, month, as_json=as_json))


@retainers.command("statement")
@click.argument("client")
@MONTH
@click.option("--internal", is_flag=True, help="With references, internal notes and entry numbers of all.")
@AS_JSON
@refusing
def show_statement(client: str, month: str | None, internal: bool, as_json: bool) -> None:
    """Show the lines that add up to a month's balance, as CLIENT may see them."""
    from bot.retaining import statement

    asyncio.run(statement(prepared(), client, month, internal=internal, as_json=as_json))


@retainers.command("export")
@click.argument("client")
@MONTH
@click.option("--to", "until", help="The last month, where several are exported.")
@click.option("--internal", is_flag=True, help="Every entry with all that is kept: not for the client.")
@click.option("--out", type=click.Path(path_type=Path), help="The file; default: standard output.")
@refusing
def export_time(client: str, month: str | None, until: str | None, internal: bool, out: Path | None) -> None:
    """Write CLIENT's time as CSV: what it may see, or with --internal everything."""
    from bot.retaining import export, write

    write(asyncio.run(export(prepared(), client, month, until, internal=internal)), out)


@retainers.command("correct")
@click.argument("entry", type=int)
@click.option("--why", required=True, help="The reason, kept with the counter-entry.")
@AS_JSON
@refusing
def correct_entry(entry: int, why: str, as_json: bool) -> None:
    """Take back the time entry with that number, by a counter-entry; then log it again as it was."""
    from bot.retaining import correct

    asyncio.run(correct(prepared(), entry, why, as_json=as_json))


@retainers.command("confidential")
@click.argument("client")
@MONTH
@click.option(
    "--charge/--waive", "charged", default=None, help="Whether it is charged; until said, it is not."
)
@AS_JSON
@refusing
def decide_confidential(client: str, month: str | None, charged: bool | None, as_json: bool) -> None:
    """Say whether a month's confidential time is charged; CLIENT sees it as one line either way."""
    from bot.retaining import decide

    asyncio.run(decide(prepared(), client, month, charged=charged, as_json=as_json))
