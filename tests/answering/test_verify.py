"""Nothing cited leaves that does not stand in its section, word for word."""

from bot.answering.types import Citation, Part, PartKind
from bot.answering.verify import normalise, verify

SECTION = """A backup is tested by **restoring** it. Test a sample of files every month.

1. **Choose** (1 week). Pick five files.
2. **Restore** (1 day). Time the restore.

| Test | When |
|---|---|
| Files | Monthly |
| Everything | Yearly |
"""
OTHER = "Budgets have [nine lines](https://example.org/lines)."
CITATIONS = (
    Citation("methodology", "backup", "Backup", "Tests", "tests", 0.8),
    Citation("methodology", "budget", "Budget", "Lines", "lines", 0.7),
)


def text_of(citation: Citation) -> str | None:
    return {"tests": SECTION, "lines": OTHER}.get(citation.section_id)


def test_verbatim_lines_of_every_kind_stand() -> None:
    parts = (
        Part(PartKind.LEAD, ("Test a sample of files every month.",), 0),
        Part(PartKind.STEPS, ("**Choose** (1 week). Pick five files.",), 0),
        Part(PartKind.TABLE, ("| Test | When |", "| Files | Monthly |"), 0),
        Part(PartKind.TEXT, ("Budgets have nine lines.",), 1),
    )
    assert verify(parts, CITATIONS, text_of) == (parts, CITATIONS)


def test_a_fabricated_line_is_removed_and_the_rest_stays() -> None:
    parts = (Part(PartKind.LEAD, ("Test a sample of files every month.", "Test a sample every day."), 0),)
    kept, _ = verify(parts, CITATIONS, text_of)
    assert kept == (Part(PartKind.LEAD, ("Test a sample of files every month.",), 0),)


def test_a_true_line_under_the_wrong_citation_is_removed() -> None:
    kept, cited = verify(
        (Part(PartKind.LEAD, ("Test a sample of files every month.",), 1),), CITATIONS, text_of
    )
    assert kept == ()
    assert cited == ()


def test_citations_left_without_a_line_go_and_the_others_are_renumbered() -> None:
    parts = (
        Part(PartKind.LEAD, ("Backups are always fine.",), 0),
        Part(PartKind.TEXT, ("Budgets have nine lines.",), 1),
        Part(PartKind.TEXT, ("Talk to a consultant.",), None),
    )
    kept, cited = verify(parts, CITATIONS, text_of)
    assert [part.cited for part in kept] == [0, None]
    assert cited == CITATIONS[1:]


def test_a_table_reduced_to_its_header_is_removed() -> None:
    kept, _ = verify((Part(PartKind.TABLE, ("| Test | When |", "| Tapes | Daily |"), 0),), CITATIONS, text_of)
    assert kept == ()


def test_an_empty_line_or_a_vanished_section_proves_nothing() -> None:
    gone = (Citation("methodology", "x", "X", "X", "gone", 0.5),)
    assert verify((Part(PartKind.LEAD, ("Anything.",), 0),), gone, text_of) == ((), ())
    assert verify((Part(PartKind.LEAD, ("** **",), 0),), CITATIONS, text_of) == ((), ())


def test_markup_and_line_breaks_do_not_count_as_words() -> None:
    assert normalise("- **Files**\n  every `month`") == "Files every month"
