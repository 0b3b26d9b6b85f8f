"""Who is in a channel, and where its messages are found on the web."""

from bot.errors import DeliveryError
from bot.log import get_logger
from bot.slack.client import SlackError, call
from bot.slack.client_pool import ClientPool

log = get_logger(__name__)
# conversations.members takes a limit under a thousand.
PAGE = 999
UNSEEN = frozenset({"channel_not_found", "not_in_channel", "missing_scope"})


class Membership:
    """Asks Slack who is in a channel."""

    def __init__(self, pool: ClientPool) -> None:
        self._pool = pool

    async def has_us(self, team_id: str, channel: str) -> bool:
        """Whether the app is in the channel; a channel it cannot see it is not in."""
        client = await self._pool.of(team_id)
        try:
            answer = await call(client.conversations_info(channel=channel), "conversations.info")
        except SlackError as error:
            if error.code not in UNSEEN:
                raise
            return False
        found = answer["channel"]
        return bool(found.get("is_member") or found.get("is_im"))

    async def is_open(self, team_id: str, channel: str) -> bool:
        """Whether it is a channel the app is in, and no direct message between people."""
        if not channel.startswith(("C", "G")):
            return False
        client = await self._pool.of(team_id)
        try:
            answer = await call(client.conversations_info(channel=channel), "conversations.info")
        except SlackError as error:
            if error.code not in UNSEEN:
                raise
            return False
        found = answer["channel"]
        return bool(found.get("is_member")) and not (found.get("is_im") or found.get("is_mpim"))

    async def has(self, team_id: str, channel: str, user_id: str) -> bool:
        """Whether a person is in a channel that the app is in."""
        client = await self._pool.of(team_id)
        cursor = ""
        while True:
            answer = await call(
                client.conversations_members(channel=channel, limit=PAGE, cursor=cursor or None),
                "conversations.members",
            )
            if user_id in answer["members"]:
                return True
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return False


class Links:
    """Addresses of messages, made without a call for each: `auth.test` is asked once for each workspace."""

    def __init__(self, pool: ClientPool) -> None:
        self._pool = pool
        self._bases: dict[str, str] = {}

    async def base(self, team_id: str) -> str | None:
        """Return a workspace's address, ending in a slash; None while Slack does not say."""
        if team_id not in self._bases:
            try:
                me = await call((await self._pool.of(team_id)).auth_test(), "auth.test")
            except DeliveryError:
                log.warning("links.unknown", team=team_id, exc_info=True)
                return None
            self._bases[team_id] = str(me.get("url") or "")
        return self._bases[team_id] or None


def permalink(base: str, channel: str, ts: str, root: str | None = None) -> str:
    """Return the address of the message at `ts`; `root` opens the thread it stands in."""
    link = f"{base}archives/{channel}/p{ts.replace('.', '')}"
    return f"{link}?thread_ts={root}&cid={channel}" if root else link
