"""Terms: shipped until the firm states its own, hedged until somebody confirms them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clock import utc_now
from bot.database import Database
from bot.engagement import firm
from bot.engagement.models import AuditEvent, FirmTerm, Term
from bot.engagement.terms import (
    LONGEST,
    SHIPPED,
    UNCONFIRMED,
    Origin,
    Stated,
    confirm_terms,
    parse_term,
    read_terms,
    shipped_terms,
    state_term,
    tokens,
    unconfirmed,
)
from bot.errors import AdvisoryError

NOW = utc_now()
ACTOR = "U1"


async def stored(database: Database) -> dict[Term, Stated]:
    async with database.read() as session:
        return await read_terms(session)


async def state(database: Database, term: Term, text: str, *, confirmed: bool = False) -> None:
    async with database.unit_of_work() as session:
        await state_term(session, term, text, confirmed=confirmed, actor=ACTOR, now=NOW)


async def confirm(database: Database, *terms: Term, later: timedelta = timedelta()) -> None:
    async with database.unit_of_work() as session:
        await confirm_terms(session, terms, actor=ACTOR, now=NOW + later)


async def test_a_firm_that_said_nothing_has_the_shipped_terms_none_confirmed(database: Database) -> None:
    terms = await stored(database)
    assert terms == shipped_terms()
    assert unconfirmed(terms) == tuple(Term)
    assert {term: stated.value for term, stated in terms.items()} == dict(SHIPPED)


async def test_a_stated_term_is_hedged_until_it_is_confirmed(database: Database) -> None:
    await state(database, Term.NOTICE, " 60  days. ")
    assert tokens(await stored(database))["firm.notice"] == "60 days" + UNCONFIRMED
    await confirm(database, Term.NOTICE)
    terms = await stored(database)
    assert terms[Term.NOTICE] == Stated("60 days", Origin.FIRM, NOW)
    assert tokens(terms)["firm.notice"] == "60 days"
    assert Term.NOTICE not in unconfirmed(terms)


async def test_stating_a_confirmed_term_anew_makes_it_wait_again_unless_confirmed_with_it(
    database: Database,
) -> None:
    await state(database, Term.START, "within a week", confirmed=True)
    assert unconfirmed(await stored(database)) == tuple(term for term in Term if term is not Term.START)
    await state(database, Term.START, "within a week")
    assert unconfirmed(await stored(database)) == tuple(Term)


async def test_confirming_writes_the_shipped_words_down_and_keeps_an_earlier_date(database: Database) -> None:
    await confirm(database, Term.NOTICE)
    await confirm(database, *Term, later=timedelta(days=1))
    terms = await stored(database)
    assert unconfirmed(terms) == ()
    assert terms[Term.NOTICE] == Stated(SHIPPED[Term.NOTICE], Origin.FIRM, NOW)
    assert terms[Term.START].confirmed_at == NOW + timedelta(days=1)


async def test_a_term_stated_as_nothing_is_the_shipped_one_again(database: Database) -> None:
    await state(database, Term.NOTICE, "60 days", confirmed=True)
    await state(database, Term.NOTICE, "  ")
    stated = (await stored(database))[Term.NOTICE]
    assert (stated.value, stated.confirmed_at) == (SHIPPED[Term.NOTICE], None)


async def test_who_stated_and_confirmed_what_is_kept(database: Database) -> None:
    await state(database, Term.NOTICE, "60 days")
    await confirm(database, Term.NOTICE)
    async with database.read() as session:
        events = list(await session.scalars(select(AuditEvent).order_by(AuditEvent.id)))
    assert [(event.actor, event.what, event.detail) for event in events] == [
        (ACTOR, "term stated", "notice: 60 days"),
        (ACTOR, "term confirmed", "notice: 60 days"),
    ]


async def test_the_first_reply_is_spoken_with_the_hours_of_the_profile(database: Database) -> None:
    async def first_reply() -> Stated:
        return (await stored(database))[Term.FIRST_REPLY]

    async with database.unit_of_work() as session:
        await firm.change_profile(session, hours="Mon-Thu 08:00-16:00")
    assert (await first_reply()).value == "within one working day, Monday to Thursday 8–16"
    await state(database, Term.FIRST_REPLY, "within 4 working hours, Monday to Thursday 8-16", confirmed=True)
    async with database.unit_of_work() as session:
        await firm.change_profile(session, hours=None)
    assert await first_reply() == Stated("within 4 working hours, Monday to Friday 9–17", Origin.FIRM, NOW)
    with pytest.raises(AdvisoryError, match=r"Monday to Friday 9–17\): leave them out"):
        await state(database, Term.FIRST_REPLY, "within 2 working hours, Monday to Friday 8-20")


async def test_a_first_reply_of_an_earlier_version_that_cannot_be_counted_stays_as_it_is(
    database: Database,
) -> None:
    async with database.unit_of_work() as session:
        session.add(FirmTerm(term=Term.FIRST_REPLY, value="soon, as a rule", confirmed_at=NOW))
    assert (await stored(database))[Term.FIRST_REPLY].value == "soon, as a rule"


@pytest.mark.parametrize("text", ["soon", "within 4 hours", "as agreed, Monday to Friday 9–17"])
def test_a_first_reply_that_cannot_be_counted_is_refused_with_examples(text: str) -> None:
    with pytest.raises(AdvisoryError, match="'within one working day' or 'within 4 working hours'"):
        parse_term(Term.FIRST_REPLY, text)


@pytest.mark.parametrize(
    "text",
    [
        "x" * (LONGEST + 1),
        "30 | 60 days",
        "{{firm.notice}}",
        "**soon**",
        "<!channel>",
        "[a](b)",
        "\u202e1 day",
        "?",
    ],
)
def test_what_is_not_plain_words_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(AdvisoryError) as error:
        parse_term(Term.NOTICE, text)
    assert text[:20] in str(error.value) or repr(text) in str(error.value)
    assert SHIPPED[Term.NOTICE] in str(error.value)


@pytest.mark.parametrize("term", Term)
def test_every_shipped_term_could_have_been_stated(term: Term) -> None:
    assert parse_term(term, SHIPPED[term]) == SHIPPED[term]
