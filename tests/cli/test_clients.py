"""`vcio clients`: add, list, show, change."""

import pytest

from tests.cli.conftest import Vcio

KEYS = [
    "key", "name", "org_size", "sector", "it_support", "emergency_phone", "is_firm", "timezone", "hours",
    "lead", "deputy", "channels",
]  # fmt: skip


def test_a_client_is_added_listed_shown_and_changed(bare: Vcio) -> None:
    added = bare.json("clients", "add", "Harbour Bakery", "--size", "small", "--json")
    assert list(added) == KEYS
    assert (added["key"], added["name"], added["org_size"]) == ("harbour-bakery", "Harbour Bakery", "small")
    changed = bare.json("clients", "change", "harbour-bakery", "--it-support", "Quay, 01632 960100", "--json")
    assert changed == added | {"it_support": "Quay, 01632 960100"}
    grown = bare.json(
        "clients", "change", "harbour-bakery", "--size", "medium", "--name", "Harbour", "--json"
    )
    assert grown == changed | {"org_size": "medium", "name": "Harbour"}
    assert bare.json("clients", "show", "harbour-bakery", "--json") == grown
    bare("clients", "add", "Abbey Trust")
    assert [client["key"] for client in bare.json("clients", "list", "--json")] == [
        "abbey-trust",
        "harbour-bakery",
    ]


def test_people_read_the_same_as_text(bare: Vcio) -> None:
    assert "vcio clients add" in bare("clients", "list").stdout
    shown = bare("clients", "add", "Acme", "--emergency-phone", "01632 960199").stdout
    assert "emergency phone  01632 960199" in shown.splitlines()
    assert "it support       not set" in shown.splitlines()
    (line,) = bare("clients", "list").stdout.splitlines()
    assert line.split(maxsplit=1) == ["acme", "size not set   Acme"]


def test_a_contact_given_as_nothing_is_taken_away(bare: Vcio) -> None:
    bare("clients", "add", "Acme", "--it-support", "Quay", "--emergency-phone", "999")
    changed = bare.json("clients", "change", "acme", "--it-support", "", "--json")
    assert (changed["it_support"], changed["emergency_phone"]) == (None, "999")


def test_a_client_has_a_sector_hours_of_its_own_and_channels(bare: Vcio) -> None:
    added = bare.json(
        "clients", "add", "Acme", "--sector", "food retail", "--hours", "mon-fri 8-16",
        "--timezone", "Europe/Oslo", "--channel", "C0ONE", "--channel", "T0ACME/C0TWO", "--json",
    )  # fmt: skip
    assert (added["sector"], added["hours"], added["timezone"]) == (
        "food retail", "Mon-Fri 08:00-16:00", "Europe/Oslo",
    )  # fmt: skip
    assert added["channels"] == ["C0ONE", "T0ACME/C0TWO"]
    kept = bare.json("clients", "change", "acme", "--channel", "<#C0ONE|general>", "--hours", "", "--json")
    assert kept == added | {"channels": ["C0ONE"], "hours": None}
    assert bare.json("clients", "show", "acme", "--json") == kept
    assert bare.json("clients", "change", "acme", "--channel", "", "--json")["channels"] == []


def test_a_channel_is_one_clients(bare: Vcio) -> None:
    bare("clients", "add", "Acme", "--channel", "C0ONE")
    assert "'C0ONE' belongs to Acme" in bare.refusal("clients", "add", "Other", "--channel", "C0ONE")
    assert [client["key"] for client in bare.json("clients", "list", "--json")] == ["acme"]


def test_a_name_stays_on_one_line(bare: Vcio) -> None:
    assert bare.json("clients", "add", " Two\nlines\t", "--json")["name"] == "Two lines"


def test_a_workspace_is_linked(bare: Vcio) -> None:
    assert bare("clients", "add", "Acme", "--team", "T0ACME").exit_code == 0
    assert bare("clients", "change", "acme", "--team", "T0ACME2").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["add", "   "], "needs a name"),
        (["add", "Acme"], "--key"),
        (["add", "Other", "--key", "Not A Key"], "'Not A Key'"),
        (["add", "x" * 201], "200"),
        (["add", "Other", "--emergency-phone", "9" * 101], "100"),
        (["add", "Other", "--team", "acme.example"], "'acme.example'"),
        (["add", "Other", "--size", "tiny"], "'tiny'"),
        (["show", "acne"], "Known clients: acme"),
        (["change", "acne", "--size", "small"], "Known clients: acme"),
        (["change", "acme", "--name", " "], "needs a name"),
        (["change", "acme", "--it-support", "x" * 301], "300"),
        (["change", "acme", "--sector", "x" * 101], "100"),
        (["change", "acme", "--hours", "always"], "'always'"),
        (["change", "acme", "--name", "Ours", "--channel", "general"], "'general'"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)
def test_bad_input_is_refused_and_nothing_is_stored(bare: Vcio, arguments: list[str], says: str) -> None:
    bare("clients", "add", "Acme", "--size", "large")
    before = bare.json("clients", "list", "--json")
    assert says in bare.refusal("clients", *arguments)
    assert bare.json("clients", "list", "--json") == before


def test_a_process_prints_json_and_nothing_else(bare: Vcio) -> None:
    done = bare.process("clients", "add", "Größe & Söhne", "--json", LC_ALL="C")
    assert (done.returncode, done.stderr) == (0, "")
    assert '"key": "groe-sohne"' in done.stdout
