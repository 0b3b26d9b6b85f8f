"""The action, callback and block ids of outcomes; values are checked by their workflows."""

import re

from bot.engagement.outcome_models import OutcomeState

TICKET_OUTCOME = "ticket_outcome"
RECORD_VIEW = "outcome_record_view"
STATEMENT_BLOCK = "outcome_statement_block"
STATEMENT_INPUT = "outcome_statement"
MEASURE_BLOCK = "outcome_measure_block"
MEASURE_INPUT = "outcome_measure"
BASELINE_BLOCK = "outcome_baseline_block"
BASELINE_INPUT = "outcome_baseline"
TARGET_BLOCK = "outcome_target_block"
TARGET_INPUT = "outcome_target"
DUE_BLOCK = "outcome_due_block"
DUE_INPUT = "outcome_due"
OWNER_BLOCK = "outcome_owner_block"
OWNER_INPUT = "outcome_owner"

# What its owner is asked, and answers
STATES_BLOCK = "outcome_states"
WAYS_BLOCK = "outcome_ways"
_STATE = "outcome_state_"
STATE_PATTERN = re.compile(r"^outcome_state_(open|reached|partly|missed|dropped)$")
OUTCOME_MORE = "outcome_more"
OUTCOME_OPEN = "outcome_open"
CHECK_VIEW = "outcome_check_view"
STATE_BLOCK = "outcome_state_block"
STATE_RADIO = "outcome_state"
VALUE_BLOCK = "outcome_value_block"
VALUE_INPUT = "outcome_value"
COMMENT_BLOCK = "outcome_comment_block"
COMMENT_INPUT = "outcome_comment"


def state_action(state: OutcomeState) -> str:
    """Return the action id of the button that says what became of an outcome."""
    return f"{_STATE}{state.value}"


def read_state(action_id: str) -> OutcomeState:
    """Return what a button says; its route lets no other id through."""
    return OutcomeState(action_id.removeprefix(_STATE))
