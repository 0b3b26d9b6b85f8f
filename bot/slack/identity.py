"""Who people are, as Slack knows it: profiles, admins and the consultants of the desk."""

import asyncio
import time
from typing import Any

from bot.database import Database
from bot.engagement import firm
from bot.engagement.people import Profile
from bot.errors import DeliveryError, TenantGone
from bot.log import get_logger
from bot.slack.client import SlackError, call
from bot.slack.client_pool import ClientPool
from bot.slack.firm_team import FirmTeam
from bot.workflows.choose_desk import DeskChannel, desk_problem

log = get_logger(__name__)
PROFILE_SECONDS = 600.0
# Leaving the desk must soon take the rights away, also when the event about it is missed.
DESK_SECONDS = 60.0
ADMIN_SECONDS = 300.0
MOST_REMEMBERED = 5_000
# Slack shows people and workspaces of other organisations only where they allow it.
UNSEEN = frozenset({"user_not_found", "user_not_visible", "team_not_found"})


class SlackDirectory:
    """Looks people up through the Web API and remembers them for a few minutes."""

    def __init__(self, pool: ClientPool, firm_team: FirmTeam, database: Database) -> None:
        self._pool = pool
        self._firm = firm_team
        self._database = database
        self._remembered: dict[Any, tuple[float, Any]] = {}
        self._desk_changes = 0
        # Looked up right now: who else needs the same waits for the same answer.
        self._asking: dict[Any, asyncio.Task[Profile]] = {}

    @property
    def firm_team_id(self) -> str:
        """The firm's own workspace; empty while it is not known, and then nobody is of the firm."""
        return self._firm.known

    async def find_firm(self) -> str:
        """Return the firm's workspace, looked for where it is not known yet."""
        return await self._firm.find()

    async def firm_team_name(self) -> str:
        """Return the name of the firm's workspace; raises `DeliveryError` when Slack does not answer."""
        firm_team = self.firm_team_id
        return await self._team_name(firm_team, firm_team) if firm_team else ""

    def forget_desk(self) -> None:
        """Look the desk and its members up again at the next press."""
        self._firm.look_again()
        self._desk_changes += 1
        for key in [key for key in self._remembered if key == "desk" or key[0] == "channel"]:
            del self._remembered[key]

    def forget_team(self, team_id: str) -> None:
        """Forget what was seen through a workspace that was installed anew, or is gone."""
        self._remembered.clear()
        self._pool.forget(team_id)
        self._firm.look_again()

    async def try_access(self, team_id: str) -> None:
        """Try the workspace's token; one that Slack refuses is given up. Raises `DeliveryError` otherwise."""
        try:
            await call((await self._pool.of(team_id)).auth_test(), "auth.test")
        except TenantGone:
            log.info("tenant.refused", team=team_id)

    async def profile(self, team_id: str, user_id: str, actor_team_id: str = "") -> Profile:
        """Return what Slack says of a person; `actor_team_id` is their workspace as the event named it.

        Somebody of another organisation whom Slack does not show gets a profile without a name.
        Raises `SlackError` when Slack does not answer.
        """
        return await self._profile(team_id, user_id, actor_team_id, PROFILE_SECONDS)

    async def _profile(self, team_id: str, user_id: str, actor_team_id: str, seconds: float) -> Profile:
        key = ("profile", team_id, user_id)
        known = self._recall(key, seconds)
        if known is not None:
            return known  # type: ignore[no-any-return]
        asking = self._asking.get(key)
        if asking is None:
            asking = asyncio.create_task(self._look_up(key, actor_team_id))
            self._asking[key] = asking
            asking.add_done_callback(lambda _done: self._asking.pop(key, None))
        return await asyncio.shield(asking)

    async def _look_up(self, key: tuple[str, str, str], actor_team_id: str) -> Profile:
        _kind, team_id, user_id = key
        try:
            client = await self._pool.of(team_id)
            user = (await call(client.users_info(user=user_id), "users.info"))["user"]
        except SlackError as error:
            if error.code not in UNSEEN or not actor_team_id:
                raise
            user = {"id": user_id, "name": "Someone"}
        own_team = str(user.get("team_id") or actor_team_id or team_id)
        profile = Profile(
            team_id=own_team,
            user_id=user_id,
            name=_name_of(user),
            team_name=await self._team_name(team_id, own_team),
            is_admin=bool(user.get("is_admin") or user.get("is_owner")),
            is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
            is_bot=bool(user.get("is_bot")),
            is_gone=bool(user.get("deleted")),
            timezone=user.get("tz"),
        )
        return self._remember(key, profile)  # type: ignore[no-any-return]

    async def consultants(self) -> frozenset[str]:
        """Return the full members of a usable desk: no guests, bots or people of other organisations."""
        known = self._recall("desk", DESK_SECONDS)
        if known is not None:
            return known  # type: ignore[no-any-return]
        changes = self._desk_changes
        async with self._database.read() as session:
            desk = (await firm.read_profile(session)).desk_channel
        if desk is None or not await self.find_firm():
            return frozenset()
        try:
            found = await self._full_members(desk)
        except TenantGone:
            # Other workspaces are served all the same, with nobody on the desk.
            return frozenset()
        # What was being looked up when the desk changed may be out of date already.
        return self._remember("desk", found) if changes == self._desk_changes else found

    async def _full_members(self, desk: str) -> frozenset[str]:
        if desk_problem(await self.desk_now(desk)) is not None:
            return frozenset()
        members = await self._members(desk)
        full = await asyncio.gather(*map(self._is_full, members))
        return frozenset(member for member, is_full in zip(members, full, strict=True) if is_full)

    async def _is_full(self, user_id: str) -> bool:
        try:
            member = await self._profile(self.firm_team_id, user_id, "", DESK_SECONDS)
        except SlackError as error:
            if not error.permanent:
                raise
            # One member Slack will not show must not take the desk from all others.
            return False
        outside = member.is_bot or member.is_guest or member.is_gone
        return not outside and member.team_id == self.firm_team_id

    async def admins(self) -> frozenset[str]:
        """Return the people who administer the firm's workspace; empty while Slack does not say."""
        known = self._recall("admins", ADMIN_SECONDS)
        if known is not None:
            return known  # type: ignore[no-any-return]
        if not await self.find_firm():
            return frozenset()
        try:
            people = await self._everyone()
        except DeliveryError:
            log.exception("admins.unknown")
            return frozenset()
        admins = frozenset(user["id"] for user in people if user.get("is_admin") or user.get("is_owner"))
        return self._remember("admins", admins)  # type: ignore[no-any-return]

    async def _everyone(self) -> list[dict[str, Any]]:
        client = await self._pool.of(self.firm_team_id)
        people: list[dict[str, Any]] = []
        cursor = ""
        while True:
            page = await call(client.users_list(limit=1000, cursor=cursor or None), "users.list")
            people += [user for user in page["members"] if not user.get("deleted") and not user.get("is_bot")]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return people

    async def desk_now(self, channel: str) -> DeskChannel:
        """Return `desk_channel`, looked up again every minute: a desk may be made public or shared later."""
        known = self._recall(("channel", channel), DESK_SECONDS)
        if known is None:
            known = self._remember(("channel", channel), await self.desk_channel(channel))
        return known  # type: ignore[no-any-return]

    async def teams_in(self, team_id: str, channel: str) -> frozenset[str]:
        """Return the workspaces whose people may be in a channel, the one we act in included."""
        known = self._recall(("teams", team_id, channel), DESK_SECONDS)
        if known is not None:
            return known  # type: ignore[no-any-return]
        client = await self._pool.of(team_id)
        info = (await call(client.conversations_info(channel=channel), "conversations.info"))["channel"]
        named = (*(info.get("shared_team_ids") or ()), *(info.get("connected_team_ids") or ()))
        teams = frozenset({team_id, *map(str, named)})
        return self._remember(("teams", team_id, channel), teams)  # type: ignore[no-any-return]

    async def desk_channel(self, channel: str) -> DeskChannel:
        """Return what matters about a channel that is to be the desk."""
        client = await self._pool.of(self.firm_team_id)
        try:
            info = (await call(client.conversations_info(channel=channel), "conversations.info"))["channel"]
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
        client = await self._pool.of(self.firm_team_id)
        members: list[str] = []
        cursor = ""
        while True:
            page = await call(
                client.conversations_members(channel=channel, limit=200, cursor=cursor or None),
                "conversations.members",
            )
            members += page["members"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return members

    async def _team_name(self, seen_from: str, team_id: str) -> str:
        if name := self._pool.name_of(team_id):
            return name
        known = self._recall(("team", team_id), PROFILE_SECONDS)
        if known is not None:
            return str(known)
        try:
            client = await self._pool.of(seen_from)
            team = (await call(client.team_info(team=team_id), "team.info"))["team"]
        except SlackError as error:
            if not error.permanent and error.code not in UNSEEN:
                raise
            log.info("team.unseen", team=team_id, error=error.code)
            return team_id
        return str(self._remember(("team", team_id), team.get("name") or team_id))

    def _recall(self, key: Any, seconds: float) -> Any:
        stamp, value = self._remembered.get(key, (0.0, None))
        return value if time.monotonic() - stamp < seconds else None

    def _remember(self, key: Any, value: Any) -> Any:
        if len(self._remembered) >= MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered[key] = (time.monotonic(), value)
        return value


def _name_of(user: dict[str, Any]) -> str:
    profile = user.get("profile") or {}
    names = (profile.get("real_name"), user.get("real_name"), profile.get("display_name"), user.get("name"))
    return str(next((name for name in names if name), user["id"]))[:200]
