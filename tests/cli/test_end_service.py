"""`vcio clients end`: the last day of a service."""

import pytest

from tests.cli.conftest import Vcio

END = ("clients", "end", "acme", "--on", "2027-12-31", "--ask-instead", "Harbour IT")


def test_an_end_is_set_and_lists_what_is_open(bare: Vcio) -> None:
    bare("clients", "add", "Acme")
    told = bare.json(*END, "--json")
    assert (told["ends_on"], told["ask_instead"], told["erases"], told["open"]) == (
        "2027-12-31",
        "Harbour IT",
        False,
        0,
    )
    shown = bare(*END, "--erase").stdout
    assert "# Handover: Acme" in shown
    assert "`vcio forget acme` does it" in shown


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (("nobody", "2027-12-31", "X"), "nobody"),
        (("acme", "soon", "X"), "--on takes a day"),
        (("acme", "2020-01-01", "X"), "today or later"),
        (("acme", "2027-12-31", " "), "whom its people ask"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_line(bare: Vcio, given: tuple[str, str, str], why: str) -> None:
    bare("clients", "add", "Acme")
    key, day, words = given
    refused = bare("clients", "end", key, "--on", day, "--ask-instead", words)
    assert refused.exit_code == 2
    assert why in refused.stderr
