"""The last resort of every listener: a person never meets silence or a stack trace."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, TypeVar

from bot.errors import AdvisoryError
from bot.log import get_logger, start_trace
from bot.slack import texts
from bot.slack.requests import Request

log = get_logger(__name__)
Handler = TypeVar("Handler", bound=Callable[..., Awaitable[None]])


def kindly(handler: Callable[[Any, Request], Awaitable[None]]) -> Callable[[Any, Request], Awaitable[None]]:
    """Tell the person what went wrong: an expected failure in its own words, a bug as our fault.

    The listener has acknowledged by then, so an exception would only be lost: it is logged instead.
    """

    @wraps(handler)
    async def guarded(owner: Any, request: Request) -> None:
        start_trace(request.trace)
        try:
            await handler(owner, request)
        except AdvisoryError as error:
            await request.tell(error.user_text)
        except Exception:  # whatever it is, the person hears of it and the log has it
            log.exception("listener.failed", handler=handler.__name__)
            await request.tell(texts.FAILED)

    return guarded
