"""`vcio clients end`: service ends on a day, with what is open listed."""

from datetime import date

import click

from bot.administration import ACTOR, opened
from bot.clock import utc_now
from bot.engagement import clients, handover, service_ends
from bot.errors import SetupError
from bot.printing import print_json
from bot.settings import Settings

NO_DAY = "--on takes a day like 2026-12-31, not {!r}."


async def end_service(
    settings: Settings, key: str, *, on: str, ask_instead: str, erases: bool, as_json: bool
) -> None:
    """Set the last day of a client's service and print what is open; raises `SetupError` for no day."""
    try:
        ends_on = date.fromisoformat(on)
    except ValueError:
        raise SetupError(NO_DAY.format(on)) from None
    now = utc_now()
    async with opened(settings) as database, database.unit_of_work() as session:
        client = await clients.require(session, key)
        end = await service_ends.set_end(
            session, client, ends_on=ends_on, ask_instead=ask_instead, erases=erases, actor=ACTOR, now=now
        )
        pack = await handover.gather(session, client)
        text = handover.written(
            pack, ends_on=end.ends_on, ask_instead=end.ask_instead, erases=end.erases, for_desk=True
        )
        told = {
            "client": client.key,
            "ends_on": end.ends_on.isoformat(),
            "ask_instead": end.ask_instead,
            "erases": end.erases,
            "open": pack.open_count,
            "kept_apart": pack.kept_apart,
        }
    if as_json:
        print_json(told)
        return
    click.echo(text)
    click.echo(
        "The running bot tells the lead and the approvers, and settles what is still open after that day."
    )
    if erases:
        click.echo(f"Data is marked to be erased: `vcio forget {key}` does it, once the pack has arrived.")
