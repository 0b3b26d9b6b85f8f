"""What is proposed in the demo for the board paper that somebody at the bakery needs."""

from datetime import date, timedelta
from typing import Any

from bot.slack import work_ids
from emulator import seed as people


def proposed_terms(today: date) -> dict[str, Any]:
    """Return the proposal as Dev fills it in."""
    return {
        work_ids.SCOPE_BLOCK: "A paper on cyber risk for the board, with three choices and their costs",
        work_ids.DELIVERABLE_BLOCK: "Four pages and a table, ready to be sent out",
        work_ids.HOURS_BLOCK: "16 hours",
        work_ids.STARTS_BLOCK: today.isoformat(),
        work_ids.ENDS_BLOCK: (today + timedelta(days=14)).isoformat(),
        work_ids.PEOPLE_BLOCK: [people.DEV],
        work_ids.EXPERIENCE_BLOCK: "Wrote eleven board papers for family businesses",
        work_ids.CONFLICTS_BLOCK: "None known",
        work_ids.OUTCOME_BLOCK: "The board decides on the paper in one sitting",
        work_ids.MEASURE_BLOCK: "Minutes of the meeting",
        work_ids.BASELINE_BLOCK: "Put off twice",
        work_ids.TARGET_BLOCK: "Decided at the next meeting",
        work_ids.LAPSES_BLOCK: (today + timedelta(days=7)).isoformat(),
    }
