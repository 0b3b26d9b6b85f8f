"""People of a client whose service has ended are told whom to ask now; the pack arrives as a file."""

from datetime import timedelta

from sqlalchemy import select

from bot.answering.models import AnswerRecord
from bot.clock import utc_now
from bot.engagement.models import Approves, Client, Person
from bot.engagement.work_models import ServiceEnd
from bot.settings import Settings
from emulator import sample
from tests.scenarios.desk import shown
from tests.scenarios.scene import Scene
from tests.scenarios.workspace import running

INSTEAD = "Harbour IT, 01632 960200"


async def test_after_the_last_day_people_hear_whom_to_ask(settings: Settings, scene: Scene) -> None:
    now = utc_now()
    async with scene.store.unit_of_work() as session:
        carl = await session.scalar(select(Person).where(Person.user_id == sample.CARL))
        assert carl is not None
        carl.approves = Approves.APPROVER
        (await session.get_one(Client, carl.client_id)).lead = sample.CORA
        session.add(
            ServiceEnd(
                client_id=carl.client_id,
                ends_on=now.date() - timedelta(days=2),
                ask_instead=INSTEAD,
                erases=True,
                set_by="test",
                set_at=now,
                announced_at=now,
            )
        )
    async with running(settings, scene):
        told = await scene.asks(sample.ANA)
        assert INSTEAD in shown(told.reply)
        assert await scene.rows(AnswerRecord) == []
        await scene.quiet()
        for who, says in ((sample.CARL, "will be erased"), (sample.CORA, "vcio forget")):
            (pack,) = [each for each in scene.slack.messages(await scene.slack.dm(who)) if each.get("files")]
            assert says in pack["text"]
            assert pack["files"][0]["name"].startswith("handover-")
