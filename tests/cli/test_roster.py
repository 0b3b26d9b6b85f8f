"""`vcio consultants` and `vcio people`: list, show, change; and who leads a client."""

import asyncio

import pytest

from bot.administration import opened
from bot.clock import utc_now
from bot.engagement import clients
from bot.engagement.models import Person
from bot.settings import ignore_environment
from tests.cli.conftest import Vcio


def test_a_consultant_is_changed_shown_and_listed(bare: Vcio) -> None:
    assert "desk channel" in bare("consultants", "list").stdout
    changed = bare.json(
        "consultants", "change", "U01DEV", "--role", "lead", "--skills", "cio-role, ai-and-automation",
        "--timezone", "Europe/London", "--hours", "Mon-Thu 9-17", "--away-until", "2999-01-04", "--json",
    )  # fmt: skip
    assert changed == {
        "user": "U01DEV",
        "name": "U01DEV",
        "role": "lead",
        "skills": ["cio-role", "ai-and-automation"],
        "timezone": "Europe/London",
        "hours": "Mon-Thu 09:00-17:00",
        "away_until": "2999-01-04T00:00+00:00",
    }
    back = bare.json("consultants", "change", "U01DEV", "--away-until", "", "--skills", "", "--json")
    assert back == changed | {"away_until": None, "skills": []}
    assert bare.json("consultants", "show", "<@U01DEV>", "--json") == back
    assert bare.json("consultants", "list", "--json") == [back]
    assert "role         lead" in bare("consultants", "show", "U01DEV").stdout.splitlines()


def test_a_client_has_a_lead_a_deputy_and_a_zone(bare: Vcio) -> None:
    bare("clients", "add", "Acme")
    bare("consultants", "change", "U01DEV", "--role", "lead")
    named = bare.json(
        "clients", "change", "acme", "--lead", "u01dev", "--deputy", "U01ELIF", "--timezone", "Europe/Paris",
        "--json",
    )  # fmt: skip
    assert (named["lead"], named["deputy"], named["timezone"]) == ("U01DEV", "U01ELIF", "Europe/Paris")
    emptied = bare.json("clients", "change", "acme", "--deputy", "", "--timezone", "", "--json")
    assert (emptied["lead"], emptied["deputy"], emptied["timezone"]) == ("U01DEV", None, None)


def test_a_person_is_given_a_role_and_a_client(bare: Vcio) -> None:
    assert "Nobody yet" in bare("people", "list").stdout
    asyncio.run(with_people(bare))
    assert [each["user"] for each in bare.json("people", "list", "--client", "acme", "--json")] == ["U1"]
    assert bare.json("people", "change", "U1", "--role", "cio", "--client", "other", "--json") == {
        "team": "T1", "user": "U1", "name": "Ana", "role": "cio", "approves": None, "client": "other",
    }  # fmt: skip
    assert bare.json("people", "show", "T2/U2", "--json")["client"] == "other"
    assert len(bare("people", "list").stdout.splitlines()) == 3


def test_everyone_is_staff_until_a_role_is_given_and_consents_for_one_client_only(bare: Vcio) -> None:
    asyncio.run(with_people(bare))
    assert {(each["role"], each["approves"]) for each in bare.json("people", "list", "--json")} == {
        ("staff", None)
    }
    approver = bare.json("people", "change", "U1", "--role", "cio", "--approves", "approver", "--json")
    assert (approver["role"], approver["approves"]) == ("cio", "approver")
    assert "cio    approver  acme" in bare("people", "list").stdout
    assert bare.json("people", "change", "U1", "--approves", "deputy", "--json")["approves"] == "deputy"
    assert bare.json("people", "change", "U1", "--client", "other", "--json") == approver | {
        "role": "staff", "approves": None, "client": "other",
    }  # fmt: skip
    bare("people", "change", "U1", "--approves", "deputy")
    assert bare.json("people", "change", "U1", "--approves", "no", "--json")["approves"] is None


async def with_people(vcio: Vcio) -> None:
    now = utc_now()
    async with (
        opened(ignore_environment(vcio_data_dir=vcio.data)) as database,
        database.unit_of_work() as session,
    ):
        acme = await clients.add(session, "Acme", now=now)
        other = await clients.add(session, "Other", now=now)
        for team, user, name, client in (
            ("T1", "U1", "Ana", acme), ("T1", "U2", "Ben", other), ("T2", "U2", "Bea", other),
        ):  # fmt: skip
            session.add(Person(team_id=team, user_id=user, client_id=client.id, name=name, created_at=now))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["consultants", "change", "dev"], "'dev'"),
        (["consultants", "change", "U01DEV", "--role", "boss"], "'boss'"),
        (["consultants", "change", "U01DEV", "--skills", "cooking"], "'cooking'"),
        (["consultants", "change", "U01DEV", "--hours", "always"], "'always'"),
        (["consultants", "change", "U01DEV", "--timezone", "Mars"], "'Mars'"),
        (["consultants", "change", "U01DEV", "--away-until", "2001-01-01"], "2001-01-01"),
        (["consultants", "show", "U01DEV"], "vcio consultants list"),
        (["clients", "change", "acme", "--lead", "somebody"], "'somebody'"),
        (["clients", "change", "acme", "--timezone", "Mars"], "'Mars'"),
        (["people", "show", "U9"], "vcio people list"),
        (["people", "show", "U2"], "T1/U2, T2/U2"),
        (["people", "change", "U1", "--client", "acne"], "Known clients"),
        (["people", "change", "U1", "--approves", "sponsor"], "'sponsor'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input_is_refused_and_nothing_is_stored(bare: Vcio, arguments: list[str], says: str) -> None:
    asyncio.run(with_people(bare))
    assert says in bare.refusal(*arguments)
    assert bare.json("consultants", "list", "--json") == []
