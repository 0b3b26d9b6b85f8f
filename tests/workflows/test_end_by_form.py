"""A lead ends a service by form: nothing is set before it is confirmed, and then once."""

import asyncio
from datetime import timedelta

import pytest

from bot.engagement import clients
from bot.engagement.models import AuditEvent, Client
from bot.engagement.service_ends import THE_FIRM
from bot.engagement.work_models import ServiceEnd
from bot.errors import AdvisoryError
from bot.slack.end_ids import kept, read_kept
from bot.workflows.desk import ONLY_LEADS
from bot.workflows.end_by_form import EndByForm, Ending
from bot.workflows.presses import NOT_YOURS
from emulator import sample
from tests.workflows.office import Office
from tests.workflows.test_end_service import INSTEAD, NOW, TODAY
from tests.workflows.test_work import requested

on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def the_client(office: Office) -> Client:
    (client,) = await office.rows(Client, name="Small Bakery")
    assert isinstance(client, Client)
    return client


@on_one_database
async def test_what_is_open_is_shown_first_and_the_end_is_set_once(quiet_office: Office) -> None:
    office = quiet_office
    await requested(office)
    client = await the_client(office)
    form = EndByForm(office.store, office.directory, lambda: NOW)
    lead = office.press(sample.CORA, "")
    served, today = await form.begin(lead)
    assert (client.id, "Small Bakery") in served
    ending = Ending(client.id, today + timedelta(days=7), INSTEAD)
    outlook = await form.look(lead, ending)
    assert (outlook.client_name, outlook.pack.open_count, outlook.before) == ("Small Bakery", 2, None)
    assert await office.rows(ServiceEnd) == []
    for _twice in range(2):
        assert await form.confirm(lead, ending) == "Small Bakery"
    assert len(await office.rows(AuditEvent, what="service end set")) == 1
    later = Ending(client.id, TODAY + timedelta(days=9), INSTEAD, erases=True)
    assert (await form.look(lead, later)).before == ending.ends_on
    await form.confirm(lead, later)
    (end,) = await office.rows(ServiceEnd)
    assert (end.ends_on, end.erases, end.announced_at) == (later.ends_on, True, None)


@on_one_database
async def test_who_is_no_lead_and_what_cannot_be_meant_are_refused(quiet_office: Office) -> None:
    office = quiet_office
    client = await the_client(office)
    form = EndByForm(office.store, office.directory, lambda: NOW)
    async with office.store.unit_of_work() as session:
        own, _new = await clients.firm_client(session, "Advisory Firm", now=NOW)
    tomorrow = TODAY + timedelta(days=1)
    good = Ending(client.id, tomorrow, INSTEAD)
    for user, ending, says in (
        (sample.DEV, good, ONLY_LEADS),
        (sample.CORA, Ending(client.id, TODAY - timedelta(days=2), INSTEAD), "can end today or later"),
        (sample.CORA, Ending(client.id, tomorrow, " "), "Say whom"),
        (sample.CORA, Ending(own.id, tomorrow, INSTEAD), THE_FIRM),
        (sample.CORA, Ending(999, tomorrow, INSTEAD), NOT_YOURS),
    ):
        for act in (form.look, form.confirm):
            with pytest.raises(AdvisoryError, match=says):
                await act(office.press(user, ""), ending)
    with pytest.raises(AdvisoryError, match=ONLY_LEADS):
        await form.begin(office.press(sample.DEV, ""))
    assert await office.rows(ServiceEnd) == []


@pytest.mark.parametrize(
    "value", ["", "[]", "[1]", '["1", "x", "y", false]', f'["{"9" * 20}", "2026-01-01", "", 0]']
)
def test_what_the_second_step_keeps_comes_back_or_is_refused(value: str) -> None:
    ending = Ending(3, TODAY, INSTEAD, erases=True)
    assert read_kept(kept(ending)) == ending
    with pytest.raises(AdvisoryError, match=NOT_YOURS):
        read_kept(value)


async def test_two_confirmations_at_once_set_one_end(quiet_office: Office) -> None:
    office = quiet_office
    client = await the_client(office)
    form = EndByForm(office.store, office.directory, lambda: NOW)
    ending = Ending(client.id, TODAY + timedelta(days=7), INSTEAD)
    lead = office.press(sample.CORA, "")
    assert await asyncio.gather(*(form.confirm(lead, ending) for _twice in range(2))) == [client.name] * 2
    assert len(await office.rows(AuditEvent, what="service end set")) == 1
