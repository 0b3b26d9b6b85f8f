"""The action, callback and block ids of agreed work: what clients press, and what the desk does.

As in `ids`, a value that comes back is only taken apart here; its workflow checks who pressed and where.
"""

import re

# At the client's: the form for hands or an assignment
HANDS_MORE = "work_tell_more"
HANDS_FORM = "work_hands_form"
HANDS_BLOCK = "work_hands"
HANDS_VIEW = "work_hands_view"
KIND_BLOCK = "work_kind"
NEEDED_BLOCK = "work_needed"
DELIVERABLE_BLOCK = "work_deliverable"
BY_BLOCK = "work_by"
EFFORT_BLOCK = "work_effort"
PRIVATE_BLOCK = "work_private"
DECIDES_BLOCK = "work_decides"
# Each form has one field in a block
FIELD = "work_field"

# On a card
MORE_THAN = "work_more_than"
PROPOSE = "work_propose"
MILESTONES = "work_milestones"
STATUS = "work_status"
COMPLETE = "work_complete"
RESOLVE = "work_resolve"
RESOLVE_BLOCK = "work_resolve_way"
WORK_BLOCK = "work_ways"
BEGIN_VIEW = "work_begin_view"
PROPOSE_VIEW = "work_propose_view"
MILESTONES_VIEW = "work_milestones_view"
STATUS_VIEW = "work_status_view"
COMPLETE_VIEW = "work_complete_view"

# Fields of the desk's forms
SCOPE_BLOCK = "work_scope"
HOURS_BLOCK = "work_hours"
STARTS_BLOCK = "work_starts"
ENDS_BLOCK = "work_ends"
PEOPLE_BLOCK = "work_people"
EXPERIENCE_BLOCK = "work_experience"
CONFLICTS_BLOCK = "work_conflicts"
OUTCOME_BLOCK = "work_outcome"
MEASURE_BLOCK = "work_measure"
BASELINE_BLOCK = "work_baseline"
TARGET_BLOCK = "work_target"
LAPSES_BLOCK = "work_lapses"
DONE_BLOCK = "work_done"
STEP_BLOCK = "work_step"
OWNER_BLOCK = "work_owner"
DUE_BLOCK = "work_due"
SAID_BLOCK = "work_said"

# What an approver decides
DECISION_BLOCK = "work_decision"
OPEN_PROPOSAL = "work_open_proposal"
OPEN_RESULT = "work_open_result"
ACCEPT = "work_accept"
CHANGES = "work_changes"
DECLINE = "work_decline"
ACCEPT_RESULT = "work_accept_result"
MISSING = "work_missing"
CHANGES_VIEW = "work_changes_view"
DECLINE_VIEW = "work_decline_view"
MISSING_VIEW = "work_missing_view"
PROPOSAL_VIEW = "work_proposal_view"
RESULT_VIEW = "work_result_view"

NEW = "new"
_PLACE = re.compile(r"^([0-9]{1,18}):([A-Z0-9]{0,30}):([0-9.]{0,30})$", re.ASCII)


def place_value(number: int, channel: str, ts: str = "") -> str:
    """Return what a form keeps of the message it was opened from: `id:channel:ts`."""
    return f"{number}:{channel}:{ts}"


def read_place(value: str) -> tuple[int, str, str] | None:
    """Take such a value apart; None if it is not one."""
    match = _PLACE.match(value)
    return (int(match[1]), match[2], match[3]) if match else None
