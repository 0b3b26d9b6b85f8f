"""Secrets and personal data are hidden before they leave, and shown again to the person."""

import pytest

from bot.answering.redaction import Redactor

HIDDEN = [
    ("EMAIL", "ana.alvarez@harbour.example"),
    ("PHONE", "0117 496 0123"),
    ("PHONE", "+44 20 7946 0999"),
    ("CARD", "4111 1111 1111 1111"),
    ("IBAN", "GB82 WEST 1234 5698 7654 32"),
    ("SECRET", "AKIAIOSFODNN7EXAMPLE"),
    ("SECRET", "xox" + "b-123456789012-1234567890123-abcdefABCDEFabcdefABCDEF"),
    ("NAME", "Ana Alvarez"),
    ("NAME", "Alvarez"),
    ("ORGANISATION", "Harbour Bakery"),
]


def redactor(*, shows_all: bool = False) -> Redactor:
    return Redactor(("Ana Alvarez", "Will May"), ("Harbour Bakery",), shows_all=shows_all)


@pytest.mark.parametrize(("kind", "secret"), HIDDEN)
def test_what_must_not_leave_is_hidden_and_read_back(kind: str, secret: str) -> None:
    ours = redactor()
    text = f"Please note {secret} for the records of 2026, about 40 people."
    hidden = ours.hide(text)
    assert hidden == text.replace(secret, f"[{kind}_1]")
    assert ours.show(hidden) == text
    assert ours.counts == {kind.lower(): 1}


def test_a_password_is_hidden_even_where_the_client_shows_personal_data() -> None:
    text = "Ana Alvarez says the password is hunter2secret"
    assert redactor(shows_all=True).hide(text) == "Ana Alvarez says the password is [SECRET_1]"


def test_the_same_thing_has_the_same_mark_and_marks_of_others_stand_for_nothing() -> None:
    ours = redactor()
    assert ours.hide("a@b.example, c@d.example, a@b.example [EMAIL_1]") == (
        "[EMAIL_1], [EMAIL_2], [EMAIL_1] (email 1)"
    )
    assert ours.show("[EMAIL_2] [EMAIL_9]") == "c@d.example "


def test_figures_dates_and_words_that_are_also_names_stay() -> None:
    text = "Will the 3-2-1-1-0 rule keep 12,000 records until 2027-01-31, as we may mark them?"
    assert redactor().hide(text) == text


def test_somebody_called_like_a_mark_breaks_none_open() -> None:
    redactor = Redactor(("SECRET_1", "NAME_1", "SECRET"), region="GB")
    text = "The password is hunter2secret, says NAME_1, not (secret 1)."
    hidden = redactor.hide(text)
    assert "hunter2secret" not in hidden and "[[" not in hidden
    assert redactor.show(hidden) == text
