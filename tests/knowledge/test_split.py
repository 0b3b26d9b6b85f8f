"""Sections, passages and quotable pieces."""

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.document import Document
from knowledge.files import passage_text
from knowledge.headings import unique
from knowledge.split import PASSAGE_TOKENS
from knowledge.testing import HashEmbedder
from knowledge.types import OrgSize, SectionKind, StepKind
from tests.knowledge.factories import BUDGET, document


def quotes(found: Document) -> list[tuple[StepKind, str]]:
    return [
        (span.kind, piece.passage.text[span.start : span.end])
        for piece in found.pieces
        for span in piece.spans
    ]


def test_sections_know_their_kind_and_size() -> None:
    sections = document().article.sections
    assert [(one.kind, one.org_size) for one in sections] == [
        (SectionKind.GOOD, None),
        (SectionKind.STEPS, None),
        (SectionKind.SIZE, OrgSize.SMALL),
        (SectionKind.SIZE, OrgSize.LARGE),
    ]


def test_a_subsection_takes_kind_and_size_from_its_parent() -> None:
    found = document(markdown="## If you are a small organisation\n\n### Who does it?\n\nThe owner does it.")
    (section,) = found.article.sections
    assert (section.heading, section.kind, section.org_size) == (
        "Who does it?",
        SectionKind.SIZE,
        OrgSize.SMALL,
    )


def test_equal_headings_get_ids_of_their_own() -> None:
    found = document(markdown="## Notes\n\nOne.\n\n## Notes\n\nTwo.")
    assert [one.section_id for one in found.article.sections] == ["notes", "notes-2"]


def test_text_before_the_first_heading_belongs_to_the_title() -> None:
    found = document(slug="leave-policy", markdown="Leave is paid.\n\n## Rules\n\nAsk first.")
    assert [piece.passage.section for piece in found.pieces] == ["Leave policy", "Rules"]


def test_steps_are_quotable_without_their_number() -> None:
    steps = [text for kind, text in quotes(document()) if kind is StepKind.STEP]
    assert steps[0] == "**List the systems** (1 week). Name an owner for each system."


def test_a_table_that_fits_stays_whole() -> None:
    tables = [text for kind, text in quotes(document(markdown=BUDGET)) if kind is StepKind.TABLE]
    assert tables == ["| Line | Share |\n|---|---|\n| Run | 70 % |\n| Grow | 20 % |"]


def test_a_long_table_repeats_its_header_in_each_passage() -> None:
    rows = "\n".join(f"| system number {at} | the owner of it {at} |" for at in range(120))
    found = document(markdown=f"## Table\n\n| System | Owner |\n|---|---|\n{rows}")
    assert len(found.pieces) > 3
    assert all(piece.passage.text.startswith("| System | Owner |\n|---|---|\n") for piece in found.pieces)


def test_soft_line_breaks_are_undone_and_nested_items_stay_apart() -> None:
    found = document(markdown="A wrapped\nsentence here.\n\n- first\n  goes on\n  - nested\n- second")
    assert [text for _, text in quotes(found)] == [
        "A wrapped sentence here.",
        "first goes on",
        "nested",
        "second",
    ]
    assert "\n   - nested" in found.pieces[0].passage.text


def test_headings_in_code_are_not_headings() -> None:
    found = document(markdown="## Real\n\n```\n# not a heading\n```\n\nText.")
    assert [one.heading for one in found.article.sections] == ["Real"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab .,#-*|1\n>`"), max_size=3_000))
def test_whatever_the_markdown_passages_fit_and_quotes_are_verbatim(markdown: str) -> None:
    counter = HashEmbedder()
    found = document(markdown=markdown)
    for piece in found.pieces:
        assert counter.count_tokens([passage_text(piece)])[0] <= PASSAGE_TOKENS
        assert piece.passage.text.strip()
        assert all(0 <= span.start < span.end <= len(piece.passage.text) for span in piece.spans)


def test_one_enormous_sentence_is_broken_up() -> None:
    found = document(markdown="word " * 2_000)
    assert [piece.passage.position for piece in found.pieces] == list(range(len(found.pieces)))
    assert sum(piece.passage.text.count("word") for piece in found.pieces) == 2_000


def test_names_are_made_unique() -> None:
    taken = {"a"}
    assert [unique("a", taken), unique("a", taken), unique("b", taken)] == ["a-2", "a-3", "b"]
