"""What a client could be known by does not survive scrubbing, however it is written; ordinary advice does."""

import pytest

from bot.engagement.scrub_patterns import Kind
from bot.engagement.scrubbing import Names, identities, marks, scrub

NAMES = Names(("Harbour Bakery Ltd", "harbour-bakery"), ("Ana Alves", "Will Green", "José Núñez"))


def kinds(text: str) -> list[Kind]:
    return [each.kind for each in scrub(text, NAMES).findings]


@pytest.mark.parametrize(
    "said",
    [
        "Harbour Bakery",
        "the Harbour Bakery Ltd",
        "HARBOUR BAKERY",
        "harbour-bakery",
        "harbourbakery",
        "Harbour_Bakery",
        "Harbour  Bakery",
        "Hárbour Bäkery",
        "Har\u200bbour Bakery",
        "Har\u00adbour\u00a0Bakery",
        "\uff28arbour Bakery",
    ],
)
def test_the_clients_name_is_replaced_in_any_spelling(said: str) -> None:
    assert scrub(f"At {said}'s site we keep two copies.", NAMES).text == (
        "At the organisation's site we keep two copies."
    )


@pytest.mark.parametrize("said", ["the harbour", "Harbour's", "HB", "H.B.", "HB01", "srv-HB-2", "Bakery"])
def test_a_part_or_abbreviation_of_the_name_is_marked_for_the_reviewer(said: str) -> None:
    done = scrub(f"We saw {said} there.", NAMES)
    assert marks(done.text)
    assert [each.kind for each in done.findings if each.is_marked] == [Kind.ORGANISATION]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As Ana Alves and ANA ALVES said", "As a colleague and a colleague said"),
        ("Ana's list, and Alves agrees", "A colleague's list, and a colleague agrees"),
        ("José Nunez or Jose Núñez knows", "A colleague or a colleague knows"),
        ("ask ana", "ask «ana»"),
        ("Ask Dr Shah and Mrs O'Neill", "Ask a colleague and a colleague"),
        ("Will the copies last? It will.", "«Will» the copies last? It will."),
        ("a green light", "a green light"),
        ("@someone and @here know", "A colleague and a colleague know"),
    ],
)
def test_people_are_colleagues_unless_their_name_is_a_word(text: str, expected: str) -> None:
    assert scrub(text, NAMES).text == expected


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("ana.alves@harbourbakery.co.uk", Kind.EMAIL),
        ("ana (at) harbourbakery [dot] com", Kind.EMAIL),
        ("ana at harbourbakery dot com", Kind.EMAIL),
        ("https://harbour.example.com/x?y=1", Kind.LINK),
        ("mailto:x@example.com", Kind.LINK),
        ("harbourbakery.co.uk", Kind.LINK),
        ("vpn.harbour.internal", Kind.LINK),
        ("\\\\hb-srv01\\share", Kind.LINK),
        ("10.20.3.40", Kind.LINK),
        ("#harbour-it", Kind.CHANNEL),
        ("+44 (0)20 7946 0958", Kind.NUMBER),
        ("01632 960100", Kind.NUMBER),
        ("01632-960-100 ext 12", Kind.NUMBER),
        ("GB29 NWBK 6016 1331 9268 19", Kind.NUMBER),
        ("14 Quay Street", Kind.ADDRESS),
        ("BS1 4DJ", Kind.ADDRESS),
    ],
)
def test_addresses_and_numbers_leave_only_a_mark(said: str, kind: Kind) -> None:
    done = scrub(f"Look at {said} for it.", NAMES)
    assert [each.kind for each in done.findings] == [kind]
    (mark,) = marks(done.text)
    assert done.text == f"Look at {mark} for it."
    assert mark.strip("«»") not in said


@pytest.mark.parametrize(
    "said",
    ["£12,500.50", "12k", "EUR 3 million", "3.5m euros", "twelve thousand pounds", "40,000", "1’200 CHF"],
)
def test_amounts_are_marked_and_kept_for_the_reviewer(said: str) -> None:
    done = scrub(f"It costs {said} at most.", NAMES)
    assert done.text == f"It costs «{said}» at most."
    assert kinds(f"It costs {said} at most.") == [Kind.MONEY]


@pytest.mark.parametrize(
    "said",
    [
        "23 November 2026",
        "2026-11-23",
        "23.11.26",
        "November 3rd",
        "3rd of may",
        "in May 2026",
        "may 2026",
        "next Tuesday",
        "Q3 2026",
        "since 2024",
        "11/2026",
    ],
)
def test_dates_are_marked(said: str) -> None:
    assert scrub(f"It happened {said} again.", NAMES).text == f"It happened «{said}» again."


@pytest.mark.parametrize(
    "text",
    [
        "Keep three copies on two kinds of media, one of them elsewhere: the 3-2-1-1-0 rule.",
        "ISO 27031:2011 and ISO 22301 ask for it; RTO 4 h, RPO 1 h, 99.9 % of the time.",
        "This may take 30 minutes and will march on; use restore.sh, e.g. weekly, i.e. on a schedule.",
        "Test 5% of 200 files after 90 days.Then sign it off.",
    ],
)
def test_advice_stays_as_it_is(text: str) -> None:
    assert scrub(text, NAMES).text == text


def test_a_generic_part_of_a_name_is_no_trace_but_a_name_of_one_word_is() -> None:
    text = "Large groups and housing need a services list."
    assert scrub(text, Names(("Large Housing Group",))).text == text
    assert scrub("The Network is down.", Names(("Network",))).text == "The «Network» is down."
    assert scrub("IT has a plan.", Names(("Indigo Traders",))).text == "IT has a plan."


def test_names_nobody_told_us_are_pointed_out() -> None:
    done = scrub("We asked Margaret Thorne in Bristol. Backups are tested.", NAMES)
    assert [(each.kind, each.found) for each in done.findings] == [
        (Kind.PERHAPS_NAME, "Margaret Thorne"),
        (Kind.PERHAPS_NAME, "Bristol"),
    ]


def test_marks_somebody_wrote_themselves_hide_nothing() -> None:
    assert scrub("«Harbour Bakery» and «ana@x.org", NAMES).text == "The organisation and «e-mail address»"
    assert marks("a « b") == ("« b",)
    assert marks("a » b") == ("»",)
    assert marks("plain", "words") == ()


def test_what_surely_points_to_the_client_is_an_identity_and_a_mere_word_is_none() -> None:
    found = [each.found for each in identities("harbourbakery: Ana, x@example.com, at a harbour", NAMES)]
    assert found == ["x@example.com", "harbourbakery", "Ana"]
    assert identities("Keep one copy at a harbour for £5.", NAMES) == ()


@pytest.mark.timeout(20)
def test_hostile_text_is_read_in_no_time() -> None:
    for text in ("a." * 20_000, "1 " * 20_000, "@" * 20_000, "«" * 20_000, "A " * 20_000, "a@a." * 9_000):
        scrub(text[:40_000], NAMES)
