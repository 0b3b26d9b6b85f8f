"""/metrics: what was counted, and what waits now, as Prometheus reads it."""

import platform
from collections.abc import AsyncIterator, Callable, Iterator
from importlib.metadata import version

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot import meters
from bot.answering.endings import MILLION, Whose
from bot.answering.spending import NO_BUDGETS, Budgets, all_used_up, month_by_client
from bot.answering.supported import Verdict
from bot.clock import utc_now
from bot.database import Database, ReadSession
from bot.delivery.models import InboxItem, OutboxItem, WorkState
from bot.engagement.installs import Installation
from bot.log import get_logger
from bot.serving.application import get_route
from bot.serving.probes import Watched

log = get_logger(__name__)
UNFINISHED = (WorkState.WAITING, WorkState.PARKED, WorkState.HELD)


def metrics_route(database: Database, watched: Watched, budgets: Budgets = NO_BUDGETS) -> Route:
    """Return /metrics, with a registry of its own; `budgets` are those of the language model."""

    async def metrics(_request: Request) -> Response:
        try:
            rows = await _rows(database, budgets)
        except SQLAlchemyError:
            # What was counted in memory is worth more than ever while the database is away.
            log.exception("metrics.partial")
            rows = []
        registry = CollectorRegistry(auto_describe=False)
        ProcessCollector(registry=registry)
        registry.register(
            _Collected(lambda: [*_counted(), *_timed(), *_removed(), *_slack(watched), *rows, _build()])
        )
        return PlainTextResponse(generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return get_route("/metrics", metrics)


class _Collected(Collector):
    """Families of one moment, as the registry wants to be given them."""

    def __init__(self, families: Callable[[], list[Metric]]) -> None:
        self._families = families

    def collect(self) -> Iterator[Metric]:
        yield from self._families()


def _counted() -> Iterator[Metric]:
    for counter in meters.COUNTERS:
        family = CounterMetricFamily(counter.name, counter.help, labels=counter.labels)
        for labels, value in counter.values.items():
            family.add_metric(labels, value)
        yield family


def _timed() -> Iterator[Metric]:
    for timer in meters.TIMERS:
        family = HistogramMetricFamily(timer.name, timer.help, labels=timer.labels)
        for labels, sums in timer.values.items():
            family.add_metric(labels, list(_buckets(timer.bounds, sums.counts)), sums.seconds)
        yield family


def _buckets(bounds: tuple[float, ...], counts: list[int]) -> Iterator[tuple[str, int]]:
    """Prometheus counts all that is at most a bound, we count between bounds."""
    total = 0
    for bound, count in zip([*map(str, bounds), "+Inf"], counts, strict=True):
        total += count
        yield bound, total


def _slack(watched: Watched) -> Iterator[Metric]:
    connected = GaugeMetricFamily(
        "vcio_slack_connected", "Whether requests of Slack can arrive.", labels=["mode"]
    )
    connected.add_metric([watched.mode], float(watched.hears_slack))
    yield connected
    heard = meters.SLACK_HEARD.seconds_ago
    if heard is not None:
        name = "vcio_slack_last_event_age_seconds"
        yield GaugeMetricFamily(name, "Seconds since Slack last sent something.", value=heard)


async def _rows(database: Database, budgets: Budgets) -> list[Metric]:
    """What only the database knows; it counts for all replicas together."""
    work = GaugeMetricFamily("vcio_work", "Rows not finished.", labels=["table", "state"])
    async with database.read() as session:
        for table in (InboxItem, OutboxItem):
            query = select(table.state, func.count()).where(table.state.in_(UNFINISHED)).group_by(table.state)
            found = dict((await session.execute(query)).tuples().all())
            for state in UNFINISHED:
                work.add_metric([table.__tablename__, state.value], found.get(state, 0))
        installed = select(func.count()).select_from(Installation).where(Installation.gone_at.is_(None))
        count = await session.scalar(installed)
        spent = [metric async for metric in _spent(session, budgets)]
    installs = GaugeMetricFamily("vcio_installations", "Workspaces installed by OAuth.", value=count or 0)
    return [work, installs, *spent]


async def _spent(session: ReadSession, budgets: Budgets) -> AsyncIterator[Metric]:
    """Yield what a language model took this month, and how many may not ask it any more."""
    day = utc_now().date()
    used = (await month_by_client(session, day)).values()
    tokens, cost = sum(each.tokens for each in used), sum(each.cost for each in used) / MILLION
    yield GaugeMetricFamily("vcio_llm_month_tokens", "Tokens of this month.", value=tokens)
    told = "Cost of this month, in the currency of the price."
    yield GaugeMetricFamily("vcio_llm_month_cost", told, value=cost)
    gone = await all_used_up(session, budgets, day)
    told = "People today and clients this month whose budget is used up; month: 1 where that of all is."
    family = GaugeMetricFamily("vcio_llm_budgets_used_up", told, labels=["budget"])
    for whose, count in ((Whose.PERSON, gone.people), (Whose.CLIENT, gone.clients), (Whose.MONTH, gone.all)):
        family.add_metric([whose.value], float(count))
    yield family


def _removed() -> Iterator[Metric]:
    """Yield the share of a model's sentences that were left out, once there were any."""
    by_verdict = meters.SENTENCES.values
    if said := sum(by_verdict.values()):
        kept = by_verdict.get((Verdict.SUPPORTED.value,), 0)
        told = "Share of a language model's sentences that were not shown, since the start."
        yield GaugeMetricFamily("vcio_composed_removed_share", told, value=1 - kept / said)


def _build() -> Metric:
    build = GaugeMetricFamily("vcio_build_info", "What runs here.", labels=["version", "python"])
    build.add_metric([version("virtual-cio"), platform.python_version()], 1)
    return build
