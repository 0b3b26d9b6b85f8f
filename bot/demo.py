"""`vcio demo`: the local workspace and the bot together on this machine, with two made-up clients."""

import asyncio
import importlib.util
import os
import webbrowser
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
import yaml
from pydantic import SecretStr
from sqlalchemy.engine import URL

from bot.app import Service, open_migrated
from bot.errors import SetupError
from bot.library import open_library
from bot.progress import Bar
from bot.running import stop_signal, unless_failed
from bot.settings import Settings, ignore_environment, load_settings

if TYPE_CHECKING:
    from emulator.definition import Definition
    from emulator.server import Server

MANIFEST = Path(__file__).parents[1] / "manifest.yaml"
TRIES, LAST_PORT = 50, 65535


def require_checkout() -> None:
    """Raise `SetupError` when the local workspace is not there: it is not part of the wheel."""
    if importlib.util.find_spec("emulator") is None or not MANIFEST.exists():
        raise SetupError("The local workspace comes with the source only: run `make demo` in a checkout.")


def made_up_workspace() -> "Definition":
    """Return the demo's workspace with the app exactly as `manifest.yaml` installs it."""
    require_checkout()
    from emulator.apps import described_by, noticeboard
    from emulator.seed import FIRM, demo_definition

    manifest = yaml.safe_load(MANIFEST.read_text("utf-8"))
    return replace(demo_definition(), apps=(described_by(manifest, FIRM), noticeboard(FIRM)))


def run_workspace(port: int) -> None:
    """Serve the local workspace alone until a signal."""
    asyncio.run(_serve_workspace(made_up_workspace(), port))


def run_demo(*, port: int, open_browser: bool) -> None:
    """Index, start workspace and bot, print the address, and run until a signal."""
    definition = made_up_workspace()
    # Nothing of a real installation may leak in: only the data directory is taken over.
    settings = demo_settings(definition, data_dir() / "demo", api_url="http://127.0.0.1/api/")
    click.echo("Preparing the methodology (the first time takes half a minute) ...", err=True)
    with Bar() as progress:
        open_library(settings, progress=progress, bring_up_to_date=True)
    asyncio.run(_serve_demo(definition, settings, port, open_browser=open_browser))


def data_dir() -> Path:
    """Return VCIO_DATA_DIR, whatever else the environment and `.env` say."""
    others = {name: field.default for name, field in Settings.model_fields.items() if name != "vcio_data_dir"}
    return load_settings(**others).vcio_data_dir


def demo_settings(definition: "Definition", folder: Path, *, api_url: str) -> Settings:
    """Return the settings of the demo's bot, from the workspace's definition alone."""
    return ignore_environment(
        slack_bot_token=definition.bot_token,
        slack_app_token=definition.app_token,
        slack_api_url=api_url,
        vcio_data_dir=folder,
        vcio_desk_channel=definition.desk_channel,
    )


async def _serve_workspace(definition: "Definition", port: int) -> None:
    from emulator.server import Server

    stopping = stop_signal()
    server = Server(definition)
    await _listen(server, port)
    click.echo(f"Local workspace: {server.base_url}\nWeb API for SLACK_API_URL: {server.api_url}")
    await stopping.wait()
    await server.stop()


async def _serve_demo(definition: "Definition", settings: Settings, port: int, *, open_browser: bool) -> None:
    # These need the local workspace, which is not part of the wheel.
    from bot.demo_clients import seed
    from emulator.server import Server

    stopping = stop_signal()
    server = Server(definition)
    settings = with_fresh_database(settings, await _listen(server, port))
    database = await open_migrated(settings)
    await seed(database)
    await database.close()
    service = Service(settings.isolated(slack_api_url=server.api_url))
    try:
        await service.start()
        await unless_failed(service, service.ready.wait())
        await unless_failed(service, _fill_desk(server))
        click.echo(f"\nThe demo is ready: {server.base_url}\nPress Ctrl+C to end it.")
        if open_browser and os.isatty(0):
            webbrowser.open(server.base_url)
        await unless_failed(service, stopping.wait())
    finally:
        await service.stop()
        await server.stop()


async def _fill_desk(server: "Server") -> None:
    """Let the sample people put requests on the desk; without them the demo is as good as before."""
    from bot.demo_desk import play

    try:
        await play(server)
    except TimeoutError:
        click.echo("The sample requests on the desk are not complete; all else works.", err=True)


def with_fresh_database(settings: Settings, port: int) -> Settings:
    """Return the settings with a new, empty database of their own.

    The workspace begins anew each time too: an old database would know messages that are no longer there.
    Named by the port, which is ours alone, so that demos beside each other do not take each other's work.
    """
    path = settings.vcio_data_dir / f"vcio-{port}.sqlite3"
    for old in settings.vcio_data_dir.glob(f"{path.name}*"):
        old.unlink()
    url = URL.create("sqlite", database=str(path)).render_as_string()
    return settings.isolated(vcio_database_url=SecretStr(url))


async def _listen(server: "Server", port: int) -> int:
    """Listen on `port` or the next free one, and return it; raises `SetupError` when none is."""
    last = min(port + TRIES - 1, LAST_PORT)
    for candidate in range(port, last + 1):
        try:
            await server.start(candidate)
        except OSError:
            continue
        if candidate != port:
            click.echo(f"Port {port} is taken; using {candidate}.", err=True)
        return candidate
    raise SetupError(f"No port from {port} to {last} is free: name another with --port.")
