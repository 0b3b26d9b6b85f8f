"""Who people are, as Slack knows it: profiles, admins and the consultants of the desk."""

import time
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.database import Database
from bot.engagement import firm
from bot.engagement.people import Profile
from bot.log import get_logger
from bot.slack.client import SlackError, call
from bot.workflows.choose_desk import DeskChannel

log = get_logger(__name__)
PROFILE_SECONDS = 600.0
# Leaving the desk must soon take the rights away, also when the event about it is missed.
DESK_SECONDS = 60.0
ADMIN_SECONDS = 300.0


class SlackDirectory:
    """Looks people up through the Web API and remembers them for a few minutes."""

    def __init__(self, client: AsyncWebClient, database: Database) -> None:
        self._client = client
        self._database = database
        self._remembered: dict[Any, tuple[float, Any]] = {}
        self.firm_team_id = ""
        self.firm_team_name = ""
        self.bot_user_id = ""

    async def introduce(self, firm_team_id: str | None) -> None:
        """Learn who we are by `auth.test`; raises `SlackError` when the token is not good."""
        me = await call(self._client.auth_test(), "auth.test")
        self.bot_user_id = str(me["user_id"])
        self.firm_team_id = firm_team_id or str(me["team_id"])
        self.firm_team_name = str(me.get("team") or "")

    def forget_desk(self) -> None:
        """Look the desk's members up again at the next press."""
        self._remembered.pop("desk", None)

    async def profile(self, team_id: str, user_id: str) -> Profile:
        """Return what Slack says of a person; raises `SlackError` when they cannot be seen."""
        known = self._recall(("profile", team_id, user_id), PROFILE_SECONDS)
        if known is not None:
            return known  # type: ignore[no-any-return]
        response = await call(self._client.users_info(user=user_id), "users.info")
        user = response["user"]
        own_team = str(user.get("team_id") or team_id)
        profile = Profile(
            team_id=own_team,
            user_id=user_id,
            name=_name_of(user),
            team_name=await self._team_name(own_team),
            is_admin=bool(user.get("is_admin") or user.get("is_owner")),
            is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
            is_bot=bool(user.get("is_bot") or user.get("is_app_user")),
            timezone=user.get("tz"),
        )
        return self._remember(("profile", team_id, user_id), profile)  # type: ignore[no-any-return]

    async def consultants(self) -> frozenset[str]:
        """Return the desk's full members: no guests, no bots, nobody of another organisation."""
        known = self._recall("desk", DESK_SECONDS)
        if known is not None:
            return known  # type: ignore[no-any-return]
        async with self._database.read() as session:
            desk = (await firm.read_profile(session)).desk_channel
        members = await self._members(desk) if desk else []
        profiles = [await self.profile(self.firm_team_id, member) for member in members]
        full = frozenset(
            p.user_id for p in profiles if not p.is_bot and not p.is_guest and p.team_id == self.firm_team_id
        )
        return self._remember("desk", full)  # type: ignore[no-any-return]

    async def admins(self) -> frozenset[str]:
        """Return the people who administer the firm's workspace."""
        known = self._recall("admins", ADMIN_SECONDS)
        if known is not None:
            return known  # type: ignore[no-any-return]
        found: set[str] = set()
        cursor = ""
        while True:
            page = await call(self._client.users_list(limit=200, cursor=cursor or None), "users.list")
            found.update(
                user["id"]
                for user in page["members"]
                if (user.get("is_admin") or user.get("is_owner"))
                and not user.get("deleted")
                and not user.get("is_bot")
            )
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return self._remember("admins", frozenset(found))  # type: ignore[no-any-return]

    async def desk_channel(self, channel: str) -> DeskChannel:
        """Return what matters about a channel that is to be the desk."""
        try:
            info = (await call(self._client.conversations_info(channel=channel), "conversations.info"))[
                "channel"
            ]
        except SlackError as error:
            if error.code != "channel_not_found":
                raise
            return DeskChannel(channel, self.firm_team_id, is_private=True, is_shared=False, is_member=False)
        shared = info.get("is_ext_shared") or info.get("is_pending_ext_shared") or info.get("is_org_shared")
        return DeskChannel(
            channel=channel,
            team_id=self.firm_team_id,
            is_private=bool(info.get("is_private")),
            is_shared=bool(shared),
            is_member=bool(info.get("is_member", True)),
        )

    async def _members(self, channel: str) -> list[str]:
        members: list[str] = []
        cursor = ""
        while True:
            page = await call(
                self._client.conversations_members(channel=channel, limit=200, cursor=cursor or None),
                "conversations.members",
            )
            members += page["members"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return members

    async def _team_name(self, team_id: str) -> str:
        if team_id == self.firm_team_id and self.firm_team_name:
            return self.firm_team_name
        known = self._recall(("team", team_id), PROFILE_SECONDS)
        if known is not None:
            return str(known)
        try:
            team = (await call(self._client.team_info(team=team_id), "team.info"))["team"]
        except SlackError as error:
            log.info("team.unseen", team=team_id, error=error.code)
            return team_id
        return str(self._remember(("team", team_id), team.get("name") or team_id))

    def _recall(self, key: Any, seconds: float) -> Any:
        stamp, value = self._remembered.get(key, (0.0, None))
        return value if time.monotonic() - stamp < seconds else None

    def _remember(self, key: Any, value: Any) -> Any:
        self._remembered[key] = (time.monotonic(), value)
        return value


def _name_of(user: dict[str, Any]) -> str:
    profile = user.get("profile") or {}
    names = (profile.get("real_name"), user.get("real_name"), profile.get("display_name"), user.get("name"))
    return str(next((name for name in names if name), user["id"]))[:200]
