"""Whether a composed sentence is supported by the passage it cites: figures, denials, names and meaning."""

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.answering.claim_patterns import (
    CONTRASTS,
    DRASTIC,
    MEASURES,
    MODALS,
    NUMBER_WORDS,
    OPPOSITES,
    PERIODS,
    PIVOTS,
)
from bot.answering.claims import Claims, Figure, Force, stem
from bot.answering.neutrality import may_leave
from bot.answering.passages import Embed, Passage, Unit, split_at, take_apart
from bot.answering.vocabulary import Words
from bot.answering.wording import STOP_WORDS
from knowledge.types import Vector

# Calibrated by `python -m benchmarks composed`: see docs/decisions/0010.
NEAR, SHARED, SHARED_IN_CLAUSE = 0.55, 0.66, 0.51
# What holds every content word of a sentence needs no vector to be near it.
_VERBATIM = 0.999
# With one word changed in so many, a sentence is still the source's own words in some order.
_WORDS_A_CHANGE = 4
# From this share of its words in a sentence of the passage, a sentence repeats it.
_REPEATED = 0.8
# By how much more a piece must share with a sentence than one that speaks against it.
_CLEARLY = 0.15
_KEPT = 256
_LONG_WORD = 4
_NONE: frozenset[str] = frozenset()
_COUNTED = frozenset(map(stem, (*NUMBER_WORDS, *MEASURES, *PERIODS)))
_PHRASES = (", ", "; ", " and ", " but ", ". ")
_BREAKS = ("; ", ": ", ", ", " and ", " but ", " because ", " since ", " while ", " so that ", " – ")


class Verdict(StrEnum):
    """What came of checking one sentence."""

    SUPPORTED = "supported"
    UNCITED = "uncited"
    NO_SUCH_PASSAGE = "no_such_passage"
    FIGURE = "figure"
    DENIAL = "denial"
    NAME = "name"
    FORCE = "force"
    OPPOSITE = "opposite"
    ORDER = "order"
    WORDS = "words"
    MEANING = "meaning"
    PRODUCT = "product"
    LEANS = "leans"
    HARMFUL = "harmful"


_SPEAKS_AGAINST = frozenset({Verdict.DENIAL, Verdict.OPPOSITE})


@dataclass(frozen=True)
class Checked:
    """A verdict with what it rests on: how near the nearest piece came, and which one it was."""

    verdict: Verdict
    nearness: float = 0.0
    shared: float = 0.0
    unit: str = ""


class Verifier:
    """Checks sentences against passages; safe to use from threads."""

    def __init__(self, embed: Embed, words: Words) -> None:
        self._embed = embed
        self._words = words
        self._passages: dict[tuple[str, str, str], Passage] = {}
        self._lock = threading.Lock()

    def prepare(self, scope: str, heading: str, markdown: str) -> Passage:
        """Take a passage apart; what was prepared is kept. Blocking: its pieces are embedded."""
        key = (scope, heading, markdown)
        with self._lock:
            known = self._passages.get(key)
        if known is None:
            known = take_apart(*key, self._embed)
            with self._lock:
                if len(self._passages) >= _KEPT:
                    self._passages.clear()
                self._passages[key] = known
        return known

    def check(self, sentence: str, passage: Passage) -> Checked:
        """Say whether `passage` supports a plain sentence."""
        claims = Claims(sentence)
        if not may_leave(sentence, passage.scope):
            return Checked(Verdict.PRODUCT)
        if foreign := self._foreign(claims, passage):
            return Checked(Verdict.NAME, unit=foreign)
        twin = _twin(claims, passage)
        units = (unit for unit in passage.units if twin is None or unit.of == twin)
        shares = ((_share(claims, unit.claims), unit) for unit in units)
        likely = [(share, unit) for share, unit in shares if share >= SHARED]
        likely.sort(key=lambda each: -each[0])
        return self._best(sentence, claims, likely, passage)

    def _best(
        self, sentence: str, claims: Claims, likely: Sequence[tuple[float, Unit]], passage: Passage
    ) -> Checked:
        """Return the verdict of the piece that supports a sentence, unless one as near speaks against it."""
        best, against = Checked(Verdict.WORDS), 0.0
        vector: Vector | None = None
        for shared, unit in likely:
            verdict, nearness = _compared(claims, unit, passage), 1.0
            if verdict in _SPEAKS_AGAINST and unit.is_whole:
                against = max(against, shared)
            if verdict is Verdict.SUPPORTED and against and shared - against < _CLEARLY:
                continue
            if verdict is Verdict.SUPPORTED and shared < _VERBATIM:
                vector = self._embed([sentence])[0] if vector is None else vector
                nearness = float(vector @ unit.vector)
                verdict = verdict if nearness >= NEAR else Verdict.MEANING
            if verdict is Verdict.SUPPORTED or best.verdict is Verdict.WORDS:
                best = Checked(verdict, nearness, shared, unit.claims.text)
            if verdict is Verdict.SUPPORTED:
                break
        return best

    def _foreign(self, claims: Claims, passage: Passage) -> str:
        """Return a word that neither the passage nor the methodology has: a name, however it is written.

        What begins with a capital must be a word of the methodology: else names that are words would pass.
        """
        for at, word in enumerate(claims.words):
            is_short = len(word) < _LONG_WORD or word in STOP_WORDS
            if is_short or stem(word) in passage.vocabulary:
                continue
            is_known = self._words.is_ordinary if at and not claims.has_capital(word) else self._words.uses
            if not is_known(word):
                return word
        return ""


def _twin(claims: Claims, passage: Passage) -> int | None:
    """Return the sentence of the passage that a sentence repeats nearly word for word.

    Then that one alone decides: beside a neighbour, a word changed on purpose would be found in it.
    """
    words = Counter(claims.words)
    best, most = None, _REPEATED * words.total()
    for unit in passage.units:
        common = (words & unit.claims.counted).total()
        if unit.of is not None and common >= most:
            best, most = unit.of, common
    return best


def _share(claims: Claims, source: Claims) -> float:
    """Return the share of a sentence's content words that a piece holds."""
    common = claims.stem_counts & source.stem_counts
    return common.total() / len(claims.stems) if claims.stems else 0.0


def _compared(claims: Claims, unit: Unit, passage: Passage) -> Verdict:
    """Return the first thing in which a sentence says other than its source."""
    source = unit.claims
    named = frozenset(source.words) | source.names | source.codes | passage.named
    checks: tuple[tuple[Verdict, bool], ...] = (
        (Verdict.NAME, claims.names | claims.codes <= named),
        (Verdict.FIGURE, _figures_hold(claims, source)),
        (Verdict.DENIAL, _denials_hold(claims, source)),
        (Verdict.FORCE, _force_holds(claims, source)),
        (Verdict.OPPOSITE, not _turned(claims, source)),
        (Verdict.ORDER, _order_holds(claims, unit) and _pivots_hold(claims, source)),
        (Verdict.WORDS, _clauses_hold(claims, source)),
    )
    return next((verdict for verdict, holds in checks if not holds), Verdict.SUPPORTED)


def _figures_hold(claims: Claims, source: Claims) -> bool:
    """Say whether every number is the source's, no more often than there, and every period of time."""
    left = list(source.figures)
    for figure in claims.figures:
        known = next((each for each in left if _same(figure, each)), None)
        if known is None:
            return False
        left.remove(known)
    if claims.figures and len(set(source.figures)) > 1 and not _figures_belong(claims, source):
        return False
    return claims.frequencies <= source.frequencies and claims.periods <= source.periods


def _figures_belong(claims: Claims, source: Claims) -> bool:
    """Say whether each number stands, in the source, beside something that the sentence speaks of."""
    parts = [Claims(part) for part in split_at(source.text, _PHRASES)]
    return all(
        bool(part.bag & claims.bag - _COUNTED)
        for figure in claims.figures
        for part in [_beside(figure, claims, parts)]
    )


def _beside(figure: Figure, claims: Claims, parts: Sequence[Claims]) -> Claims:
    """Return the phrase that has a number and most in common with the sentence; an empty one if none has."""
    having = [part for part in parts if any(known.value == figure.value for known in part.figures)]
    return max(having, key=lambda part: len(part.bag & claims.bag - _COUNTED), default=Claims(""))


def _same(figure: Figure, known: Figure) -> bool:
    """Say whether a figure is the source's; it may leave out what is counted, and nothing else."""
    alike = figure.value == known.value and figure.bound == known.bound
    return alike and (figure.unit == known.unit or not figure.unit)


def _denials_hold(claims: Claims, source: Claims) -> bool:
    """Say whether both deny or neither does; to call something a mistake denies it too."""
    if claims.limits != source.limits or claims.denies != source.denies:
        return False
    if claims.negations > 1 and claims.denials != source.denials:
        # Who denies twice must do it in the source's words: two denials are one too many or none.
        return False
    met = claims.governing | {"if"} if claims.names_case else claims.governing
    if not source.governing <= met:
        return False
    return claims.is_adverse or source.is_adverse or bool(claims.negations) == bool(source.negations)


def _force_holds(claims: Claims, source: Claims) -> bool:
    said, meant = claims.force, source.force
    too_strong = said is Force.MUST and meant is not Force.MUST
    too_weak = said is Force.MAY and meant > Force.MAY
    unhedged = claims.hedges < source.hedges
    return not (too_strong or too_weak or unhedged or not claims.totals <= source.totals)


def _turned(claims: Claims, source: Claims) -> bool:
    """Say whether a word of the sentence is the opposite of one that stands in its place in the source."""
    added = claims.counted - source.counted
    if any(stem(word) not in source.bag for word in DRASTIC & added.keys()):
        return True
    return any(not OPPOSITES.get(word, _NONE).isdisjoint(source.counted) for word in added)


def _order_holds(claims: Claims, unit: Unit) -> bool:
    """Say whether a sentence of the source's own words has them in its order, or turned round once.

    One that is the source but for a word or two must be the source: what was changed is what was made up.
    """
    here, there = claims.telling, unit.claims.telling
    changed, missing = Counter(here) - Counter(there), Counter(there) - Counter(here)
    few = len(here) // _WORDS_A_CHANGE
    if changed.total() > few:
        return True
    if unit.is_whole and missing.total() <= few and changed:
        return False
    common = (Counter(here) & Counter(there)).keys() - MODALS
    kept, source = (tuple(word for word in each if word in common) for each in (here, there))
    return any(_follows(kept, source[at:] + source[:at]) for at in range(len(source) or 1))


def _follows(here: tuple[str, ...], there: tuple[str, ...]) -> bool:
    """Say whether all of `here` stands in `there` in this order."""
    rest = iter(there)
    return all(word in rest for word in here)


def _pivots_hold(claims: Claims, source: Claims) -> bool:
    """Say whether what stands before and after "than", "before" and the like has not changed sides."""
    for pivot in PIVOTS:
        cue = f" {pivot} "
        if cue not in claims.plain or cue not in source.plain:
            if pivot in CONTRASTS and cue in claims.plain:
                return False
            continue
        first, last = (Claims(part).bag for part in claims.plain.split(cue, 1))
        before, after = (Claims(part).bag for part in source.plain.split(cue, 1))
        if len(first & before) + len(last & after) < len(first & after) + len(last & before):
            return False
    return True


def _clauses_hold(claims: Claims, source: Claims) -> bool:
    """Say whether each clause of the sentence, not only the whole, speaks in the source's words."""
    for clause in split_at(claims.text, _BREAKS):
        stems = Claims(clause).stem_counts
        if (stems & source.stem_counts).total() < SHARED_IN_CLAUSE * stems.total():
            return False
    return bool(claims.bag)
