"""Choose the consultants' desk: a private channel of the firm's own, where stored requests then appear."""

from dataclasses import dataclass

from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery import outbox
from bot.engagement import firm, promises, tickets
from bot.engagement.people import Directory
from bot.errors import AdvisoryError
from bot.workflows.escalate import send_card
from bot.workflows.hold import carry_waiting
from bot.workflows.presses import Press

ONLY_ADMINS = "Only an admin of the firm's workspace can choose the desk. Ask one of them to press this."
NOT_PRIVATE = (
    "The desk must be a private channel, since clients' questions appear there. "
    "Make a private channel and invite me."
)
IS_SHARED = (
    "The desk must not be shared with another organisation. Use a private channel of your own and invite me."
)


@dataclass(frozen=True)
class DeskChannel:
    """What Slack says of a channel that is to be the desk."""

    channel: str
    team_id: str
    is_private: bool
    is_shared: bool
    is_member: bool = True


def desk_problem(channel: DeskChannel) -> str | None:
    """Return why a channel cannot be the desk, as a sentence for an admin; None when it can."""
    if channel.is_shared:
        return IS_SHARED
    if not channel.is_private:
        return NOT_PRIVATE
    if not channel.is_member:
        return "I am not in that channel yet: invite me there, then choose it again."
    return None


class ChooseDesk:
    """The use case behind *Use as desk* and the choice on Home."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def choose(self, press: Press, channel: DeskChannel) -> int:
        """Make `channel` the desk and queue a card for every stored request; return how many.

        Raises `AdvisoryError` when the presser is no admin of the firm or the channel cannot serve.
        """
        is_firm = press.actor_team_id == self._directory.firm_team_id == channel.team_id != ""
        if (
            not is_firm
            or not (await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)).is_admin
        ):
            raise AdvisoryError(ONLY_ADMINS)
        problem = desk_problem(channel)
        if problem is not None:
            raise AdvisoryError(problem)
        return await self.open(channel)

    async def open(self, channel: DeskChannel) -> int:
        """Store the desk (chosen, or named by VCIO_DESK_CHANNEL) and queue the cards that waited for it."""
        firm_team, now = self._directory.firm_team_id, self._clock()
        async with self._database.unit_of_work() as session:
            before = await firm.read_profile(session)
            await firm.change_profile(session, desk_channel=channel.channel, desk_problem=None)
            if before.desk_channel == channel.channel:
                return 0
            waiting = await tickets.without_card(session)
            lane = f"{firm_team}:{channel.channel}"
            await outbox.add(
                session,
                team_id=firm_team,
                lane=lane,
                kind="desk_ready",
                payload={"target": {"channel": channel.channel}, "waiting": len(waiting)},
                now=now,
            )
            for ticket in waiting:
                await send_card(session, ticket, firm_team_id=firm_team, now=now)
                await promises.start(session, ticket, now=now)
                await carry_waiting(session, ticket, firm_team_id=firm_team, lane=lane, now=now)
            return len(waiting)

    async def lose(self, problem: str) -> None:
        """Give up the desk and tell the admins why, once; no card is posted until a channel can serve."""
        admins, now = await self._directory.admins(), self._clock()
        firm_team = self._directory.firm_team_id
        async with self._database.unit_of_work() as session:
            before = await firm.read_profile(session)
            await firm.change_profile(session, desk_channel=None, desk_problem=problem)
            for admin in sorted(admins) if before.desk_problem != problem else ():
                await outbox.add(
                    session,
                    team_id=firm_team,
                    lane=f"{firm_team}:dm:{admin}",
                    kind="desk_refused",
                    payload={"reason": problem, "target": {"user": admin}},
                    now=now,
                )
