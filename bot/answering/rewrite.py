"""Making a question stand on its own: what a follow-up leaves out is taken from the person's earlier "
"question."""

import re

from bot.answering.intents import find_intents
from bot.answering.sizes import find_size
from bot.answering.types import Reason, Speaker, Turn
from bot.answering.wording import clean, content_words, fold, without_courtesies, words

_MAX_QUERY = 600  # characters; more adds nothing the embedding could still read (256 word pieces)
_CONNECTS = re.compile(
    r"^(?:and|but|or|so|then|also|plus|what about|how about|what if|same|like what|such as|for example|any "
    r"examples?|"
    r"an? example|give me an example|examples?|tell me more|more|go on|explain|in what order|what else"
    r"|anything else|why|"
    r"why not|how so|how come|by when|by whom|which (?:one|ones|of)|the (?:first|second|third|last|other) "
    r"(?:one|step|point))\b"
)
_ASKS_BARELY = re.compile(r"^(?:how often|how long|how many|how much|how big|when|who|where|which)\b")
_REFERS = re.compile(
    r"\b(?:it|its|that|this|those|these|them|they|their|one|ones|he|she|there|such|former|latter|the same"
    r"|the above|"
    r"the (?:first|second|third|fourth|last|other|next) (?:one|step|point|option)|step \d|point \d)\b"
)
# "IT budget" holds no pronoun, and "that" after a verb is a conjunction.
_NOT_REFERRING = re.compile(
    r"\bit (?:budget\w*|manager|director|strategy|team|department|staff|spend\w*|support|supplier|provider"
    r"|systems?|security|"
    r"governance|people|lead|policy|policies|cost\w*|service\w*|risk\w*|project\w*|person|plan|function|leadership|assets?|guy)\b"
    r"|\b(?:so|sure|think|say|says|said|know|knows|means?|ensure|show|shows|prove|proves|the fact) that\b"
    r"|\bis it (?:true|normal|ok|okay|possible|worth|better|enough to|necessary)\b"
    r"|\bhow long does it take to\b|\bthis (?:year|month|week|quarter)\b|\bone (?:person|page|place|owner"
    r"|year|month|day|week|of)\b|\bthere (?:is|are)\b"
)
_NO_QUESTION = frozenset(
    {Reason.GREETING, Reason.THANKS, Reason.CAPABILITIES, Reason.ASKED_FOR_PERSON, Reason.TOO_VAGUE}
)
_CAPITAL_IT = re.compile(r"\bIT\b")
_LEFT_OVER = re.compile(r"^(?:(?:here|and|so|with|now|in total)\b[ ,]*)+")
_ASKS = re.compile(r"\b(?:what|how|which|who|when|where|why|should|do we|can we|need|want|would|could)\b")
_CORRECTS = re.compile(r"^(?:no|nope|sorry|actually|i meant?|correction|wait|oops)\b[ ,:-]*")


def rewrite(text: str, thread: tuple[Turn, ...] = ()) -> str:
    """Return the question as it should be searched for, with the context of the thread where it needs it."""
    return _standalone(text, topic_of(thread))


def topic_of(thread: tuple[Turn, ...]) -> str:
    """Return the question the thread is about, standing on its own; empty when none was asked."""
    topic = ""
    for turn in thread:
        if turn.speaker is Speaker.PERSON:
            topic = _carry(turn.text, topic)
    return topic


def continues(text: str) -> bool:
    """Say whether a message opens like the continuation of an earlier one ('and ...', 'tell me more')."""
    return bool(_CONNECTS.match(fold(text)))


def _carry(text: str, topic: str) -> str:
    """Return the topic after one more message of the person; small talk leaves it as it was."""
    if find_intents(text) & _NO_QUESTION:
        return topic
    return _standalone(text, topic)


def _standalone(text: str, topic: str) -> str:
    message = without_size(without_courtesies(text))
    if not topic:
        return (message or clean(text))[:_MAX_QUERY]
    if not content_words(fold(message)) and not leans_on_thread(message):
        return topic[:_MAX_QUERY]
    return f"{message} {topic}".strip()[:_MAX_QUERY] if leans_on_thread(message) else message[:_MAX_QUERY]


def leans_on_thread(message: str) -> bool:
    """Say whether a message cannot be understood without what was said before."""
    folded = _folded(message)
    return points_back(message) or (len(words(folded)) <= 2 and not _CONNECTS.match(folded))


def points_back(message: str) -> bool:
    """Say whether the wording itself refers to what was said before; a bare subject ('backups?') does not."""
    folded = _folded(message)
    subject = content_words(_NOT_REFERRING.sub(" ", folded))
    length = len(words(folded))
    refers = bool(_REFERS.search(_NOT_REFERRING.sub(" subject ", folded)))
    if refers and len(subject) <= 3 and length <= 14:
        return True
    if _CONNECTS.match(folded):
        return len(subject) <= 2 and length <= 9
    return not subject or bool(_ASKS_BARELY.match(folded) and len(subject) == 1 and length <= 4)


def _folded(message: str) -> str:
    return _CORRECTS.sub("", fold(_CAPITAL_IT.sub("information technology", message)))


def without_size(text: str) -> str:
    """Return the message without its statement of the organisation's size, when a question remains."""
    statement = find_size(text)
    if statement is None or not statement.own:
        return text
    folded = fold(text)
    cleaned = clean(text)
    written = cleaned if len(cleaned) == len(folded) else folded  # folding rarely changes the length
    rest = f"{written[: statement.start]} {written[statement.end :]}".strip(" ,.;:-!")
    rest = re.sub(r"\s+", " ", re.sub(r"\s+([,.;:?!])", r"\1", rest)).strip(" ,.;:-!")
    return _CORRECTS.sub("", _LEFT_OVER.sub("", rest))


def only_states_size(text: str, *, replying: bool, known: bool) -> bool:
    """Say whether a message states the size and asks nothing."""
    statement = find_size(text, replying=replying, known=known)
    if statement is None or not statement.own:
        return False
    folded = fold(text)
    rest = _CORRECTS.sub("", f"{folded[: statement.start]} {folded[statement.end :]}".strip(" ,.;:-!"))
    return "?" not in folded and not _ASKS.search(rest) and len(content_words(rest)) <= 1
