"""The words about a message that can be, or was, passed on to the consultant who has somebody's request."""


def offer(name: str, reference: str) -> str:
    """Return the question below an answer."""
    return f"For {name}, about {reference}?"


def send(name: str) -> str:
    """Return the label of the button beside it."""
    return f"Send to {name}"


def send_spoken(name: str, reference: str) -> str:
    """Return what a screen reader says for that button."""
    return f"Send your message to {name}, about {reference}"


def passed_on(name: str, reference: str) -> str:
    """Return the line that confirms it."""
    return f"I have passed this on to {name}, about {reference}."


def added(reference: str) -> str:
    """Return the same while nobody has the request."""
    return f"I have added this to {reference}. Nobody has claimed it yet; whoever does reads it first."


def closed(reference: str) -> str:
    """Return the line below an answer to a message that named a request of theirs which is over."""
    return f"{reference} is closed, so I took this as a new question. A consultant can still be brought in."


def unknown(reference: str) -> str:
    """Return the same for a reference that is no request of theirs."""
    return f"I find no open request of yours called {reference}, so I took this as an ordinary question."
