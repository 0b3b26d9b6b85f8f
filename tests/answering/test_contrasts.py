"""What is contrasted keeps its side."""

from bot.answering.claims import Claims
from bot.answering.contrasts import pivots_hold


def test_sides_of_a_contrast_do_not_change() -> None:
    source = Claims("Fix errors at source rather than in the report, because reports multiply.")
    assert pivots_hold(
        Claims("Because reports multiply, fix errors at source rather than in the report."), source
    )
    assert not pivots_hold(Claims("Fix errors in the report rather than at source."), source)
