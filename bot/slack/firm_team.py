"""Which workspace is the firm's own: its people may be consultants and admins, nobody else's."""

import time

from bot.errors import DeliveryError
from bot.log import get_logger
from bot.slack.client import call
from bot.slack.client_pool import Access, ClientPool

log = get_logger(__name__)
LOOK_AGAIN_SECONDS = 30.0


class FirmTeam:
    """The workspace the settings name, else that of our own token, else the one that can see the desk.

    Being the first to install gives no rights: until the desk is seen, there is no firm.
    """

    def __init__(self, pool: ClientPool, *, named: str | None, desk_channel: str | None) -> None:
        self._pool = pool
        self._named = named
        self._desk_channel = desk_channel
        self._found = ""
        self._looked = float("-inf")

    @property
    def known(self) -> str:
        """The firm's workspace as far as it is known; empty until then."""
        return self._named or self._pool.own_team_id or self._found

    async def find(self) -> str:
        """Return the firm's workspace, looked for again every half minute while it is not known."""
        if not self.known and time.monotonic() - self._looked > LOOK_AGAIN_SECONDS:
            self._looked = time.monotonic()
            self._found = await self._see_desk()
        return self.known

    def look_again(self) -> None:
        """Look at the next need: the app was installed somewhere, or joined a channel."""
        self._looked = float("-inf")

    async def _see_desk(self) -> str:
        if self._desk_channel is None:
            return ""
        for access in await self._pool.everywhere():
            if await self._sees(access, self._desk_channel):
                log.info("firm.found", team=access.team_id)
                return access.team_id
        return ""

    async def _sees(self, access: Access, channel: str) -> bool:
        """Whether a workspace holds the channel as its own; one it only shares says nothing about it."""
        try:
            client = await self._pool.of(access.team_id)
            info = (await call(client.conversations_info(channel=channel), "conversations.info"))["channel"]
        except DeliveryError as error:
            log.info("firm.unseen", team=access.team_id, reason=str(error))
            return False
        return not (info.get("is_ext_shared") or info.get("is_pending_ext_shared"))
