"""Sentences come out of a stream as soon as they and their citations are whole."""

from bot.answering.drafting import Draft, Drafter
from bot.answering.types import PartKind


def drafts(*pieces: str) -> list[Draft]:
    drafter = Drafter()
    return [*(draft for piece in pieces for draft in drafter.feed(piece)), *drafter.close()]


def test_a_sentence_is_whole_with_its_citation_and_not_before() -> None:
    drafter = Drafter()
    assert list(drafter.feed("Test restores monthly. [")) == []
    (draft,) = drafter.feed("1]")
    assert draft == Draft("Test restores monthly.", (1,), PartKind.TEXT)
    assert list(drafter.feed(" [2]\n")) == []


def test_lists_sentences_and_markers_before_the_full_stop() -> None:
    found = drafts("**Yes** [1].\n- One item [2]\n2. A step. [1]\nA. Both stand. [3]")
    assert [(draft.text, draft.cited, draft.kind) for draft in found] == [
        ("Yes.", (1,), PartKind.TEXT),
        ("One item.", (2,), PartKind.BULLETS),
        ("A step.", (1,), PartKind.STEPS),
        ("A.", (3,), PartKind.TEXT),
        ("Both stand.", (3,), PartKind.TEXT),
    ]


def test_what_is_left_over_has_no_source() -> None:
    assert drafts("Half a sent") == [Draft("Half a sent.", (), PartKind.TEXT)]
    drafter = Drafter()
    assert list(drafter.feed(" CANNOT")) == []
    assert drafter.refuses
