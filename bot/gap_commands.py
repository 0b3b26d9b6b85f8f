"""`vcio gaps`: what the methodology lacks, who mends it, and by what it was closed."""

import asyncio

import click

from bot.command_line import OneLineGroup, prepared, refusing

NUMBER = click.IntRange(1, 2**62)


@click.group(cls=OneLineGroup, invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
@refusing
def gaps(context: click.Context, as_json: bool) -> None:
    """What was asked and not covered or not answered well; by what it is about, without names."""
    from bot.gap_listing import show_gaps

    if context.invoked_subcommand is None:
        asyncio.run(show_gaps(prepared(), everything=False, as_json=as_json))


@gaps.command("list")
@click.option("--all", "everything", is_flag=True, help="Also those closed and set aside.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def list_gaps(everything: bool, as_json: bool) -> None:
    """List the gaps to be mended, those with most questions first."""
    from bot.gap_listing import show_gaps

    asyncio.run(show_gaps(prepared(), everything=everything, as_json=as_json))


@gaps.command("show")
@click.argument("gap", metavar="ID", type=NUMBER)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def show_gap(gap: int, as_json: bool) -> None:
    """Show one gap with its questions."""
    from bot.gap_listing import show_gap as show

    asyncio.run(show(prepared(), gap, as_json=as_json))


@gaps.command("assign")
@click.argument("gap", metavar="ID", type=NUMBER)
@click.argument("consultant")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def assign_gap(gap: int, consultant: str, as_json: bool) -> None:
    """Give a gap to CONSULTANT, a user id or name; also from who has it."""
    from bot.gap_listing import assign_gap as assign

    asyncio.run(assign(prepared(), gap, consultant, as_json=as_json))


@gaps.command("close")
@click.argument("gap", metavar="ID", type=NUMBER)
@click.option("--article", required=True, help="The article that covers it now, by its slug.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def close_gap(gap: int, article: str, as_json: bool) -> None:
    """Say which article closes a gap; what is asked like it afterwards is a new one."""
    from bot.gap_listing import close_gap as close

    asyncio.run(close(prepared(), gap, article, as_json=as_json))


@gaps.command("dismiss")
@click.argument("gap", metavar="ID", type=NUMBER)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def dismiss_gap(gap: int, as_json: bool) -> None:
    """Set a gap aside, with what is asked like it from now on."""
    from bot.gap_listing import dismiss_gap as dismiss

    asyncio.run(dismiss(prepared(), gap, as_json=as_json))
