"""A lead states the firm's profile and terms in a form: all of it is checked, then stored at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery.inbox import Arrival, accept
from bot.engagement import audit, firm
from bot.engagement.firm import FirmProfile
from bot.engagement.firm_fields import FIELDS, parse_field
from bot.engagement.models import Term
from bot.engagement.people import Directory
from bot.engagement.terms import Terms, confirm_terms, parse_term, read_terms, state_term, tokens
from bot.errors import AdvisoryError
from bot.workflows.desk import ONLY_LEADS, require_consultant
from bot.workflows.home import queue_home
from bot.workflows.presses import Press
from bot.workflows.speak_terms import SPEAK_TERMS

SOURCE = "benchmark_source"
FORM_FIELDS = (*FIELDS, SOURCE)
NAME_FIXED = "The setting VCIO_FIRM_NAME says {!r} and wins over what is typed here: change it there."
NO_SOURCE = "The benchmark is worth what its source is: say who says so, and when, or leave both empty."
NO_BENCHMARK = "A source without a figure says nothing: give the yearly cost, or leave both empty."


class FormError(AdvisoryError):
    """What is wrong in a form, by field or term."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(next(iter(errors.values())))
        self.errors = errors


@dataclass(frozen=True)
class StatedTerm:
    """A term as it stands in the form, and whether it is ticked as confirmed."""

    text: str
    confirmed: bool = False


@dataclass(frozen=True)
class FirmForm:
    """The texts of the form's fields, and its terms."""

    fields: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[Term, StatedTerm] = field(default_factory=dict)


def as_form(profile: FirmProfile, terms: Terms) -> FirmForm:
    """Return what the form shows of the profile and the terms in force."""
    values = {name: getattr(profile, name) for name in FORM_FIELDS}
    return FirmForm(
        {name: "" if value is None else str(value) for name, value in values.items()},
        {term: StatedTerm(stated.value, stated.confirmed_at is not None) for term, stated in terms.items()},
    )


def check_form(form: FirmForm) -> dict[str, Any]:
    """Return the values of the profile's fields; raises `FormError` naming everything that is wrong."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name in FORM_FIELDS:
        try:
            values[name] = parse_field("name" if name == SOURCE else name, form.fields.get(name, ""))
        except AdvisoryError as error:
            errors[name] = error.user_text
    for term, stated in form.terms.items():
        try:
            parse_term(term, stated.text)
        except AdvisoryError as error:
            errors[term] = error.user_text
    if not errors and (values["benchmark"] is None) != (values[SOURCE] is None):
        missing = SOURCE if values[SOURCE] is None else "benchmark"
        errors[missing] = NO_SOURCE if missing == SOURCE else NO_BENCHMARK
    if errors:
        raise FormError(errors)
    return values


class StateFirm:
    """The use case behind the form; `fixed_name` is the name that the settings give the firm, if any."""

    def __init__(
        self, database: Database, directory: Directory, fixed_name: str | None = None, clock: Clock = utc_now
    ) -> None:
        self._database = database
        self._directory = directory
        self._fixed_name = fixed_name
        self._clock = clock

    async def shown(self, press: Press) -> FirmForm:
        """Return what the form begins with; raises `AdvisoryError` for who is no lead."""
        desk = await require_consultant(self._directory, press)
        async with self._database.read() as session:
            if not await desk.may_lead(session, press.user_id):
                raise AdvisoryError(ONLY_LEADS)
            return as_form(await firm.read_profile(session), await read_terms(session))

    async def store(self, press: Press, before: FirmForm, typed: FirmForm) -> bool:
        """Store what differs from what the form began with; true when articles must say something else.

        What somebody else changed meanwhile stays, unless it was changed here too. Raises `FormError`, or
        `AdvisoryError` for who is no lead.
        """
        desk = await require_consultant(self._directory, press)
        values, now = check_form(typed), self._clock()
        changes = {
            name: value
            for name, value in values.items()
            if typed.fields.get(name, "").strip() != before.fields.get(name, "").strip()
        }
        if "name" in changes and self._fixed_name is not None:
            raise FormError({"name": NAME_FIXED.format(self._fixed_name)})
        async with self._database.unit_of_work() as session:
            if not await desk.may_lead(session, press.user_id):
                raise AdvisoryError(ONLY_LEADS)
            await _change(session, changes, actor=press.user_id, now=now)
            spoken = tokens(await read_terms(session))
            await _state(session, before, typed, actor=press.user_id, now=now)
            speaks_anew = tokens(await read_terms(session)) != spoken
            if speaks_anew:
                name = f"{SPEAK_TERMS}:{press.user_id}:{now.isoformat()}"
                await accept(session, Arrival(press.team_id, name, SPEAK_TERMS, SPEAK_TERMS, {}), now=now)
            await queue_home(session, press.team_id, press.user_id, now=now)
        return speaks_anew


async def _change(session: Session, changes: dict[str, Any], *, actor: str, now: datetime) -> None:
    if not changes:
        return
    await firm.change_profile(session, **changes)
    for name, value in changes.items():
        said = "taken away" if value is None else str(value)
        audit.append(session, actor=actor, what="firm profile", now=now, detail=f"{name}: {said}")


async def _state(session: Session, before: FirmForm, typed: FirmForm, *, actor: str, now: datetime) -> None:
    """State and confirm the terms that differ from what the form began with."""
    in_force = await read_terms(session)
    for term, stated in typed.terms.items():
        if stated == before.terms.get(term):
            continue
        same = parse_term(term, stated.text) == in_force[term].value
        if same and stated.confirmed:
            await confirm_terms(session, [term], actor=actor, now=now)
        else:
            await state_term(session, term, stated.text, confirmed=stated.confirmed, actor=actor, now=now)
