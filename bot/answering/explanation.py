"""How one answer was decided: the evidence with its thresholds, the rule that decided, what was found."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answering import decide as rules
from bot.answering.noticed import noticed_words
from bot.answering.pipeline import NEAR_SECTION, PASSAGES
from bot.answering.retrieve import Found, weigh
from bot.answering.types import Answer, Decision, Question, Reason
from bot.answering.understanding import Heard, understand
from knowledge.store import KnowledgeStore
from knowledge.types import Hit, Search

WHY: Mapping[Reason, str] = {
    Reason.UNHELPFUL: "the person was not helped, or says so",
    Reason.COVERED: "the methodology, or the client's own documents, cover it",
    Reason.SIZE_STATED: "the message only says how large the organisation is",
    Reason.GREETING: "the message is a greeting",
    Reason.THANKS: "the message is thanks or a goodbye",
    Reason.CAPABILITIES: "the message asks what the assistant is and does",
    Reason.TOO_VAGUE: "the message says too little to search for",
    Reason.EMPTY: "the message is empty",
    Reason.TOO_LONG: "the message is longer than can be read as one question",
    Reason.NOT_UNDERSTOOD: "the message could not be made out",
    Reason.OTHER_LANGUAGE: "the message is in another language than English",
    Reason.ASKED_FOR_PERSON: "the message asks for a person",
    Reason.HANDS: "the message asks for somebody to do a piece of work",
    Reason.ASSIGNMENT: "the message gives us a piece of work",
    Reason.NOT_COVERED: "neither the methodology nor the client's own documents cover it",
    Reason.SENSITIVE: "it is about a person or another delicate matter",
    Reason.LEGAL: "it asks for legal advice",
    Reason.LIVE_INCIDENT: "something is going wrong at this moment, and the telephone comes first",
    Reason.DECISION: "it asks to decide or approve something, which people do",
    Reason.EVERYDAY_SUPPORT: "it is everyday IT support, which the client's own support gives",
    Reason.OFF_TOPIC: "it is not about IT or information management",
    Reason.OTHER_CLIENT: "it asks about another client",
    Reason.OWN_INSTRUCTIONS: "it asks the assistant to change or show its instructions",
    Reason.PRODUCT_CHOICE: "it asks which product to choose, and the firm names none",
    Reason.UNAVAILABLE: "the knowledge could not be searched",
}
_MEANINGS: Mapping[str, str] = {
    "covered": "chance that the documents cover the question: the sum of what the others add, as a share",
    "start": "where that sum begins",
    "nearest": "closeness of the nearest passage, sentence or listed way of asking",
    "likely": "how surely the wording means one article",
    "outside": "how much the wording looks like a subject left out on purpose",
    "unknown": "share of the question's words that stand nowhere in the documents",
    "lead": "by how much the best article outdoes the second in closeness",
    "margin": "the same in fused score",
    "dense": "closeness of the nearest passage",
    "lexical": "rare words shared with the best passage",
    "section": "closeness of the section the answer opens with; below, the answer says it is less sure",
    "words": "words of the question as searched for",
    "characters": "length of the message",
}


@dataclass(frozen=True)
class Evidence:
    """A number the decision had before it; `adds`: what it put on the scale of `covered`, if anything.

    `met`: it is on the side of `threshold` that speaks for an answer. None for numbers without one.
    """

    name: str
    value: float
    meaning: str
    threshold: float | None = None
    met: bool | None = None
    adds: float | None = None


@dataclass(frozen=True)
class FoundPassage:
    """A passage the search found, with its scores, and whether the answer cites its section."""

    slug: str
    title: str
    section: str
    scope: str
    dense: float
    lexical: float
    fused: float
    cited: bool


@dataclass(frozen=True)
class Explanation:
    """Everything a decision rested on. `noticed`: what the wording gave away, and by which words."""

    outcome: str
    reason: str
    why: str
    rule: str
    confidence: float
    standalone: str
    org_size: str | None
    size_from: str
    sector: str | None
    noticed: Mapping[str, str]
    evidence: tuple[Evidence, ...]
    intents: Mapping[str, float]
    intents_from: float
    passages: tuple[FoundPassage, ...]


def explain(store: KnowledgeStore, question: Question, answer: Answer, *, passages: int = 10) -> Explanation:
    """Return how `answer` came about, with as many of the passages found as asked for."""
    heard = understand(question)
    search = found = None
    decision = rules.decide_by_wording(heard)
    if decision is None:
        search = store.search(heard.standalone, question.scopes, limit=PASSAGES)
        found = weigh(search, heard.terms)
        decision = rules.decide(heard, found)
    told = {reason: noticed_words(reason, question, heard.standalone) for reason in heard.intents}
    intents = sorted(found.intents.items(), key=lambda named: -named[1]) if found else ()
    return Explanation(
        outcome=str(answer.decision.outcome),
        reason=str(answer.decision.reason),
        why=WHY[answer.decision.reason],
        rule=_rule(heard, found, decision, answer.decision, told),
        confidence=round(answer.decision.confidence, 3),
        standalone=heard.standalone,
        org_size=str(answer.org_size) if answer.org_size else None,
        size_from=_size_from(question, heard),
        sector=str(heard.sector) if heard.sector else None,
        noticed={str(reason): words for reason, words in sorted(told.items())},
        evidence=tuple(_evidence(heard, found, decision, answer.decision)),
        intents={name: round(float(chance), 4) for name, chance in intents},
        intents_from=rules.INTENDED,
        passages=tuple(_passages(search, answer, passages)) if search else (),
    )


def _size_from(question: Question, heard: Heard) -> str:
    if heard.org_size is None:
        return "not known"
    if heard.stated_size is heard.org_size:
        return "said in the conversation"
    return "of the profile" if question.org_size is heard.org_size else "asked about in the question"


def _evidence(heard: Heard, found: Found | None, decision: Decision, final: Decision) -> list[Evidence]:
    """Return every number with its threshold, what decides most first."""
    numbers = {**decision.numbers, **final.numbers, "characters": float(heard.characters)}
    weights, bias = _weights(found)
    if bias:
        numbers["start"] = bias
    least = {"covered": rules.needed(heard), "dense": rules.FAR, "nearest": rules.FAR_FROM_ALL}
    least["section"] = NEAR_SECTION
    most = {"characters": float(rules.MAX_CHARACTERS)}
    rows = []
    for name in sorted(numbers, key=[*_MEANINGS, *numbers].index):
        if name.startswith("intent "):
            continue  # listed with the others of their kind
        value = numbers[name]
        threshold = least.get(name, most.get(name))
        met = None if threshold is None else value >= threshold if name in least else value <= threshold
        adds = round(weights[name] * value, 2) + 0.0 if name in weights else None
        rows.append(Evidence(name, round(value, 4), _MEANINGS.get(name, ""), threshold, met, adds))
    return rows


def _weights(found: Found | None) -> tuple[Mapping[str, float], float]:
    """Return what each number counts for the chance of being covered, and where that starts."""
    if found is None:
        return {}, 0.0
    is_guided = found.likely is not None
    weights, bias = (
        (rules.WEIGHTS, rules.BIAS) if is_guided else (rules.UNGUIDED_WEIGHTS, rules.UNGUIDED_BIAS)
    )
    return {**weights, "start": 1.0}, bias


def _rule(
    heard: Heard, found: Found | None, first: Decision, final: Decision, told: Mapping[Reason, str]
) -> str:
    """Return in a sentence or two what decided, in the order in which the rules are tried."""
    if first.reason is not final.reason:
        return f"First it was {_plain(first.reason)}, but nothing that holds for the asker could be quoted."
    reason = first.reason
    if found is None:
        return _by_wording(reason, told)
    if rules.intended(found, heard.ruled_out) is reason:
        return _by_intent(reason, found)
    chance, needed = first.numbers["covered"], rules.needed(heard)
    if reason is Reason.COVERED:
        return f"The chance of being covered, {chance:.2f}, reaches the {needed} needed{_harder(needed)}."
    short = f"The chance of being covered, {chance:.2f}, stays below the {needed} needed{_harder(needed)}"
    return f"{short}, and {_then(reason, told)}."


def _by_intent(reason: Reason, found: Found) -> str:
    chance = found.intents[reason]
    if chance >= rules.INTENDED:
        return (
            f"Put like that it is usually {_plain(reason)}: {chance:.2f} reaches the {rules.INTENDED} needed."
        )
    return f"Put like that it is usually for a person, most likely {_plain(reason)} ({chance:.2f})."


def _by_wording(reason: Reason, told: Mapping[Reason, str]) -> str:
    if reason is Reason.NOT_COVERED:
        return "The search found no passage at all."
    words = told.get(reason)
    also = len(told) - 1
    more = f" {also} more seen in the wording, which come after it." if also > 0 else ""
    quoted = f" (“{words}”)" if words else ""
    return f"Its wording alone decides: {WHY[reason]}{quoted}.{more} Nothing was searched."


def _then(reason: Reason, told: Mapping[Reason, str]) -> str:
    if told.get(reason):
        return f"its wording says {_plain(reason)} (“{told[reason]}”)"
    match reason:
        case Reason.TOO_VAGUE:
            return "it holds too few words that mean something"
        case Reason.NOT_UNDERSTOOD:
            return "none of its few words stands in the documents"
        case Reason.OFF_TOPIC:
            return f"nothing comes near: no passage {rules.FAR}, and nothing else {rules.FAR_FROM_ALL}"
        case _:
            return "no other rule applies"


def _harder(needed: float) -> str:
    if needed == rules.COVERED_ALL_THE_SAME:
        return " of a subject that looks left out or too vague"
    return " of a message with no word of the field" if needed == rules.COVERED_THOUGH_ODD else ""


def _plain(reason: Reason) -> str:
    return reason.replace("_", " ")


def _passages(search: Search, answer: Answer, most: int) -> list[FoundPassage]:
    cited = {(one.scope, one.slug, one.section_id) for one in answer.citations}
    return [_passage(hit, cited) for hit in search.hits[:most]]


def _passage(hit: Hit, cited: set[tuple[str, str, str]]) -> FoundPassage:
    found = hit.passage
    return FoundPassage(
        slug=found.slug,
        title=found.title,
        section=found.section,
        scope=found.scope,
        dense=round(float(hit.dense), 4),
        lexical=round(float(hit.lexical), 4),
        fused=round(float(hit.score), 4),
        cited=(found.scope, found.slug, found.section_id) in cited,
    )
