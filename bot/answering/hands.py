"""Whether a message asks for people of ours or gives us a piece of work: a request, and no question."""

import re
from collections.abc import Iterable

from bot.answering import hands_patterns as patterns
from bot.answering.types import Reason

# What is asked of people and not of an answer: the kinds of work a ticket is opened for at once.
WORK = frozenset({Reason.HANDS, Reason.ASSIGNMENT})


def _compile(found: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in found)


_HANDS, _ASSIGNMENT = _compile(patterns.HANDS), _compile(patterns.ASSIGNMENT)
_NO_REQUEST = _compile(patterns.NO_REQUEST)


def work_wanted(folded: str) -> Reason | None:
    """Return which kind of work a message, as folded text, asks for; None when it asks for none."""
    if any(rule.search(folded) for rule in _NO_REQUEST):
        return None
    if any(rule.search(folded) for rule in _ASSIGNMENT):
        return Reason.ASSIGNMENT
    return Reason.HANDS if any(rule.search(folded) for rule in _HANDS) else None
