"""Alive is alive; ready is the database, the index and the intake, and never Slack."""

import aiohttp
from sqlalchemy.engine import URL

from bot.database import Database, open_database
from bot.serving.probes import probe_routes
from tests.serving.conftest import Watched, free_port, served


async def test_all_is_well(database: Database, browser: aiohttp.ClientSession) -> None:
    async with served(*probe_routes(database, Watched())) as address:
        async with browser.get(f"{address}/healthz") as answer:
            assert answer.status == 200
        async with browser.get(f"{address}/readyz") as answer:
            assert answer.status == 200
            body = await answer.json()
    assert body["ready"] is True
    assert body["missing"] == []


async def test_what_is_missing_is_named(database: Database, browser: aiohttp.ClientSession) -> None:
    watched = Watched(missing=["intake", "index"])
    async with (
        served(*probe_routes(database, watched)) as address,
        browser.get(f"{address}/readyz") as answer,
    ):
        assert answer.status == 503
        body = await answer.json()
    assert (body["ready"], body["missing"]) == (False, ["index", "intake"])


async def test_without_slack_it_is_ready_and_says_so_in_the_body(
    database: Database, browser: aiohttp.ClientSession
) -> None:
    watched = Watched(mode="socket", hears_slack=False)
    async with (
        served(*probe_routes(database, watched)) as address,
        browser.get(f"{address}/readyz") as answer,
    ):
        assert answer.status == 200
        slack = (await answer.json())["slack"]
    assert (slack["mode"], slack["connected"]) == ("socket", False)


async def test_without_its_database_it_is_alive_and_not_ready(browser: aiohttp.ClientSession) -> None:
    away = open_database(URL.create("postgresql+psycopg", "vcio", None, "127.0.0.1", free_port(), "vcio"))
    async with served(*probe_routes(away, Watched())) as address:
        async with browser.get(f"{address}/healthz") as answer:
            assert answer.status == 200
        async with browser.get(f"{address}/readyz") as answer:
            assert answer.status == 503
            assert (await answer.json())["missing"] == ["database"]
    await away.close()
