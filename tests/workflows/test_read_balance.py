"""Hours are read by who approves them, their CIO and consultants; staff hear kindly whom to ask."""

from datetime import date

import pytest

from bot.database import Database
from bot.engagement.models import Approves, Role
from bot.errors import AdvisoryError
from bot.workflows.log_time import LogTime
from bot.workflows.presses import NOT_YOURS
from bot.workflows.read_balance import ReadBalance
from tests.workflows import desk_tickets
from tests.workflows.consent_desk import CARL, approver
from tests.workflows.desk_people import ANA, DEV, press
from tests.workflows.test_climb_consent import FRIDAY, Slack
from tests.workflows.test_log_time import prepared

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NOVEMBER = date(2026, 11, 1)


def balances(database: Database) -> ReadBalance:
    return ReadBalance(database, Slack(), lambda: FRIDAY)


async def test_who_approves_and_the_cio_read_and_staff_are_told_whom_to_ask(database: Database) -> None:
    ticket = await prepared(database)
    async with database.unit_of_work() as session:
        cio = await approver(session, ticket.client_id, "U01CIO", None, FRIDAY)
        cio.role = Role.CIO
        await approver(session, ticket.client_id, "U01DORA", Approves.DEPUTY, FRIDAY)
    await LogTime(database, Slack(), lambda: FRIDAY).by_line(press(DEV), f"7h12 {ticket.reference}", "k")
    for user in (CARL, "U01DORA", "U01CIO"):
        (hours,) = await balances(database).of(press(user))
        assert hours.balance and (hours.balance.left, hours.balance.used_per_cent) == (165, 72)
    with pytest.raises(AdvisoryError, match=r"please ask Carl or Dora. Asking me costs nothing"):
        await balances(database).of(press(ANA))
    with pytest.raises(AdvisoryError, match="nobody is named yet"):
        await balances(database).of(press("U01NEW"))


async def test_a_consultant_reads_one_client_or_all_that_have_hours(database: Database) -> None:
    await prepared(database)
    for words in ("", "harbour-bakery", "Harbour Bakery"):
        (hours,) = await balances(database).of(press(DEV), words)
        assert (hours.client_name, hours.inside) == ("Harbour Bakery", True)
    with pytest.raises(AdvisoryError, match="There is no client 'acne'"):
        await balances(database).of(press(DEV), "acne")


async def test_another_clients_lines_are_shown_to_nobody_whatever_the_button_says(database: Database) -> None:
    ticket = await prepared(database)
    async with database.unit_of_work() as session:
        other = await desk_tickets.ticket(session, FRIDAY, client="Other", asker="U01OTTO")
        await approver(session, other.client_id, "U01OTTA", Approves.APPROVER, FRIDAY)
    with pytest.raises(AdvisoryError, match=NOT_YOURS):
        await balances(database).lines(press("U01OTTA"), ticket.client_id, NOVEMBER)
    with pytest.raises(AdvisoryError, match=NOT_YOURS):
        await balances(database).lines(press(DEV), 999, NOVEMBER)
    _hours, statement = await balances(database).lines(press(CARL), ticket.client_id, NOVEMBER)
    assert statement.total == 600
