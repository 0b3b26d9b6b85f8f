"""Calls to Slack's Web API, with its errors translated into ours."""

from collections.abc import Awaitable
from typing import Any, TypeVar
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import DeliveryError

T = TypeVar("T")
CALL_SECONDS = 30
# Slack's answers after which the same call cannot succeed (docs.slack.dev/reference/methods).
GONE = frozenset(
    {
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "restricted_action",
        "thread_locked",
        "messages_tab_disabled",
        "user_not_found",
        "user_not_visible",
        "user_disabled",
        "cannot_dm_bot",
        "message_not_found",
        "cant_update_message",
        "edit_window_closed",
        "thread_not_found",
    }
)
# Of these, the ones about the conversation rather than the person.
PLACE_GONE = GONE - {
    "user_not_found",
    "user_not_visible",
    "user_disabled",
    "cannot_dm_bot",
    "message_not_found",
}
TENANT_GONE = frozenset(
    {
        "token_revoked",
        "account_inactive",
        "invalid_auth",
        "token_expired",
        "not_authed",
    }
)
OUR_MISTAKE = frozenset(
    {
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_too_long",
        "msg_blocks_too_long",
        "no_text",
        "invalid_arguments",
        "invalid_metadata_format",
        "metadata_too_large",
        "view_too_large",
    }
)
# What a reinstall or a new token mends; looked at again every five minutes.
MENDABLE = frozenset({"missing_scope", "not_allowed_token_type"})
MEND_SECONDS = 300.0
MAYBE_WRITTEN = frozenset(
    {
        "service_unavailable",
        "internal_error",
        "fatal_error",
        "request_timeout",
    }
)


class SlackError(DeliveryError):
    """Slack said no: `code` is its own word for it."""

    def __init__(self, code: str, method: str, **facts: Any) -> None:
        super().__init__(f"Slack refused {method}: {code}", **facts)
        self.code = code


class Client(AsyncWebClient):
    """A client that never retries by itself: a retried post may post twice."""

    def __init__(
        self, token: str | None, base_url: str, session: aiohttp.ClientSession | None = None
    ) -> None:
        super().__init__(
            token=token, base_url=base_url, timeout=CALL_SECONDS, session=session, retry_handlers=[]
        )
        self.proxy = proxy_for(base_url, self.proxy)


def proxy_for(url: str, proxy: str | None) -> str | None:
    """Return the proxy for `url`: none for local ones and where NO_PROXY says so, which the SDK ignores."""
    host = urlsplit(url).hostname or ""
    is_local = host == "localhost" or host.startswith("127.") or host == "::1"
    return None if is_local or proxy_bypass(host) else proxy


async def call(response: Awaitable[T], method: str) -> T:
    """Await a call and translate its failure; raises `SlackError` or `DeliveryError`."""
    try:
        return await response
    except SlackApiError as error:
        raise translated(error, method) from error
    except (aiohttp.ClientError, TimeoutError, SlackClientError, OSError) as error:
        raise DeliveryError(f"Slack did not answer {method}: {type(error).__name__}") from error


def code_of(error: SlackApiError) -> str:
    """Return Slack's own word for what went wrong."""
    response = error.response
    data = response.data if isinstance(response, AsyncSlackResponse) else response
    said = str((data.get("error") if isinstance(data, dict) else "") or "")
    return said or f"http_{getattr(response, 'status_code', 200)}"


def translated(error: SlackApiError, method: str) -> SlackError:
    """Return our error for Slack's answer."""
    response = error.response
    status = getattr(response, "status_code", 200)
    code = code_of(error)
    if status == 429 or code in {"ratelimited", "rate_limited"}:
        headers = getattr(response, "headers", None) or {}
        said = str(headers.get("Retry-After") or headers.get("retry-after") or 1)
        seconds = float(said) if said.isdecimal() else 1.0
        return SlackError("ratelimited", method, retry_after=seconds, definite=True)
    if code in TENANT_GONE | MENDABLE:
        # An admin can mend it meanwhile; what people asked must not be given up for it.
        return SlackError(code, method, retry_after=MEND_SECONDS, definite=True)
    if status >= 500 or code in MAYBE_WRITTEN:
        return SlackError(code, method)
    return SlackError(code, method, definite=True, permanent=code in GONE | OUR_MISTAKE)
