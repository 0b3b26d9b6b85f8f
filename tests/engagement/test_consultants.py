from bot.clock import utc_now
from bot.database import Database
from bot.engagement.consultants import role_of
from bot.engagement.desk_models import Consultant, DeskRole


async def test_admins_lead_until_a_lead_is_named_and_without_any_all_do(database: Database) -> None:
    async with database.unit_of_work() as session:
        assert await role_of(session, "U1", admins=["U2"]) is DeskRole.CONSULTANT
        assert await role_of(session, "U2", admins=["U2"]) is DeskRole.LEAD
        assert await role_of(session, "U1", admins=[]) is DeskRole.LEAD
        session.add(Consultant(user_id="U3", name="Cleo", role=DeskRole.LEAD, created_at=utc_now()))
        await session.flush()
        assert await role_of(session, "U3", admins=["U2"]) is DeskRole.LEAD
        assert await role_of(session, "U2", admins=["U2"]) is DeskRole.CONSULTANT
        assert await role_of(session, "U1", admins=[]) is DeskRole.CONSULTANT
