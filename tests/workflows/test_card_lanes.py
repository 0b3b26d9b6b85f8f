"""What concerns a card is sent in lanes of its own once the card stands: never before it."""

from bot.clock import utc_now
from bot.database import Session
from bot.delivery.lanes import finish
from bot.delivery.models import OutboxItem, WorkState
from bot.engagement.models import Ticket
from bot.workflows.arrivals import IncomingMessage
from bot.workflows.card_lanes import CARD_UPDATE, CARD_WORDS, below, card_is_gone, of_card, write_on_card
from bot.workflows.escalate import send_card
from bot.workflows.hold import carry_message
from bot.workflows.telling import update_card
from emulator import sample
from tests.scenarios.desk import shown
from tests.workflows.office import Office

WORDS = [f"Line {number}." for number in range(4)]


async def test_what_is_written_before_the_card_stands_follows_below_it_in_order(office: Office) -> None:
    ticket = await office.request()
    await office.changed(ticket, card_channel=None, card_ts=None)
    async with office.store.unit_of_work() as session:
        again = await session.get_one(Ticket, ticket.id)
        await send_card(session, again, firm_team_id=sample.FIRM, now=utc_now())
        for word in WORDS:
            await _carried(session, again, word)
    await office.quiet()
    card = office.cards()[-1]
    said = [shown(each) for each in office.bot_replies(sample.DESK, card["ts"])]
    assert [next(word for word in WORDS if word in each) for each in said] == WORDS
    place = (sample.FIRM, sample.DESK, card["ts"])
    assert {row.lane for row in await office.rows(OutboxItem, kind="relay")} == {below(*place)}
    assert {row.lane for row in await office.rows(OutboxItem, kind=CARD_WORDS)} == {of_card(*place)}


async def test_a_card_that_waits_to_be_shown_again_is_shown_once_for_all(office: Office) -> None:
    ticket = await office.request()
    since = len(office.slack.calls)
    async with office.store.unit_of_work() as session:
        held = await session.get_one(Ticket, ticket.id)
        await update_card(session, held, firm_team_id=sample.FIRM, now=utc_now())
        for word in WORDS:
            await _carried(session, held, word)
    await office.quiet()
    assert _updates(office, since) == 1
    rows = await office.rows(OutboxItem, kind=CARD_WORDS)
    assert [row.state for row in rows] == [WorkState.DONE] * len(WORDS)


async def test_an_update_that_homes_follow_is_not_taken_for_words(office: Office) -> None:
    ticket = await office.request()
    since = len(office.slack.calls)
    async with office.store.unit_of_work() as session:
        held = await session.get_one(Ticket, ticket.id)
        for kind in (CARD_WORDS, CARD_WORDS, CARD_UPDATE):
            await write_on_card(session, held, kind, {}, firm_team_id=sample.FIRM, now=utc_now())
    await office.quiet()
    assert _updates(office, since) == 2


async def test_what_waits_below_a_card_that_is_gone_waits_before_the_next_card(office: Office) -> None:
    ticket = await office.request()
    (card,) = office.cards()
    place, now = (sample.FIRM, sample.DESK, card["ts"]), utc_now()
    async with office.store.unit_of_work() as session:
        held = await session.get_one(Ticket, ticket.id)
        values = {"team_id": sample.FIRM, "lane": below(*place), "created_at": now, "due_at": now}
        found = OutboxItem(kind=CARD_UPDATE, payload={"ticket_id": ticket.id}, **values)
        waits = OutboxItem(kind="relay", payload={"ticket_id": ticket.id}, **values)
        others = OutboxItem(kind="relay", payload={"ticket_id": ticket.id + 1}, **values)
        session.add_all([found, waits, others])
        await session.flush()
        await card_is_gone(session, held, found)
        assert (held.card_channel, held.card_ts) == (None, None)
        assert [row.lane for row in (found, waits, others)] == [
            below(*place), below(sample.FIRM, sample.DESK, None), below(*place),
        ]  # fmt: skip
        for row in (found, waits, others):
            finish(row, now=now)


async def _carried(session: Session, ticket: Ticket, text: str) -> None:
    message = IncomingMessage(
        team_id=sample.FIRM, actor_team_id=sample.FIRM, user_id=sample.ANA, channel="D1", is_private=True,
        ts=text, thread_ts="1.1", text=text, addressed=True,
    )  # fmt: skip
    assert await carry_message(session, ticket, message, "Ana Alves", firm_team_id=sample.FIRM, now=utc_now())


def _updates(office: Office, since: int) -> int:
    return sum(call.method == "chat.update" for call in office.slack.calls[since:])
