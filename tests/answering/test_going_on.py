"""What goes on with the thread's article is told from a new subject, by wording and search together."""

from dataclasses import replace

import numpy as np
import pytest

from bot.answering.going_on import (
    GOES_ON,
    Signs,
    by_own_words,
    chance,
    last_answer,
    lift,
    put_forward,
    shown_before,
    signs_of,
    supposes,
    toward,
)
from bot.answering.types import Reason, Speaker, Turn
from knowledge.scope import METHODOLOGY
from knowledge.types import Guided, Hit, Passage, Search, SectionKind

BACKUPS = Turn(Speaker.ASSISTANT, "Restore a **sample** every month.", ("backups",), Reason.COVERED)
REFUSED = Turn(Speaker.ASSISTANT, "I name no product.", ("selection",), Reason.PRODUCT_CHOICE)


def hit(slug: str, near: float) -> Hit:
    passage = Passage(slug, METHODOLOGY, slug, slug, "Part", "p", SectionKind.OTHER, None, "Text.", 0, "a.md")
    return Hit(passage, dense=near, lexical=1.0, score=0.5, sentence=near)


def search(
    articles: dict[str, float], *, outside: float = 0.0, intents: dict[str, float] | None = None
) -> Search:
    sections = {("backups", "Tests"): -4.0, ("backups", "Tapes"): -2.0, ("budget", "Lines"): -0.5}
    guided = Guided(articles, sections, outside, intents or {})
    hits = tuple(hit(slug, near) for slug, near in articles.items())
    return Search("", np.ones(2, dtype=np.float32), hits, article_scores=dict(articles), guided=guided)


@pytest.mark.parametrize(
    ("signs", "goes_on"),
    [
        (Signs(gap=-1.0, own=1, words=8, points_back=True, elsewhere=-1.0), True),
        (Signs(gap=-0.2, own=3, words=9, points_back=False, elsewhere=-1.5), True),
        (Signs(gap=-1.8, own=3, words=9, points_back=False, elsewhere=-0.1), False),
        (Signs(gap=-0.9, own=6, words=30, points_back=False, elsewhere=-0.5), False),
        (Signs(gap=0.5, own=1, words=8, points_back=True, elsewhere=-1.0, another=True), False),
    ],
)
def test_a_follow_up_is_told_from_a_new_subject(signs: Signs, *, goes_on: bool) -> None:
    assert (chance(signs) >= GOES_ON) is goes_on


def test_the_signs_are_read_from_the_message_and_its_own_search() -> None:
    signs = signs_of("who does it?", search({"backups": 0.3, "budget": 0.4}), "backups", points_back=True)
    assert signs is not None
    assert signs.gap < 0.0
    assert (signs.own, signs.words, signs.points_back, signs.another) == (0, 3, True, False)
    assert signs.elsewhere == pytest.approx(np.log(0.4))
    assert (
        signs_of("who?", replace(search({"backups": 0.3}), guided=None), "backups", points_back=True) is None
    )


@pytest.mark.parametrize(
    ("outside", "intents", "another"),
    [
        (0.6, {}, True),
        (0.0, {"asked_for_person": 0.7}, True),
        (0.0, {"own_instructions": 0.97}, True),
        (0.0, {"own_instructions": 0.5, "too_vague": 0.99, "legal": 0.8}, False),
    ],
)
def test_what_is_left_out_or_no_question_goes_on_with_nothing(
    outside: float, intents: dict[str, float], *, another: bool
) -> None:
    found = search({"backups": 0.9, "budget": 0.1}, outside=outside, intents=intents)
    signs = signs_of("and when?", found, "backups", points_back=True)
    assert signs is not None
    assert signs.another is another
    assert (chance(signs) == 0.0) is another


def test_a_new_subject_announced_goes_on_with_nothing() -> None:
    for text in (
        "New topic: tapes",
        "ok. a completely different question, who does it?",
        "separately, and when?",
    ):
        signs = signs_of(text, search({"backups": 0.9, "budget": 0.1}), "backups", points_back=True)
        assert signs is not None
        assert signs.another, text


def test_what_names_nothing_itself_leans_twice_as_much() -> None:
    empty = Signs(gap=0.0, own=0, words=3, points_back=True, elsewhere=0.0)
    assert lift(empty) == 2 * lift(replace(empty, own=1))


def test_a_case_supposed_is_none_that_is_there() -> None:
    assert supposes("and if there is a court case?")
    assert not supposes("he is suing us")


def test_the_last_answer_is_no_refusal() -> None:
    assert last_answer((BACKUPS, REFUSED)) is BACKUPS
    assert last_answer((REFUSED,)) is None


def test_an_article_is_put_forward_only_where_it_was_found() -> None:
    found = search({"backups": 0.1})
    assert put_forward(found, "backups", 1.0).article_scores == {"backups": 1.1}
    assert put_forward(found, "budget", 1.0) is found


def test_the_sections_of_the_article_follow_the_message() -> None:
    joined, alone = search({"backups": 0.9}), search({"backups": 0.1})
    guided = by_own_words(joined, alone, "backups").guided
    assert guided is not None
    assert guided.sections["backups", "Tapes"] > guided.sections["backups", "Tests"]
    assert guided.sections["budget", "Lines"] == -0.5
    assert by_own_words(joined, alone, "unknown") is joined


def test_the_message_counts_beside_its_topic() -> None:
    moved = toward(np.array([1.0, 0.0], dtype=np.float32), np.array([0.0, 1.0], dtype=np.float32))
    assert moved[0] > moved[1] > 0.0
    assert np.isclose(np.linalg.norm(moved), 1.0)


def test_what_was_answered_is_known_unless_it_is_wanted_again() -> None:
    assert shown_before("and who does it?", (BACKUPS, REFUSED)) == "restore a sample every month."
    assert shown_before("say that again in plain words", (BACKUPS,)) == ""
