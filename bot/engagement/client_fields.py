"""What may be said of a client in each field, from the terminal and in the lead's form alike."""

import re
from collections.abc import Mapping
from typing import Any

from bot.engagement.firm_fields import parse_field
from bot.errors import AdvisoryError
from knowledge.types import OrgSize

# As many characters as the table's columns hold.
LONGEST: Mapping[str, int] = {"name": 200, "sector": 100, "it_support": 300, "emergency_phone": 100}
NO_NAME = "A client needs a name: give the one its people use, like 'Harbour Bakery'."
_CHANNEL = re.compile(r"(?:<#)?(?:(?P<team>[TE][A-Z0-9]{2,29})/)?(?P<channel>[CG][A-Z0-9]{2,29})(?:\|.*)?>?")


def parse_client_field(field: str, text: str) -> Any:
    """Return the value of a field, None when `text` is blank; raises `AdvisoryError` with the cure."""
    line = " ".join(text.split())
    if field in {"hours", "timezone"}:
        return parse_field(field, line)
    if field == "org_size":
        return _size(line) if line else None
    if len(line) > LONGEST[field]:
        named = field.replace("_", " ")
        raise AdvisoryError(f"The {named} {line[:20] + '...'!r} is longer than {LONGEST[field]} characters.")
    if field == "name" and not line:
        raise AdvisoryError(NO_NAME)
    return line or None


def parse_channel(given: str) -> tuple[str, str]:
    """Return workspace and id of a channel, "" for the firm's own workspace; raises `AdvisoryError`."""
    found = _CHANNEL.fullmatch(given.strip())
    if found is None:
        raise AdvisoryError(
            f"{given!r} is no channel id: use one like C0123ABCD, or T0ABC/C0123ABCD where the app "
            "stands in the client's own workspace."
        )
    return found["team"] or "", found["channel"]


def _size(text: str) -> OrgSize:
    try:
        return OrgSize(text)
    except ValueError:
        raise AdvisoryError(f"{text!r} is no size: use {', '.join(OrgSize)}.") from None
