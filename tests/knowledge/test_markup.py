"""Plain words and sentences."""

import pytest

from knowledge.markup import plain, sentences


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("**Name** an `owner` for *each*", "Name an owner for each"),
        ("See [the plan](https://example.org/a) now", "See the plan now"),
        ("1. List the systems", "List the systems"),
        ("| Line | Share |\n|---|---|\n| Run | 70 % |", "Line ; Share Run ; 70 %"),
        ("a <b>bold</b> word", "a bold word"),
        ("fewer than < 5 and > 3", "fewer than < 5 and > 3"),
        ("", ""),
    ],
)
def test_markdown_becomes_plain_words(markdown: str, words: str) -> None:
    assert plain(markdown) == words


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One thing. Another thing.", ["One thing.", "Another thing."]),
        ("Use e.g. Monday or Tuesday.", ["Use e.g. Monday or Tuesday."]),
        ("It costs 3.1 % of revenue. That is normal.", ["It costs 3.1 % of revenue.", "That is normal."]),
        ('She said "stop." Then she left.', ['She said "stop."', "Then she left."]),
        ("**Why?** Because it matters.", ["**Why?**", "Because it matters."]),
        ("No full stop", ["No full stop"]),
        ("Ask J. Smith about it.", ["Ask J. Smith about it."]),
        ("", []),
    ],
)
def test_text_falls_into_its_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts
