"""The self-assessment as a file holds every level that was given, and is a sheet as well as a document."""

import csv
import io

from bot.answering.assessment import blank, code_of
from bot.answering.documents import csv_file, make_file
from bot.answering.filled_sheet import decimal, filled_handout
from bot.answering.handouts import FileKind
from bot.clock import utc_now
from tests.answering.competency_article import model, packaged, revised, scores

GIVEN = scores(2, 4, 3, 4, 4, *(4,) * 5, 1, 2, 3, 4, 5)


def test_the_files_hold_the_levels_the_averages_and_the_gaps() -> None:
    handout = filled_handout(packaged(), code_of(model(), GIVEN))
    assert handout is not None
    assert handout.kinds == (FileKind.WORD, FileKind.CSV)
    rows = list(csv.reader(io.StringIO(csv_file(handout, "source", "firm").decode("utf-8-sig"))))
    assert ["Communication, 40 %", "3.4", "4", "no"] in rows
    assert ["IT and IM, 25 %", "3.0", "3", "yes"] in rows
    assert ["Weighted overall", "3.5", "", ""] in rows
    assert ["Plain-language briefing: directors repeat the point correctly", "2", "4"] in rows
    assert ["Sourcing: contracts renewed by choice", "5", "3"] in rows
    assert rows.index(["Plain-language briefing", "2"]) < rows.index(["Data and records", "1"])
    made = make_file(handout, FileKind.WORD, source="source", firm="firm", made=utc_now())
    assert made.name == "My CIO self-assessment.docx"


def test_there_is_no_file_of_other_or_unfinished_lines() -> None:
    code = code_of(model(), GIVEN)
    assert filled_handout(revised("Sourcing:", "Buying:"), code) is None
    assert filled_handout(packaged(), code_of(model(), blank(model()))) is None
    assert filled_handout(None, code) is None


def test_tenths_are_written_as_people_write_them() -> None:
    assert [decimal(tenths) for tenths in (10, 35, 50)] == ["1.0", "3.5", "5.0"]
