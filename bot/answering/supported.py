"""Whether a composed sentence is supported by the passage it cites: figures, denials, names and meaning."""

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.answering.alignment import order_holds
from bot.answering.amounts import Figure
from bot.answering.bindings import bindings_hold
from bot.answering.claim_patterns import DRASTIC, MEASURES, NUMBER_WORDS, OPPOSITES, PERIODS
from bot.answering.claims import Claims, Force, stem
from bot.answering.contrasts import pivots_hold
from bot.answering.exchanged import are_exchanged, bounds_grew, drops_case, drops_denial, obliges_others
from bot.answering.neutrality import may_leave
from bot.answering.passages import Embed, Passage, Unit, split_at, take_apart
from bot.answering.segments import segments_hold
from bot.answering.unexplained import unexplained
from bot.answering.vocabulary import Words
from bot.answering.wording import STOP_WORDS
from knowledge.types import Vector

# Calibrated by `python -m benchmarks composed`: see docs/decisions/0010.
NEAR, SHARED = 0.55, 0.66
# What holds every content word of a sentence needs no vector to be near it.
_VERBATIM = 0.999
# From this share of its words in a sentence of the passage, a sentence repeats it.
_REPEATED = 0.8
# By how much more a piece must share with a sentence than one that speaks against it.
_CLEARLY = 0.15
_KEPT = 256
_LONG_WORD = 4
_NONE: frozenset[str] = frozenset()
_COUNTED = frozenset(map(stem, (*NUMBER_WORDS, *MEASURES, *PERIODS)))
_PHRASES = (", ", "; ", " and ", " but ", ". ")


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
        if sentence.rstrip().endswith("?"):
            return Checked(Verdict.WORDS)
        if not may_leave(sentence, passage.scope):
            return Checked(Verdict.PRODUCT)
        if foreign := self._foreign(claims, passage):
            return Checked(Verdict.NAME, unit=foreign)
        twin = _twin(claims, passage)
        units = (unit for unit in passage.units if twin is None or unit.of == twin)
        shares = ((_share(claims, unit.claims), unit) for unit in units)
        likely = [(share, unit) for share, unit in shares if share >= SHARED]
        # Of pieces that hold as much of it, the shortest is what it repeats.
        likely.sort(key=lambda each: (-each[0], len(each[1].claims.text)))
        return self._best(sentence, claims, likely, passage)

    def _best(
        self, sentence: str, claims: Claims, likely: Sequence[tuple[float, Unit]], passage: Passage
    ) -> Checked:
        """Return the verdict of the piece that supports a sentence, unless one as near speaks against it."""
        best, against = Checked(Verdict.WORDS), 0.0
        vector: Vector | None = None
        for shared, unit in likely:
            verdict, nearness = _compared(claims, unit, passage), 1.0
            if verdict in _SPEAKS_AGAINST:
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
    whole = source if unit.of is None else passage.sentence(unit.of)
    # What the sentence itself says stands where it says it, not where the heading does.
    free = passage.heading_stems - whole.bag
    named = frozenset(source.words) | source.names | source.codes | passage.named
    checks: tuple[tuple[Verdict, bool], ...] = (
        (Verdict.NAME, claims.names | claims.codes <= named and not _renames(claims, source)),
        (Verdict.WORDS, not any(unexplained(claims, source, free))),
        (Verdict.FIGURE, _figures_hold(claims, source) and not bounds_grew(claims, source)),
        (Verdict.DENIAL, not drops_denial(claims, whole)),
        (
            Verdict.ORDER,
            not (are_exchanged(claims, whole) or are_exchanged(claims, source))
            and bindings_hold(claims, source),
        ),
        (Verdict.FORCE, not drops_case(claims, source) and not obliges_others(claims, whole)),
        (Verdict.DENIAL, _denials_hold(claims, source)),
        (Verdict.FORCE, _force_holds(claims, source)),
        (Verdict.OPPOSITE, not _turned(claims, source, whole)),
        (Verdict.ORDER, _told_as_in(claims, source, free, is_one=unit.of is not None)),
        (Verdict.WORDS, bool(claims.bag)),
    )
    return next((verdict for verdict, holds in checks if not holds), Verdict.SUPPORTED)


def _renames(claims: Claims, source: Claims) -> bool:
    """Say whether one name stands where the source has another, be it one of the heading."""
    known = frozenset(source.words) | source.names
    return bool(claims.names - known) and bool(source.names - claims.names - frozenset(claims.words))


def _told_as_in(claims: Claims, source: Claims, free: frozenset[str], *, is_one: bool) -> bool:
    """Say whether what belongs together in the source is told together, and contrasts keep their sides.

    The order of words tells it too, within one sentence of the source.
    """
    is_told = segments_hold(claims, source, free) or (
        is_one and order_holds(claims, source, free) and segments_hold(claims, source, free, only_facts=True)
    )
    return is_told and pivots_hold(claims, source)


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
    parts = _phrases(source.text)
    return all(
        not part.bag - _COUNTED or bool(part.bag & claims.bag - _COUNTED)
        for figure in claims.figures
        for part in [_beside(figure, claims, parts)]
    )


def _phrases(text: str) -> list[Claims]:
    """Return the phrases of a text; one that has nothing but a number belongs to the one before."""
    found: list[str] = []
    for part in split_at(text, _PHRASES):
        if found and (part.startswith("or ") or not Claims(part).bag - _COUNTED):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return [Claims(part) for part in found]


def _beside(figure: Figure, claims: Claims, parts: Sequence[Claims]) -> Claims:
    """Return the phrase that has a number and most in common with the sentence; an empty one if none has."""
    having = [part for part in parts if any(known.value == figure.value for known in part.figures)]
    return max(having, key=lambda part: len(part.bag & claims.bag - _COUNTED), default=Claims(""))


def _same(figure: Figure, known: Figure) -> bool:
    """Say whether a figure is the source's; it may leave out what is counted, and nothing else."""
    alike = figure.value == known.value and figure.bound == known.bound
    may_lack = known.unit != "share" and not known.unit.startswith("money")
    return alike and (figure.unit == known.unit or (not figure.unit and may_lack))


def _denials_hold(claims: Claims, source: Claims) -> bool:
    """Say whether both deny or neither does; to call something a mistake denies it too."""
    if source.is_adverse and not claims.is_adverse and not claims.negations:
        # What is called a mistake is told as advice.
        return False
    if claims.limits != source.limits or claims.denies != source.denies:
        return False
    if claims.negations > 1 and claims.denials != source.denials:
        # Who denies twice must do it in the source's words: two denials are one too many or none.
        return False
    moved = (claims.denied - source.denied) & source.bag, (source.denied - claims.denied) & claims.bag
    if all(moved):
        # What the source denies is said here, and the other way round.
        return False
    met = claims.governing | {"if"} if claims.names_case else claims.governing
    if not source.governing <= met:
        return False
    return claims.is_adverse or source.is_adverse or bool(claims.negations) == bool(source.negations)


def _force_holds(claims: Claims, source: Claims) -> bool:
    said, meant = claims.force, source.force
    too_strong = (said is Force.MUST and meant is not Force.MUST) or claims.duties > max(1, source.duties)
    too_weak = said is Force.MAY and meant is not Force.MAY and "can" not in source.counted
    too_sure = claims.sure > source.sure
    # "Can be" is as careful as "may be".
    unhedged = claims.hedges + claims.counted["can"] < source.hedges
    moved = (claims.alls - source.alls) & source.bag, (source.alls - claims.alls) & claims.bag
    all_hold = claims.totals <= source.totals and not all(moved)
    return not (too_strong or too_weak or too_sure or unhedged or not all_hold)


def _turned(claims: Claims, source: Claims, whole: Claims) -> bool:
    """Say whether a word of the sentence is the opposite of one that stands in its place in the source."""
    added = claims.counted - source.counted
    if any(stem(word) not in source.bag for word in DRASTIC & added.keys()):
        return True
    left_out = whole.counted - claims.counted
    return any(not OPPOSITES.get(word, _NONE).isdisjoint(left_out) for word in added)
