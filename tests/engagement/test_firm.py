"""The firm's profile: what is stored, and what a field takes."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.database import Database
from bot.engagement import firm
from bot.engagement.firm import PROFILE, FirmProfile
from bot.engagement.firm_fields import DAYS, FIELDS, find_field, find_term, parse_field, parse_hours
from bot.engagement.models import FirmValue, Term
from bot.errors import AdvisoryError


async def test_changes_add_up_and_what_is_not_named_stays(database: Database) -> None:
    async with database.unit_of_work() as session:
        await firm.change_profile(session, name="Northgate", benchmark=145000)
    async with database.unit_of_work() as session:
        await firm.change_profile(session, phone="123")
    async with database.read() as session:
        profile = await firm.read_profile(session)
    assert profile == FirmProfile(name="Northgate", benchmark=145000, phone="123")


async def test_changes_at_the_same_moment_both_last(database: Database) -> None:
    async with database.unit_of_work() as session:
        await firm.change_profile(session, name="Northgate")

    async def change(**changes: str) -> None:
        async with database.unit_of_work() as session:
            await firm.change_profile(session, **changes)

    await asyncio.gather(*(change(**{field: "x"}) for field in ("phone", "email", "on_call", "hours")))
    async with database.read() as session:
        profile = await firm.read_profile(session)
    assert (profile.phone, profile.email, profile.on_call, profile.hours) == ("x",) * 4


async def test_a_field_of_another_version_is_no_obstacle(database: Database) -> None:
    async with database.unit_of_work() as session:
        session.add(FirmValue(key=PROFILE, value={"name": "Northgate", "motto": "Calm"}))
    async with database.read() as session:
        assert await firm.read_profile(session) == FirmProfile(name="Northgate")


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("name", "  Two\nwords ", "Two words"),
        ("phone", "+44 (0)20 7946-0000 ext. 12", "+44 (0)20 7946-0000 ext. 12"),
        ("email", "desk@firm.example", "desk@firm.example"),
        ("timezone", "Europe/London", "Europe/London"),
        ("hours", "mon – thu 9-17, Fri 9-13:30", "Mon-Thu 09:00-17:00, Fri 09:00-13:30"),
        ("hours", "Sat 10-14,Mon-Fri 8:00-18:00", "Mon-Fri 08:00-18:00, Sat 10:00-14:00"),
        ("holidays", "gb", "GB"),
        ("holidays", "gb-eng", "GB-ENG"),
        ("currency", "eur", "EUR"),
        ("benchmark", "145,000", 145000),
        ("benchmark", "145000", 145000),
        *((field, "  ", None) for field in FIELDS),
    ],
)
def test_a_field_takes(field: str, text: str, value: Any) -> None:
    assert parse_field(field, text) == value


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("name", "x" * 201, "200"),
        ("name", "a\x00b", "characters"),
        ("phone", "ring us", "+44"),
        ("phone", "++", "+44"),
        ("email", "desk", "desk@firm.example"),
        ("email", "a b@c.example", "desk@firm.example"),
        ("timezone", "London", "Europe/London"),
        ("timezone", "../etc", "Europe/London"),
        ("hours", "always", "Mon-Thu 9-17"),
        ("hours", "Mon-Fri 17-9", "Mon-Thu 9-17"),
        ("hours", "Fri-Mon 9-17", "Mon-Thu 9-17"),
        ("hours", "Mon 9-17, Mon-Tue 9-17", "Mon-Thu 9-17"),
        ("hours", "Mon 9-25", "Mon-Thu 9-17"),
        ("hours", "Mon 9:75-11", "Mon-Thu 9-17"),
        ("holidays", "XX", "GB"),
        ("holidays", "GBR", "GB"),
        ("holidays", "GB-YORK", "ENG, NIR"),
        ("holidays", "GB-", "ENG, NIR"),
        ("currency", "pounds", "GBP"),
        ("benchmark", "a lot", "145000"),
        ("benchmark", "1,45", "145000"),
        ("benchmark", "0", "145000"),
    ],
)
def test_what_a_field_cannot_take_is_named_with_an_example(field: str, text: str, says: str) -> None:
    with pytest.raises(AdvisoryError) as error:
        parse_field(field, text)
    assert says in str(error.value)
    assert text[:20] in str(error.value) or repr(text) in str(error.value)


@given(st.text(max_size=30) | st.from_regex(r"(Mon|Tue|Sun)(-Fri)? \d\d?-\d\d?", fullmatch=True))
def test_hours_are_read_or_refused_and_what_was_read_reads_the_same(text: str) -> None:
    try:
        hours = parse_hours(text)
    except AdvisoryError:
        return
    assert hours.startswith(DAYS)
    assert parse_hours(hours) == hours


@pytest.mark.parametrize(
    ("given", "name"),
    [("phone", "phone"), ("On-Call", "on_call"), ("time zone", "timezone"), ("e-mail", "email"),
     ("default promise", "first_reply"), ("urgent-triage", "urgent_triage")],
)  # fmt: skip
def test_fields_and_terms_are_found_as_people_write_them(given: str, name: str) -> None:
    assert find_field(given) == name


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(AdvisoryError, match=r"'colour'.*name, phone.*urgent_triage"):
        find_field("colour")
    with pytest.raises(AdvisoryError, match="Did you mean 'phone'"):
        find_field("phon")
    with pytest.raises(AdvisoryError, match="'phone' is no term: use first_reply"):
        find_term("phone")
    assert find_term("first-reply") is Term.FIRST_REPLY
