"""The ids of what consultants and leads use on Home and in its forms; `bot.slack.ids` has all others."""

from bot.engagement.models import Term

# The firm's profile
FIRM_EDIT = "firm_edit"
FIRM_VIEW = "firm_view"
FIRM_INPUT = "firm_input"
FIRM_STORED_VIEW = "firm_stored_view"
CONFIRMED = "confirmed"
FIRM_ROW = "home_firm"


def field_block(name: str | Term) -> str:
    """Return the block of a field or term of the profile."""
    return f"firm_field_{name}"


def confirm_block(term: Term) -> str:
    """Return the block of a term's tick."""
    return f"firm_confirm_{term}"
