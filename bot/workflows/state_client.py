"""A lead sets up a client, or changes one, in one form: all of it is checked, then stored at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import func, select

from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.engagement import audit, client_roles, clients, firm, retainers
from bot.engagement.client_channels import Place, channels_of, keep_channels
from bot.engagement.client_roles import Given, Who
from bot.engagement.consents import local_day
from bot.engagement.durations import hours_words
from bot.engagement.models import Client
from bot.engagement.people import Directory, Profile
from bot.errors import AdvisoryError, DeliveryError
from bot.workflows.client_form import (
    NO_HOURS,
    RETAINER_TEXTS,
    TEXTS,
    Checked,
    ClientForm,
    as_form,
    check_form,
    people_in,
    places_in,
    retainer_now,
)
from bot.workflows.consent_telling import home_of
from bot.workflows.desk import ONLY_LEADS, OnDesk, require_consultant
from bot.workflows.home import queue_home
from bot.workflows.presses import NOT_YOURS, Press
from bot.workflows.state_firm import FormError

UNKNOWN = "Slack knows nobody called {!r} here: look at the id, or wait until they have written to me once."
NO_PERSON = "{} cannot be given a role: the account is closed, or a bot's."
OURS = "{} is on the desk, and a consultant cannot consent for a client."
DESK_IS_OURS = "The consultants' desk is no channel of a client: choose another."
SAME_NAME = "{!r} is the name of a client already: change that one, or choose another name."


class Rooms(Protocol):
    """Which channels the app is in; asked outside any transaction."""

    async def has_us(self, team_id: str, channel: str) -> bool:
        """Whether the app is in a channel."""


@dataclass(frozen=True)
class People:
    """Who is given what, with what Slack says of those who are new to it."""

    given: Mapping[Who, Given]
    profiles: Mapping[Who, Profile]


@dataclass(frozen=True)
class Stored:
    """What came of the form: the client, and its new channels that the app is not in."""

    name: str
    is_new: bool
    outside: tuple[str, ...] = ()


class StateClient:
    """The use case behind *Set up a client* and *Change*; `rooms` asks Slack about channels."""

    def __init__(
        self, database: Database, directory: Directory, rooms: Rooms, clock: Clock = utc_now
    ) -> None:
        self._database = database
        self._directory = directory
        self._rooms = rooms
        self._clock = clock

    async def shown(self, press: Press, client_id: int | None) -> tuple[ClientForm, dict[str, str]]:
        """Return what the form begins with, and the desk by user id and name, to choose from.

        Raises `AdvisoryError` for who is no lead.
        """
        desk = await require_consultant(self._directory, press)
        firm_team = self._directory.firm_team_id
        profiles = [await self._directory.profile(firm_team, user) for user in desk.members]
        names = {each.user_id: each.name for each in sorted(profiles, key=lambda each: each.name)}
        async with self._database.read() as session:
            client = await self._client(session, desk, press, client_id)
            today = (await local_day(session, client.id, self._clock())) if client else self._clock().date()
            return await as_form(session, client, firm_team_id=firm_team, today=today), names

    async def store(
        self, press: Press, client_id: int | None, before: ClientForm, typed: ClientForm
    ) -> Stored:
        """Store what differs from what the form began with; without `client_id` a new client.

        What somebody else changed meanwhile stays, unless it was changed here too. Raises `FormError`, or
        `AdvisoryError` for who is no lead.
        """
        desk = await require_consultant(self._directory, press)
        firm_team, now = self._directory.firm_team_id, self._clock()
        checked = check_form(typed, desk.members, firm_team)
        had = People(people_in(before, firm_team), {})
        people = await self._look(typed, checked.people, had, desk)
        changed = {name for name in TEXTS if before.text(name) != typed.text(name)}
        async with self._database.unit_of_work() as session:
            client = await self._client(session, desk, press, client_id)
            is_new = client is None
            if client is None:
                client = await _new(session, checked.values["name"], actor=press.user_id, now=now)
            act = _Act(session, client, press.user_id, now)
            await _change(act, {name: checked.values[name] for name in changed & set(checked.values)})
            fresh = await _channels(act, places_in(before, firm_team), checked.places, typed)
            await _roles(act, had, people, typed)
            if changed & set(RETAINER_TEXTS):
                await _hours(act, checked)
            await queue_home(session, press.team_id, press.user_id, now=now)
            name = client.name
        outside = [channel for team, channel in fresh if not await self._has_us(team, channel)]
        return Stored(name, is_new, tuple(outside))

    async def _client(
        self, session: ReadSession | Session, desk: OnDesk, press: Press, client_id: int | None
    ) -> Client | None:
        """Return the client of the form, for a lead only."""
        if not await desk.may_lead(session, press.user_id):
            raise AdvisoryError(ONLY_LEADS)
        client = await session.get(Client, client_id) if client_id is not None else None
        if client is None and client_id is not None:
            raise AdvisoryError(NOT_YOURS)
        return client

    async def _has_us(self, team: str, channel: str) -> bool:
        try:
            return await self._rooms.has_us(team or self._directory.firm_team_id, channel)
        except DeliveryError:
            # The next round looks again; that it is told now is a courtesy.
            return True

    async def _look(
        self, typed: ClientForm, wanted: Mapping[Who, Given], had: People, desk: OnDesk
    ) -> People:
        """Ask Slack about those who are given something new, whose own workspace may be another.

        Raises `FormError` at the field that names somebody who cannot be given it.
        """
        given: dict[Who, Given] = {}
        profiles: dict[Who, Profile] = {}
        errors: dict[str, str] = {}
        for who, each in wanted.items():
            if had.given.get(who) == each:
                given[who] = each
                continue
            profile = await self._profile(who)
            if (problem := _problem(who, profile, desk)) is not None or profile is None:
                errors[_field_of(who[1], typed)] = problem or UNKNOWN.format(who[1])
                continue
            own = (profile.team_id, profile.user_id)
            given[own], profiles[own] = each, profile
        if errors:
            raise FormError(errors)
        return People(given, profiles)

    async def _profile(self, who: Who) -> Profile | None:
        """Return what Slack says of somebody; None where it knows nobody of that id."""
        firm_team = self._directory.firm_team_id
        async with self._database.read() as session:
            seen_from = await home_of(session, who[0], firm_team)
        try:
            return await self._directory.profile(seen_from, who[1], who[0])
        except DeliveryError as error:
            if not error.permanent:
                raise
            return None


@dataclass(frozen=True)
class _Act:
    """One change: where, of whom, by whom and when."""

    session: Session
    client: Client
    actor: str
    now: datetime


def _field_of(user: str, typed: ClientForm) -> str:
    return next((name for name in ("cios", "approvers", "deputies") if user in typed.list(name)), "others")


def _problem(who: Who, profile: Profile | None, desk: OnDesk) -> str | None:
    """Return why somebody cannot be given a role; None where they can."""
    if profile is None:
        return UNKNOWN.format(who[1])
    if profile.is_gone or profile.is_bot:
        return NO_PERSON.format(f"{profile.name} ({who[1]})")
    if profile.team_id == desk.firm_team_id and profile.user_id in desk.members:
        return OURS.format(profile.name)
    if who[0] not in {desk.firm_team_id, profile.team_id}:
        return f"{who[1]!r} is not of {who[0]!r}: Slack says their workspace is {profile.team_id!r}."
    return None


async def _new(session: Session, name: str, *, actor: str, now: datetime) -> Client:
    same = select(Client.id).where(func.lower(Client.name) == name.lower())
    if await session.scalar(same.limit(1)) is not None:
        raise FormError({"name": SAME_NAME.format(name)})
    client = await clients.add_numbered(session, name, now=now)
    audit.append(session, actor=actor, what="client added", now=now, client_id=client.id, detail=name)
    return client


async def _change(act: _Act, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(act.client, name, value)
        detail = f"{name}: {'taken away' if value is None else value}"
        audit.append(
            act.session, actor=act.actor, what="client", now=act.now, client_id=act.client.id, detail=detail
        )
    await act.session.flush()


async def _channels(
    act: _Act, had: Collection[Place], wanted: Sequence[Place], typed: ClientForm
) -> list[Place]:
    """Keep the channels as changed; return those that are new."""
    now_known = [(row.team_id, row.channel) for row in await channels_of(act.session, act.client.id)]
    gone = {channel for _team, channel in had} - {channel for _team, channel in wanted}
    places = [place for place in now_known if place[1] not in gone]
    places += [place for place in wanted if place not in had]
    desk = (await firm.read_profile(act.session)).desk_channel
    if desk is not None and any(channel == desk for _team, channel in places):
        raise FormError({"channels": DESK_IS_OURS})
    try:
        fresh, _gone = await keep_channels(act.session, act.client, places, now=act.now)
    except AdvisoryError as error:
        chosen = any(channel in error.user_text for channel in typed.list("channels"))
        raise FormError({"channels" if chosen else "channel_ids": error.user_text}) from error
    return fresh


async def _roles(act: _Act, had: People, people: People, typed: ClientForm) -> None:
    """Give and take roles as changed; whoever was given one elsewhere meanwhile keeps it."""
    changed = {who: given for who, given in people.given.items() if had.given.get(who) != given}
    changed |= {who: Given() for who in had.given if who not in people.given}
    for who, given in changed.items():
        try:
            await client_roles.give(
                act.session,
                act.client,
                who,
                given,
                profile=people.profiles.get(who),
                actor=act.actor,
                now=act.now,
            )
        except AdvisoryError as error:
            raise FormError({_field_of(who[1], typed): error.user_text}) from error


async def _hours(act: _Act, checked: Checked) -> None:
    """Agree the hours, or change what is agreed; raises `FormError` at their field."""
    today = await local_day(act.session, act.client.id, act.now)
    holds = await retainer_now(act.session, act.client.id, today)
    if checked.terms is None or checked.starts_on is None:
        if holds is not None:
            raise FormError({"retainer": NO_HOURS.format(hours_words(holds.minutes))})
        return
    terms = replace(checked.terms, rounding=holds.rounding) if holds else checked.terms
    agree = retainers.add if holds is None else retainers.change
    try:
        await agree(act.session, act.client.id, terms, checked.starts_on, actor=act.actor, now=act.now)
    except AdvisoryError as error:
        raise FormError({"retainer": error.user_text}) from error
