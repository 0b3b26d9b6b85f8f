"""`vcio doctor`: what is wrong with an installation, and how to mend it."""

from collections.abc import AsyncIterator
from dataclasses import asdict

import click

from bot import migrations
from bot.clock import utc_now
from bot.database import Database, check_connection, ensure_writable, open_database
from bot.engagement.calendar import HOURS, Calendar, has_holidays
from bot.engagement.firm import read_profile
from bot.engagement.terms import read_terms, unconfirmed
from bot.errors import AdvisoryError, SetupError
from bot.finding import Finding
from bot.library import models_dir, open_library
from bot.model_health import model_finding, spent_finding
from bot.printing import print_json
from bot.settings import Settings, load_settings
from bot.slack.health import slack_findings
from knowledge.errors import KnowledgeError
from knowledge.scope import METHODOLOGY
from knowledge.store import open_shelf


async def examine(*, as_json: bool) -> bool:
    """Print every finding; true when one of them blocks."""
    findings = [finding async for finding in _findings()]
    blocked = any(finding.blocking for finding in findings)
    if as_json:
        print_json({"ready": not blocked, "findings": [asdict(finding) for finding in findings]})
        return blocked
    for finding in findings:
        mark = "BLOCKS" if finding.blocking else ("mend" if finding.cure else "ok")
        click.echo(f"{mark:<7} {finding.check}: {finding.state}")
        if finding.cure:
            click.echo(f"        {finding.cure}")
    click.echo("not ready" if blocked else "ready")
    return blocked


async def _findings() -> AsyncIterator[Finding]:
    try:
        settings = load_settings()
        ensure_writable(settings.vcio_data_dir)
    except SetupError as error:
        yield Finding("settings", "not usable", str(error), blocking=True)
        return
    yield Finding("settings", f"data directory {str(settings.vcio_data_dir)!r} is writable")
    yield _index(settings)
    if (model := model_finding(settings)) is not None:
        yield model
    database = open_database(settings.database_url, settings.executor_id)
    try:
        finding = await _database(database, settings)
        yield finding
        if not finding.blocking:
            yield await _terms(database)
            async for spent in spent_finding(settings, database):
                yield spent
            async for hours in _hours(database, settings):
                yield hours
            async for slack in slack_findings(settings, database):
                yield slack
    finally:
        await database.close()


def _index(settings: Settings) -> Finding:
    """Open the index as the bot would, when there is one: only so is damage seen."""
    try:
        version = open_shelf(settings.vcio_data_dir, settings.vcio_chroma_url).current(METHODOLOGY)
        if version is None:
            model = "exported" if models_dir(settings).exists() else "exported first"
            return Finding("index", f"none yet; it is built at the first start (model {model})")
        articles = len(open_library(settings).store.articles(METHODOLOGY))
    except (KnowledgeError, SetupError) as error:
        return Finding("index", "not usable", str(error), blocking=True)
    return Finding("index", f"{articles} documents in the methodology, version {version}")


async def _terms(database: Database) -> Finding:
    """Say which terms nobody has confirmed: the bot works, and hedges wherever it speaks of them."""
    async with database.read() as session:
        missing = unconfirmed(await read_terms(session))
    if not missing:
        return Finding("firm's terms", "all confirmed")
    return Finding(
        "firm's terms",
        f"not confirmed: {', '.join(missing)}",
        'Answers add "our usual terms; your agreement prevails". Read them with `vcio firm show`, then run '
        "`vcio firm confirm --all`, or `vcio firm set` where yours differ.",
    )


async def _hours(database: Database, settings: Settings) -> AsyncIterator[Finding]:
    """Say where nothing can be promised because nobody is ever there, or holidays are not known."""
    async with database.read() as session:
        profile = await read_profile(session)
    country = profile.holidays or settings.vcio_country
    calendar = Calendar(profile.timezone or settings.vcio_timezone, profile.hours or HOURS, country)
    try:
        calendar.next_open(utc_now())
    except AdvisoryError as error:
        yield Finding("working hours", "nobody is ever there", str(error), blocking=True)
    if not has_holidays(country):
        cure = "Working time counts none. Set the country with `vcio firm set holidays GB`."
        yield Finding("working hours", f"no holidays are known of {country!r}", cure)


async def _database(database: Database, settings: Settings) -> Finding:
    try:
        await check_connection(database)
        current = await migrations.is_current(database)
    except SetupError as error:
        return Finding("database", "not usable", str(error), blocking=True)
    if current:
        return Finding("database", f"{database.engine.dialect.name}, up to date")
    if settings.vcio_auto_migrate:
        await migrations.upgrade(database)
        return Finding("database", f"{database.engine.dialect.name}, brought up to date now")
    return Finding("database", "behind", "Run `vcio migrate`.", blocking=True)
