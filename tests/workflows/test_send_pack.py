"""A month's pack from the lead's second working day to its readers, on a desk at work."""

from datetime import UTC, date, datetime

from sqlalchemy import update

from bot.engagement.calendar import Calendar
from bot.engagement.desk_models import Notice
from bot.engagement.models import AuditEvent, Client, Person, Role
from bot.engagement.outcome_models import Pack
from bot.engagement.retainer_models import Retainer
from bot.packs.wording import KEPT_APART
from bot.slack import pack_ids, pack_texts
from bot.workflows.announce_packs import AnnouncePacks, told_from
from bot.workflows.desk import ONLY_DESK, ONLY_LEADS
from bot.workflows.presses import NOT_YOURS
from bot.workflows.send_pack import NO_READERS
from bot.workflows.unasked import PACK, Unasked
from emulator import sample
from tests.scenarios.desk import Json, action_ids, shown
from tests.scenarios.home_scenes import modal
from tests.workflows.office import Office

# The second working day of a month in the past: what is queued then is sent at once.
TUESDAY = datetime(2026, 11, 3, 10, tzinfo=UTC)
OCTOBER = date(2026, 10, 1)


async def _with_retainer(office: Office, name: str, reader: str | None) -> Client:
    """Give a client ten hours a month since August, and somebody who reads its packs."""
    async with office.store.unit_of_work() as session:
        client: Client = next(each for each in await office.rows(Client) if each.name == name)
        session.add(
            Retainer(
                client_id=client.id, minutes=600, starts_on=date(2026, 8, 1), created_by="test",
                created_at=TUESDAY,
            )
        )  # fmt: skip
        if reader is not None:
            await session.execute(update(Person).where(Person.user_id == reader).values(role=Role.CIO))
    return client


async def _says(office: Office) -> None:
    """Say what is planned, as if it had been planned that Tuesday."""
    async with office.store.unit_of_work() as session:
        unsaid = update(Notice).where(Notice.kind == PACK, Notice.sent_at.is_(None))
        await session.execute(unsaid.values(due_at=TUESDAY, created_at=TUESDAY))
    await Unasked(office.store, office.directory, lambda: TUESDAY).say_due()
    await office.quiet()


async def _told(office: Office, user: str) -> list[Json]:
    return office.bot_posts(await office.slack.dm(user))


def _files(posts: list[Json]) -> list[str]:
    return [file["name"] for post in posts for file in post.get("files", ())]


async def test_a_lead_looks_at_a_pack_and_sends_it_and_only_its_readers_open_it(office: Office) -> None:
    client = await _with_retainer(office, "Small Bakery", sample.CARL)
    announce = AnnouncePacks(office.store, office.directory, lambda: TUESDAY)
    assert [await announce.sweep(), await announce.sweep()] == [1, 0]
    assert await AnnouncePacks(office.store, office.directory, lambda: TUESDAY).sweep() == 0
    await _says(office)
    (announced,) = await _told(office, sample.CORA)
    assert pack_texts.announced("Small Bakery", "October 2026") in shown(announced)

    value = pack_ids.month_value(client.id, OCTOBER)
    for user, refusal in ((sample.ANA, ONLY_DESK), (sample.DEV, ONLY_LEADS)):
        await office.forges(user, sample.DESK, pack_ids.PACK_SEND, value)
        assert refusal in shown(office.private(user)[-1])
    await office.forges(sample.CORA, sample.DESK, pack_ids.PACK_SEND, f"{client.id}:2199-01")
    assert "has not begun" in shown(office.private(sample.CORA)[-1])

    await office.presses(sample.CORA, announced, pack_ids.PACK_PREVIEW)
    seen = await _told(office, sample.CORA)
    assert pack_texts.ONLY_LEAD in shown(seen[1])
    names = ["pack-2026-10.pdf", *(f"pack-2026-10-{part}.png" for part in ("questions", "hours", "promises"))]
    assert _files(seen) == names
    assert await _told(office, sample.CARL) == []

    await office.presses(sample.CORA, announced, pack_ids.PACK_SEND)
    assert "The pack goes to Carl Chen" in shown(office.private(sample.CORA)[-1])
    await _says(office)
    pack, *files = await _told(office, sample.CARL)
    assert "Small Bakery: October 2026" in pack["text"]
    assert "0 min of 10 h used (0 %)" in shown(pack)
    assert _files(files) == names
    picture = files[2]["files"][0]
    assert picture["alt_txt"].endswith("September 2026 0 min of 10 h; October 2026 0 min of 10 h.")
    await office.opens(sample.CARL, pack, pack_ids.PACK_SHOW)
    assert KEPT_APART in modal(office, sample.CARL)
    await office.forges(sample.ANA, sample.ASK_IT, pack_ids.PACK_SHOW, "1")
    assert NOT_YOURS in shown(office.private(sample.ANA)[-1])
    (kept,) = await office.rows(Pack)
    assert (kept.month, kept.made_by) == (OCTOBER, sample.CORA)
    assert kept.figures["hours"]["granted"] == 600
    assert [each.what for each in await office.rows(AuditEvent)] == ["pack_sent"]


async def test_across_a_shared_channel_a_reader_opens_the_pack_by_a_button_alone(office: Office) -> None:
    client = await _with_retainer(office, "Large Housing", None)
    await office.request(sample.BEN, channel=sample.SHARED)
    value = pack_ids.month_value(client.id, OCTOBER)
    await office.forges(sample.CORA, sample.DESK, pack_ids.PACK_SEND, value)
    assert NO_READERS.format("Large Housing") in shown(office.private(sample.CORA)[-1])
    async with office.store.unit_of_work() as session:
        await session.execute(update(Person).where(Person.user_id == sample.BEN).values(role=Role.CIO))
    await office.forges(sample.CORA, sample.DESK, pack_ids.PACK_SEND, value)
    assert "Ben Brook can open it by a button" in shown(office.private(sample.CORA)[-1])
    there = office.bot_posts(sample.SHARED)[-1]
    assert (shown(there), action_ids(there)) == (
        f"{pack_texts.THERE}\n{pack_texts.THERE_OPEN}",
        [pack_ids.PACK_SHOW],
    )
    await office.opens(sample.BELLA, there, pack_ids.PACK_SHOW)
    assert NOT_YOURS in shown(office.private(sample.BELLA)[-1])
    await office.opens(sample.BEN, there, pack_ids.PACK_SHOW)
    assert pack_texts.ASK_PDF in modal(office, sample.BEN)


def test_the_second_working_day_leaves_out_weekends_and_holidays() -> None:
    calendar = Calendar("Europe/London", "Mon-Fri 09:00-17:00", "GB-ENG")
    assert told_from(calendar, date(2026, 11, 1)) == datetime(2026, 11, 3, 9, tzinfo=UTC)
    # The first of January is a holiday, and a weekend follows.
    assert told_from(calendar, date(2027, 1, 1)) == datetime(2027, 1, 5, 9, tzinfo=UTC)
