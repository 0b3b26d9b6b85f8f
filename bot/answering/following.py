"""Whether a message that stands by itself reads as if it went on with the conversation before it."""

from functools import lru_cache

from bot.answering.intents import find_intents
from bot.answering.rewrite import only_states_size, points_back, topic_of, without_size
from bot.answering.sizes import asks_size
from bot.answering.types import Reason, Speaker, Turn
from bot.answering.wording import LONGEST, clean, without_courtesies, words

TITLE_CHARS = 80
_LONGEST_AGREEMENT = 6  # words with which somebody takes up an offer or answers a question back
# What such a message asks or says is clear without anything before it.
_CLEAR_BY_ITSELF = frozenset(
    {
        Reason.GREETING,
        Reason.THANKS,
        Reason.CAPABILITIES,
        Reason.LIVE_INCIDENT,
        Reason.SENSITIVE,
        Reason.EVERYDAY_SUPPORT,
        Reason.OFF_TOPIC,
        Reason.OWN_INSTRUCTIONS,
        Reason.OTHER_CLIENT,
    }
)


@lru_cache(maxsize=256)
def surely_alone(text: str) -> bool:
    """Say at little cost that `text` goes on with nothing: long, pointing nowhere, and no mere size."""
    text = text[:LONGEST]
    if len(words(text)) <= _LONGEST_AGREEMENT or only_states_size(text, replying=True, known=False):
        return False
    return not points_back(without_size(without_courtesies(text)))


def reads_on(text: str, thread: tuple[Turn, ...]) -> bool:
    """Say whether `text` goes on with `thread`: it points back, or answers what was asked there last."""
    text = text[:LONGEST]
    if not clean(text):
        return False
    if _takes_up_offer(text, thread) or _tells_size(text, thread):
        return True
    return bool(topic_of(thread)) and may_read_on(text)


def may_read_on(text: str) -> bool:
    """Say whether the wording points back to something, whatever that was."""
    text = text[:LONGEST]
    clear = find_intents(text) & _CLEAR_BY_ITSELF
    return bool(clean(text)) and not clear and points_back(without_size(without_courtesies(text)))


def title_of(text: str) -> str:
    """Return what a conversation that began with `text` is called: its first words."""
    title = clean(text)
    if len(title) <= TITLE_CHARS:
        return title
    return title[:TITLE_CHARS].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"


def _takes_up_offer(text: str, thread: tuple[Turn, ...]) -> bool:
    """Say whether it agrees to the person who was offered last; alone it would ask for nobody."""
    asked = Reason.ASKED_FOR_PERSON
    return asked in find_intents(text, thread) and asked not in find_intents(text)


def _tells_size(text: str, thread: tuple[Turn, ...]) -> bool:
    last = thread[-1] if thread else None
    was_asked = last is not None and last.speaker is Speaker.ASSISTANT and asks_size(last.text)
    return only_states_size(text, replying=was_asked, known=False) and bool(was_asked or topic_of(thread))
