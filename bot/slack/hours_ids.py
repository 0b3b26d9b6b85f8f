"""The action, callback and block ids of hours: time that is logged, and balances."""

import re
from datetime import date

from bot.engagement.dates import parse_month
from bot.errors import AdvisoryError

# On a card, and its form
LOG_TIME = "ticket_log_time"
LOG_VIEW = "hours_log_view"
TIME_BLOCK = "hours_time_block"
TIME_INPUT = "hours_time"
DAY_BLOCK = "hours_day_block"
DAY_INPUT = "hours_day"
CLIENT_BLOCK = "hours_client_note_block"
CLIENT_INPUT = "hours_client_note"
INTERNAL_BLOCK = "hours_internal_note_block"
INTERNAL_INPUT = "hours_internal_note"
REASON_BLOCK = "hours_reason_block"
REASON_INPUT = "hours_reason"

# Under what was logged
BACK_BLOCK = "hours_back_block"
TAKE_BACK = "hours_take_back"
SAID_VIEW = "hours_said_view"

# Balances
SHOW_BLOCK = "hours_show_block"
SHOW_BALANCE = "hours_balance"
LINES_VIEW = "hours_lines_view"
CHARGE, WAIVE = "hours_charge", "hours_waive"
_LINES = "hours_lines"
LINES_PATTERN = re.compile(r"^hours_lines(_[a-z]{1,10}|_[0-9]{1,3})?$", re.ASCII)


def lines_action(which: str | int = "") -> str:
    """Return the action id of a button that shows a page of lines; several stand in one row."""
    return f"{_LINES}_{which}" if which != "" else _LINES


def lines_value(client_id: int, month: date, page: int = 0) -> str:
    """Return the value of such a button."""
    return f"{client_id}:{month:%Y-%m}:{page}"


def read_lines_value(value: str) -> tuple[int, date, int] | None:
    """Take such a value apart; None for one that is not ours."""
    client, _, rest = value.partition(":")
    month, _, page = rest.partition(":")
    if not (client.isdecimal() and page.isdecimal() and len(client) < 10 and len(page) < 5):
        return None
    try:
        return int(client), parse_month(month), int(page)
    except AdvisoryError:
        return None
