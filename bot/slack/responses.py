"""Private answers through a response_url, which works where the app is no member."""

import aiohttp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack.blocks.message import Message
from bot.slack.client import CALL_SECONDS, SlackError, call, proxy_for

# The address has been used five times or is older than 30 minutes (docs.slack.dev/interactivity).
GONE = frozenset({403, 404, 410})


async def respond_privately(url: str, message: Message, *, session: aiohttp.ClientSession | None) -> None:
    """Show `message` only to the person the address belongs to; raises `DeliveryError` when it is refused."""
    webhook = AsyncWebhookClient(url, timeout=CALL_SECONDS, session=session, retry_handlers=[])
    webhook.proxy = proxy_for(url, webhook.proxy)
    response = await call(
        webhook.send(
            text=message.text,
            blocks=list(message.blocks) or None,
            response_type="ephemeral",
            replace_original=False,
        ),
        "response_url",
    )
    if response.status_code != 200:
        code = f"http_{response.status_code}"
        raise SlackError(code, "response_url", definite=True, permanent=response.status_code in GONE)
