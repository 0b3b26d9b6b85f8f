"""What cannot be read is told apart: nothing, code, another language."""

import pytest

from bot.answering.language import Legibility, read_legibility


@pytest.mark.parametrize(
    "text", ["", "   ", "😀", "...", "<@U0123>", ":wave:", "\x00\x00", "\u202e\u200f", "???"]
)
def test_a_message_without_words_is_empty(text: str) -> None:
    assert read_legibility(text) is Legibility.EMPTY


@pytest.mark.parametrize("text", ["```print(1)```", "SELECT * FROM users;", "def f(x): return x"])
def test_code_alone_is_no_question(text: str) -> None:
    assert read_legibility(text) is Legibility.CODE


@pytest.mark.parametrize(
    "text",
    [
        "Wie oft sollten wir unsere Backups testen?",
        "Comment choisir un fournisseur ?",
        "¿Cómo hacemos copias?",
        "quanto spesso dobbiamo provare il backup",
        "Hoe vaak moeten wij testen",
        "как часто проверять копии",
        "كم مرة نختبر النسخ",
        "バックアップはどのくらいの頻度で",
    ],
)
def test_another_language_is_noticed(text: str) -> None:
    assert read_legibility(text) is Legibility.FOREIGN


@pytest.mark.parametrize(
    "text",
    [
        "what is a RACI",
        "RTO?",
        "per diem policy de facto",
        "how do we do x; then y;",
        "why does `SELECT *` matter to the budget?",
        "naïve question: what's a façade",
        "\u202eabc how often should we test",
    ],
)
def test_english_stays_english(text: str) -> None:
    assert read_legibility(text) is Legibility.READABLE
