"""Every action, callback and block id the Slack side uses, and the values its buttons carry.

A value comes back from the client and may be forged: the readers here only take it apart. Whoever uses it
checks that the person and the channel of the press may see what it names.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.answering.handouts import FileKind
from knowledge.types import OrgSize

# Buttons on answers and other replies
ANSWER_MORE = "answer_more"
SOURCE_OPEN = "source_open"
SIZE_CHANGE = "size_change"
SIZE_CONFIRM = "size_confirm"
FEEDBACK = "answer_feedback"
TALK = "talk_to_consultant"
_SIZE_CHOOSE = "size_choose_"
SIZE_CHOOSE_PATTERN = re.compile(r"^size_choose_(small|medium|large)$")

# Where a message was understood to go on with an earlier conversation
NEW_QUESTION = "new_question"
CONTINUING_BLOCK = "continuing"

# Where a consultant has the conversation
ASK_ANYWAY = "ask_anyway"

# What crosses between a client and the desk
SEND_TO_CONSULTANT = "send_to_consultant"
SEND_BLOCK = "send_ways"
MAKE_INTERNAL = "make_internal"
MARK_BLOCK = "message_mark"
SEND_DRAFT = "send_draft"
DRAFT_BLOCK = "draft_ways"

# The desk
TICKET_CLAIM = "ticket_claim"
DESK_USE = "desk_use"
DESK_SELECT = "desk_select"

# Home, forms and shortcuts
HOME_ASK = "home_ask"
HOME_CLAIM = "home_claim"
HOME_LINK = "home_link"
HOME_SHOW = "home_show"
POST_IN_THREAD = "post_in_thread"
ASK_ABOUT_MESSAGE = "ask_about_message"
ASK_ANYTHING = "ask_anything"
ASK_VIEW = "ask_view"
ASKED_VIEW = "asked_view"
ASK_BLOCK = "ask_block"
ASK_INPUT = "ask_input"

# Browsing; a row of buttons needs a different id for each
BROWSE_BACK = "browse_back"
BROWSE_TALK = "browse_talk"
BROWSE_VIEW = "browse_view"
_BROWSE_GO = "browse_go_"
_TOPIC = "home_topic_"
BROWSE_GO_PATTERN = re.compile(r"^browse_go_\d{1,3}$", re.ASCII)
TOPIC_PATTERN = re.compile(r"^home_topic_\d{1,2}$", re.ASCII)

# A section as a file, from a page of the methodology and from a source
BROWSE_FILE = "browse_file_"
SOURCE_FILE = "source_file_"
BROWSE_FILE_PATTERN = re.compile(r"^browse_file_(docx|csv)$")
SOURCE_FILE_PATTERN = re.compile(r"^source_file_(docx|csv)$")

# The self-assessment
ASSESS_START = "assess_start"
ASSESS_STEP = "assess_step"
ASSESS_READ = "assess_read_"
ASSESS_RESULT = "assess_result"
ASSESS_TALK = "assess_talk"
ASSESS_FILE = "assess_file_"
ASSESS_VIEW = "assess_view"
ASSESS_BLOCK = "assess_ways"
ASSESS_READ_PATTERN = re.compile(r"^assess_read_\d{1,2}$", re.ASCII)
ASSESS_FILE_PATTERN = re.compile(r"^assess_file_(docx|csv)$")

# Views
SIZE_VIEW = "size_view"
SECTION_VIEW = "section_view"
MORE_VIEW = "more_view"
HOME_VIEW = "home_view"

# Blocks whose id a listener needs (view state is keyed by block id)
SIZE_BLOCK = "size_block"
SIZE_RADIO = "size_radio"
ACTIONS_BLOCK = "reply_actions"
SIZES_BLOCK = "reply_sizes"
FITTED_BLOCK = "reply_fitted_size"
FEEDBACK_BLOCK = "reply_feedback"
CLAIM_BLOCK = "ticket_actions"
DESK_BLOCK = "desk_choice"
RELATED_BLOCK = "browse_related"
BROWSE_BLOCK = "browse_ways"
FILE_BLOCK = "section_files"
TOPICS_BLOCK = "home_topics"
HOME_BLOCK = "home_ways"
POST_BLOCK = "post_ways"

_NOTHING = "-"
_NUMBER = re.compile(r"^[0-9]{1,18}$", re.ASCII)


class Verdict(StrEnum):
    """What a person thought of an answer."""

    HELPFUL = "helpful"
    NOT_HELPFUL = "not_helpful"


@dataclass(frozen=True)
class TalkTarget:
    """What a *Talk to a consultant* button stands under; None where there is no such thing (Home, help)."""

    conversation_id: int | None
    answer_id: int | None


def size_action(size: OrgSize) -> str:
    """Return the action id of the button that chooses `size` (ids are unique within a block)."""
    return f"{_SIZE_CHOOSE}{size.value}"


def browse_action(index: int) -> str:
    """Return the action id of a button that leads to a page of the methodology."""
    return f"{_BROWSE_GO}{index}"


def file_action(prefix: str, kind: FileKind) -> str:
    """Return the action id of the button that gives a section as a file of that kind."""
    return f"{prefix}{kind.value}"


def read_file_action(action_id: str) -> FileKind:
    """Return the kind of file a button gives; its routes let no other id through."""
    return FileKind(action_id.rpartition("_")[2])


def topic_action(index: int) -> str:
    """Return the action id of a suggested topic."""
    return f"{_TOPIC}{index}"


def answer_value(answer_id: int, suffix: str | int | None = None) -> str:
    """Return `id` or `id:suffix`; the suffix is a citation's index, a size or a verdict."""
    return str(answer_id) if suffix is None else f"{answer_id}:{suffix}"


def read_answer_value(value: str) -> tuple[int, str] | None:
    """Take an answer value apart into id and suffix ("" without one); None if it is not one."""
    number, _, suffix = value.partition(":")
    return (int(number), suffix) if _NUMBER.match(number) else None


def talk_value(conversation_id: int | None, answer_id: int | None) -> str:
    """Return the value of a *Talk to a consultant* button: `conversation:answer`, `-` for none."""
    return ":".join(_NOTHING if part is None else str(part) for part in (conversation_id, answer_id))


def read_talk_value(value: str) -> TalkTarget | None:
    """Take a talk value apart; None if it is not one."""
    parts = value.split(":")
    if len(parts) != 2 or not all(part == _NOTHING or _NUMBER.match(part) for part in parts):
        return None
    conversation_id, answer_id = (None if part == _NOTHING else int(part) for part in parts)
    return TalkTarget(conversation_id, answer_id)
