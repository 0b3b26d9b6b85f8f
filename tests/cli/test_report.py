"""`vcio report`: a month's pack written to a folder."""

import json
from pathlib import Path

from tests.cli.conftest import Vcio


def test_a_months_pack_is_written_as_document_pictures_and_figures(bare: Vcio, tmp_path: Path) -> None:
    bare("clients", "add", "Harbour Bakery")
    out = tmp_path / "packs"
    told = bare.json("report", "harbour-bakery", "--month", "2026-10", "--out", out, "--json")
    assert (told["client"], told["month"], told["questions"]["asked"]) == ("Harbour Bakery", "2026-10-01", 0)
    assert sorted(path.name for path in out.iterdir()) == [
        "harbour-bakery-2026-10-promises.png",
        "harbour-bakery-2026-10-questions.png",
        "harbour-bakery-2026-10.json",
        "harbour-bakery-2026-10.pdf",
    ]
    kept = json.loads((out / "harbour-bakery-2026-10.json").read_text())
    assert kept["pictures"]["questions"].startswith("How questions ended: Answered, confirmed helpful 0;")
    lines = bare("report", "harbour-bakery", "--month", "2026-10", "--out", out).stdout.splitlines()
    assert lines[0] == "Harbour Bakery: October 2026"
    assert lines[-1].endswith("harbour-bakery-2026-10.json")


def test_what_cannot_be_reported_is_refused_with_a_sentence(bare: Vcio, tmp_path: Path) -> None:
    bare("clients", "add", "Acme")
    assert "has not begun" in bare.refusal("report", "acme", "--month", "2199-01", "--out", tmp_path)
    assert "is not a month" in bare.refusal("report", "acme", "--month", "October", "--out", tmp_path)
    assert "nobody" in bare.refusal("report", "nobody", "--out", tmp_path)
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert "--out" in bare.refusal("report", "acme", "--month", "2026-10", "--out", blocked / "below")
