"""`vcio clients end`."""

import asyncio

import click

from bot.command_line import prepared, refusing


@click.command("end")
@click.argument("key")
@click.option("--on", required=True, metavar="DATE", help="The last day of service, like 2026-12-31.")
@click.option("--ask-instead", required=True, metavar="WORDS", help="Whom its people ask from then on.")
@click.option("--erase", "erases", is_flag=True, help="Its data is to be erased afterwards; default: kept.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def end(key: str, on: str, ask_instead: str, erases: bool, as_json: bool) -> None:
    """End a client's service on a day: print what is open, and hand it over.

    What is still open after that day is closed, its people are told whom to ask now, and nobody is written to
    unasked. Said again it changes the day or the words. --erase marks the data: `vcio forget` erases it.
    """
    from bot.ending import end_service

    asyncio.run(end_service(prepared(), key, on=on, ask_instead=ask_instead, erases=erases, as_json=as_json))
