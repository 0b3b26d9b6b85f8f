"""The questions an article lists as its own lead to it."""

import pytest

from bot.answering.pipeline import Answerer
from bot.answering.types import Outcome, Question, Reason
from knowledge.scope import METHODOLOGY
from tests.methodology.article import METHODOLOGY as METHODOLOGY_FOLDER
from tests.methodology.article import parse

pytestmark = pytest.mark.model

# Measured: see the test's message. What is withheld is caught by a rule (a named person, a broken printer).
OWN, ELSEWHERE = 0.9, 0.04


def test_a_listed_question_is_answered_from_its_article(answerer: Answerer) -> None:
    asked, own, other = 0, 0, []
    for path in sorted(METHODOLOGY_FOLDER.rglob("*.md")):
        article = parse(path.read_text("utf-8"), path)
        for line in article.front["also_asked_as"][::4]:
            asked += 1
            answer = answerer.answer(Question(line, (METHODOLOGY,)))
            if answer.decision.outcome is not Outcome.ANSWER:
                continue
            cited = {citation.slug for citation in answer.citations}
            own += article.slug in cited
            other += [] if article.slug in cited else [(article.slug, line)]
    assert own >= OWN * asked, f"{own} of {asked}"
    assert len(other) <= ELSEWHERE * asked, other


def test_no_listed_question_is_taken_for_chatter(answerer: Answerer) -> None:
    for text in ("what exactly do you people do", "keeping the lights on eats all the money"):
        decision = answerer.answer(Question(text, (METHODOLOGY,))).decision
        assert decision.reason is Reason.COVERED
