"""`vcio firm`: show, set and confirm what the firm says of itself; the articles then speak the new terms."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click

from bot.administration import opened
from bot.clock import utc_now
from bot.engagement import firm
from bot.engagement.firm import FirmProfile
from bot.engagement.firm_fields import FIELDS, find_field, find_term, parse_field
from bot.engagement.models import Term
from bot.engagement.terms import Stated, Terms, confirm_terms, read_terms, state_term, unconfirmed
from bot.errors import SetupError
from bot.library import load_embedder, sync_articles
from bot.printing import print_json
from bot.progress import Bar
from bot.settings import Settings
from ingest.report import Action
from knowledge.errors import KnowledgeError
from knowledge.scope import METHODOLOGY
from knowledge.store import open_shelf

ACTOR = "command line"
LABELS = {"email": "e-mail", "on_call": "on call", "timezone": "time zone", "hours": "working hours"}
WIDTH = 16
# What working time is counted by.
COUNTED = frozenset({"timezone", "hours", "holidays"})


def show_profile(settings: Settings, *, as_json: bool) -> None:
    """Print the profile and the terms."""
    profile, terms = asyncio.run(_read(settings))
    if as_json:
        print_json(_fields(profile) | {"terms": {term: _term(stated) for term, stated in terms.items()}})
        return
    for field in FIELDS:
        click.echo(f"{LABELS.get(field, field):<{WIDTH}} {_shown(profile, field, settings)}")
    click.echo()
    for term, stated in terms.items():
        click.echo(_term_line(term, stated))
    if unconfirmed(terms):
        click.echo(
            '\nA term not confirmed is spoken of as "our usual terms; your agreement prevails". '
            "Confirm it with `vcio firm confirm TERM`."
        )


def set_field(settings: Settings, field: str, value: str, *, source: str | None, confirm: bool) -> None:
    """Store one field or term; a term is also put into the articles. Raises what names value and cure."""
    name = find_field(field)
    if source is not None and name != "benchmark":
        raise SetupError(f"--source says where the benchmark comes from, and {name} has none: leave it out.")
    if name in FIELDS:
        if confirm:
            raise SetupError(f"--confirm is for terms ({', '.join(Term)}), and {name} is none: leave it out.")
        changes = _changes(settings, name, value, source)
        profile = asyncio.run(_change(settings, changes))
        click.echo(f"{LABELS.get(name, name):<{WIDTH}} {_shown(profile, name, settings)}")
        if name == "hours":
            # The promise of a first reply is counted in them, and says so.
            _speak(settings)
        return
    stated = asyncio.run(_state(settings, Term(name), value, confirm=confirm))
    click.echo(_term_line(Term(name), stated))
    _speak(settings)


def confirm_named(settings: Settings, names: Sequence[str], *, everything: bool) -> None:
    """Confirm the terms named, or every one, and put them into the articles."""
    if everything == bool(names):
        raise SetupError(f"Name the terms to confirm ({', '.join(Term)}), or give --all.")
    wanted = tuple(Term) if everything else tuple(find_term(name) for name in names)
    terms = asyncio.run(_confirm(settings, wanted))
    for term in dict.fromkeys(wanted):
        click.echo(_term_line(term, terms[term]))
    _speak(settings)


def _changes(settings: Settings, name: str, value: str, source: str | None) -> dict[str, Any]:
    """Return what setting a field changes; raises when the setting would not last or say enough."""
    parsed = parse_field(name, value)
    if name == "name" and settings.vcio_firm_name is not None:
        raise SetupError(
            f"VCIO_FIRM_NAME is set to {settings.vcio_firm_name!r} and wins over {value!r}: change it there."
        )
    if name != "benchmark":
        return {name: parsed}
    said = parse_field("name", source or "")
    if (said is None) != (parsed is None):
        raise SetupError(
            f"The benchmark {value!r} is worth what its source is: name it with --source, "
            'or take both away with `vcio firm set benchmark ""`.'
        )
    return {"benchmark": parsed, "benchmark_source": said}


async def _read(settings: Settings) -> tuple[FirmProfile, Terms]:
    async with opened(settings) as database, database.read() as session:
        return await firm.read_profile(session), await read_terms(session)


async def _change(settings: Settings, changes: dict[str, Any]) -> FirmProfile:
    """Store changes; raises `AdvisoryError` where nobody would ever be there after them."""
    async with opened(settings) as database, database.unit_of_work() as session:
        profile = await firm.change_profile(session, **changes)
        if changes.keys() & COUNTED:
            (await firm.read_calendar(session)).next_open(utc_now())
        return profile


async def _state(settings: Settings, term: Term, value: str, *, confirm: bool) -> Stated:
    async with opened(settings) as database, database.unit_of_work() as session:
        return await state_term(session, term, value, confirmed=confirm, actor=ACTOR, now=utc_now())


async def _confirm(settings: Settings, wanted: Sequence[Term]) -> Terms:
    async with opened(settings) as database:
        async with database.unit_of_work() as session:
            await confirm_terms(session, wanted, actor=ACTOR, now=utc_now())
        async with database.read() as session:
            return await read_terms(session)


def _speak(settings: Settings) -> None:
    """Put the terms into the index, where there is one; a bot that runs reads it within seconds."""
    try:
        if open_shelf(settings.vcio_data_dir, settings.vcio_chroma_url).current(METHODOLOGY) is None:
            return
        with Bar() as progress:
            report = sync_articles(settings, load_embedder(settings, progress), progress=progress)
    except (KnowledgeError, SetupError) as error:
        raise SetupError(
            f"The term is stored, but the articles do not say it yet. {error} "
            "Then run `vcio ingest`, which puts it into them."
        ) from error
    if changed := report.count(Action.INDEXED):
        click.echo(f"The articles say so now: {changed} indexed again.")


def _fields(profile: FirmProfile) -> dict[str, Any]:
    kept = asdict(profile)
    return {field: kept[field] for field in FIELDS} | {"benchmark_source": profile.benchmark_source}


def _term(stated: Stated) -> dict[str, Any]:
    at = stated.confirmed_at
    return {
        "value": stated.value,
        "origin": stated.origin,
        "confirmed": at is not None,
        "confirmed_at": at.isoformat(timespec="seconds") if at else None,
    }


def _term_line(term: Term, stated: Stated) -> str:
    state = f"confirmed {stated.confirmed_at:%Y-%m-%d}" if stated.confirmed_at else "not confirmed"
    return f"{term:<{WIDTH}} {stated.value} ({state})"


def _shown(profile: FirmProfile, field: str, settings: Settings) -> str:
    value = asdict(profile)[field]
    if field == "benchmark" and value is not None:
        return f"{value:,} {profile.currency or '(no currency set)'} a year ({profile.benchmark_source})"
    if value is not None:
        return str(value)
    until_then = {
        "name": ("VCIO_FIRM_NAME", settings.vcio_firm_name),
        "timezone": ("VCIO_TIMEZONE", settings.vcio_timezone),
        "holidays": ("VCIO_COUNTRY", settings.vcio_country),
    }
    setting, holds = until_then.get(field, ("", None))
    return f"not set ({setting} holds: {holds})" if holds else "not set"
