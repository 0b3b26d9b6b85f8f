"""`vcio report`: a client's month as PDF, pictures and figures, from the terminal."""

import json
from pathlib import Path

import click

from bot.administration import opened
from bot.clock import utc_now
from bot.engagement import clients, firm
from bot.engagement.dates import month_before, month_of, month_words, parse_month, today_in
from bot.engagement.reports import Figures
from bot.errors import AdvisoryError, SetupError
from bot.packs import wording
from bot.packs.make import make_pack
from bot.printing import print_json
from bot.settings import Settings
from bot.workflows.gather_pack import gather


async def report(settings: Settings, key: str, month: str | None, out: Path, *, as_json: bool) -> None:
    """Write a client's pack into `out` and say where; without a month, the last that is over."""
    figures = await _figures(settings, key, month)
    made, name = make_pack(figures), f"{key}-{figures.month:%Y-%m}"
    files = {f"{name}.pdf": made.pdf}
    files |= {f"{name}-{chart.name}.png": chart.png for chart in made.charts}
    told = figures.to_json() | {"pictures": {chart.name: chart.alt for chart in made.charts}}
    files[f"{name}.json"] = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    _write(out, files)
    if as_json:
        print_json(told | {"files": [str(out / file) for file in files]})
        return
    click.echo(wording.title(figures))
    for name, said in wording.glance(figures):
        click.echo(f"{name:<12} {said}")
    for file in files:
        click.echo(f"written      {out / file}")


def _write(out: Path, files: dict[str, bytes]) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        for file, content in files.items():
            (out / file).write_bytes(content)
    except OSError as error:
        raise SetupError(
            f"The pack cannot be written to {str(out)!r} ({error.strerror}): name another folder with --out."
        ) from error


async def _figures(settings: Settings, key: str, text: str | None) -> Figures:
    now = utc_now()
    async with opened(settings) as database, database.read() as session:
        client = await clients.require(session, key)
        calendar = await firm.read_calendar(session)
        this = month_of(today_in(client.timezone or calendar.zone, now))
        month = parse_month(text) if text else month_before(this)
        if month > this:
            raise AdvisoryError(f"{month_words(month)} has not begun: there is nothing to report yet.")
        return await gather(session, client, month, now=now)
