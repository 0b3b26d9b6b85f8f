"""The action, callback and block ids of gaps, and what travels in their views."""

import re
from dataclasses import dataclass

GAP_ROW = "home_gaps"
GAPS_SHOW = "gaps_show"
GAPS_VIEW = "gaps_view"
GAPS_PAGES = "gaps_pages"
GAPS_BACK, GAPS_ON = "gaps_back", "gaps_on"
GAP_TAKE, GAP_CLOSE, GAP_ASIDE = "gap_take", "gap_close", "gap_aside"
CLOSE_VIEW = "gap_close_view"
ARTICLE_BLOCK = "gap_article_block"
ARTICLE_INPUT = "gap_article"
_NUMBER = re.compile(r"^[0-9]{1,18}$", re.ASCII)
_CLOSING = re.compile(r"^([0-9]{1,18}):([0-9]{1,18})$", re.ASCII)


@dataclass(frozen=True)
class Closing:
    """Which gap a form closes, and from which page of the list it was opened."""

    gap_id: int
    offset: int

    @property
    def value(self) -> str:
        """The form in a view, which `read_closing` takes apart."""
        return f"{self.gap_id}:{self.offset}"


def read_number(value: str) -> int | None:
    """Return the number in a button or view; None if it is none of ours."""
    return int(value) if _NUMBER.match(value) else None


def read_closing(value: str) -> Closing | None:
    """Take a form's `private_metadata` apart; None if it is no such form's."""
    found = _CLOSING.match(value)
    return Closing(int(found[1]), int(found[2])) if found else None
