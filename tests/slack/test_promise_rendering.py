"""What a client and the desk read of promises, on stored tickets."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.database import Database
from bot.engagement import clients, firm
from bot.engagement.desk_models import PromiseKind, SlaPolicy
from bot.engagement.models import Term, TicketState, Urgency
from bot.engagement.terms import UNCONFIRMED, confirm_terms
from bot.slack import promise_texts
from bot.slack.blocks.limits import check_message
from bot.slack.promise_rendering import PROMISE_RENDERERS, Words, promise_words
from bot.workflows.watch_sla import BROKEN, CALL, WARNING
from tests.engagement.desk import opened

# A Friday in New York and London; the desk works in London.
FRIDAY = datetime(2026, 11, 27, 10, 30, tzinfo=UTC)
EVENING = datetime(2026, 11, 27, 21, 0, tzinfo=UTC)
NEW_YORK = "America/New_York"


async def said(
    database: Database,
    *,
    at: datetime = FRIDAY,
    urgency: Urgency | None = None,
    zone: str | None = None,
    on_call: bool = False,
    no_sla: bool = False,
    it_support: str | None = None,
    client_zone: str | None = None,
    **profile: str | None,
) -> Words:
    """What a client is told of a request made at that moment."""
    values = {"desk_channel": "C1", "timezone": "Europe/London"} | profile
    async with database.unit_of_work() as session:
        await firm.change_profile(session, **values)
        client = await clients.add(session, "Acme", now=at, it_support=it_support)
        client.timezone = client_zone
        if no_sla:
            session.add(SlaPolicy(client_id=client.id))
        ticket = await opened(session, client, now=at)
        ticket.urgency = urgency
    async with database.read() as session:
        return await promise_words(session, ticket, zone=zone, on_call=on_call, now=at)


@pytest.mark.parametrize(
    ("zone", "client_zone", "when"),
    [
        ("Europe/London", None, "Monday 10:30, your time"),
        (NEW_YORK, "Europe/London", "Monday 05:30, your time"),
        (None, "Asia/Kolkata", "Monday 16:00, your time"),
        (None, None, "Monday 10:30, Europe/London time"),
        ("Nowhere/Else", None, "Monday 10:30, Europe/London time"),
    ],
)
async def test_the_promise_is_said_in_the_readers_zone_and_hedged_while_unconfirmed(
    database: Database, zone: str | None, client_zone: str | None, when: str
) -> None:
    words = await said(database, zone=zone, client_zone=client_zone)
    assert words == Words("", f"You will hear from a consultant by {when}{UNCONFIRMED}.")


async def test_out_of_hours_it_says_when_the_day_begins_and_a_confirmed_term_is_not_hedged(
    database: Database,
) -> None:
    async with database.unit_of_work() as session:
        await confirm_terms(session, Term, actor="U1", now=FRIDAY)
    words = await said(database, at=EVENING, zone="Europe/London")
    assert words.promise == (
        "Our consultants are back on Monday 09:00; you will hear from one by Monday 17:00, your time."
    )


async def test_nothing_is_promised_without_a_desk_or_explicitly(database: Database) -> None:
    assert await said(database, desk_channel=None) == Words()


@pytest.mark.parametrize("urgency", [None, Urgency.WORK_STOPPED])
async def test_no_sla_is_said_to_be_no_time(database: Database, urgency: Urgency | None) -> None:
    assert await said(database, no_sla=True, urgency=urgency) == Words("", promise_texts.NO_TIME)


STOPPED = Urgency.WORK_STOPPED


async def test_stopped_work_out_of_hours_is_sent_to_the_phone_in_the_same_reply(database: Database) -> None:
    words = await said(
        database,
        at=EVENING,
        urgency=STOPPED,
        zone="Europe/London",
        it_support="Quay, 01632 960100",
        phone="999",
    )
    assert words.phone == (
        "Nobody is watching before Monday 09:00, your time: "
        "please phone your IT support: Quay, 01632 960100 or us: 999."
    )
    assert words.promise.startswith("You will hear from a consultant by Monday 17:00")


@pytest.mark.parametrize(
    ("on_call", "listed"),
    [("Ana, 07700 900123", "our on-call number: Ana, 07700 900123"), ("U0STRANGER", promise_texts.ANYBODY)],
)
async def test_the_number_on_call_is_given_and_none_is_invented(
    database: Database, on_call: str, listed: str
) -> None:
    async with database.unit_of_work() as session:
        await firm.change_profile(session, on_call=on_call)
    words = await said(database, at=EVENING, urgency=STOPPED, no_sla=True)
    assert words == Words(
        f"Nobody is watching before Monday 09:00, Europe/London time: please phone {listed}.",
        promise_texts.NO_TIME,
    )


async def test_with_somebody_on_call_the_client_hears_that_they_are_rung(database: Database) -> None:
    words = await said(database, at=EVENING, urgency=STOPPED, on_call=True)
    assert words.phone == promise_texts.CALLED


async def test_who_has_people_of_their_own_phones_them_while_ours_are_rung(database: Database) -> None:
    words = await said(
        database, at=EVENING, urgency=STOPPED, on_call=True, it_support="Quay, 01632 960100", phone="999"
    )
    assert words.phone.startswith(promise_texts.CALLED)
    assert words.phone.endswith("please phone your IT support: Quay, 01632 960100.")


async def test_a_time_is_said_by_the_full_minute_so_that_a_day_ends_at_its_end(database: Database) -> None:
    words = await said(database, at=FRIDAY - timedelta(seconds=20), zone="Europe/London")
    assert words.promise == f"You will hear from a consultant by Monday 10:30, your time{UNCONFIRMED}."


async def test_in_hours_stopped_work_needs_no_phone(database: Database) -> None:
    assert (await said(database, urgency=STOPPED)).phone == ""


@pytest.mark.parametrize("confidential", [False, True])
async def test_the_desk_reads_what_is_due_and_of_confidential_matters_the_reference_only(
    database: Database, confidential: bool
) -> None:
    async with database.unit_of_work() as session:
        client = await clients.add(session, "Acme", now=FRIDAY)
        ticket = await opened(session, client, now=FRIDAY)
        ticket.state, ticket.claimed_name = TicketState.CLAIMED, "Dev Patel"
        ticket.confidential = confidential
    due = (FRIDAY + timedelta(hours=1)).isoformat()
    payload = {"ticket_id": ticket.id, "due": due, "promise": "first_reply", "zone": NEW_YORK}
    async with database.read() as session:
        texts = {
            kind: check_message(await PROMISE_RENDERERS[kind](session, payload)).text
            for kind in (WARNING, BROKEN, CALL)
        }
    for text in texts.values():
        assert text.startswith(f"{ticket.reference}:" if confidential else f"{ticket.reference} (Acme):")
        assert "Ana" not in text
    assert "06:30, your time" in texts[WARNING]
    assert ("Dev Patel has it." in texts[BROKEN]) is not confidential


def test_a_moment_days_away_is_said_with_its_date() -> None:
    week = FRIDAY + timedelta(days=7)
    assert promise_texts.when(week, "UTC", now=FRIDAY, theirs=True) == "Friday 4 December 10:30, your time"
    assert promise_texts.when(FRIDAY, "UTC", now=FRIDAY, theirs=False) == "Friday 10:30, UTC time"


@pytest.mark.parametrize("kind", PromiseKind)
def test_every_promise_has_its_words(kind: PromiseKind) -> None:
    for said in (promise_texts.warning("VC-1", kind, "noon"), promise_texts.broken("VC-1", kind, "noon")):
        assert said.startswith("VC-1: the ")
        assert "_" not in said
