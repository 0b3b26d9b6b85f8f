"""Reading a message as plain words: cleaned for search, folded for matching."""

import re
import unicodedata
from functools import lru_cache

# Slack's escapes are tolerated here because a message may come from the command line or a transcript too.
_SLACK_NOISE = re.compile(r"<[@!][^>]*>|:[a-z0-9_+\-]+:")
_SLACK_LINK = re.compile(r"<(?:#|https?:|mailto:)[^>|]*(?:\|([^>]*))?>")
_BARE_LINK = re.compile(r"https?://\S+")
_FENCE = re.compile(r"```.*?(?:```|$)", re.DOTALL)
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_FOLDS = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "‑": "-", "…": "..."}
)
_WORD = re.compile(r"[a-z0-9][a-z0-9'&/.\-]*[a-z0-9]|[a-z0-9]")
_COURTESY = re.compile(
    r"^(?:(?:hi|hello|hey|morning|good (?:morning|afternoon|evening)|dear)(?: (?:there|all|team|everyone"
    r"|bot|folks))?"
    r"|quick (?:question|one)|question|please|pls|so|ok|okay|right|well|um+|erm?|thanks|thank you|cheers"
    r"|great|sorry"
    r"|(?:just )?wondering|can you (?:please )?(?:tell me|explain)|could you (?:please )?(?:tell me|explain)"
    r"|i(?: would|'d) like to know|i (?:want|need) to know|do you know)\b[\s,.:;!-]*",
)

_STOP = """\
a about above actually after again all also am an and any anyone are aren't as at be because been
before being but by can can't cannot could did didn't do does doesn't doing don't down each else
ever every everyone few for from get gets getting give go going got had has have having he her here
him his how i i'd i'll i'm i've if in into is isn't it it's its just keep know least less let let's
like lot make many may me might more most much must my need needs no nor not now of off ok on once
one only or other our out over own people per please put really right same say see she should
shouldn't since so some someone something still such sure take tell than that that's the their them
then there these they they're thing things think this those to too up us use used using very want
was way we we'd we'll we're we've well were what what's when where whether which while who who's
whom whose why will with without won't would yes yet you you'd you'll you're you've your"""
LONGEST = 4_000  # characters of a message that are read; some rules look at each word from each other
STOP_WORDS = frozenset(_STOP.split())


def clean(text: str) -> str:
    """Return the message without markup, controls, direction marks and code blocks, on one line."""
    text = _FENCE.sub(" ", text)
    text = _SLACK_NOISE.sub(" ", text)
    text = _SLACK_LINK.sub(lambda match: match.group(1) or " ", text)
    text = _BARE_LINK.sub(" ", text)
    for escaped, plain in _ENTITIES:
        text = text.replace(escaped, plain)
    if not text.isascii() or not text.isprintable():
        text = _printable(unicodedata.normalize("NFKC", text))
    return " ".join(text.split())


def _printable(text: str) -> str:
    """Return text with controls, direction marks and unassigned characters made spaces."""
    if text.isprintable():
        return text
    return "".join(char if unicodedata.category(char)[0] != "C" else " " for char in text)


def fold(text: str) -> str:
    """Return cleaned text in lower case with typographic quotes and dashes made plain."""
    return clean(text).translate(_FOLDS).lower()


def words(folded: str) -> list[str]:
    """Return the words of folded text, in order."""
    return _WORD.findall(folded)


def content_words(folded: str) -> list[str]:
    """Return the words that carry a subject, in order, without stop words."""
    return [word for word in words(folded) if word not in STOP_WORDS and len(word) > 1]


def without_courtesies(text: str) -> str:
    """Return the message without its opening greeting or request formula, unless nothing would remain."""
    rest = clean(text)
    while match := _COURTESY.match(rest.translate(_FOLDS).lower()):
        if not words(rest[match.end() :].lower()):
            break
        rest = rest[match.end() :]
    return rest


@lru_cache(maxsize=32768)
def stem(word: str) -> str:
    """Return a crude stem, enough to see that 'tested', 'tests' and 'testing' are one word."""
    for ending in ("'s", "ings", "ing", "ies", "edly", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def stems(folded: str) -> frozenset[str]:
    """Return the stems of the content words of folded text, and its numbers."""
    numbers = (word for word in words(folded) if word.isdigit())
    return frozenset((*map(stem, content_words(folded)), *numbers))
