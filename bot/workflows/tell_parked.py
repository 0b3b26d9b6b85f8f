"""When work was given up after its last try: the person is told, and the desk is alerted."""

from bot.clock import Clock, utc_now
from bot.database import Session
from bot.delivery import outbox
from bot.delivery.models import InboxItem, OutboxItem
from bot.engagement import firm
from bot.engagement.people import Directory
from bot.workflows.arrivals import IncomingMessage
from bot.workflows.bridge import FROM_CONSULTANT, tell_undelivered
from bot.workflows.file_crossing import FILE_COPY
from bot.workflows.send_file import FILE, FILE_REFUSED
from bot.workflows.tell_not_passed import tell_not_passed

# An apology or alert that cannot be sent must not bring forth another.
LAST_WORDS = frozenset({"apology", "parked"})


class TellParked:
    """The last act of a parked item, in the transaction that parks it."""

    def __init__(self, directory: Directory, clock: Clock = utc_now) -> None:
        self._directory = directory
        self._clock = clock

    async def question(self, session: Session, item: InboxItem, reason: str) -> None:
        """Apologise to whoever asked, and tell the desk."""
        if item.kind == "question":
            message = IncomingMessage.from_payload(item.payload)
            await self._queue(
                session,
                message.team_id,
                message.outbox_lane,
                "apology",
                {"target": _reachable(message.target, message.user_id)},
            )
        await self._alert(session, f"a {item.kind}", reason, item.attempts)

    async def message(self, session: Session, item: OutboxItem, reason: str) -> None:
        """Apologise where an answer could not be shown, and tell the desk."""
        if item.kind == FROM_CONSULTANT:
            await tell_undelivered(session, item, self._clock())
        if item.kind in LAST_WORDS:
            return
        if item.kind == "answer":
            await self._queue(
                session,
                item.team_id,
                item.lane,
                "apology",
                {"target": _reachable(item.payload["target"], item.payload["user_id"])},
            )
        if item.kind == FILE:
            user = item.payload["user_id"]
            told = {"reason": "failed", "target": {"user": user}, "user_id": user}
            await self._queue(session, item.team_id, item.lane, FILE_REFUSED, told)
        if item.kind == FILE_COPY:
            firm_team = self._directory.firm_team_id
            await tell_not_passed(session, item, "failed", firm_team_id=firm_team, now=self._clock())
        await self._alert(session, f"a message of kind {item.kind}", reason, item.attempts)

    async def held(self, session: Session, item: OutboxItem, _reason: str) -> None:
        """Have the mark of a consultant's message say that it waits for the client's workspace."""
        if item.kind == FROM_CONSULTANT:
            await tell_undelivered(session, item, self._clock())

    async def _alert(self, session: Session, what: str, reason: str, attempts: int) -> None:
        desk = (await firm.read_profile(session)).desk_channel
        if desk is None:
            return
        team = self._directory.firm_team_id
        payload = {"what": what, "client": "a client", "reason": reason, "attempts": attempts}
        payload["target"] = {"channel": desk}
        await self._queue(session, team, f"{team}:{desk}", "parked", payload)

    async def _queue(
        self, session: Session, team: str, lane: str, kind: str, payload: dict[str, object]
    ) -> None:
        await outbox.add(session, team_id=team, lane=lane, kind=kind, payload=payload, now=self._clock())


def _reachable(target: dict[str, str], user_id: str) -> dict[str, str]:
    """Return where an apology can still arrive: a response_url lives half an hour, a person's DM stays."""
    return {"user": user_id} if "response_url" in target else target
