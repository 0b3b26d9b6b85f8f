import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.blocks.text import clean, clip, escape, plain, split_section, to_mrkdwn, to_words, width
from tests.slack.blocks.samples import HOSTILE, LIVE, OVERRIDES


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("make", [escape, plain, to_mrkdwn, to_words])
def test_hostile_text_holds_nothing_live(name: str, make: object) -> None:
    assert callable(make)
    made = make(HOSTILE[name])
    assert not LIVE.search(made)
    assert not OVERRIDES.search(made)
    made.encode()


@given(st.text() | st.text(alphabet="<>!@#&;|:/.`*_~ chanel\u202e\x00wU1"))
def test_no_text_becomes_live(text: str) -> None:
    assert not LIVE.search(escape(text))
    assert not LIVE.search(plain(text))
    assert "<" not in escape(text)
    assert "<" not in to_mrkdwn(text)
    assert not LIVE.search(to_mrkdwn(text))


def test_markdown_becomes_mrkdwn() -> None:
    made = to_mrkdwn("Keep **three copies** and *test* `restore` per [the plan](https://example.org) & more")
    assert made == "Keep *three copies* and _test_ `restore` per the plan &amp; more"


def test_bold_italics_keep_both_marks() -> None:
    assert to_mrkdwn("***both***") == "*_both_*"


def test_plain_figures_and_words_are_left_as_they_are() -> None:
    text = "3-2-1-1-0: at least 99.9 % (about 44 min a month), e.g. 5 * 3, snake_case."
    assert escape(text) == text
    assert to_mrkdwn(text) == text


def test_e_mail_addresses_can_still_be_copied() -> None:
    assert escape("Write to help@firm.example or ring +44 20 7946 0000") == (
        "Write to help@firm.example or ring +44 20 7946 0000"
    )


def test_escaping_happens_once() -> None:
    assert escape("R&D < 5 > 3") == "R&amp;D &lt; 5 &gt; 3"


def test_clip_ends_at_a_word_with_an_ellipsis() -> None:
    assert clip("one two three four", 12) == "one two…"
    assert clip("short", 5) == "short"


def test_clip_leaves_no_half_entity_and_no_half_character() -> None:
    assert clip("aaaa&amp;bbbb", 8) == "aaaa…"
    assert clip("\N{FIRE}" * 10, 6) == "\N{FIRE}\N{FIRE}…"


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_clip_never_exceeds_its_limit(text: str, limit: int) -> None:
    assert width(clip(text, limit)) <= limit


@given(st.text(alphabet="ab. \n&\N{FIRE}", max_size=400), st.integers(min_value=10, max_value=60))
def test_splitting_keeps_every_word_in_order(text: str, limit: int) -> None:
    pieces = split_section(text, limit)
    assert all(0 < width(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_split_does_not_cut_an_entity() -> None:
    pieces = split_section(escape("&" * 2_000), 3_000)
    assert all(piece.replace("&amp;", "") == "" for piece in pieces)


def test_clean_keeps_lines_and_letters_of_every_script() -> None:
    assert clean("a\r\nb\u2028c") == "a\nb\nc"
    assert clean("שלום مرحبا 你好") == "שלום مرحبا 你好"
