"""What the asker does is found where it is said, kept, and changes only what is about sectors."""

from pathlib import Path

import pytest

from bot.answering.layout import lines_of
from bot.answering.pipeline import Answerer
from bot.answering.render import plain_text
from bot.answering.rewrite import rewrite, without_size
from bot.answering.sectors import find_sector, is_for_others, sector_of, sectors_in, stated_sector
from bot.answering.types import Question, Sector, Speaker, Turn
from bot.answering.understanding import understand
from knowledge.scope import METHODOLOGY
from tests.answering.sector_sentences import ELSEWHERE, THEIR_OWN

S = Sector
OWN = {
    "we're a housing association of 240, what should IT cost?": S.HOUSING,
    "We are a charity of 35 people": S.CHARITY,
    "I run a small dental practice": S.HEALTH,
    "I'm the office manager at a law firm": S.LEGAL,
    "Our school has 60 staff, do we need a CIO?": S.EDUCATION,
    "we make kitchen furniture, 80 people": S.MANUFACTURING,
    "Recruitment agency, 65 people. A recruiter lets a tool score CVs": S.PROFESSIONAL,
    "as a bank we have to report": S.FINANCE,
    "we're a family-run building firm": S.CONSTRUCTION,
    "I work for the council": S.PUBLIC,
    "our hospital trust wants a data warehouse": S.HEALTH,
    "we're a regional water company": S.UTILITIES,
    "for a charity like ours, is a CIO worth it?": S.CHARITY,
    "we are a chain of shops": S.RETAIL,
    "we're a saas start-up with 25 people": S.SOFTWARE,
    "Freight forwarder, 90 staff: who owns our data?": S.TRANSPORT,
    "we run two hotels and a restaurant": S.HOSPITALITY,
    "I am finance director of a housing trust": S.HOUSING,
}
NOT_OWN = (
    "our bank wants a security questionnaire",
    "our insurer asks about MFA",
    "we sell to schools and hospitals",
    "we're a supplier to hospitals",
    "we are talking to a bank about a loan",
    "our solicitor told us not to delete anything",
    "our software vendor went bust",
    "we make sure backups run",
    "we make decisions slowly",
    "what does the data council decide",
    "do we need a data warehouse or is that overkill",
    "our council tax records",
    "the shop floor cannot log in",
    "we are in the middle of construction of a new office",
    "we're a small business",
    "are we ready for AI?",
    "if we were a bank, what would we do?",
    "we were a charity, now we sell shoes",
    "should we treat it as a utility?",
    "our energy provider raised its prices",
    "our courier company lost a laptop",
    "our software company wants more money, how do we negotiate?",
    "our insurance company wants MFA",
    "our data store is full",
)
SHARE = "What share of revenue should IT cost?"
# Articles that say nothing of sectors: nothing of their answers may differ by one.
OF_NO_SECTOR = (
    "What is the 3-2-1-1-0 backup rule?",
    "Who should own our data quality?",
    "How do we run a steering committee?",
    "What goes into a records retention schedule?",
    "How often should access rights be reviewed?",
)


@pytest.mark.parametrize(("text", "sector"), OWN.items())
def test_what_the_asker_is_is_found(text: str, sector: Sector) -> None:
    found = find_sector(text)
    assert found is not None and (found.own, found.sector) == (True, sector)


@pytest.mark.parametrize("text", NOT_OWN)
def test_whom_the_asker_deals_with_is_not_what_they_are(text: str) -> None:
    found = find_sector(text)
    assert found is None or not found.own


@pytest.mark.parametrize("text", ELSEWHERE)
def test_where_the_asker_is_and_what_their_firm_sells_by_is_no_sector(text: str) -> None:
    assert find_sector(text) is None


@pytest.mark.parametrize(("text", "sector"), THEIR_OWN.items())
def test_what_reads_nearly_so_is_still_the_askers_own(text: str, sector: Sector) -> None:
    found = find_sector(text)
    assert found is not None and (found.own, found.sector) == (True, sector)


def test_a_profile_says_it_in_its_own_words() -> None:
    said = {"food retail": S.RETAIL, "Social housing": S.HOUSING, "Charity, animal welfare": S.CHARITY}
    said |= {"logistics": S.TRANSPORT, "management consulting": S.PROFESSIONAL, "private banking": S.FINANCE}
    assert {words: sector_of(words) for words in said} == said
    assert [sector_of(words) for words in (None, "", "various")] == [None, None, None]


def test_the_last_word_counts_and_what_is_asked_about_counts_for_once() -> None:
    thread = (
        Turn(Speaker.PERSON, "how often do we test restores? we're a hospice"),
        Turn(Speaker.ASSISTANT, "If you are a bank, ask your regulator."),
    )
    assert stated_sector(thread) is S.HEALTH

    def in_force(text: str, *turns: Turn) -> Sector | None:
        question = Question(text=text, scopes=(METHODOLOGY,), thread=turns, sector=S.RETAIL)
        return understand(question).sector

    assert in_force(SHARE) is S.RETAIL
    assert in_force(SHARE, *thread) is S.HEALTH
    assert in_force("and for a construction company?", *thread) is S.CONSTRUCTION
    assert in_force(SHARE, *thread, Turn(Speaker.PERSON, "sorry, we're a housing association")) is S.HOUSING
    assert in_force("how does IT spending differ between sectors?", *thread) is None
    assert in_force(f"we're not a hospice. {SHARE}", *thread) is None
    assert in_force(SHARE, Turn(Speaker.PERSON, "we are no longer a retailer")) is None
    assert in_force(SHARE, *thread, Turn(Speaker.PERSON, "we aren't a bank")) is S.HEALTH


def test_who_asks_is_left_out_of_what_is_searched_for() -> None:
    asked = "who owns our data"
    said = (
        "We're a law firm. ",
        "we are a housing association, ",
        "As a manufacturer, ",
        "I run a clinic. ",
    )
    assert {without_size(who + asked).lower() for who in said} == {asked}
    assert "charity" in rewrite("is a CIO worth it for a charity like ours?")


def test_few_lines_of_the_methodology_are_about_sectors() -> None:
    articles = Path("knowledge/methodology").rglob("*.md")
    lines = [line.text for each in articles for line in lines_of(each.read_text(encoding="utf-8"))]
    for_others = [text for text in lines if is_for_others(text, S.HOUSING)]
    assert len([text for text in lines if sectors_in(text)]) < 12
    assert 2 <= len(for_others) < 6
    # What the law says of public bodies "and" others is for all to read.
    assert not any("data protection officer" in text for text in for_others)


def test_advice_for_other_sectors_is_left_out_and_for_the_own_one_kept(answerer: Answerer) -> None:
    def said(text: str, sector: Sector | None = None, *turns: Turn) -> str:
        return plain_text(answerer.answer(Question(text, (METHODOLOGY,), thread=turns, sector=sector)))

    figures = "Construction and manufacturing usually sit at"
    assert figures in said(SHARE)
    assert figures in said(f"We're a hospital. {SHARE}")
    assert figures not in said(f"We're a housing association. {SHARE}")
    earlier = Turn(Speaker.PERSON, "What is the 3-2-1-1-0 backup rule? We are a housing association.")
    assert figures not in said(SHARE, None, earlier, Turn(Speaker.ASSISTANT, "Keep three copies."))
    assert figures in said(SHARE, S.CONSTRUCTION)
    titles = "What do CIO, CTO and CISO mean?"
    assert "a charity of 80" in said(titles, S.CHARITY)
    assert "a charity of 80" not in said(titles, S.UTILITIES)


@pytest.mark.parametrize("text", OF_NO_SECTOR)
def test_where_nothing_is_said_of_sectors_the_answer_is_the_same(answerer: Answerer, text: str) -> None:
    plain = answerer.answer(Question(text, (METHODOLOGY,)))
    for sector in (S.HOUSING, S.LEGAL, S.EDUCATION):
        assert answerer.answer(Question(text, (METHODOLOGY,), sector=sector)) == plain
    told = answerer.answer(Question(f"We're a housing association. {text}", (METHODOLOGY,)))
    assert told.parts == plain.parts and told.citations == plain.citations
