"""Messages about promises: what a client is told at handoff, and what the desk is told of what is due."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.clock import utc_now
from bot.database import ReadSession
from bot.engagement import firm
from bot.engagement.desk_models import PromiseKind
from bot.engagement.models import Client, Ticket, TicketState
from bot.engagement.outlook import Outlook, read_outlook
from bot.slack import promise_texts
from bot.slack.blocks.build import message, say
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import clean, clip
from bot.workflows.on_call import words_on_call
from bot.workflows.watch_sla import BROKEN, CALL, WARNING

_NAME_CHARS = 80
_ALMOST_A_MINUTE = timedelta(minutes=1, microseconds=-1)


class Words(NamedTuple):
    """What a client is told of when they hear from a person; each empty where there is nothing to say.

    `phone` comes first, before anything else: nobody is there and work stands still.
    """

    phone: str = ""
    promise: str = ""


async def promise_words(
    session: ReadSession,
    ticket: Ticket,
    *,
    zone: str | None = None,
    on_call: bool = False,
    now: datetime | None = None,
) -> Words:
    """Return what a client is told of when they hear from a person; nothing where there is no desk.

    Times are in `zone`, the reader's, else in their client's, else in the firm's. `on_call` says that
    somebody on call is rung.
    """
    at = now or utc_now()
    outlook = await read_outlook(session, ticket, now=at)
    if outlook is None:
        return Words()
    client = await session.get_one(Client, ticket.client_id)
    clock = await _clock(session, zone or client.timezone, at)
    opens = clock(outlook.opens_at) if outlook.opens_at else None
    phone = await _phone_words(session, outlook, client, opens, on_call=on_call)
    if outlook.reply_by is None:
        return Words(phone, "" if outlook.promised else promise_texts.NO_TIME)
    # Said once: with stopped work it is said before.
    back = None if phone else opens
    # Whole minutes are counted, so that the end of a day falls some seconds short of it.
    by = clock((outlook.reply_by + _ALMOST_A_MINUTE).replace(second=0, microsecond=0))
    return Words(phone, promise_texts.reply_by(by, opens=back, hedged=outlook.hedged))


async def _phone_words(
    session: ReadSession, outlook: Outlook, client: Client, opens: str | None, *, on_call: bool
) -> str:
    if not outlook.urgent or opens is None:
        return ""
    profile = await firm.read_profile(session)
    numbers = promise_texts.numbers(
        on_call=None if on_call else words_on_call(profile.on_call),
        firm_phone=None if on_call else profile.phone,
        it_support=client.it_support,
        emergency=client.emergency_phone,
    )
    return promise_texts.called(numbers) if on_call else promise_texts.phone_now(opens, numbers)


async def _clock(session: ReadSession, zone: str | None, now: datetime) -> Callable[[datetime], str]:
    """Return how a moment is said to a reader in `zone`, in the firm's zone where that is not one."""
    known = zone is not None and _is_zone(zone)
    place = zone if known and zone else (await firm.read_calendar(session)).zone

    def said(at: datetime) -> str:
        return promise_texts.when(at, place, now=now, theirs=known)

    return said


def _is_zone(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


async def _of_desk(session: ReadSession, payload: dict[str, Any]) -> tuple[Ticket, str]:
    """Return the ticket and how the desk reads of it: a confidential one by its reference alone."""
    ticket = await session.get_one(Ticket, payload["ticket_id"])
    client = await session.get_one(Client, ticket.client_id)
    name = None if ticket.confidential else clip(" ".join(clean(client.name).split()), _NAME_CHARS)
    return ticket, promise_texts.about(ticket.reference, name)


async def _due(
    session: ReadSession, payload: dict[str, Any], words: Callable[[str, PromiseKind, str], str]
) -> Message:
    ticket, about = await _of_desk(session, payload)
    clock = await _clock(session, payload.get("zone"), utc_now())
    said = words(about, PromiseKind(payload["promise"]), clock(datetime.fromisoformat(payload["due"])))
    if not ticket.confidential:
        name = ticket.claimed_name if ticket.state is not TicketState.REQUESTED else None
        said += f" {promise_texts.holder(clip(name, _NAME_CHARS) if name else None)}"
    return message(said, say(said))


async def _warning(session: ReadSession, payload: dict[str, Any]) -> Message:
    return await _due(session, payload, promise_texts.warning)


async def _broken(session: ReadSession, payload: dict[str, Any]) -> Message:
    return await _due(session, payload, promise_texts.broken)


async def _call(session: ReadSession, payload: dict[str, Any]) -> Message:
    _ticket, about = await _of_desk(session, payload)
    said = promise_texts.call(about)
    return message(said, say(said))


PROMISE_RENDERERS: Mapping[str, Callable[[ReadSession, dict[str, Any]], Awaitable[Message]]] = {
    WARNING: _warning,
    BROKEN: _broken,
    CALL: _call,
}
