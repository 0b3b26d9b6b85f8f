"""The ids of the form in which a lead ends a client's service, and what its second step keeps."""

import json
from datetime import date

from bot.errors import AdvisoryError
from bot.workflows.end_by_form import Ending
from bot.workflows.presses import NOT_YOURS

OPEN = "client_end"
VIEW = "client_end_view"
CONFIRM_VIEW = "client_end_confirm"
DONE_VIEW = "client_end_done"
CLIENT_BLOCK, DAY_BLOCK = "client_end_client", "client_end_day"
WORDS_BLOCK, DATA_BLOCK = "client_end_words", "client_end_data"
INPUT = "client_end_input"
KEEP, ERASE = "keep", "erase"


def kept(ending: Ending) -> str:
    """Return what the second step keeps; it is checked again when it comes back."""
    held = [ending.client_id, ending.ends_on.isoformat(), ending.ask_instead, ending.erases]
    # Written as they are: escaped, the longest words in another alphabet are more than Slack keeps.
    return json.dumps(held, ensure_ascii=False)


def read_kept(value: str) -> Ending:
    """Take it apart; raises `AdvisoryError` for what is none of ours."""
    try:
        client_id, day, words, erases = json.loads(value)
        return Ending(client_number(str(client_id)), date.fromisoformat(day), str(words), bool(erases))
    except (ValueError, TypeError):
        raise AdvisoryError(NOT_YOURS) from None


def client_number(value: str) -> int:
    """Return a client's number; raises `AdvisoryError` for what is none."""
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise AdvisoryError(NOT_YOURS)
    return int(value)
