"""Whether the installations in other workspaces can be used, as `vcio doctor` tells it."""

from collections.abc import Iterator

from sqlalchemy import select

from bot.database import Database
from bot.engagement.installs import Installation
from bot.finding import Finding
from bot.settings import MAKE_KEY, Settings
from bot.slack.scopes import NEEDED_SCOPES
from bot.slack.sealing import Seal, SealBrokenError


def serves_many(settings: Settings) -> bool:
    """Whether the app may be installed in more workspaces than that of SLACK_BOT_TOKEN."""
    return bool(settings.slack_client_id and settings.slack_client_secret and settings.encryption_keys)


def oauth_finding(settings: Settings) -> Finding | None:
    """Return what is wrong with the three OAuth variables, or that they are set; None when none is."""
    values = {
        "SLACK_CLIENT_ID": settings.slack_client_id,
        "SLACK_CLIENT_SECRET": settings.slack_client_secret,
        "VCIO_ENCRYPTION_KEY": settings.encryption_keys,
    }
    missing = [name for name, value in values.items() if not value]
    if not missing:
        return Finding("OAuth", "set up")
    if settings.slack_client_id is None and settings.slack_client_secret is None:
        return None
    cure = "Set all three: id and secret are on the app's Basic Information page"
    cure += f", and a key is made with `{MAKE_KEY}`." if "VCIO_ENCRYPTION_KEY" in missing else "."
    return Finding("OAuth", f"half set: {' and '.join(missing)} missing", cure, blocking=True)


async def installation_findings(settings: Settings, database: Database) -> list[Finding]:
    """Return a finding for each workspace the app was installed in."""
    async with database.read() as session:
        rows = list(await session.scalars(select(Installation).order_by(Installation.installed_at)))
    if rows and not settings.encryption_keys:
        cure = "Set VCIO_ENCRYPTION_KEY to the key they were stored with, or have the app installed anew."
        return [Finding("installations", f"{len(rows)} stored, and no key to read them", cure, blocking=True)]
    return [_finding(row, Seal(settings.encryption_keys)) for row in rows]


def _finding(row: Installation, seal: Seal) -> Finding:
    check = f"installation {row.team_name} ({row.team_id})"
    since = f"since {row.installed_at:%Y-%m-%d}"
    if row.gone_at is not None:
        cure = "If it is still to be served, have the app installed there again from /slack/install."
        return Finding(check, f"{since}, gone since {row.gone_at:%Y-%m-%d}", cure)
    problems = list(_problems(row, seal))
    if not problems:
        return Finding(check, f"{since}, in use")
    return Finding(
        check, ", ".join((since, *(what for what, _cure in problems))), " ".join(c for _what, c in problems)
    )


def _problems(row: Installation, seal: Seal) -> Iterator[tuple[str, str]]:
    """What keeps an installation from being used in full, each with its cure."""
    try:
        seal.open(row.token)
    except SealBrokenError:
        yield (
            "its token cannot be read",
            "Put the key it was stored with behind the present one in VCIO_ENCRYPTION_KEY, separated by a "
            "comma, or have the app installed there again.",
        )
    missing = NEEDED_SCOPES - set(row.scopes.split(","))
    if missing:
        yield (
            f"missing {', '.join(sorted(missing))}",
            "Have the app installed there again from /slack/install, which asks for them.",
        )
