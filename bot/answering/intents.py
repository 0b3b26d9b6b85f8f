"""What a message is by its wording alone: the rules that need no search."""

import re
from collections.abc import Callable, Iterable, Mapping

from bot.answering import intent_patterns as risk
from bot.answering import scope_patterns as scope
from bot.answering.acts import agrees, closes, declines, was_offered
from bot.answering.hands import work_wanted
from bot.answering.ties import tells_of_ties
from bot.answering.types import Reason, Speaker, Turn
from bot.answering.wording import clean, fold, words

_OFFERS_PERSON = re.compile(
    r"\b(?:would you like|shall i|do you want)\b.{0,80}\b(?:consultant|person|someone)\b"
)
# What people say in front of anything they would rather not be quoted on.
_IN_CONFIDENCE = re.compile(
    r"\b(?:off the record|(?:just )?between (?:us(?! and\b)|you and me)|in (?:strict )?confidence)\b"
)
# Of a plan nobody says that its end is not known.
_DOWN_NOW = re.compile(
    r"\b(?:is|are|has been|have been|went|gone|been) (?:\w+ )?(?:down|offline|unreachable)\b.{0,60}"
    r"\b(?:nobody|no ?one|none of (?:us|them)) (?:can|knows?|is able to|will)(?: \w+){0,2} when\b"
)
_EMERGENCY = re.compile(r"\b(?:help|urgent\w*|emergency|sos|asap|quick(?:ly)?)\b")

_SHORT = 14  # words; a longer message asks about more than the assistant itself


def _compile(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


def _matcher(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Return a test that says whether any of the patterns occurs in folded text."""
    rules = _compile(patterns)
    return lambda folded: any(rule.search(folded) for rule in rules)


_strong_incident = _matcher(risk.LIVE_INCIDENT_STRONG)
_weak_incident = _matcher(risk.LIVE_INCIDENT_WEAK)
_hypothetical = _matcher(risk.HYPOTHETICAL)
_preparing = _matcher(risk.PREPARING)
_asked_for_person = _matcher(risk.ASKED_FOR_PERSON)
_about_consultants = _matcher(risk.ABOUT_CONSULTANTS)
_sensitive = _matcher(risk.SENSITIVE)
_not_personal = _matcher(risk.NOT_PERSONAL)
_support = _matcher(risk.EVERYDAY_SUPPORT)
_about_support = _matcher(risk.ABOUT_SUPPORT)
_product = _matcher(scope.PRODUCT_CHOICE)
_about_choosing = _matcher(scope.ABOUT_CHOOSING)
_capabilities = _matcher(scope.CAPABILITIES)
_named_client = _matcher(scope.NAMED_CLIENT)
_thanks = _matcher(scope.THANKS)
_other_client = _matcher(scope.OTHER_CLIENT)

# Rules that are exact as they stand, without a second look at what surrounds them.
_PLAIN: Mapping[Reason, Callable[[str], bool]] = {
    Reason.LEGAL: _matcher(risk.LEGAL),
    Reason.DECISION: _matcher(risk.DECISION),
    Reason.OWN_INSTRUCTIONS: _matcher(scope.OWN_INSTRUCTIONS),
    Reason.GREETING: _matcher(scope.GREETING),
    Reason.OFF_TOPIC: _matcher(scope.OFF_TOPIC),
    Reason.TOO_VAGUE: _matcher(scope.VAGUE),
    Reason.NOT_COVERED: _matcher(scope.EXCLUDED),
}


def find_intents(text: str, thread: tuple[Turn, ...] = ()) -> frozenset[Reason]:
    """Return every reason the message gives by its wording; empty for an ordinary question."""
    folded = fold(text)
    found = {reason for reason, matches in _PLAIN.items() if matches(folded)}
    guarded = {
        Reason.LIVE_INCIDENT: _is_live_incident(folded),
        Reason.ASKED_FOR_PERSON: _asks_for_person(folded, thread),
        Reason.SENSITIVE: _is_personal(folded),
        Reason.EVERYDAY_SUPPORT: _support(folded) and not _about_support(folded),
        Reason.PRODUCT_CHOICE: _product(folded) and not _about_choosing(folded),
        Reason.CAPABILITIES: _capabilities(folded) and len(words(folded)) <= _SHORT,
        Reason.THANKS: _thanks(folded) or closes(text) or (was_offered(thread) and declines(text)),
        Reason.OTHER_CLIENT: _other_client(folded) or _named_client(clean(text)),
    }
    found |= {reason for reason, holds in guarded.items() if holds}
    return frozenset(found | ({work} if (work := _work(folded, found)) else set()))


def _work(folded: str, found: set[Reason]) -> Reason | None:
    """Return the work asked of people; thanks, and what is for the client's own support, ask for none."""
    return None if found & {Reason.THANKS, Reason.EVERYDAY_SUPPORT} else work_wanted(folded)


def _is_personal(folded: str) -> bool:
    """Say whether a matter is personal; "off the record" before a product question makes it none."""
    if tells_of_ties(folded):
        return True
    if not _sensitive(folded) or _not_personal(folded):
        return False
    return not _product(folded) or _sensitive(_IN_CONFIDENCE.sub(" ", folded))


def _is_live_incident(folded: str) -> bool:
    """Say whether something is happening now; talk of plans, the past or others is not."""
    if _DOWN_NOW.search(folded):
        return True
    if _hypothetical(folded) and not _EMERGENCY.search(folded):
        return False
    return _strong_incident(folded) or (_weak_incident(folded) and not _preparing(folded))


def _asks_for_person(folded: str, thread: tuple[Turn, ...]) -> bool:
    asked = _was_asked_for_person(thread)
    if (asked or was_offered(thread)) and agrees(folded, readily=asked):
        return True
    return _asked_for_person(folded) and not _about_consultants(folded)


def _was_asked_for_person(thread: tuple[Turn, ...]) -> bool:
    """Say whether the assistant's last turn asked if a person should take over."""
    last = thread[-1] if thread else None
    return (
        last is not None
        and last.speaker is Speaker.ASSISTANT
        and bool(_OFFERS_PERSON.search(fold(last.text)))
    )
