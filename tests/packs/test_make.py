"""A pack as it leaves us: pictures with their figures said, a document, and no weight left in the bot."""

import re
import subprocess
import sys
import zlib
from dataclasses import replace

import pytest

from bot.engagement.reports import from_json
from bot.packs import wording
from bot.packs.make import ROOT, MadePack, make_apart, make_pack
from bot.packs.pdf import pack_pdf
from tests.packs.sample import EMPTY, FULL, HOURS

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def full() -> MadePack:
    """The pack of the full month, made once: drawing takes a second."""
    return make_pack(FULL)


def test_every_figure_of_a_picture_is_in_its_description(full: MadePack) -> None:
    made = {chart.name: chart for chart in full.charts}
    assert list(made) == ["questions", "hours", "promises"]
    assert all(chart.png.startswith(PNG) for chart in made.values())
    assert made["questions"].alt == (
        "How questions ended: Answered, confirmed helpful 14; Answered, nothing said of it 9; "
        "Answered, marked not helpful 2; Went on to a consultant 6; No answer given 4; "
        "Questions in all 35; Not covered by the methodology (gaps) 3."
    )
    assert "September 2026 21.8 h of 20 h; October 2026 14.4 h of 20 h" in made["hours"].alt
    assert "promises kept 9; promises broken 1; promises still running 2" in made["promises"].alt
    assert "outcomes missed 1; outcomes no longer wanted 0" in made["promises"].alt


async def test_a_pack_made_apart_is_the_one_made_here(full: MadePack) -> None:
    apart = await make_apart(FULL)
    assert apart.charts == full.charts
    assert apart.pdf.startswith(b"%PDF")
    assert _pages(apart.pdf) == _pages(full.pdf) == 3


def _pages(pdf: bytes) -> int:
    plain = pdf + b"".join(
        _inflated(part) for part in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    )
    return len(re.findall(rb"/Type /Page\b", plain))


def _inflated(part: bytes) -> bytes:
    try:
        return zlib.decompress(part)
    except zlib.error:
        return b""


def test_a_long_month_goes_over_pages_and_an_empty_one_says_that_it_is_empty(full: MadePack) -> None:
    long = replace(
        FULL,
        client="A" * 200,
        aims=FULL.aims * 20,
        decisions=tuple(replace(each, text="x" * 1000) for each in FULL.decisions * 12),
        hours=replace(HOURS, spent=-60, left=1260),
    )
    assert _pages(pack_pdf(long, full.charts)) > _pages(full.pdf)
    made = make_pack(EMPTY)
    assert [chart.name for chart in made.charts] == ["questions", "promises"]
    assert made.pdf.startswith(b"%PDF")


def test_figures_survive_being_kept() -> None:
    assert from_json(FULL.to_json()) == FULL
    assert from_json(EMPTY.to_json()) == EMPTY


def test_the_words_hold_the_figures_to_the_minute() -> None:
    assert wording.balance(HOURS)[2:] == [("Used", "14 h 24 min"), ("Left", "5 h 36 min")]
    assert ("EN-1007, beside the retainer", "15 h 0 min") in wording.work(HOURS)
    assert wording.glance(FULL)[3] == ("Hours", "14.4 h of 20 h used (72 %)")
    rows = dict(wording.comparison(FULL.compared))
    assert rows["A full-time CIO a month: yearly cost ÷ 12"] == "150,000 GBP ÷ 12 = 12,500 GBP"
    assert rows["Part of a full-time month: hours used ÷ full-time month"] == "17.0 %"
    assert wording.source(EMPTY.compared) == wording.NO_BENCHMARK


def test_a_bot_that_makes_no_pack_loads_nothing_that_draws() -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import bot.packs.make; "
        "sys.exit(any(name in sys.modules for name in ('matplotlib', 'fpdf', 'PIL')))"
    )
    assert subprocess.run([sys.executable, "-c", program, ROOT], check=False).returncode == 0
