"""The monthly pack is sent by a lead, read by the client's CIOs and approvers, and by nobody else there."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from bot.answering.models import Conversation
from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery import outbox
from bot.engagement import audit, firm, people
from bot.engagement.dates import month_of, month_words, today_in
from bot.engagement.models import Client, Person
from bot.engagement.outcome_models import Pack
from bot.engagement.packs import readers_of, reads_packs
from bot.engagement.people import Directory
from bot.engagement.reports import Figures, from_json
from bot.engagement.work_models import ClientChannel
from bot.errors import AdvisoryError
from bot.first_writes import find_or_add
from bot.workflows.desk import ONLY_LEADS, OnDesk, require_consultant, who_is_on_desk
from bot.workflows.gather_pack import gather
from bot.workflows.home import queue_home
from bot.workflows.own_request import asker
from bot.workflows.presses import NOT_YOURS, Press
from bot.workflows.reach import written_from
from bot.workflows.unasked import PACK, plan_personal

# For readers on the other side of a shared channel: that a pack is there, which only they can open.
PACK_THERE = "pack_there"
NOT_BEGUN = "{} has not begun, so there is no pack of it."
NO_READERS = (
    "Nobody at {} is named as CIO or approver yet, so there is nobody to send the pack to. "
    "Give somebody the role first, then send it again."
)


@dataclass(frozen=True)
class Sent:
    """To whom a pack went: by direct message, by a button in a channel, or not at all (by name)."""

    written: tuple[str, ...]
    told: tuple[str, ...]
    missed: tuple[str, ...]


class SendPack:
    """The use cases behind *Send the pack*, *Send it to me first*, and reading one."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def send(self, press: Press, client_id: int, month: date) -> Sent:
        """Make the month's pack and have it said to each of its readers.

        Raises `AdvisoryError` for anybody but a lead, for a month to come, and where nobody may read it.
        """
        desk, now = await require_consultant(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            client = await _led(session, desk, press.user_id, client_id)
            readers = await readers_of(session, client.id)
            if not readers:
                raise AdvisoryError(NO_READERS.format(client.name))
            pack = await _kept(session, client, month, press.user_id, now=now)
            pack.sent_at = now
            audit.append(
                session, actor=press.user_id, what="pack_sent", now=now, client_id=client.id,
                detail=f"{month:%Y-%m}",
            )  # fmt: skip
            await queue_home(session, press.team_id, press.user_id, now=now)
            return await self._tell(session, client, pack, readers, now)

    async def preview(self, press: Press, client_id: int, month: date) -> None:
        """Make the month's pack and show it to the lead alone; raises `AdvisoryError` as `send` does."""
        desk, now = await require_consultant(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            client = await _led(session, desk, press.user_id, client_id)
            pack = await _kept(session, client, month, press.user_id, now=now)
            await _write(session, press.team_id, press.user_id, {"pack_id": pack.id, "preview": True}, now)

    async def read(self, press: Press, pack_id: int) -> tuple[Pack, Figures]:
        """Return a pack to one of its readers, or to the desk; raises `AdvisoryError` for anybody else."""
        profile = await asker(self._directory, press)
        desk = await who_is_on_desk(self._directory)
        async with self._database.read() as session:
            pack = await session.get(Pack, pack_id)
            person = await people.find(session, profile.team_id, profile.user_id)
            on_desk = press.actor_team_id == desk.firm_team_id and press.user_id in desk.members
            if pack is None or not (on_desk or (pack.sent_at and reads_packs(person, pack.client_id))):
                raise AdvisoryError(NOT_YOURS)
            return pack, from_json(pack.figures)

    async def again(self, press: Press, pack_id: int) -> None:
        """Send a pack that was sent before to one of its readers, with its files."""
        await self.read(press, pack_id)
        async with self._database.unit_of_work() as session:
            await _write(session, press.team_id, press.user_id, {"pack_id": pack_id}, self._clock())

    async def _tell(
        self, session: Session, client: Client, pack: Pack, readers: list[Person], now: datetime
    ) -> Sent:
        """Plan the pack for each reader, in their hours; across a shared channel say that it is there."""
        reached: dict[str, list[str]] = {"written": [], "told": [], "missed": []}
        apart: list[Person] = []
        for reader in readers:
            team = await written_from(session, reader, self._directory.firm_team_id)
            if team is None:
                apart.append(reader)
                continue
            is_planned = await plan_personal(
                session,
                (reader.team_id, reader.user_id),
                PACK,
                f"{pack.id}:{now.timestamp():.0f}",
                line=f"The monthly pack of {month_words(pack.month)} is ready.",
                seen_from=team,
                now=now,
                values={"pack_id": pack.id},
            )
            reached["written" if is_planned else "missed"].append(reader.name)
        place = await _shared_channel(session, client.id) if apart else None
        if place is not None:
            team, channel = place
            await outbox.add(
                session,
                team_id=team,
                lane=f"{team}:{channel}",
                kind=PACK_THERE,
                payload={"pack_id": pack.id, "target": {"channel": channel}},
                now=now,
            )
        reached["told" if place else "missed"] += [reader.name for reader in apart]
        return Sent(**{name: tuple(names) for name, names in reached.items()})


async def _led(session: Session, desk: OnDesk, user_id: str, client_id: int) -> Client:
    """Return the client; raises `AdvisoryError` unless they lead the desk, or that client's work."""
    client = await session.get(Client, client_id)
    if client is None:
        raise AdvisoryError(NOT_YOURS)
    if user_id not in {client.lead, client.deputy} and not await desk.may_lead(session, user_id):
        raise AdvisoryError(ONLY_LEADS)
    return client


async def _kept(session: Session, client: Client, month: date, made_by: str, *, now: datetime) -> Pack:
    """Make a month's figures and keep them; those of an earlier try are made anew."""
    calendar = await firm.read_calendar(session)
    if month > month_of(today_in(client.timezone or calendar.zone, now)):
        raise AdvisoryError(NOT_BEGUN.format(month_words(month)))
    figures = (await gather(session, client, month, now=now)).to_json()
    of_month = {"client_id": client.id, "month": month}
    pack, _new = await find_or_add(session, Pack, of_month, figures=figures, made_by=made_by, made_at=now)
    await session.refresh(pack, with_for_update=True)
    pack.figures, pack.made_by, pack.made_at = figures, made_by, now
    await session.flush()
    return pack


async def _shared_channel(session: Session, client_id: int) -> tuple[str, str] | None:
    """Return a channel of the client: one a lead named, else where the assistant was asked last."""
    named = await session.scalar(
        select(ClientChannel).where(ClientChannel.client_id == client_id).order_by(ClientChannel.created_at)
    )
    if named is not None:
        return named.team_id, named.channel
    talk = await session.scalar(
        select(Conversation)
        .where(Conversation.client_id == client_id, Conversation.is_private.is_(False))
        .order_by(Conversation.id.desc())
        .limit(1)
    )
    return (talk.team_id, talk.channel) if talk else None


async def _write(session: Session, team: str, user: str, values: dict[str, Any], now: datetime) -> None:
    payload = {**values, "user_id": user, "target": {"user": user}}
    lane = f"{team}:dm:{user}"
    await outbox.add(session, team_id=team, lane=lane, kind=PACK, payload=payload, now=now)
