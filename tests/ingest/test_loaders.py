"""Markdown with whatever front matter, and HTML."""

import pytest

from ingest.loaders.html import read_html
from ingest.loaders.markdown import read_markdown
from ingest.loaders.text import UnreadableError, decode


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("---\ntitle: Plan\n---\nText.", "Plan", "Text."),
        ("---\ntitle: 2026\n---\nText.", "2026", "Text."),
        ("---\ntitle: [a\n---\nText.", "", "Text."),
        ("---\n- a list\n---\nText.", "", "Text."),
        ("# Plan #\n\nText.", "Plan", "Text."),
        ("---\ntitle: Plan\n---\n# Plan\n\nText.", "Plan", "Text."),
        ("---\ntitle: Plan\n---\n# Other\n\nText.", "Plan", "# Other\n\nText."),
        ("Text.\n\n---\n\nMore.", "", "Text.\n\n---\n\nMore."),
        ("", "", ""),
    ],
)
def test_titles_and_bodies_of_markdown(text: str, title: str, body: str) -> None:
    page = read_markdown(text)
    assert (page.title, page.markdown.strip()) == (title, body)


def test_site_generator_tags_leave_their_words() -> None:
    text = (
        'Ask in [HR Links]({% page "/tools/hr#x" %}). {% alert %}Now{% endalert %} {{ site.name }}<!-- no -->'
    )
    assert read_markdown(text).markdown.split() == ["Ask", "in", "HR", "Links.", "Now"]


def test_ways_in_may_be_one_line_or_many() -> None:
    assert read_markdown("---\nalso_asked_as: one\n---\nx").ways_in == ("one",)
    assert read_markdown("---\nalso_asked_as:\n  - one\n  - 2\n  -\n---\nx").ways_in == ("one", "2")


def test_html_keeps_main_text_headings_lists_and_tables() -> None:
    page = read_html(
        "<title>Site</title><body><header>Top</header><nav><ul><li>Menu</li></ul></nav><main>"
        "<h1>Plan</h1>Loose <b>words</b>.<div><h2>Steps</h2><ol><li>One<ul><li>Inner</li></ul></li>"
        "<li>Two</li></ol>"
        "</div><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
        "<pre>x = 1</pre><script>no()</script><p>- not a list</p></main><footer>Foot</footer></body>"
    )
    assert page.title == "Plan"
    assert page.markdown.split("\n\n") == [
        "Loose words .",
        "## Steps",
        "1. One\n   - Inner\n2. Two",
        "| A | B |\n| --- | --- |\n| 1 | 2 |",
        "```\nx = 1\n```",
        "\\- not a list",
    ]


@pytest.mark.parametrize("text", ["", "<", "<p>unclosed <b>tag", "<table><tr></tr></table>", "plain words"])
def test_odd_html_is_read_as_far_as_it_goes(text: str) -> None:
    read_html(text)


@pytest.mark.parametrize(
    "data", [b"", b"  \n", bytes(range(32)) * 100, b"\x89PNG\r\n\x1a\n" + b"\x00\x01\x02" * 500]
)
def test_binary_and_empty_data_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        decode(data)
