"""`vcio firm`: show, set and confirm; the articles then speak the new terms."""

from typing import Any

import pytest

from bot.engagement.terms import SHIPPED, UNCONFIRMED
from bot.library import load_embedder, open_library
from bot.settings import Settings, ignore_environment
from ingest.sync import sync_methodology
from knowledge.build import indexing
from knowledge.scope import METHODOLOGY
from knowledge.store import KnowledgeStore, open_shelf
from tests.cli.conftest import Vcio

FIELDS = [
    "name", "phone", "email", "on_call", "timezone", "hours", "holidays", "currency", "benchmark",
    "benchmark_source", "terms",
]  # fmt: skip
LEAVING = "engagement-lifecycle"


def of(vcio: Vcio) -> Settings:
    return ignore_environment(vcio_data_dir=vcio.data)


def opened(vcio: Vcio) -> KnowledgeStore:
    """The store as a bot that runs has it open."""
    return KnowledgeStore.open(vcio.data, embedder=load_embedder(of(vcio)))


def words(store: KnowledgeStore, slug: str = LEAVING) -> str:
    """All words of an article in the index in use."""
    store.refresh()
    article = store.article(METHODOLOGY, slug)
    assert article is not None
    return " ".join(section.markdown for section in article.sections)


def test_a_new_firm_has_said_nothing_and_has_the_shipped_terms(bare: Vcio) -> None:
    shown = bare.json("firm", "show", "--json")
    assert list(shown) == FIELDS
    assert {shown[field] for field in FIELDS[:-1]} == {None}
    assert {term: stated["value"] for term, stated in shown["terms"].items()} == dict(SHIPPED)
    assert not any(stated["confirmed"] for stated in shown["terms"].values())


def test_what_is_set_is_shown(bare: Vcio) -> None:
    given = {"phone": "+44 20 7946 0000", "on-call": "Ana, 07700 900123", "timezone": "Europe/London"}
    for field, value in given.items():
        assert bare("firm", "set", field, value).exit_code == 0
    bare("firm", "set", "currency", "gbp")
    bare("firm", "set", "benchmark", "145,000", "--source", "A salary survey, 2026")
    shown = bare.json("firm", "show", "--json")
    assert [shown[field.replace("-", "_")] for field in given] == list(given.values())
    assert (shown["benchmark"], shown["benchmark_source"]) == (145000, "A salary survey, 2026")
    lines = bare("firm", "show").stdout.splitlines()
    assert "benchmark        145,000 GBP a year (A salary survey, 2026)" in lines
    assert "holidays         not set (VCIO_COUNTRY holds: GB)" in lines
    assert f"notice           {SHIPPED['notice']} (not confirmed)" in lines  # type: ignore[index]
    bare("firm", "set", "benchmark", "")
    bare("firm", "set", "phone", "")
    emptied = bare.json("firm", "show", "--json")
    assert (emptied["benchmark"], emptied["benchmark_source"], emptied["phone"]) == (None, None, None)


def test_the_hours_are_said_once_and_the_first_reply_is_counted_in_them(bare: Vcio) -> None:
    bare("firm", "set", "hours", "Mon-Thu 8-16")
    bare("firm", "set", "first_reply", "within 4 working hours", "--confirm")
    term = bare.json("firm", "show", "--json")["terms"]["first_reply"]["value"]
    assert term == "within 4 working hours, Monday to Thursday 8–16"


def test_a_term_is_confirmed_and_set_anew_waits_again(bare: Vcio) -> None:
    def notice() -> Any:
        stated = bare.json("firm", "show", "--json")["terms"]["notice"]
        return stated["value"], stated["confirmed"]

    assert "60 days (not confirmed)" in bare("firm", "set", "notice", "60 days").stdout
    assert notice() == ("60 days", False)
    assert "60 days (confirmed " in bare("firm", "confirm", "notice").stdout
    assert notice() == ("60 days", True)
    bare("firm", "set", "notice", "90 days")
    assert notice() == ("90 days", False)
    bare("firm", "set", "notice", "90 days", "--confirm")
    assert notice() == ("90 days", True)
    bare("firm", "set", "notice", "")
    assert notice() == (SHIPPED["notice"], False)  # type: ignore[index]
    bare("firm", "confirm", "--all")
    assert "not confirmed" not in bare("firm", "show").stdout


def test_the_articles_speak_a_term_as_soon_as_it_is_set_also_to_a_bot_that_runs(vcio: Vcio) -> None:
    running = opened(vcio)
    assert f"is 30 days{UNCONFIRMED}." in words(running)
    result = vcio("firm", "set", "notice", "60 days")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.endswith("The articles say so now: 1 indexed again.\n")
    assert f"is 60 days{UNCONFIRMED}." in words(running)
    assert "4 indexed again" in vcio("firm", "confirm", "--all").stdout
    assert "is 60 days." in words(running)
    assert "indexed again" not in vcio("firm", "confirm", "notice").stdout
    answer = vcio.json("ask", "How much notice must we give to end an engagement?", "--json")
    assert "60 days." in str(answer)


def test_a_profile_field_does_not_touch_the_index(vcio: Vcio) -> None:
    before = (vcio.data / "index" / "methodology" / "current").read_text()
    vcio("firm", "set", "phone", "+44 20 7946 0000")
    assert (vcio.data / "index" / "methodology" / "current").read_text() == before


def test_a_start_and_an_ingest_speak_the_terms_of_the_database(vcio: Vcio) -> None:
    vcio("firm", "set", "notice", "60 days", "--confirm")
    embedder, running = load_embedder(of(vcio)), opened(vcio)
    shipped = {f"firm.{term}": value for term, value in SHIPPED.items()}

    def forget() -> None:
        sync_methodology(vcio.data, embedder=embedder, terms=shipped)
        assert "is 30 days." in words(running)

    forget()
    open_library(of(vcio), bring_up_to_date=True)
    assert "is 60 days." in words(running)
    forget()
    assert vcio("ingest").exit_code == 0
    assert "is 60 days." in words(running)


def test_a_term_set_while_the_index_is_written_is_kept_and_the_cure_is_named(vcio: Vcio) -> None:
    with indexing(open_shelf(vcio.data), METHODOLOGY):
        result = vcio("firm", "set", "notice", "60 days")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "stored" in line
    assert "`vcio ingest`" in line
    assert vcio.json("firm", "show", "--json")["terms"]["notice"]["value"] == "60 days"
    vcio("ingest")
    assert "is 60 days" in words(opened(vcio))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["set", "colour", "blue"], ["'colour'", "urgent_triage"]),
        (["set", "phon", "1"], ["Did you mean 'phone'"]),
        (["set", "email", "desk"], ["'desk'", "desk@firm.example"]),
        (["set", "notice", "{{x}}"], ["'{{x}}'", "30 days"]),
        (["set", "benchmark", "145000"], ["'145000'", "--source"]),
        (["set", "benchmark", "", "--source", "A survey"], ["--source"]),
        (["set", "phone", "+44 1", "--source", "A survey"], ["--source", "phone"]),
        (["set", "phone", "+44 123", "--confirm"], ["--confirm", "first_reply"]),
        (["set", "phone"], ["VALUE"]),
        (["set", "first_reply", "soon"], ["'soon'", "within 4 working hours"]),
        (["set", "first_reply", "within 4 working hours, Mon-Fri 8-20"], ["Monday to Friday 9–17", "hours"]),
        (["confirm"], ["first_reply", "--all"]),
        (["confirm", "notice", "--all"], ["--all"]),
        (["confirm", "phone"], ["'phone'", "first_reply"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input_is_refused_in_one_line_and_nothing_is_stored(
    bare: Vcio, arguments: list[str], says: list[str]
) -> None:
    line = bare.refusal("firm", *arguments)
    for each in says:
        assert each in line
    shown = bare.json("firm", "show", "--json")
    assert {shown[field] for field in FIELDS[:-1]} == {None}
    assert {stated["origin"] for stated in shown["terms"].values()} == {"shipped"}


def test_a_name_that_the_settings_would_win_over_is_refused(bare: Vcio) -> None:
    line = bare.refusal("firm", "set", "name", "Other", VCIO_FIRM_NAME="Northgate")
    assert "VCIO_FIRM_NAME" in line
    assert "'Northgate'" in line
