"""Nothing cited leaves that does not stand in its section, word for word."""

from bot.answering.types import Citation, Part, PartKind
from bot.answering.verify import neutral, normalise, verify
from knowledge.scope import METHODOLOGY, client_scope

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


def cited(scope: str, title: str = "Ledger", section: str = "Which one") -> tuple[Citation, ...]:
    return (Citation(scope, "ledger", title, section, "which", 0.8),)


NAMING = (
    Part(PartKind.LEAD, ("The ledger closes monthly.", "Ours is Xero.", "We recommend Xero."), 0, "In Xero"),
    Part(PartKind.TEXT, ("Ring the Xero desk.",), None),
)


def test_the_methodologys_words_lose_every_line_and_heading_that_names_a_product() -> None:
    kept, sources = neutral(NAMING, cited(METHODOLOGY))
    assert kept == (Part(PartKind.LEAD, ("The ledger closes monthly.",), 0), NAMING[1])
    assert sources == cited(METHODOLOGY)


def test_a_clients_words_lose_only_the_recommendation() -> None:
    kept, _ = neutral(NAMING, cited(client_scope("acorn")))
    assert kept[0] == Part(PartKind.LEAD, ("The ledger closes monthly.", "Ours is Xero."), 0, "In Xero")


def test_a_source_whose_title_or_section_names_a_product_is_not_cited() -> None:
    for source in (cited(METHODOLOGY, title="Xero in a day"), cited(METHODOLOGY, section="Why Xero")):
        assert neutral(NAMING, source) == ((NAMING[1],), ())
    assert neutral(NAMING, cited(client_scope("acorn"), title="Xero in a day"))[1]


def test_a_table_goes_with_its_header_and_loses_single_rows() -> None:
    rows = ("| System | Owner |", "| Xero | Finance |", "| Payroll | HR |")
    kept, _ = neutral((Part(PartKind.TABLE, rows, 0),), cited(METHODOLOGY))
    assert kept == (Part(PartKind.TABLE, (rows[0], rows[2]), 0),)
    named = ("| Xero | Owner |", *rows[2:])
    assert neutral((Part(PartKind.TABLE, named, 0),), cited(METHODOLOGY)) == ((), ())
