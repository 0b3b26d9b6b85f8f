"""What a card says of the promises made about its ticket."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.engagement.desk_models import Promise, PromiseKind
from bot.slack import ticket_texts as said
from bot.slack.blocks.text import moment

# A weekday alone says which day is meant for less than a week.
_SAME_WEEK = timedelta(days=6)


def promise_lines(
    promises: Sequence[Promise], zone: str | None, idle: Collection[PromiseKind] = ()
) -> tuple[str, ...]:
    """Return a line of mrkdwn for the last promise of each kind, times in `zone`, else in the reader's.

    Those of the kinds `idle` ended without being kept, because nothing was wanted any more.
    """
    last = {promise.kind: promise for promise in promises if promise.kind not in idle}
    lines = [_line(last[kind], zone) for kind in PromiseKind if kind in last]
    return tuple(line for line in lines if line)


def _line(promise: Promise, zone: str | None) -> str:
    name = said.PROMISES[promise.kind]
    if promise.kept_at is not None:
        # A next reply is promised again and again; only the one that is due matters.
        return "" if promise.kind is PromiseKind.NEXT_REPLY else said.kept(name)
    if promise.due_at is None:
        return said.paused(name)
    at = _said_at(promise.due_at, promise.started_at, zone)
    return said.overdue(name, at) if promise.broken_at is not None else said.due(name, at)


def _said_at(at: datetime, since: datetime, zone: str | None) -> str:
    if zone is None:
        return moment(at)
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%a %H:%M}" if at - since < _SAME_WEEK else f"{local:%a %d %b %H:%M}"
