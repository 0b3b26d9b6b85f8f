"""Time is logged by consultants, thresholds are told once, and what needs consent waits for it."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.database import Database
from bot.delivery import inbox
from bot.delivery.inbox import Arrival
from bot.delivery.models import InboxItem, OutboxItem, WorkState
from bot.engagement import firm, ledger
from bot.engagement.consents import Ungated
from bot.engagement.desk_models import Notice
from bot.engagement.models import Approves, Client, Ending, Ticket, TicketState
from bot.engagement.retainer_models import Announced, AtZero, Carry, Consent, ConsentState, TimeEntry
from bot.engagement.retainers import Agreed, add
from bot.engagement.time_lines import Line
from bot.engagement.work_models import ClientChannel, Engagement, EngagementKind
from bot.engagement.work_models import EngagementState as S
from bot.errors import AdvisoryError
from bot.slack.blocks.hours import logged_words
from bot.slack.consent_rendering import card_line
from bot.slack.consent_texts import UNGATED
from bot.slack.hours_texts import THERE
from bot.slack.rendering import RENDERERS
from bot.workflows.announce_hours import HOURS_THERE
from bot.workflows.arrivals import IncomingMessage
from bot.workflows.ask_consent import AskConsent
from bot.workflows.desk_door import ONLY_CONSULTANTS
from bot.workflows.log_by_message import LOGGED, LogByMessage
from bot.workflows.log_time import LogTime
from bot.workflows.resolve_ticket import ResolveTicket, Result, TimeRefused
from bot.workflows.unasked import THRESHOLD
from tests.engagement.hours import work_of
from tests.scenarios.desk import shown
from tests.workflows import desk_tickets
from tests.workflows.consent_desk import CARL, DESK, approver
from tests.workflows.desk_people import ANA, DEV, ELIF, FIRM, LEAD, press
from tests.workflows.test_climb_consent import FRIDAY, Slack

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def prepared(
    database: Database, *, free: int = 2_400, at_zero: AtZero = AtZero.WARN, **more: Any
) -> Ticket:
    """Dev's ticket, of a client of ten hours a month whose approver is Carl."""
    async with database.unit_of_work() as session:
        await firm.change_profile(session, desk_channel=DESK, hours="Mon-Fri 09:00-17:00")
        ticket = await desk_tickets.ticket(session, FRIDAY, held_by=DEV, **more)
        terms = Agreed(600, carry=Carry.EXPIRE, at_zero=at_zero, free_minutes=free)
        await add(session, ticket.client_id, terms, date(2026, 11, 1), actor="test", now=FRIDAY)
        await approver(session, ticket.client_id, CARL, Approves.APPROVER, FRIDAY)
        return ticket


async def rows(database: Database, kind: str) -> list[OutboxItem]:
    """What of a kind was queued, in order."""
    async with database.read() as session:
        found = select(OutboxItem).where(OutboxItem.kind == kind).order_by(OutboxItem.id)
        return list(await session.scalars(found))


def log_time(database: Database) -> LogTime:
    return LogTime(database, Slack(), lambda: FRIDAY)


async def entries(database: Database) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(TimeEntry)) or 0


async def test_each_threshold_is_told_once_to_approver_and_lead_and_the_highest_alone(
    database: Database,
) -> None:
    ticket = await prepared(database)
    told: list[list[tuple[str, int]]] = []
    for number, minutes in enumerate((400, 15, 30, 15, 200, 60)):
        line = f"{minutes}m {ticket.reference} on 2026-11-{20 + number}"
        await log_time(database).by_line(press(DEV), line, f"k{number}")
        async with database.read() as session:
            found = await session.scalars(select(Notice).order_by(Notice.id))
            told.append([(each.user_id, each.values["per_cent"]) for each in found if each.values])
    seventy, full = [(CARL, 70), (LEAD, 70)], [(CARL, 100), (LEAD, 100)]
    # 400 charged as 405 is 67 %, then 70 % and 75 %; 660 at once passes 90 and 100.
    assert told == [[], seventy, seventy, seventy, [*seventy, *full], [*seventy, *full]]
    async with database.read() as session:
        assert set(await session.scalars(select(Announced.per_cent))) == {70, 90, 100}
        (notice,) = await session.scalars(
            select(Notice)
            .where(Notice.user_id == CARL, Notice.kind == THRESHOLD)
            .order_by(Notice.id)
            .limit(1)
        )
        assert notice.values
        message = await RENDERERS[THRESHOLD](session, notice.values)
    assert "the hours of November 2026 are used up, 2.25 h more than agreed" in message.text
    assert "Left: −2 h 15 min" in shown({"blocks": list(message.blocks)})


async def test_an_approver_we_cannot_write_to_is_offered_it_in_the_clients_channel(
    database: Database,
) -> None:
    ticket = await prepared(database)
    async with database.unit_of_work() as session:
        await approver(session, ticket.client_id, "U01FAR", Approves.APPROVER, FRIDAY, team="T09FAR")
        session.add(
            ClientChannel(team_id=FIRM, channel="C07SHARED", client_id=ticket.client_id, created_at=FRIDAY)
        )
    await log_time(database).by_line(press(DEV), f"8h {ticket.reference}", "k")
    (row,) = await rows(database, HOURS_THERE)
    assert row.payload["target"] == {"channel": "C07SHARED"}
    async with database.read() as session:
        assert THERE in (await RENDERERS[HOURS_THERE](session, row.payload)).text


async def test_what_needs_consent_is_not_booked_and_consent_is_asked(database: Database) -> None:
    ticket = await prepared(database, free=30)
    await log_time(database).by_line(press(DEV), f"20m {ticket.reference}", "k1")
    for said in ("They are asked now", "asked about"):
        with pytest.raises(AdvisoryError, match="45 min cannot be booked") as caught:
            await log_time(database).by_line(press(DEV), f"40m {ticket.reference}", "k2")
        assert said in caught.value.user_text
    assert await entries(database) == 1
    async with database.unit_of_work() as session:
        (consent,) = await session.scalars(select(Consent))
        assert (consent.minutes, consent.asked_by) == (45, DEV)
        consent.state = ConsentState.DECLINED
    # Whoever said no is not asked again by every try.
    with pytest.raises(AdvisoryError, match="speak with them"):
        await log_time(database).by_line(press(DEV), f"40m {ticket.reference}", "k2")
    async with database.unit_of_work() as session:
        (consent,) = await session.scalars(select(Consent))
        consent.state = ConsentState.GRANTED
    logged = await log_time(database).by_line(press(DEV), f"40m {ticket.reference}", "k2")
    assert (logged.entry.charged, logged.balance and logged.balance.left) == (45, 525)


async def test_about_what_is_over_nobody_is_asked_and_it_is_said(database: Database) -> None:
    ticket = await prepared(database, free=30)
    async with database.unit_of_work() as session:
        (await session.get_one(Ticket, ticket.id)).state = TicketState.RESOLVED
    with pytest.raises(AdvisoryError, match="is resolved, so nobody is asked") as caught:
        await log_time(database).by_line(press(DEV), f"45m {ticket.reference}", "k")
    assert "They are asked now" not in caught.value.user_text
    async with database.read() as session:
        assert (await session.scalars(select(Consent))).all() == []
    assert await entries(database) == 0


async def test_time_of_a_request_counts_for_its_work_once_that_is_agreed(database: Database) -> None:
    ticket = await prepared(database, free=30)
    async with database.unit_of_work() as session:
        work = await work_of(
            session, ticket, EngagementKind.HANDS, ticket_id=ticket.id, minutes=120, state=S.PROPOSED
        )
    with pytest.raises(AdvisoryError, match="nothing is charged on it before that"):
        await log_time(database).by_line(press(DEV), f"45m {work.reference}", "k0")
    await log_time(database).by_line(press(DEV), f"30m {ticket.reference} The first look", "k1")
    async with database.unit_of_work() as session:
        (await session.get_one(Engagement, work.id)).state = S.ACTIVE
    # More than the request may take unasked, and it is nobody's to consent to: it was agreed.
    line, at_card = Line(90, "", FRIDAY.date()), press(DEV, channel=DESK)
    booked = await log_time(database).at_card(at_card, ticket.id, line, "k2")
    assert (booked.entry.ticket_id, booked.entry.engagement_id) == (None, work.id)
    assert logged_words(booked).endswith(f"30 min of 2 h agreed for {work.reference} are left.")
    booked = await log_time(database).by_line(press(DEV), f"45m {ticket.reference}", "k3")
    assert "15 min beyond the 2 h agreed" in logged_words(booked)
    async with database.read() as session:
        stands = await ledger.balance(session, ticket.client_id, date(2026, 11, 1))
        assert stands is not None
        assert stands.left == 570
        assert UNGATED[Ungated.AGREED] == await card_line(session, ticket)
    with pytest.raises(AdvisoryError, match="propose a change of scope"):
        await AskConsent(database, Slack(), lambda: FRIDAY).ask(at_card, ticket.id, 60)


async def test_time_given_with_a_resolution_asks_for_the_consent_it_lacks(database: Database) -> None:
    ticket = await prepared(database, free=30)
    resolve = ResolveTicket(database, Slack(), lambda: FRIDAY)
    with pytest.raises(TimeRefused, match="They are asked now"):
        await resolve.resolve(press(DEV, channel=DESK), ticket.id, Result(Ending.ANSWERED, "", 0, 45))
    assert (await desk_tickets.read_ticket(database, ticket.id)).state is TicketState.CLAIMED
    async with database.read() as session:
        (consent,) = await session.scalars(select(Consent))
    assert (consent.minutes, consent.state, await entries(database)) == (15, ConsentState.ASKED, 0)


async def test_a_month_that_stops_at_zero_asks_for_consent_to_what_is_beyond_it(database: Database) -> None:
    ticket = await prepared(database, at_zero=AtZero.BLOCK)
    await log_time(database).by_line(press(DEV), f"9h30 {ticket.reference}", "k1")
    with pytest.raises(AdvisoryError, match="30 min left in November 2026") as caught:
        await log_time(database).by_line(press(DEV), f"1h {ticket.reference}", "k2")
    assert "stops at zero" in caught.value.user_text
    assert "They are asked now" in caught.value.user_text
    assert await entries(database) == 1


async def test_only_who_has_a_part_in_it_logs_on_what_is_confidential(database: Database) -> None:
    ticket = await prepared(database, confidential=True)
    line = f"40m {ticket.reference} internal: hushed"
    with pytest.raises(AdvisoryError, match="is confidential"):
        await log_time(database).by_line(press(ELIF), line, "k1")
    with pytest.raises(AdvisoryError, match=ONLY_CONSULTANTS):
        await log_time(database).by_line(press(ANA), line, "k1")
    for user in (DEV, LEAD):
        logged = await log_time(database).by_line(press(user), line, f"k{user}")
        assert (logged.entry.charged, logged.entry.confidential) == (0, True)
    assert await entries(database) == 2


async def test_time_is_taken_back_by_who_logged_it_or_a_lead(database: Database) -> None:
    ticket = await prepared(database)
    logged = await log_time(database).by_line(press(DEV), f"40m {ticket.reference}", "k")
    with pytest.raises(AdvisoryError, match="somebody else's"):
        await log_time(database).take_back(press(ELIF), logged.entry.id)
    for _ in range(2):
        await log_time(database).take_back(press(LEAD), logged.entry.id)
    with pytest.raises(AdvisoryError, match="no time entry"):
        await log_time(database).take_back(press(DEV), 999)
    assert await entries(database) == 2


async def said(
    database: Database, user: str, text: str, *, private: bool = True, on_card: bool = False
) -> tuple[InboxItem, bool]:
    """A message accepted and handled, twice; whether others were to handle it."""
    message = IncomingMessage(
        team_id=FIRM, actor_team_id=FIRM, user_id=user,
        channel="D01" if private else "C01", is_private=private,
        ts=f"{abs(hash(text + user))}.1", thread_ts=None, text=text, addressed=private,
    )  # fmt: skip
    arrival = Arrival(
        team_id=FIRM, event_key=message.ts, lane=message.place.lane, kind="question",
        payload=message.to_payload(),
    )  # fmt: skip
    async with database.unit_of_work() as session:
        await inbox.accept(session, arrival, now=FRIDAY)
    left: list[int] = []

    async def otherwise(item: InboxItem) -> None:
        left.append(item.id)

    handler = LogByMessage(database, Slack(), otherwise, lambda: FRIDAY, on_card=on_card)
    async with database.read() as session:
        item = await session.scalar(select(InboxItem).order_by(InboxItem.id.desc()).limit(1))
    assert item is not None
    for _ in range(2):
        await handler.handle(item)
    async with database.read() as session:
        return await session.get_one(InboxItem, item.id), bool(left)


async def test_a_consultants_words_log_once_and_are_answered_in_private(database: Database) -> None:
    ticket = await prepared(database)
    item, left = await said(database, DEV, f"log 45m {ticket.reference} Read the plan")
    assert (item.state, left, await entries(database)) == (WorkState.DONE, False, 1)
    (row,) = await rows(database, LOGGED)
    async with database.read() as session:
        text = (await RENDERERS[LOGGED](session, row.payload)).text
    assert text == (
        f"Logged 45 min on {ticket.reference} (Harbour Bakery). 9.25 h of 10 h are left in November 2026."
    )
    item, left = await said(
        database, DEV, f"log 30m {ticket.reference} // tired", private=False, on_card=True
    )
    assert (item.state, left, await entries(database)) == (WorkState.DONE, False, 2)
    assert (await rows(database, LOGGED))[-1].payload["target"] == {"user": DEV}
    _item, left = await said(database, DEV, "log 45m VC-9999 Read")
    (refusal,) = [row.payload for row in await rows(database, LOGGED) if "refused" in row.payload]
    assert "There is no request or agreed work 'VC-9999'" in refusal["refused"]
    assert not left


@pytest.mark.parametrize(
    ("user", "text", "private"),
    [
        (ANA, "log 45m {} Read", True),
        (DEV, "log what we do about {}?", True),
        (DEV, "log 45m {} Read", False),
    ],
)
async def test_what_is_no_consultants_line_to_us_is_left_to_others(
    database: Database, user: str, text: str, private: bool
) -> None:
    ticket = await prepared(database)
    item, left = await said(database, user, text.format(ticket.reference), private=private)
    assert (item.state, left, await entries(database)) == (WorkState.WAITING, True, 0)


async def test_the_clients_own_lead_is_told_instead_of_all_leads(database: Database) -> None:
    ticket = await prepared(database)
    async with database.unit_of_work() as session:
        (await session.get_one(Client, ticket.client_id)).lead = ELIF
    await log_time(database).by_line(press(DEV), f"8h {ticket.reference}", "k")
    async with database.read() as session:
        assert set(await session.scalars(select(Notice.user_id))) == {CARL, ELIF}
