"""Every sentence of Home, of browsing and of the shortcuts, as plain words; the builders escape them."""

from collections.abc import Mapping

from knowledge.types import OrgSize

# Home
ASK = "Ask a question"
ASK_SPOKEN = "Ask the Virtual CIO a question"
TOPICS_TITLE = "Suggested topics"
TOPICS_WHERE = "Press one to ask it. The answer arrives in our direct messages, under Messages."
TOPICS_NONE = "There is nothing to suggest yet. Ask in your own words."
LOADING = (
    "I am still opening the methodology. Topics appear here in a minute; you can ask already, and I answer "
    "as soon as I am ready."
)
MINE_TITLE = "My questions and requests"
MINE_NONE = "Nothing yet. What you ask is listed here, for you alone."
OPEN = "Open"
SHOW = "Show"
BROWSE = "Browse the methodology"
BROWSE_SPOKEN = "Browse the methodology by area and article"

# States of a question, in words
ANSWERED = "answered"
ASKED_BACK = "I asked something back"
OFFERED = "not answered; a consultant can help"
WAITING = "waiting for a consultant"

# The desk's part of Home
UNCLAIMED_TITLE = "Requests nobody has claimed"
UNCLAIMED_NONE = "Every request has been claimed."
OWN_TITLE = "Requests I have claimed"
OWN_NONE = "You have no open request."
CARD_ELSEWHERE = "its card is on the way to the desk"
FOR_YOU_TITLE = "For yourself"

# The ask form
ASK_TITLE = "Ask a question"
ASK_LABEL = "Your question"
ASK_HINT = "One question at a time, in your own words. Please leave passwords and personal files out of it."
ASK_PLACEHOLDER = "How often should we test our backups?"
ASK_SUBMIT = "Ask"
ASK_EMPTY = "Please write your question here."
ASK_TOO_LONG = "Please shorten your question to at most 3,000 characters."
ASK_NOT_STORED = "I am sorry, your question could not be stored just now. Please press Ask again in a minute."
ASK_UNREACHABLE = (
    "I cannot write to you directly here. Please mention me in a channel and ask there; I answer in the "
    "thread."
)
ASKED_TITLE = "Asked"
ASKED = "Your question is stored. The answer arrives in our direct messages, under Messages."
PRESS_AGAIN = "That took too long for Slack, which allows three seconds. Please press the button again."
PAGE_CHANGED = "This page was changed by another press meanwhile; this is what you pressed last."

# Browsing
BROWSE_TITLE = "Methodology"
AREAS_LEAD = "Everything I answer comes from these articles. Choose an area."
AREA_NONE = "The methodology holds no article yet."
BACK = "Back"
BACK_SPOKEN = "Back to the page before"
MORE_LIST = "Show the rest"
NEXT_PART = "Next part"
RELATED = "Related articles"
PAGE_GONE = (
    "This page is no longer there: the methodology has been revised meanwhile. Please start again from the "
    "areas."
)
TO_AREAS = "All areas"
STARTING = "I am still opening the methodology. Please press again in a minute."

# Shortcuts
ASKED_LEAD = "You asked:"
NO_WORDS = (
    "That message holds no words I could answer. I read text only, not files or pictures. Run the shortcut "
    "on a message with a question in it, or write to me directly."
)
OWN_MESSAGE = "That message is mine. Reply in its thread to go on from there, or write to me directly."
ONLY_YOU = (
    "Only you can see this answer. Post in the thread shows an answer to everyone there, with its sources."
)
POST = "Post in the thread"
POST_SPOKEN = "Have this question answered in the thread, for everyone there"
POSTED = "I am answering it in the thread, for everyone there."

_AREAS: Mapping[str, str] = {
    "cio-role": "The CIO role and its competencies",
    "security-risk-and-continuity": "Security, risk and continuity",
    "sourcing-vendors-and-finance": "Sourcing, vendors and finance",
    "architecture-cloud-and-integration": "Architecture, cloud and integration",
    "portfolio-projects-change-and-people": "Portfolio, projects, change and people",
    "ai-and-automation": "AI and automation",
    "virtual-cio-service": "How the virtual CIO service works",
}
_ACRONYMS: Mapping[str, str] = {"ai": "AI", "it": "IT", "cio": "CIO", "im": "IM"}
_SIZES: Mapping[OrgSize, str] = {
    OrgSize.SMALL: "chosen for fewer than 50 people",
    OrgSize.MEDIUM: "chosen for 50 to 500 people",
    OrgSize.LARGE: "chosen for more than 500 people",
}


def area(slug: str) -> str:
    """Return an area's name; one without a name of its own is read from its slug."""
    if slug in _AREAS:
        return _AREAS[slug]
    said = " ".join(_ACRONYMS.get(word, word) for word in slug.replace("_", "-").split("-") if word)
    return said[:1].upper() + said[1:] if said else "Other articles"


def articles(count: int) -> str:
    """Return a number of articles in words."""
    return "1 article" if count == 1 else f"{count} articles"


def topics_for(size: OrgSize | None) -> str:
    """Return the line under the topics: for whom they were chosen, and where the answer goes."""
    return f"{_SIZES[size].capitalize()}. {TOPICS_WHERE}" if size else TOPICS_WHERE


def topic_spoken(question: str) -> str:
    """Return what a screen reader says for a topic's button."""
    return f"Ask: {question}"


def with_consultant(name: str) -> str:
    """Return the state of a request somebody has claimed."""
    return f"with a consultant: {name}"


def closed_by(name: str | None) -> str:
    """Return the state of a request that is closed."""
    return f"closed by {name}" if name else "closed"


def opens(question: str) -> str:
    """Return what a screen reader says for a question's link."""
    return f"Open: {question}"


def claim_spoken(reference: str, client: str) -> str:
    """Return what a screen reader says for Claim on Home."""
    return f"Claim request {reference} of {client}"


def open_card(reference: str) -> str:
    """Return what a screen reader says for the link to a card."""
    return f"Open the card of {reference}"


def more_on_desk(count: int) -> str:
    """Return the line for requests that Home has no room for."""
    return f"And {count} more on the desk."


def part_of(number: int, count: int) -> str:
    """Return which part of a long page this is."""
    return f"Part {number} of {count}"


def asked_for(question: str) -> str:
    """Return the first line of a question asked by a form, in our direct messages."""
    return f"You asked: {question}"


def about_section(article: str, section: str) -> str:
    """Return the question of a request made while reading a section."""
    return f"Asked while reading “{section}” in “{article}”."


def page_of(name: str) -> str:
    """Return what a notification says of a page sent as a message."""
    return f"From the methodology: {name}"


def request_made(reference: str) -> str:
    """Return the line that confirms a request made while reading."""
    return f"Your request {reference} is stored; what follows arrives in our direct messages."
