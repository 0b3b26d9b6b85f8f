"""`vcio forget`: erase what we hold of a person or a client, with the proof."""

from dataclasses import asdict

import click

from bot.administration import opened
from bot.clock import utc_now
from bot.engagement import clients
from bot.printing import print_json
from bot.roster import ACTOR, require_person
from bot.settings import Settings
from bot.workflows.forget import Forgotten, forget_client, forget_person
from knowledge.scope import client_scope
from knowledge.store import open_shelf


async def forget(settings: Settings, given: str, *, as_json: bool) -> None:
    """Erase a person, or a client with all its people and documents; print what is gone and what stays."""
    now = utc_now()
    async with opened(settings) as database, database.unit_of_work() as session:
        client = await clients.find(session, given)
        if client is None:
            person = await require_person(session, given)
            done = await forget_person(session, person, actor=ACTOR, now=now)
        else:
            done = await forget_client(session, client, actor=ACTOR, now=now)
    documents = client is not None and _drop(settings, given)
    _report(done, documents=documents, as_json=as_json)


def _drop(settings: Settings, key: str) -> bool:
    return open_shelf(settings.vcio_data_dir, settings.vcio_chroma_url).drop(client_scope(key))


def _report(done: Forgotten, *, documents: bool, as_json: bool) -> None:
    gone = dict(done.gone) | ({"document index": 1} if documents else {})
    if as_json:
        print_json(asdict(done) | {"gone": gone})
        return
    click.echo(f"Forgotten: {done.who}")
    for what, count in gone.items():
        click.echo(f"  gone  {count:>6}  {what}")
    for why in done.kept:
        click.echo(f"  kept  {why}")
    for where, count in done.traces.items():
        click.echo(f"  look  {count} in {where}: the name or id stands in what somebody else wrote")
    if not done.traces:
        click.echo("  proof neither the id nor the name is found in any column of the database")
