"""The last resort of every listener: a person never meets silence or a stack trace."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from bot.errors import AdvisoryError
from bot.log import get_logger, start_trace
from bot.slack import texts
from bot.slack.requests import Request

log = get_logger(__name__)
# What a form is acknowledged with.
Answer = dict[str, Any]


def kindly_at(
    block_id: str | None, otherwise: str
) -> Callable[[Callable[[Any, Request], Awaitable[Answer]]], Callable[[Any, Request], Awaitable[Answer]]]:
    """Say at a form's field (its first, where none is named) what went wrong, so that it stays open."""

    def wrap(handler: Callable[[Any, Request], Awaitable[Answer]]) -> Callable[..., Awaitable[Answer]]:
        @wraps(handler)
        async def guarded(owner: Any, request: Request) -> Answer:
            start_trace(request.trace)
            try:
                return await handler(owner, request)
            except AdvisoryError as error:
                return field_error(block_id or first_field(request.body), error.user_text)
            except Exception:  # whatever it is, what was typed must not be lost
                log.exception("form.failed", handler=handler.__name__)
                return field_error(block_id or first_field(request.body), otherwise)

        return guarded

    return wrap


def field_error(block_id: str, sentence: str) -> Answer:
    """Return the answer to a form that shows `sentence` at one of its fields."""
    return {"response_action": "errors", "errors": {block_id: sentence}}


def first_field(body: dict[str, Any]) -> str:
    """Return the block id of a form's first field, where a sentence about the whole form stands."""
    blocks = (body.get("view") or {}).get("blocks") or ()
    return next((str(block["block_id"]) for block in blocks if block.get("type") == "input"), "")


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
