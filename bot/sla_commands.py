"""`vcio clients sla`: what a client is promised, from the terminal."""

import click

from bot.command_line import prepared, refusing

URGENCIES = click.Choice(["can-wait", "today", "work-stopped"])


@click.command("sla")
@click.argument("key")
@click.option("--urgency", type=URGENCIES, help="For requests this urgent alone; default: for all.")
@click.option("--first", "first_reply", help="Working time until the first reply, like 4h.")
@click.option("--next", "next_reply", help="Working time until each later reply, like 1d.")
@click.option("--resolution", help="Working time until it is resolved, like 3d; waiting for them stops it.")
@click.option("--none", "nothing", is_flag=True, help="Promise nothing: an explicit no SLA.")
@click.option("--reset", is_flag=True, help="Take this away: what is more general holds again.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def sla(
    key: str, urgency: str | None, nothing: bool, reset: bool, as_json: bool, **times: str | None
) -> None:
    """Show what the client KEY is promised, or change it.

    Times are working time of the firm's hours: 30m, 4h, 3d. What is not named stays; "none" takes one away.
    Requests that run already keep what they were promised.
    """
    from bot.promising import promise

    promise(prepared(), key, urgency, times, nothing=nothing, reset=reset, as_json=as_json)
