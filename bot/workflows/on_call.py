"""Who is on call: what the firm's profile says, read as a member of the desk or as words for the client."""

import re

_USER = re.compile(r"(?:<@)?(?P<user>[UW][A-Z0-9]{4,29})(?:\|[^<>]*)?>?")


def user_on_call(text: str | None) -> str | None:
    """Return the user id that the profile names, as an id or a mention; None where it holds other words."""
    found = _USER.fullmatch((text or "").strip())
    return found["user"] if found else None


def words_on_call(text: str | None) -> str | None:
    """Return whom the profile says to phone; None where it names nobody, or somebody by id."""
    return text if text and user_on_call(text) is None else None
