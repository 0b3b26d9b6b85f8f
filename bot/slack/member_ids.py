"""The ids of what the desk, its leads and `status` use; `bot.slack.ids` has all others."""

from bot.engagement.models import Term

# The firm's profile
FIRM_EDIT = "firm_edit"
FIRM_VIEW = "firm_view"
FIRM_INPUT = "firm_input"
FIRM_STORED_VIEW = "firm_stored_view"
CONFIRMED = "confirmed"
FIRM_ROW = "home_firm"

# Absence
AWAY = "desk_away"
BACK = "desk_back"
AWAY_ROW = "home_away"

# Search and the morning digest
DESK_ROW = "home_desk"
SEARCH_OPEN = "desk_search_open"
SEARCH_VIEW = "desk_search_view"
SEARCH_BLOCK = "desk_search_block"
SEARCH_INPUT = "desk_search_input"
DIGEST_SWITCH = "desk_digest_switch"

# A person's own requests
STATUS_SHOW = "status_show"
STATUS_VIEW = "status_view"


def field_block(name: str | Term) -> str:
    """Return the block of a field or term of the profile."""
    return f"firm_field_{name}"


def confirm_block(term: Term) -> str:
    """Return the block of a term's tick."""
    return f"firm_confirm_{term}"
