"""The action, callback and block ids of comments and of what was wrong with an answer."""

import re
from dataclasses import dataclass

from bot.answering.models import Complaint

WHY_BLOCK = "answer_why_block"
WHY = "answer_why"
_WHY_VALUE = re.compile(r"^([0-9]{1,18}):([a-z_]{1,20})$", re.ASCII)
COMMENT_ANSWER = "comment_answer"
COMMENT_SECTION = "comment_section"
COMMENT_VIEW = "comment_own_view"
COMMENT_BLOCK = "comment_own_block"
COMMENT_INPUT = "comment_own"
COMMENT_ROW = "comment_row"
COMMENT_REPLY = "comment_reply"
REPLY_VIEW = "comment_reply_view"
REPLY_BLOCK = "comment_reply_block"
REPLY_INPUT = "comment_reply_text"
_ABOUT = re.compile(r"^a:([0-9]{1,18}):([0-9]{0,3}):([A-Z0-9]{0,30})$", re.ASCII)
_ARTICLE = re.compile(r"^s:([a-z0-9-]{1,80}):([a-z0-9-]{0,200})$", re.ASCII)


@dataclass(frozen=True)
class About:
    """What a comment is about: an answer (and the source of it that was open), or a section of an article."""

    answer_id: int | None = None
    source: int | None = None
    channel: str = ""
    slug: str | None = None
    section_id: str = ""

    @property
    def value(self) -> str:
        """The form in a button or view, which `read_about` takes apart."""
        if self.answer_id is None:
            return f"s:{self.slug}:{self.section_id}"
        source = "" if self.source is None else self.source
        return f"a:{self.answer_id}:{source}:{self.channel}"


def read_about(value: str) -> About | None:
    """Take a value apart; None if it is not one of these."""
    if found := _ABOUT.match(value):
        answer, source, channel = found.groups()
        return About(int(answer), int(source) if source else None, channel)
    if found := _ARTICLE.match(value):
        return About(slug=found[1], section_id=found[2])
    return None


def why_value(answer_id: int, complaint: Complaint) -> str:
    """Return the value of the choice that says what was wrong with an answer."""
    return f"{answer_id}:{complaint.value}"


def read_why(value: str) -> tuple[int, Complaint] | None:
    """Return which answer a choice is about, and what it says was wrong; None if it is not one of these."""
    found = _WHY_VALUE.match(value)
    if found is None or found[2] not in set(Complaint):
        return None
    return int(found[1]), Complaint(found[2])
