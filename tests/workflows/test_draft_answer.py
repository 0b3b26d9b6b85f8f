"""What a consultant asks for when they mention the assistant on a card."""

import pytest

from bot.workflows.draft_answer import own_question


@pytest.mark.parametrize(
    "text",
    ["", "draft an answer", "Please draft a reply.", "Could you write an answer for the client?", "Draft"],
)
def test_a_plain_wish_for_a_draft_means_the_clients_question(text: str) -> None:
    assert own_question(text) == ""


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("How long do we keep payroll records?", "How long do we keep payroll records?"),
        ("draft an answer about keeping payroll records", "keeping payroll records"),
        ("Write a reply on: exit clauses", "exit clauses"),
    ],
)
def test_a_question_of_their_own_is_taken_from_around_it(text: str, asked: str) -> None:
    assert own_question(text) == asked
