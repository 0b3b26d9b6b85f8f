"""The values that travel through answering: question in, verified answer out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.types import OrgSize


class Outcome(StrEnum):
    """What became of a question (contract: `outcome`)."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    ESCALATE = "escalate"
    DECLINE = "decline"


class Sector(StrEnum):
    """What an organisation does, as coarsely as advice could differ by it."""

    HEALTH = "healthcare"
    FINANCE = "financial services"
    MANUFACTURING = "manufacturing"
    CONSTRUCTION = "construction"
    CHARITY = "charity"
    PUBLIC = "public sector"
    HOUSING = "housing"
    EDUCATION = "education"
    LEGAL = "legal"
    SOFTWARE = "software"
    RETAIL = "retail"
    HOSPITALITY = "hospitality"
    TRANSPORT = "transport"
    UTILITIES = "utilities"
    PROFESSIONAL = "professional services"


class Reason(StrEnum):
    """Why this outcome: the fixed list behind the contract's `reason`."""

    COVERED = "covered"
    SIZE_STATED = "size_stated"
    GREETING = "greeting"
    THANKS = "thanks"
    CAPABILITIES = "capabilities"
    TOO_VAGUE = "too_vague"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_UNDERSTOOD = "not_understood"
    OTHER_LANGUAGE = "other_language"
    ASKED_FOR_PERSON = "asked_for_person"
    HANDS = "hands"
    ASSIGNMENT = "assignment"
    NOT_COVERED = "not_covered"
    SENSITIVE = "sensitive"
    LEGAL = "legal"
    LIVE_INCIDENT = "live_incident"
    DECISION = "decision"
    EVERYDAY_SUPPORT = "everyday_support"
    OFF_TOPIC = "off_topic"
    OTHER_CLIENT = "other_client"
    OWN_INSTRUCTIONS = "own_instructions"
    PRODUCT_CHOICE = "product_choice"
    UNAVAILABLE = "unavailable"
    UNHELPFUL = "unhelpful"


class Speaker(StrEnum):
    """Who said a turn of a conversation."""

    PERSON = "person"
    ASSISTANT = "assistant"
    CONSULTANT = "consultant"


@dataclass(frozen=True)
class Turn:
    """One earlier message of the conversation, oldest first in `Question.thread`.

    Of the assistant's: the articles it rested on, why it was said, whether somebody marked it unhelpful, and
    `read_as`, the question it answered, standing on its own.
    """

    speaker: Speaker
    text: str
    slugs: tuple[str, ...] = ()
    reason: Reason | None = None
    unhelpful: bool = False
    read_as: str = ""


@dataclass(frozen=True)
class Contacts:
    """Numbers and names that a handover text may name; None = not set, so never invented."""

    it_support: str | None = None
    emergency_phone: str | None = None
    firm_phone: str | None = None
    firm_email: str | None = None
    firm_name: str = "our firm"
    firm_on_call: str | None = None


@dataclass(frozen=True)
class Question:
    """What a person asked, with everything the answer may depend on.

    `scopes` names the collections that may be opened, the methodology first.
    `org_size` and `sector` are the profile's; what is stated in the thread or text wins over them.
    """

    text: str
    scopes: tuple[str, ...]
    org_size: OrgSize | None = None
    thread: tuple[Turn, ...] = ()
    contacts: Contacts = field(default_factory=Contacts)
    files: tuple[str, ...] = ()
    sector: Sector | None = None


@dataclass(frozen=True)
class Citation:
    """A section an answer rests on; `scope` and `section_id` find it in the store again."""

    scope: str
    slug: str
    title: str
    section: str
    section_id: str
    score: float


class PartKind(StrEnum):
    """How a part of an answer is shown."""

    LEAD = "lead"
    TEXT = "text"
    STEPS = "steps"
    BULLETS = "bullets"
    TABLE = "table"
    SIZE = "size"


@dataclass(frozen=True)
class Part:
    """A piece of the answer: its lines, and the citation (index into `Answer.citations`) they stand in.

    LEAD, TEXT and SIZE: one sentence a line. STEPS and BULLETS: one item a line, without number or dash.
    TABLE: the Markdown rows, header first. Lines may hold inline Markdown emphasis, nothing else.
    `cited` is None only for the assistant's own words (greetings, offers, handovers).
    """

    kind: PartKind
    lines: tuple[str, ...]
    cited: int | None
    heading: str = ""


@dataclass(frozen=True)
class Decision:
    """The outcome with its reason and the numbers it was taken on."""

    outcome: Outcome
    reason: Reason
    confidence: float
    numbers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """A decided, composed and verified answer, ready to be stored and rendered.

    `first_screen` counts the parts (from the start) shown before *Show more*; the rest follows it.
    `org_size` is the size the answer was fitted to; `stated_size` is set when this message or thread said it.
    `standalone` is the question as searched for, with its thread context. `questions` are those of a message
    that asked several, in the order in which they are answered; empty for one. `is_composed`: a language
    model put the first screen into words, and its lines end with the number of their citation.
    """

    decision: Decision
    parts: tuple[Part, ...]
    citations: tuple[Citation, ...] = ()
    org_size: OrgSize | None = None
    stated_size: OrgSize | None = None
    offer_sizes: bool = False
    standalone: str = ""
    first_screen: int = 1_000
    questions: tuple[str, ...] = ()
    is_composed: bool = False
