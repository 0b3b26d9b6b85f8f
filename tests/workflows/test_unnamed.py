"""What stands in a gap: no name of anybody we know, no amount, and nothing written like an unknown name."""

import pytest

from bot.database import Database
from bot.engagement.desk_models import Consultant, DeskRole
from bot.engagement.models import Workspace
from bot.engagement.scrubbing import Names
from bot.workflows.unnamed import everybody, everybody_of, says_something, unnamed
from tests.workflows.desk_people import DEV
from tests.workflows.desk_tickets import ticket
from tests.workflows.test_desk_home import NOW


def familiar(word: str) -> bool:
    return word in {"welsh", "essentials"}


CASES = {
    "Does Harbour Bakery need a tape robot?": "Does the organisation need a tape robot?",
    "Our bakery wants drones": "Our … wants drones",
    "Is Ana allowed to fly drones?": "Is a colleague allowed to fly drones?",
    "Westmoor has drones, may we?": "The organisation has drones, may we?",
    "May westmoor housing fly drones?": "May the organisation fly drones?",
    "Is housing of servers outdoors safe?": "Is housing of servers outdoors safe?",
    "Are drones for £12,500 worth it?": "Are drones for … worth it?",
    "Write to drone@shop.example about drones": "Write to … about drones",
    "Should Bernd Falkenhorst fly drones?": "Should … fly drones?",
    "Do we need Welsh drone pages?": "Do we need Welsh drone pages?",
    "Can Zoom film from drones?": "Can Zoom film from drones?",
    "Ask <@U01ANA> or https://drones.example/x": "Ask a colleague or …",
    "Will we fly drones? May Rose?": "Will we fly drones? May …?",
    "Ask Will Price about drones": "Ask a colleague about drones",
    "The key is xoxb-123-abc, is it?": "The key is [secret], is it?",
}


KNOWN = everybody_of(
    [(1, "Harbour Bakery"), (1, "harbour-bakery"), (2, "Westmoor Housing"), (2, "Westmoor")],
    [(1, "Ana"), (2, "Will Price"), (1, "Rose")],
)


@pytest.mark.parametrize("asked", list(CASES))
def test_a_question_is_kept_without_whom_it_is_about(asked: str) -> None:
    assert unnamed(asked, KNOWN.in_text(asked, 1), familiar) == CASES[asked]


async def test_every_name_we_know_is_read(database: Database) -> None:
    async with database.unit_of_work() as session:
        client_id = (await ticket(session, NOW)).client_id
        session.add(Workspace(team_id="T9", name="Quayside", client_id=client_id, created_at=NOW))
        session.add(Consultant(user_id=DEV, name="Dev Patel", role=DeskRole.LEAD, skills=[], created_at=NOW))
    async with database.read() as session:
        known = await everybody(session)
    asked = "May Dev and Ana of Quayside fly?"
    assert known.in_text(asked, 99) == Names(("Quayside",), ("Ana", "Dev Patel"))
    assert set(known.own[client_id]) == {"Harbour Bakery", "harbour-bakery", "Quayside"}


@pytest.mark.parametrize(
    ("text", "does"), [("…", False), ("A colleague … drones", False), ("May … fly?", True)]
)
def test_what_is_nothing_without_its_names_is_no_question(text: str, does: bool) -> None:
    assert says_something(text) is does
