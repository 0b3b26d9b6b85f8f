"""The action and block ids of monthly packs; values are checked by their workflow."""

import re
from datetime import date

PACK_SEND = "pack_send"
PACK_PREVIEW = "pack_preview"
PACK_SHOW = "pack_show"
PACK_FILES = "pack_files"
PACK_BLOCK = "pack_ways"
PACK_VIEW = "pack_view"
# On Home, where there is a row for each client
_ROW = "pack_send_"
ROW_PATTERN = re.compile(r"^pack_send_[0-9]{1,3}$", re.ASCII)
_MONTH = re.compile(r"^([0-9]{1,9}):([0-9]{4})-([0-9]{2})$", re.ASCII)


def row_action(number: int) -> str:
    """Return the action id of one of several *Send the pack* in a list."""
    return f"{_ROW}{number}"


def month_value(client_id: int, month: date) -> str:
    """Return a client's month as a button's value."""
    return f"{client_id}:{month:%Y-%m}"


def read_month(value: str) -> tuple[int, date] | None:
    """Take a month's value apart; None if it is not one."""
    found = _MONTH.match(value)
    if found is None or not 1 <= int(found[3]) <= 12 or int(found[2]) < 2000:
        return None
    return int(found[1]), date(int(found[2]), int(found[3]), 1)
