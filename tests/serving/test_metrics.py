"""What is counted comes out as Prometheus reads it, with labels from fixed lists and nothing of people."""

import aiohttp
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.engine import URL

from bot import meters
from bot.clock import utc_now
from bot.database import Database, open_database
from bot.delivery.models import OutboxItem, WorkState
from bot.engagement.installs import Installation
from bot.serving.metrics import metrics_route
from tests.serving.conftest import Watched, free_port, served

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


async def scrape(database: Database, browser: aiohttp.ClientSession, watched: Watched) -> Samples:
    async with (
        served(metrics_route(database, watched)) as address,
        browser.get(f"{address}/metrics") as answer,
    ):
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/plain; version=")
        return read(await answer.text())


def read(text: str) -> Samples:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_counts_and_times_add_up(database: Database, browser: aiohttp.ClientSession) -> None:
    labels = (("outcome", "answer"), ("reason", "covered"))
    bucket = "vcio_answer_seconds_bucket", (("le", "0.25"),)
    before = await scrape(database, browser, Watched())
    meters.QUESTIONS.add("answer", "covered")
    meters.ANSWER_SECONDS.observe(0.2)
    meters.ANSWER_SECONDS.observe(7.0)
    after = await scrape(database, browser, Watched())
    grown = {key: value - before.get(key, 0.0) for key, value in after.items()}
    assert grown[("vcio_questions_total", labels)] == 1
    assert grown[bucket] == 1
    assert grown[("vcio_answer_seconds_bucket", (("le", "+Inf"),))] == 2
    assert grown[("vcio_answer_seconds_count", ())] == 2
    assert round(grown[("vcio_answer_seconds_sum", ())], 3) == 7.2


async def test_what_waits_and_where_we_are_installed_is_read_when_asked(
    database: Database, browser: aiohttp.ClientSession
) -> None:
    now = utc_now()
    async with database.unit_of_work() as session:
        for state in (WorkState.WAITING, WorkState.WAITING, WorkState.PARKED, WorkState.DONE):
            session.add(
                OutboxItem(
                    lane="l", kind="k", payload={}, state=state, due_at=now, created_at=now, team_id="T"
                )
            )
        for number, gone in enumerate((None, None, now)):
            session.add(_installation(f"T{number}", gone))
    found = await scrape(database, browser, Watched())

    def work(state: str) -> float:
        return found[("vcio_work", (("state", state), ("table", "outbox")))]

    assert (work("waiting"), work("parked"), work("held")) == (2, 1, 0)
    assert found[("vcio_installations", ())] == 2


async def test_slacks_state_and_the_build_are_told(
    database: Database, browser: aiohttp.ClientSession
) -> None:
    meters.SLACK_HEARD.mark()
    found = await scrape(database, browser, Watched(mode="socket", hears_slack=False))
    assert found[("vcio_slack_connected", (("mode", "socket"),))] == 0
    assert found[("vcio_slack_last_event_age_seconds", ())] >= 0
    assert any(name == "vcio_build_info" for name, _labels in found)


async def test_without_the_database_what_was_counted_is_still_told(browser: aiohttp.ClientSession) -> None:
    away = open_database(URL.create("postgresql+psycopg", "vcio", None, "127.0.0.1", free_port(), "vcio"))
    found = await scrape(away, browser, Watched())
    assert any(name == "vcio_slack_connected" for name, _labels in found)
    assert not any(name == "vcio_work" for name, _labels in found)
    await away.close()


def _installation(team_id: str, gone_at: object) -> Installation:
    return Installation(
        team_id=team_id,
        team_name="Somewhere",
        app_id="A",
        bot_id="B",
        bot_user_id="U",
        token="",
        scopes="",
        installed_by="U",
        installed_at=utc_now(),
        gone_at=gone_at,
    )
