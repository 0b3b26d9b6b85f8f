"""The action, callback and block ids of tickets: on the desk's cards and forms, and at the client's.

As in `ids`, a value that comes back is only taken apart here; its workflow checks who pressed and where.
"""

import re

from bot.engagement.models import Urgency

# On a card; *Claim* is in `ids`
TICKET_JOIN = "ticket_join"
TICKET_ASSIGN = "ticket_assign"
TICKET_TRANSFER = "ticket_transfer"
TICKET_NOTE = "ticket_note"
TICKET_WAIT = "ticket_wait"
TICKET_RESUME = "ticket_resume"
TICKET_RESOLVE = "ticket_resolve"
TICKET_READ = "ticket_read"
# Where a card has more buttons than it may show
TICKET_MORE = "ticket_more"

# Forms of the desk
ASSIGN_VIEW = "ticket_assign_view"
TRANSFER_VIEW = "ticket_transfer_view"
NOTE_VIEW = "ticket_note_view"
RESOLVE_VIEW = "ticket_resolve_view"
READ_VIEW = "ticket_read_view"
CHOSEN_BLOCK = "ticket_chosen_block"
CHOSEN_INPUT = "ticket_chosen"
LINE_BLOCK = "ticket_line_block"
LINE_INPUT = "ticket_line"
ENDING_BLOCK = "ticket_ending_block"
ENDING_RADIO = "ticket_ending"

# At the client's
URGENCY_BLOCK = "request_urgency"
WISHES_BLOCK = "request_wishes"
REQUEST_PRIVATE = "request_private"
TALK_PRIVATE = "talk_in_private"
REQUEST_WITHDRAW = "request_withdraw"
_URGENCY = "request_urgency_"
URGENCY_PATTERN = re.compile(r"^request_urgency_(can_wait|today|work_stopped)$")

RATING_BLOCK = "request_rating"
AFTER_RATING_BLOCK = "request_rated"
_RATE = "request_rate_"
RATE_PATTERN = re.compile(r"^request_rate_[1-5]$", re.ASCII)
RATING_COMMENT = "request_rating_comment"
COMMENT_VIEW = "request_comment_view"
COMMENT_BLOCK = "request_comment_block"
COMMENT_INPUT = "request_comment"

NUDGE_BLOCK = "request_nudge"
NOTICES_BLOCK = "notices_show"
_NOTICE = "notices_show_"
NOTICE_PATTERN = re.compile(r"^notices_show_[0-9]{1,3}$", re.ASCII)
MUTE = "notices_mute"
MUTE_PATTERN = re.compile(r"^notices_mute_[a-z]{1,20}$", re.ASCII)


def urgency_action(urgency: Urgency) -> str:
    """Return the action id of the button that says how long a request can wait."""
    return f"{_URGENCY}{urgency.value}"


def read_urgency(action_id: str) -> Urgency:
    """Return the urgency a button says; its route lets no other id through."""
    return Urgency(action_id.removeprefix(_URGENCY))


def notice_action(number: int) -> str:
    """Return the action id of the button that shows one of several messages by itself."""
    return f"{_NOTICE}{number}"


def rate_action(score: int) -> str:
    """Return the action id of the button that rates a ticket."""
    return f"{_RATE}{score}"


def read_score(action_id: str) -> int:
    """Return the rating a button gives; its route lets no other id through."""
    return int(action_id.removeprefix(_RATE))


def option_value(action_id: str, ticket_id: int) -> str:
    """Return the value of a card's button that stands in the list of further ones."""
    return f"{action_id}:{ticket_id}"


def read_option(value: str) -> tuple[str, str]:
    """Take an option's value apart into action id and the value its button would carry."""
    action_id, _, button_value = value.partition(":")
    return action_id, button_value
