"""Every sentence about what the methodology lacks."""

TITLE = "What is missing"
LEAD = (
    "What people asked and our methodology does not cover, or what they found not helpful, by what it is "
    "about. Names are left out."
)
NONE = "Nothing is missing: what was asked is covered, or has been taken care of."
SHOW_ALL_SPOKEN = "Show all that our methodology lacks"
TAKE, CLOSE, ASIDE = "I take it", "Closed by an article", "Set aside"
CLOSE_TITLE = "Closed by an article"
ARTICLE = "Which article covers it now?"
SAVE = "Close it"
BACK, ON = "Previous", "Next"
BACK_SPOKEN, ON_SPOKEN = "The gaps before these", "The gaps after these"
NOBODY = "nobody has it"
TAKEN = "It is yours now."
SET_ASIDE = "It was set aside, with what is asked like it from now on."
NOT_STORED = "This could not be stored just now. Please press Close it again in a moment."
PRESS_AGAIN = "Please press the button again: Slack gave the list too little time."
NO_ARTICLE = "That article is not in the methodology any more. Please choose another one."


def show_all(count: int) -> str:
    """Return the label of the way to all gaps."""
    return f"Show all ({count})"


def standing(count: int, holder: str | None) -> str:
    """Return how often something was asked, and who takes care of it."""
    asked = "1 question" if count == 1 else f"{count} questions"
    return f"{asked} · {f'{holder} has it' if holder else NOBODY}"


def spoken(label: str, gap: str) -> str:
    """Return what a screen reader says for a button beside a gap."""
    return f"{label}: {gap}"


def page(first: int, last: int, count: int) -> str:
    """Return which of the gaps a page shows."""
    return f"{first} to {last} of {count}"


def closed(title: str) -> str:
    """Return the word that an article closes a gap."""
    return f"It is closed by the article “{title}”."
