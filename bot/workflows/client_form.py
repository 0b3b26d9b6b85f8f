"""The form in which a lead states everything about a client: what stands in it, and what is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from bot.database import ReadSession, Session
from bot.engagement import client_roles, ledger
from bot.engagement.client_channels import channels_of
from bot.engagement.client_fields import parse_channel, parse_client_field
from bot.engagement.client_roles import Given, Who
from bot.engagement.durations import parse_duration, whole_thousands
from bot.engagement.grants import holding
from bot.engagement.models import Approves, Client
from bot.engagement.retainer_models import AtZero, Carry, Retainer
from bot.engagement.retainers import Agreed
from bot.errors import AdvisoryError
from bot.workflows.state_firm import FormError

CLIENT_TEXTS = ("name", "sector", "org_size", "timezone", "hours", "it_support", "emergency_phone")
RETAINER_TEXTS = ("retainer", "starts_on", "free", "carry", "at_zero")
TEXTS = (*CLIENT_TEXTS, "lead", "deputy", "channel_ids", "others", *RETAINER_TEXTS)
LISTS = ("channels", "cios", "approvers", "deputies")
SAME_PERSON = "The deputy is who stands in for the lead: choose somebody else, or nobody."
NOT_ON_DESK = "{!r} is not on the desk: choose somebody who is."
TWICE = "{!r} cannot be both: take them away from the approvers or the deputies."
NO_START = "Say from which day on the hours hold."
NO_HOURS = (
    "This client has {} a month. To end that, use `vcio retainers end`; to keep it, leave it as it was."
)


@dataclass(frozen=True)
class ClientForm:
    """What stands in the form: texts and choices by name, and lists of channels and people by id."""

    texts: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a text without what stands around it."""
        return self.texts.get(name, "").strip()

    def list(self, name: str) -> tuple[str, ...]:
        """Return a list, each once."""
        return tuple(dict.fromkeys(self.lists.get(name, ())))


@dataclass(frozen=True)
class Checked:
    """What the form says, fit to be stored; `terms` is None where no hours are agreed."""

    values: dict[str, Any]
    places: tuple[tuple[str, str], ...]
    people: dict[Who, Given]
    terms: Agreed | None
    starts_on: date | None


async def as_form(
    session: ReadSession | Session, client: Client | None, *, firm_team_id: str, today: date
) -> ClientForm:
    """Return what the form shows of a client as it is, or of one that is to be set up."""
    if client is None:
        return ClientForm({"free": "30m", "carry": Carry.EXPIRE, "at_zero": AtZero.WARN})
    values = {name: getattr(client, name) for name in (*CLIENT_TEXTS, "lead", "deputy")}
    texts = {name: "" if value is None else str(value) for name, value in values.items()}
    rows = await channels_of(session, client.id)
    elsewhere = [f"{row.team_id}/{row.channel}" for row in rows if row.team_id not in {"", firm_team_id}]
    roles = await client_roles.roles_of(session, client.id)
    # Whom Slack lists in this workspace is chosen, others are named by id.
    here = {who: given for who, given in roles.items() if who[0] == firm_team_id}
    away = {who: given for who, given in roles.items() if who[0] != firm_team_id}
    texts |= {"channel_ids": ", ".join(elsewhere), "others": client_roles.written(away)}
    retainer = await retainer_now(session, client.id, today)
    texts |= _terms_as_texts(retainer)
    return ClientForm(
        texts,
        {
            "channels": tuple(row.channel for row in rows if row.team_id in {"", firm_team_id}),
            "cios": _users(here, lambda given: given.is_cio),
            "approvers": _users(here, lambda given: given.approves is Approves.APPROVER),
            "deputies": _users(here, lambda given: given.approves is Approves.DEPUTY),
        },
    )


async def retainer_now(session: ReadSession | Session, client_id: int, today: date) -> Retainer | None:
    """Return the retainer that holds today, or else the next one."""
    found = await ledger.retainers_of(session, client_id)
    coming = sorted((each for each in found if each.starts_on > today), key=lambda each: each.starts_on)
    return holding(found, today) or next(iter(coming), None)


def _users(given: Mapping[Who, Given], is_one: Callable[[Given], bool]) -> tuple[str, ...]:
    return tuple(user for (_team, user), each in given.items() if is_one(each))


def _terms_as_texts(retainer: Retainer | None) -> dict[str, str]:
    if retainer is None:
        return {"retainer": "", "starts_on": "", "free": "30m", "carry": Carry.EXPIRE, "at_zero": AtZero.WARN}
    hours, minutes = divmod(retainer.minutes, 60)
    return {
        "retainer": f"{hours}h{minutes:02}" if minutes else f"{hours}h",
        "starts_on": retainer.starts_on.isoformat(),
        "free": f"{retainer.free_minutes}m",
        "carry": retainer.carry,
        "at_zero": retainer.at_zero,
    }


class Reading:
    """Reads a form field by field, so that everything that is wrong is named at once."""

    def __init__(self, form: ClientForm) -> None:
        self.form = form
        self.errors: dict[str, str] = {}

    def read(self, name: str, parse: Callable[[str], Any], otherwise: Any = None) -> Any:
        """Return what a field says; what is wrong with it is kept as its error."""
        try:
            return parse(self.form.text(name))
        except AdvisoryError as error:
            self.errors[name] = error.user_text
            return otherwise


def check_form(form: ClientForm, members: frozenset[str], firm_team_id: str) -> Checked:
    """Return what a form says; raises `FormError` naming everything that is wrong in it."""
    reading = Reading(form)
    values = {name: reading.read(name, partial(parse_client_field, name)) for name in CLIENT_TEXTS}
    for name in ("lead", "deputy"):
        user = form.text(name)
        values[name] = user or None
        if user and user not in members:
            reading.errors[name] = NOT_ON_DESK.format(user)
    if values["lead"] and values["lead"] == values["deputy"]:
        reading.errors["deputy"] = SAME_PERSON
    reading.read("channel_ids", _channels)
    places = places_in(form, firm_team_id)
    reading.read("others", client_roles.parse_people)
    for user in {*form.list("approvers")} & {*form.list("deputies")}:
        reading.errors["deputies"] = TWICE.format(user)
    people = people_in(form, firm_team_id)
    terms, starts_on = _terms(reading)
    if reading.errors:
        raise FormError(reading.errors)
    return Checked(values, places, people, terms, starts_on)


def places_in(form: ClientForm, firm_team_id: str) -> tuple[tuple[str, str], ...]:
    """Return the channels a form names: those chosen, then those written by id."""
    written = Reading(form).read("channel_ids", _channels, [])
    return tuple(dict.fromkeys([*((firm_team_id, channel) for channel in form.list("channels")), *written]))


def people_in(form: ClientForm, firm_team_id: str) -> dict[Who, Given]:
    """Return whom a form gives something: those written by id, then those chosen."""
    found: dict[Who, Given] = dict(Reading(form).read("others", client_roles.parse_people, {}))
    cios, approvers, deputies = (form.list(name) for name in ("cios", "approvers", "deputies"))
    for user in dict.fromkeys((*cios, *approvers, *deputies)):
        approves = Approves.DEPUTY if user in deputies else None
        found[(firm_team_id, user)] = Given(
            user in cios, Approves.APPROVER if user in approvers else approves
        )
    return found


def _channels(text: str) -> list[tuple[str, str]]:
    return [parse_channel(each) for each in text.replace(";", ",").split(",") if each.strip()]


def _terms(reading: Reading) -> tuple[Agreed | None, date | None]:
    form = reading.form
    if not form.text("retainer"):
        return None, None
    minutes = reading.read("retainer", _hours, 0)
    free = reading.read("free", _free, 0)
    starts_on = reading.read("starts_on", _day)
    carry, at_zero = form.text("carry"), form.text("at_zero")
    terms = Agreed(
        minutes,
        carry=Carry(carry) if carry in set(Carry) else Carry.EXPIRE,
        at_zero=AtZero(at_zero) if at_zero in set(AtZero) else AtZero.WARN,
        free_minutes=free,
    )
    return terms, starts_on


def _hours(text: str) -> int:
    """Return the minutes of hours a month; a bare number is hours here."""
    text = whole_thousands(text)
    number = text.lower().removesuffix("hours").removesuffix("h").strip().replace(",", ".")
    hours, colon, rest = text.lower().replace(" ", "").partition("h")
    if colon and rest.isdecimal() and hours.isdecimal():
        return int(hours) * 60 + int(rest)
    try:
        minutes = round(float(number) * 60)
    except (ValueError, OverflowError):
        raise AdvisoryError(f"{text!r} are no hours a month: write a number, like 10 or 7.5.") from None
    if minutes <= 0:
        raise AdvisoryError(f"{text!r} are no hours a month: write a number above nothing, like 10.")
    return minutes


def _free(text: str) -> int:
    """Return what one request may take unasked; nothing where nothing is said, or 0."""
    return 0 if text.strip("0mhin .") == "" else parse_duration(text)


def _day(text: str) -> date:
    if not text:
        raise AdvisoryError(NO_START)
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day
    except ValueError:
        raise AdvisoryError(f"{text!r} is no day: use one like 2027-01-04.") from None
