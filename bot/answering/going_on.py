"""Whether a message goes on with what its thread was last answered from, and how it is searched if it does.

Wording alone leaves half of the longer follow-ups open ("who puts their name to it before anything is
shredded"): searched by itself such a message finds some article, and mostly another one.
"""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.answering.layout import bare
from bot.answering.retrieve import article_scores
from bot.answering.subjects import folded, subjects
from bot.answering.types import Reason, Turn
from bot.answering.wording import fold, words
from knowledge.types import Guided, Search, Vector

# Logistic regression over 75 follow-ups of our development conversations, against the calibration questions as
# new subjects in the same threads, with and without "and" before them; both told apart 19 times in 20.
WEIGHTS: Mapping[str, float] = {
    "gap": 1.9, "own": -0.23, "words": -0.08, "points_back": 2.25, "elsewhere": 0.44,
}  # fmt: skip
BIAS = 4.25
GOES_ON = 0.45  # chance from which a message is read with the topic of its thread
MAY_GO_ON = 0.25  # the same for one that finds no answer by itself
PUT_FORWARD = 1.0  # added to the fused score, about 0 to 1, of the article answered from
KNOWN_HERE = (
    0.2  # chance by wording from which the thread's article is known to treat a legal matter supposed
)
_MOST_OWN, _MOST_WORDS, _LEAST_LOG = 6, 30, -8.0
# From these chances by wording a message is about something left out, is no question, or is never answered.
_SURELY_OUTSIDE, _SURELY_INTENDED, _SURELY_NEVER = 0.5, 0.95, 0.6
_NEVER_ANSWERED = frozenset(
    {
        Reason.ASKED_FOR_PERSON,
        Reason.HANDS,
        Reason.ASSIGNMENT,
        Reason.SENSITIVE,
        Reason.LIVE_INCIDENT,
        Reason.OTHER_CLIENT,
        Reason.OWN_INSTRUCTIONS,
    }
)
# Left by itself a follow-up often says too little; in its thread that means nothing.
_SAYS_LITTLE = frozenset({Reason.TOO_VAGUE, Reason.GREETING})
# What the message says counts beside the same joined with its topic: in the vector, and for the section.
_OWN_WORDS, _OWN_SECTION = 0.5, 0.75
_OPENING = 400  # characters of an answer that are seen without looking for them
_AGAIN = re.compile(
    r"\b(?:again|repeat|rephrase|reword|explain|explanation|simpl\w+|shorter|short|brief\w*|summar\w+|plain|means?|meaning|understand|clarify|tl;?dr|you (?:said|mentioned|wrote))\b"
)


_NEW_TOPIC = re.compile(
    r"^(?:(?:ok|okay|right|so|and|now|anyway|thanks|great)[ ,.!]+)*(?:(?:on )?(?:a |an |one )?(?:\w+ly )?(?:new|different|separate|another|other|unrelated|next) (?:topic|question|thing|subject|matter|issue|note)|change of subject|changing (?:the )?subject|moving on|unrelated(?:ly)?|separately)\b"
)
_SUPPOSES = re.compile(r"\b(?:if|in case|suppos\w+|when|whenever|during)\b")


@dataclass(frozen=True)
class Signs:
    """What speaks for and against a message's going on with its thread.

    gap: by how much the thread's article is ahead of all others when the message is searched alone.
    own: subjects the message names itself. words: its length. points_back: its wording refers to what was said.
    elsewhere: the log of the likeliest other article's chance by wording, low for what fits none.
    another: its words alone make it about a subject left out, or no question for an article.
    here: the chance of the thread's own article by wording.
    """

    gap: float
    own: int
    words: int
    points_back: bool
    elsewhere: float
    another: bool = False
    here: float = 0.0


def last_answer(thread: Sequence[Turn]) -> Turn | None:
    """Return the assistant's last turn that answered from an article; refusals and handovers are passed over."""
    answered = (turn for turn in reversed(thread) if turn.slugs and turn.reason in (None, Reason.COVERED))
    return next(answered, None)


def signs_of(message: str, alone: Search, slug: str, *, points_back: bool) -> Signs | None:
    """Return the signs of a message searched alone in a thread answered from `slug`; None without a guide."""
    scores = article_scores(alone)
    if alone.guided is None or not scores:
        return None
    others = max((score for other, score in scores.items() if other != slug), default=0.0)
    likeliest = max((each for other, each in alone.guided.articles.items() if other != slug), default=0.0)
    said = folded(message)
    return Signs(
        gap=scores.get(slug, min(scores.values())) - others,
        own=min(_MOST_OWN, len(subjects(said))),
        words=min(_MOST_WORDS, len(words(said))),
        points_back=points_back,
        elsewhere=math.log(max(likeliest, math.exp(_LEAST_LOG))),
        another=_is_another(message, alone.guided),
        here=alone.guided.articles.get(slug, 0.0),
    )


def _is_another(message: str, guided: Guided) -> bool:
    """Say whether the words alone make a message about something else, or no question for an article."""
    if guided.outside >= _SURELY_OUTSIDE or _NEW_TOPIC.match(fold(message)):
        return True
    reasons = {Reason(name): likely for name, likely in guided.intents.items()}
    return any(
        likely >= (_SURELY_NEVER if reason in _NEVER_ANSWERED else _SURELY_INTENDED)
        for reason, likely in reasons.items()
        if reason not in _SAYS_LITTLE
    )


def supposes(text: str) -> bool:
    """Say whether a message asks for a case that may come, and not about one that is there."""
    return bool(_SUPPOSES.search(fold(text)))


def chance(signs: Signs) -> float:
    """Return the estimated probability that the message goes on with the thread."""
    if signs.another:
        return 0.0
    total = BIAS + sum(weight * getattr(signs, name) for name, weight in WEIGHTS.items())
    return 1.0 / (1.0 + math.exp(-total))


def toward(joined: Vector, message: Vector) -> Vector:
    """Return the unit vector of a message joined with its topic, moved towards the message itself."""
    moved = joined + np.float32(_OWN_WORDS) * message
    return np.asarray(moved / np.linalg.norm(moved), dtype=np.float32)


def lift(signs: Signs) -> float:
    """Return by how much the article in hand is put forward: twice for what names nothing itself."""
    return PUT_FORWARD if signs.own else 2 * PUT_FORWARD


def put_forward(search: Search, slug: str, by: float) -> Search:
    """Return the search with an article it found put forward."""
    scores = search.article_scores
    return replace(search, article_scores={**scores, slug: scores[slug] + by}) if slug in scores else search


def by_own_words(joined: Search, alone: Search, slug: str) -> Search:
    """Return the joined search with the sections of the thread's article ranked mostly by the message alone."""
    if joined.guided is None or alone.guided is None:
        return joined
    logs = {place: log for place, log in alone.guided.sections.items() if place[0] == slug}
    if not logs:
        return joined
    together = math.log(sum(map(math.exp, logs.values())))
    known = joined.guided.sections
    own = {
        place: (1 - _OWN_SECTION) * known[place] + _OWN_SECTION * (log - together)
        for place, log in logs.items()
    }
    return replace(joined, guided=replace(joined.guided, sections={**known, **own}))


def shown_before(message: str, thread: Sequence[Turn]) -> str:
    """Return the plain words each answer of the thread opened with; empty where they are wanted again."""
    if _AGAIN.search(fold(message)):
        return ""
    said = (turn.text[:_OPENING] for turn in thread if turn.slugs and turn.reason in (None, Reason.COVERED))
    return " ".join(" ".join(fold(bare(text)).split()) for text in said)
