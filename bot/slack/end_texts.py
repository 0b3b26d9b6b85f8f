"""Every sentence of the form in which a lead ends a client's service."""

from datetime import date

from bot.slack.work_texts import day

OPEN = "End a service"
OPEN_SPOKEN = "End a client's service on a day: what is open is shown first"
TITLE = "End a service"
NEXT = "See what is open"
CLIENT = "Client"
DAY = "Last day of service"
WORDS = "Whom its people ask from then on"
WORDS_HINT = "Such as: Harbour IT, 01632 960200. They read it word for word."
DATA = "What becomes of what we hold"
KEEP = "It is kept, as agreed"
ERASE = "It is to be erased, as agreed"
NO_CLIENTS = "There is no client whose service could be ended."
NO_DAY = "Choose the last day of service."
CONFIRM_TITLE = "End this service?"
CONFIRM = "End it on that day"
DONE_TITLE = "The end is set"
OPEN_NOW = "Open now"
NOTHING_OPEN = "Nothing is open."
NOT_STORED = "I am sorry, this could not be stored just now. Please press the button again in a minute."
PRESS_AGAIN = "Please press the button again."


def ends(client: str, ends_on: date, ask_instead: str, *, erases: bool) -> str:
    """Return what would be set."""
    data = "is marked to be erased afterwards" if erases else "is kept"
    return (
        f"The service for {client} ends with {day(ends_on)}. From then on its people are told to ask "
        f"{ask_instead.rstrip('.')}. What we hold {data}."
    )


def changes(before: date) -> str:
    """Return that an end was set before."""
    return f"It was to end with {day(before)}; this takes the place of it."


def follows() -> str:
    """Return what happens once the end is confirmed."""
    return (
        "The approvers and the client's lead read it at once, with the handover pack. What is still open "
        "after that day is closed by itself, the hours end with it, and nobody is written to unasked."
    )


def apart(count: int) -> str:
    """Return how much is confidential."""
    what = "1 confidential matter" if count == 1 else f"{count} confidential matters"
    return f"{what}, to be settled from person to person"


def more(count: int) -> str:
    """Return how much is left out of a list."""
    return f"and {count} more"


def done(client: str, ends_on: date, *, erases: bool) -> str:
    """Return what stands there once it was set."""
    told = (
        f"The service for {client} ends with {day(ends_on)}. Its approvers and its lead are told now. "
        "Until that day, the same form changes the day or the words."
    )
    return f"{told} Erasing is done by `vcio forget` once the last pack has arrived." if erases else told
