"""The decision is a pure function of what was said and what was found."""

from dataclasses import replace

import pytest

from bot.answering.decide import (
    CANNOT_WAIT,
    COVERED,
    FOR_A_PERSON,
    INTENDED,
    decide,
    decide_by_wording,
    probability,
)
from bot.answering.language import Legibility
from bot.answering.retrieve import Found
from bot.answering.types import Outcome, Reason
from bot.answering.understanding import Heard
from knowledge.guide import INTENTS, ORDINARY
from knowledge.training import lessons


def found(
    dense: float, nearest: float, unknown: float, likely: float, outside: float, **intents: float
) -> Found:
    return Found(
        dense=dense,
        nearest=nearest,
        lexical=0.3,
        unknown=unknown,
        lead=0.1,
        margin=0.1,
        likely=likely,
        outside=outside,
        intents=intents,
    )


STRONG = found(0.7, 0.75, 0.0, 0.99, 0.2)
FAIR = found(0.55, 0.65, 0.0, 0.8, 0.76)
WEAK = found(0.35, 0.4, 0.3, 0.7, 0.8)
FAR = found(0.1, 0.2, 0.6, 0.3, 0.9)
NAMED = found(0.28, 1.0, 0.0, 0.99, 0.1)


def heard(
    *reasons: Reason,
    legibility: Legibility = Legibility.READABLE,
    characters: int = 40,
    in_field: bool = True,
    only_size: bool = False,
) -> Heard:
    return Heard(
        legibility=legibility,
        characters=characters,
        intents=frozenset(reasons),
        standalone="how often should we test restores?",
        terms=3,
        words=6,
        in_field=in_field,
        only_size=only_size,
        has_files=False,
        org_size=None,
        stated_size=None,
    )


@pytest.mark.parametrize(
    ("reasons", "outcome", "reason"),
    [
        ([Reason.LIVE_INCIDENT, Reason.ASKED_FOR_PERSON], Outcome.ESCALATE, Reason.LIVE_INCIDENT),
        ([Reason.ASKED_FOR_PERSON, Reason.SENSITIVE], Outcome.ESCALATE, Reason.ASKED_FOR_PERSON),
        ([Reason.SENSITIVE, Reason.LEGAL], Outcome.ESCALATE, Reason.SENSITIVE),
        ([Reason.PRODUCT_CHOICE, Reason.DECISION], Outcome.DECLINE, Reason.PRODUCT_CHOICE),
        ([Reason.OWN_INSTRUCTIONS, Reason.GREETING], Outcome.DECLINE, Reason.OWN_INSTRUCTIONS),
        ([Reason.THANKS], Outcome.CLARIFY, Reason.THANKS),
    ],
)
def test_the_most_urgent_reason_decides(reasons: list[Reason], outcome: Outcome, reason: Reason) -> None:
    decision = decide_by_wording(heard(*reasons))
    assert decision is not None
    assert (decision.outcome, decision.reason) == (outcome, reason)


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (heard(characters=40_000), Reason.TOO_LONG),
        (heard(legibility=Legibility.EMPTY), Reason.EMPTY),
        (heard(legibility=Legibility.CODE), Reason.NOT_UNDERSTOOD),
        (heard(legibility=Legibility.FOREIGN), Reason.OTHER_LANGUAGE),
        (heard(only_size=True), Reason.SIZE_STATED),
    ],
)
def test_what_cannot_be_searched_is_decided_by_its_wording(message: Heard, reason: Reason) -> None:
    decision = decide_by_wording(message)
    assert decision is not None
    assert decision.reason is reason


def test_an_ordinary_question_is_left_to_the_search() -> None:
    assert decide_by_wording(heard()) is None
    assert decide_by_wording(heard(Reason.OFF_TOPIC, in_field=True)) is None
    assert decide_by_wording(heard(Reason.OFF_TOPIC, in_field=False)) is None


def test_strong_evidence_answers_and_keeps_its_numbers() -> None:
    decision = decide(heard(), STRONG)
    assert (decision.outcome, decision.reason) == (Outcome.ANSWER, Reason.COVERED)
    assert decision.numbers["dense"] == pytest.approx(0.7)
    assert decision.confidence == pytest.approx(probability(STRONG), abs=1e-3)


def test_weak_evidence_is_handed_over_and_never_answered() -> None:
    assert probability(WEAK) < COVERED
    assert decide(heard(), WEAK).reason is Reason.NOT_COVERED
    assert decide(heard(), None).outcome is Outcome.ESCALATE


def test_a_subject_left_out_on_purpose_needs_near_certainty() -> None:
    assert decide(heard(), FAIR).reason is Reason.COVERED
    assert decide(heard(Reason.NOT_COVERED), FAIR).reason is Reason.NOT_COVERED


def test_far_from_our_field_is_off_topic_and_within_it_is_not_covered() -> None:
    assert decide(heard(in_field=False), FAR).reason is Reason.OFF_TOPIC
    assert decide(heard(in_field=True), FAR).reason is Reason.NOT_COVERED
    assert decide(heard(Reason.OFF_TOPIC, in_field=False), WEAK).reason is Reason.OFF_TOPIC


@pytest.mark.parametrize("guess", [Reason.OFF_TOPIC, Reason.TOO_VAGUE])
def test_a_question_an_article_itself_names_overrules_a_guess_from_its_wording(guess: Reason) -> None:
    assert decide(heard(guess, in_field=False), NAMED).reason is Reason.COVERED


def test_a_vague_message_is_asked_about_though_it_matches_fairly() -> None:
    assert decide(heard(Reason.TOO_VAGUE), FAIR).outcome is Outcome.CLARIFY


@pytest.mark.parametrize(
    ("intent", "outcome"),
    [
        ("asked_for_person", Outcome.ESCALATE),
        ("live_incident", Outcome.ESCALATE),
        ("sensitive", Outcome.ESCALATE),
        ("legal", Outcome.ESCALATE),
        ("decision", Outcome.ESCALATE),
        ("everyday_support", Outcome.ESCALATE),
        ("other_client", Outcome.DECLINE),
        ("own_instructions", Outcome.DECLINE),
        ("off_topic", Outcome.DECLINE),
        ("too_vague", Outcome.CLARIFY),
    ],
)
def test_what_the_classifier_hears_decides_where_no_rule_did(intent: str, outcome: Outcome) -> None:
    waits = intent not in {"asked_for_person", "live_incident", "sensitive"}
    needed = (FOR_A_PERSON if waits else CANNOT_WAIT) if outcome is Outcome.ESCALATE else INTENDED
    likely = found(0.6, 0.7, 0.0, 0.9, 0.3, **{intent: needed})
    decision = decide(heard(), likely)
    assert (decision.outcome, decision.reason) == (outcome, Reason(intent))
    assert decision.numbers[f"intent {intent}"] == pytest.approx(needed)
    unsure = found(0.6, 0.7, 0.0, 0.9, 0.3, **{intent: needed - 0.01})
    assert decide(heard(), unsure).reason is Reason.COVERED


def test_matters_for_a_person_count_together() -> None:
    torn = found(0.6, 0.7, 0.0, 0.9, 0.3, live_incident=0.25, sensitive=0.2)
    assert decide(heard(), torn).reason is Reason.LIVE_INCIDENT
    patient = found(0.6, 0.7, 0.0, 0.9, 0.3, legal=0.28, decision=0.23)
    assert decide(heard(), patient).reason is Reason.LEGAL
    other = found(0.6, 0.7, 0.0, 0.9, 0.3, live_incident=0.29, too_vague=0.25)
    assert decide(heard(), other).reason is Reason.COVERED


@pytest.mark.parametrize("reason", [Reason.LEGAL, Reason.DECISION, Reason.EVERYDAY_SUPPORT])
def test_an_arguable_wording_gives_way_only_to_a_sure_classifier(reason: Reason) -> None:
    assert decide_by_wording(heard(reason)) is None
    assert decide(heard(reason), STRONG).reason is Reason.COVERED
    hinted = found(0.7, 0.75, 0.0, 0.99, 0.2, **{str(reason): 0.01})
    assert decide(heard(reason), hinted).reason is reason
    assert decide(heard(reason), FAIR).reason is reason
    assert decide(heard(reason), None).reason is reason


def test_a_wording_that_calls_for_a_person_never_gives_way() -> None:
    for reason in (Reason.LIVE_INCIDENT, Reason.SENSITIVE, Reason.ASKED_FOR_PERSON):
        decision = decide_by_wording(heard(reason))
        assert decision is not None
        assert decision.outcome is Outcome.ESCALATE


def test_every_intent_of_the_phrasings_is_a_reason_with_an_outcome() -> None:
    named = {lesson.heading for lesson in lessons() if lesson.slug == INTENTS} - {ORDINARY}
    assert named <= {reason.value for reason in Reason}


def test_a_message_without_a_word_of_substance_is_asked_about() -> None:
    assert decide(replace(heard(), terms=0), STRONG).outcome is not Outcome.ANSWER
