"""The action, callback and block ids of comments and of what was wrong with an answer."""

import re
from dataclasses import dataclass

from bot.answering.models import Complaint

WHY_BLOCK = "answer_why_block"
_WHY = "answer_why_"
WHY_PATTERN = re.compile(r"^answer_why_[a-z_]{1,20}$", re.ASCII)
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


def why_action(complaint: Complaint) -> str:
    """Return the action id of the button that says what was wrong with an answer."""
    return f"{_WHY}{complaint.value}"


def read_why(action_id: str) -> Complaint:
    """Return what a button says was wrong; ValueError for none of ours."""
    return Complaint(action_id.removeprefix(_WHY))
