"""Which words of a message gave a reason away, to show a reader why a rule on the wording held."""

import re
from collections.abc import Iterable, Mapping

from bot.answering import hands_patterns
from bot.answering import intent_patterns as risk
from bot.answering import scope_patterns as scope
from bot.answering.intents import find_intents
from bot.answering.types import Question, Reason
from bot.answering.wording import clean, fold

_PATTERNS: Mapping[Reason, Iterable[str]] = {
    Reason.LIVE_INCIDENT: (*risk.LIVE_INCIDENT_STRONG, *risk.LIVE_INCIDENT_WEAK),
    Reason.ASKED_FOR_PERSON: risk.ASKED_FOR_PERSON,
    Reason.HANDS: hands_patterns.HANDS,
    Reason.ASSIGNMENT: hands_patterns.ASSIGNMENT,
    Reason.SENSITIVE: risk.SENSITIVE,
    Reason.LEGAL: risk.LEGAL,
    Reason.DECISION: risk.DECISION,
    Reason.EVERYDAY_SUPPORT: risk.EVERYDAY_SUPPORT,
    Reason.PRODUCT_CHOICE: scope.PRODUCT_CHOICE,
    Reason.OWN_INSTRUCTIONS: scope.OWN_INSTRUCTIONS,
    Reason.OTHER_CLIENT: scope.OTHER_CLIENT,
    Reason.CAPABILITIES: scope.CAPABILITIES,
    Reason.GREETING: scope.GREETING,
    Reason.THANKS: scope.THANKS,
    Reason.OFF_TOPIC: scope.OFF_TOPIC,
    Reason.TOO_VAGUE: scope.VAGUE,
    Reason.NOT_COVERED: scope.EXCLUDED,
}
CARRIED = "carried over from earlier in the conversation"


def noticed_words(reason: Reason, question: Question, standalone: str) -> str:
    """Return the words in which a reason was seen; `CARRIED` where the message itself does not give it."""
    if reason not in find_intents(question.text, question.thread):
        return _first(reason, fold(standalone)) and CARRIED
    return _first(reason, fold(question.text)) or clean(question.text)


def _first(reason: Reason, folded: str) -> str:
    matches = (re.search(pattern, folded) for pattern in _PATTERNS.get(reason, ()))
    return next((match[0].strip() for match in matches if match), "")
