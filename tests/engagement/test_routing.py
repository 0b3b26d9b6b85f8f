"""Whom a request is suggested to: one rule after the other, and why."""

from datetime import UTC, datetime, timedelta

from bot.engagement.desk_models import Consultant, DeskRole
from bot.engagement.routing import Matter, Suggestion, Why, suggest

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DESK = {"U1", "U2", "U3", "U4"}
AI, CIO = "ai-and-automation", "cio-role"


def row(user: str, *skills: str, away: bool = False) -> Consultant:
    until = NOW + timedelta(days=2) if away else None
    return Consultant(
        user_id=user,
        name=user,
        role=DeskRole.CONSULTANT,
        skills=list(skills),
        away_until=until,
        created_at=NOW,
    )


def test_the_clients_lead_comes_first() -> None:
    matter = Matter("U1", "U2", (AI,))
    assert suggest(matter, [row("U3", AI)], DESK, NOW) == Suggestion("U1", Why.LEADS_CLIENT)


def test_the_deputy_stands_in_for_a_lead_who_is_away_or_left_the_desk() -> None:
    for rows, members in (([row("U1", away=True)], DESK), ([], DESK - {"U1"})):
        assert suggest(Matter("U1", "U2", (AI,)), rows, members, NOW) == Suggestion("U2", Why.DEPUTY)


def test_then_who_knows_the_area_of_the_best_source_and_has_least_to_do() -> None:
    rows = [row("U2", AI), row("U3", AI), row("U4", CIO)]
    found = suggest(Matter(areas=(AI, CIO)), rows, DESK, NOW, busy={"U2": 2, "U3": 1})
    assert found == Suggestion("U3", Why.SKILLED, AI)
    assert suggest(Matter(areas=(AI,)), rows, DESK, NOW) == Suggestion("U2", Why.SKILLED, AI)
    gone = [row("U2", AI, away=True), row("U3", AI, away=True), row("U4", CIO)]
    assert suggest(Matter(areas=(AI, CIO)), gone, DESK, NOW) == Suggestion("U4", Why.SKILLED, CIO)


def test_else_it_is_the_desks_as_a_whole() -> None:
    assert suggest(Matter(), [row("U1", AI)], DESK, NOW) is None
    assert suggest(Matter("U9", "U8", (CIO,)), [row("U1", AI)], DESK, NOW) is None
