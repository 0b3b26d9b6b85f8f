"""Answer, clarify, escalate or decline: a pure function of what the message says and what was found."""

import math
from collections.abc import Mapping

from bot.answering.language import Legibility
from bot.answering.retrieve import Found
from bot.answering.types import Decision, Outcome, Reason
from bot.answering.understanding import Heard

MAX_CHARACTERS = 4_000  # a question longer than this is asked for its core

# Greetings, thanks and the like are `clarify`: the contract has four outcomes, an answer needs a citation,
# and what the reply does is to invite a question.
_OUTCOMES: Mapping[Reason, Outcome] = {
    Reason.LIVE_INCIDENT: Outcome.ESCALATE,
    Reason.OWN_INSTRUCTIONS: Outcome.DECLINE,
    Reason.HANDS: Outcome.ESCALATE,
    Reason.ASSIGNMENT: Outcome.ESCALATE,
    Reason.ASKED_FOR_PERSON: Outcome.ESCALATE,
    Reason.OTHER_CLIENT: Outcome.DECLINE,
    Reason.SENSITIVE: Outcome.ESCALATE,
    Reason.LEGAL: Outcome.ESCALATE,
    Reason.PRODUCT_CHOICE: Outcome.DECLINE,
    Reason.DECISION: Outcome.ESCALATE,
    Reason.EVERYDAY_SUPPORT: Outcome.ESCALATE,
    Reason.THANKS: Outcome.CLARIFY,
    Reason.GREETING: Outcome.CLARIFY,
    Reason.CAPABILITIES: Outcome.CLARIFY,
}
"""Reasons the wording alone gives, the most urgent first: the first that holds decides."""

# Their wordings also stand in many ordinary questions (a workbook for the VAT, a decision others take): such
# a rule gives way to a classifier that is sure of an article and rules the reason out. On phrasings held out
# it is ruled out for a fifth to a half of the false alarms, and for 0 to 15 % of the true ones, most of which
# no article covers either.
_ARGUABLE = frozenset({Reason.LEGAL, Reason.DECISION, Reason.EVERYDAY_SUPPORT})
_RULED_OUT = 0.002

# Logistic regression over a fifth of the phrasings, read by a guide trained on the rest: the calibration
# questions separate too well to show how slang that was not foreseen is withheld.
WEIGHTS: Mapping[str, float] = {"nearest": 6.47, "unknown": -2.58, "likely": 5.33, "outside": -10.69}
BIAS = 2.07
# The same where there is no guide, because another model embeds the questions.
UNGUIDED_WEIGHTS: Mapping[str, float] = {"nearest": 5.66, "lead": 4.06, "unknown": -1.35, "lexical": 6.06}
UNGUIDED_BIAS = -4.43
COVERED = 0.75  # probability from which a question counts as covered
# Chance from which a message is no question for an article, whatever its words: for each of what hardly an
# article question is taken for; for what must not wait, together; and for all matters for a person together.
# Of our own questions (decision 14) 5 of 196 wishes for a person and delicate matters are missed so, and
# 38 of 752 others taken for one; with 0.3 for all it were 4 and 41, with 0.45 for all 8 and 29.
INTENDED, CANNOT_WAIT, FOR_A_PERSON = 0.3, 0.3, 0.5
_CANNOT_WAIT = frozenset({Reason.LIVE_INCIDENT, Reason.SENSITIVE, Reason.ASKED_FOR_PERSON})
COVERED_ALL_THE_SAME = 0.98  # the same for a subject left out on purpose, or words that say too little
COVERED_THOUGH_ODD = 0.95  # the same for words that are seldom about our field
# A question without a word of our field is off topic when no passage, and nothing else, comes this near.
FAR, FAR_FROM_ALL = 0.30, 0.38


def decide_by_wording(heard: Heard) -> Decision | None:
    """Return the decision when the wording alone takes it; None when the methodology must be searched."""
    reason = _unreadable(heard) or _worded(heard)
    if reason is None and heard.only_size:
        reason = Reason.SIZE_STATED
    if reason is None or reason in _ARGUABLE:
        return None
    return Decision(_outcome(reason), reason, 1.0, {"words": float(heard.words)})


def decide(heard: Heard, found: Found | None) -> Decision:
    """Return the decision on a searched question, with the numbers it was taken on."""
    worded = _worded(heard)
    if found is None:
        reason = worded or Reason.NOT_COVERED
        return Decision(_outcome(reason), reason, 1.0, {"words": float(heard.words)})
    chance = probability(found)
    numbers = {**found.numbers(), "covered": round(chance, 4), "words": float(heard.words)}
    if worded is not None and not _overruled(worded, found, chance):
        return Decision(_outcome(worded), worded, 1.0, numbers)
    intent = intended(found, heard.ruled_out)
    reason = intent or _reason(heard, found, chance)
    confidence = found.intents[intent] if intent else chance if reason is Reason.COVERED else 1.0 - chance
    return Decision(_outcome(reason), reason, round(confidence, 4), numbers)


def _worded(heard: Heard) -> Reason | None:
    """Return the most urgent reason the wording gives."""
    return next((reason for reason in _OUTCOMES if reason in heard.intents), None)


def _overruled(worded: Reason, found: Found, chance: float) -> bool:
    """Say whether the classifier rules out what a rule on the wording saw, and knows an article instead."""
    unlikely = found.intents.get(worded, 0.0) < _RULED_OUT
    return worded in _ARGUABLE and found.likely is not None and unlikely and chance >= COVERED_THOUGH_ODD


def probability(found: Found) -> float:
    """Return the estimated probability that the methodology covers the question."""
    is_guided = found.likely is not None
    weights, bias = (WEIGHTS, BIAS) if is_guided else (UNGUIDED_WEIGHTS, UNGUIDED_BIAS)
    total = bias + sum(weight * getattr(found, name) for name, weight in weights.items())
    return 1.0 / (1.0 + math.exp(-total))


def intended(found: Found, ruled_out: frozenset[Reason]) -> Reason | None:
    """Return what the message is by the classifier, where no rule on its wording saw it, or rules it out."""
    possible = set(map(Reason, found.intents)) - ruled_out
    likeliest = sorted(possible, key=lambda reason: -found.intents[reason])
    personal = [reason for reason in likeliest if _outcome(reason) is Outcome.ESCALATE]
    pressing = sum(found.intents[reason] for reason in personal if reason in _CANNOT_WAIT)
    if pressing >= CANNOT_WAIT or sum(found.intents[reason] for reason in personal) >= FOR_A_PERSON:
        return personal[0]
    others = (reason for reason in likeliest if reason not in personal)
    return next((reason for reason in others if found.intents[reason] >= INTENDED), None)


def _unreadable(heard: Heard) -> Reason | None:
    if heard.characters > MAX_CHARACTERS:
        return Reason.TOO_LONG
    match heard.legibility:
        case Legibility.EMPTY:
            return Reason.EMPTY
        case Legibility.CODE:
            return Reason.NOT_UNDERSTOOD
        case Legibility.FOREIGN:
            return Reason.OTHER_LANGUAGE
        case Legibility.READABLE:
            return None


def _reason(heard: Heard, found: Found, chance: float) -> Reason:
    if chance >= needed(heard) and heard.terms:
        return Reason.COVERED
    if Reason.TOO_VAGUE in heard.intents:
        return Reason.TOO_VAGUE
    if Reason.OFF_TOPIC in heard.intents and not heard.in_field:
        return Reason.OFF_TOPIC
    if found.unknown >= 1.0 and heard.words <= 3 and not heard.in_field:
        return Reason.NOT_UNDERSTOOD
    if heard.terms <= 1 and heard.words <= 3 and Reason.OFF_TOPIC not in heard.intents:
        return Reason.TOO_VAGUE
    far = found.dense < FAR and found.nearest < FAR_FROM_ALL and not heard.in_field
    if Reason.OFF_TOPIC in heard.intents or far:
        return Reason.OFF_TOPIC
    return Reason.NOT_COVERED


def needed(heard: Heard) -> float:
    """Return the probability from which the question is answered, whatever its wording suggested."""
    if heard.intents & {Reason.NOT_COVERED, Reason.TOO_VAGUE}:
        return COVERED_ALL_THE_SAME
    return COVERED_THOUGH_ODD if Reason.OFF_TOPIC in heard.intents and not heard.in_field else COVERED


def _outcome(reason: Reason) -> Outcome:
    match reason:
        case Reason.COVERED:
            return Outcome.ANSWER
        case Reason.NOT_COVERED | Reason.UNAVAILABLE:
            return Outcome.ESCALATE
        case Reason.OFF_TOPIC:
            return Outcome.DECLINE
        case _:
            return _OUTCOMES.get(reason, Outcome.CLARIFY)
