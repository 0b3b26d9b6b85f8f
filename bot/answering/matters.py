"""A matter that is not over with one message: what began as one for a person goes on until it is left.

A live incident goes on until it is said to be over, a delicate matter while the talk is of the same people,
and whoever was refused a product's name and pushes is refused again.
"""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

import re
from collections.abc import Callable, Mapping

from bot.answering.hands import WORK
from bot.answering.intents import find_intents
from bot.answering.rewrite import points_back, without_size
from bot.answering.subjects import folded, refers, stands_alone, subjects
from bot.answering.types import Reason, Speaker, Turn
from bot.answering.wording import fold, without_courtesies

# Between two messages on the same matter: words of courtesy, and handing over.
_BESIDE = WORK | {
    Reason.THANKS,
    Reason.GREETING,
    Reason.SIZE_STATED,
    Reason.ASKED_FOR_PERSON,
    Reason.UNHELPFUL,
}
_OVER = re.compile(
    r"\b(?:it|it's|its|that|that's|this|we|we're|everything|everything's|all|they|they're|systems?|servers?|e-?mails?|files|phones?|network|website|data|things)(?:'s|'re| is| are| has been| have been| was| were| got| all| now| just| finally| mostly| fully)* (?:back(?: up| online| on| to normal| again| working|(?=[ ,.!]*(?:$|now\b|thank|phew)))|over(?! (?:the|our|a|to|budget|time)\b)|fixed|sorted|resolved|restored|recovered|working again|running again|contained|under control|up again|up and running|dealt with)\b"
    r"|\b(?:back up and running|false alarm|all clear|panic over|crisis over|incident (?:is |was )?(?:over|closed|resolved)|fixed (?:it|now)|turned out (?:to be|it was) (?:nothing|a false|fine))\b"
)
_NOT_YET = re.compile(r"\b(?:not|n't|isn't|still|yet|until|till|when|once|if|before|unless|never)\b")
_TURNS_ELSEWHERE = re.compile(
    r"\b(?:in general|generally|normally|usually|as a rule|in principle|separate(?:ly)?|(?:different|another|new|other|unrelated) (?:question|thing|topic|subject|matter|note)|change of subject|moving on|unrelated|in (?:the )?future|for the future|next time|(?:after|once|when) (?:all )?(?:this|it|that)(?: is|'s) (?:all )?(?:over|done|sorted)|never happens? again|doesn't happen again|stop (?:this|it|that) happening again)\b"
)
_OF_INCIDENT = re.compile(
    r"\b(?:pay|police|insurers?|insurance|switch(?:ed|ing)? (?:it |them |everything )?(?:off|on)|turn(?:ed|ing)? (?:it |them |everything )?(?:off|on)|unplug\w*|shut(?:ting)? (?:it |them |everything )?down|disconnect\w*|reboot\w*|restart\w*|wipe\w*|restore|log(?:ged|ging)? (?:in|on|out|off)|ransom\w*|hackers?|attackers?|encrypt\w*|infected|spread\w*|deadline|customers?|clients?|staff|press|regulator|ico|tell|warn|inform|right now|still|now|urgent\w*|asap|help|phone|ring|call|passwords?|accounts?|bank|freeze|block)\b"
    r"|(?:^|[,.;:?!] *|\b(?:so|and|or|ok|okay|what|who|then) )(?:do|should|shall|can|must|may|could) (?:we|i) (?!(?:need|have|want)\b)"
)
_AT_LEISURE = re.compile(
    r"\b(?:how often|how much|how many|what should (?:an?|our)|what (?:is|are|does) an?|policy|policies|strategy|budget|plan for|template|every (?:month|quarter|year))\b"
)
_SOMEBODY = re.compile(
    r"\b(?:he|she|him|her|his|hers|he's|she's|they|them|their|that person|the person|the (?:guy|lad|woman|man)|(?:my|our|the) boss)\b"
)
_PUSHES = re.compile(
    r"\b(?:(?:just|only) (?:one|a|the|give|say|tell)|(?:one|a|any|some) names?|name (?:one|it|some|two|three)|come on|between (?:us|you and me)|off the record|go on|your (?:own |personal |honest )?(?:favou?rite|opinion|pick|choice|recommendation)|(?:you'd|you would|would you) (?:buy|pick|choose|use|take|go (?:for|with)|recommend)|if (?:you were|it was|it were) (?:me|us|you)|hint|everyone (?:says|uses|knows|else)|(?:is|are) (?:\w+ ){0,3}better|the best one|won't tell|promise)\b"
)
_IN_CONFIDENCE = re.compile(
    r"\b(?:off the record|between (?:us|you and me)|in confidence|confidentially|privately|won't tell)\b"
)
_PICK = re.compile(
    r"\b(?:which (?:one|of (?:them|these|those|the)|products?|systems?|tools?|software|suppliers?|vendors?|package|is (?:the )?(?:best|better))|(?:you'd|you would|would you) (?:buy|pick|choose|use|take|go (?:for|with)|recommend)|(?:is|are) (?:\w+ ){0,3}(?:better|best)|name (?:one|a|the))\b"
)
_LONGEST_PUSH = 25  # words


def matter_in_hand(text: str, thread: tuple[Turn, ...]) -> Reason | None:
    """Return the reason for which a message goes on with a matter for a person; None when it does not."""
    reason = _unfinished(thread)
    message = without_size(without_courtesies(text))
    said = folded(message)
    if reason is None or _TURNS_ELSEWHERE.search(said) or is_over(text):
        return None
    return reason if _GOES_ON[reason](message, said) else None


def wants_a_pick(text: str) -> bool:
    """Say whether a message wants one of several products picked in confidence, which is no delicate matter."""
    said = fold(text)
    return bool(_IN_CONFIDENCE.search(said) and _PICK.search(said)) and not _SOMEBODY.search(said)


def is_over(text: str) -> bool:
    """Say whether a message reports that an incident has ended."""
    said = fold(text)
    found = _OVER.search(said)
    return found is not None and not _NOT_YET.search(said[: found.end()])


def ends_incident(text: str, thread: tuple[Turn, ...]) -> bool:
    """Say whether a message does nothing but report the end of the incident its thread was about."""
    asks_on = "?" in text or bool(re.search(r"\b(?:how|what|which|who|when|where|why|should)\b", fold(text)))
    return is_over(text) and not asks_on and _unfinished(thread) is Reason.LIVE_INCIDENT


def _unfinished(thread: tuple[Turn, ...]) -> Reason | None:
    """Return the matter the assistant last handed over or refused, unless its end was reported since."""
    for turn in reversed(thread):
        if turn.speaker is Speaker.PERSON and is_over(turn.text):
            return None
        if turn.speaker is Speaker.ASSISTANT and turn.reason not in _BESIDE:
            return turn.reason if turn.reason in _GOES_ON else None
    return None


def _of_incident(message: str, said: str) -> bool:
    if _AT_LEISURE.search(said):
        return False
    if refers(said) or points_back(message) or Reason.LIVE_INCIDENT in find_intents(message):
        return True
    return bool(_OF_INCIDENT.search(said)) or (len(subjects(said)) <= 1 and not stands_alone(said))


def _of_somebody(message: str, said: str) -> bool:
    return bool(_SOMEBODY.search(said)) or points_back(message)


def _pushes(_message: str, said: str) -> bool:
    return bool(_PUSHES.search(said)) and len(said.split()) <= _LONGEST_PUSH


_GOES_ON: Mapping[Reason, Callable[[str, str], bool]] = {
    Reason.LIVE_INCIDENT: _of_incident,
    Reason.SENSITIVE: _of_somebody,
    Reason.PRODUCT_CHOICE: _pushes,
}
