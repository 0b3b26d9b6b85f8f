"""What a consultant marks as internal stays on the desk, however their client or keyboard writes the mark."""

import pytest

from bot.engagement.crossing import is_internal


@pytest.mark.parametrize(
    "text",
    [
        "// note",
        "  // after spaces",
        "\n//after a line",
        "note: this",
        "NOTE: this",
        "Note : with a space",
        "\u200b// after a zero-width space",
        "\u2060\ufeff// after a joiner",
        "\u00a0// after a hard space",
        "*// in bold*",
        "*Note:* in bold",
        "_note_: in italics",
        "> // a quote",
        "&gt; // a quote as Slack writes it",
        "\u2022 // in a list",
        "- note: in a list",
        "`//` as code",
        "\uff0f\uff0f of another keyboard",
        "note\uff1aof another keyboard",
        "//",
    ],
)
def test_a_mark_is_seen_however_it_is_written(text: str) -> None:
    assert is_internal(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "https://example.org // fine",
        "/ / no mark",
        "Please note: the test is on Friday",
        "notes: three of them",
        "notebook: on the shelf",
        "*hello* // later",
        "a//b",
    ],
)
def test_what_only_holds_it_further_on_crosses(text: str) -> None:
    assert not is_internal(text)
