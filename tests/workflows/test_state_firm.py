"""A lead's form of the firm's profile: all or nothing, only what was changed, and with who said it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.delivery.models import InboxItem
from bot.engagement import firm
from bot.engagement.models import AuditEvent, Term
from bot.engagement.terms import SHIPPED, read_terms
from bot.errors import AdvisoryError
from bot.workflows.desk import ONLY_DESK, ONLY_LEADS
from bot.workflows.speak_terms import SPEAK_TERMS
from bot.workflows.state_firm import FirmForm, FormError, StatedTerm, StateFirm, check_form
from tests.workflows.desk_people import ANA, DEV, LEAD, People, press


def changed(form: FirmForm, terms: dict[Term, StatedTerm] | None = None, **fields: str) -> FirmForm:
    return replace(form, fields={**form.fields, **fields}, terms={**form.terms, **(terms or {})})


async def works(database: Database) -> list[str]:
    async with database.read() as session:
        return list(await session.scalars(select(InboxItem.kind)))


async def test_what_a_lead_states_is_stored_with_who_said_it(database: Database) -> None:
    use = StateFirm(database, People())
    shown = await use.shown(press(LEAD))
    assert shown.terms[Term.NOTICE] == StatedTerm(SHIPPED[Term.NOTICE])
    typed = changed(
        shown,
        {
            Term.NOTICE: StatedTerm("60 days.", confirmed=True),
            Term.START: StatedTerm(SHIPPED[Term.START], confirmed=True),
        },
        phone="+44 20 7946 0000",
        hours="mon-fri 9-17",
        benchmark="145,000",
        benchmark_source="A salary survey, 2026",
    )
    assert await use.store(press(LEAD), shown, typed)
    async with database.read() as session:
        profile, terms = await firm.read_profile(session), await read_terms(session)
        facts = {(fact.actor, fact.what, fact.detail) for fact in await session.scalars(select(AuditEvent))}
    assert (profile.phone, profile.hours, profile.benchmark) == (
        "+44 20 7946 0000", "Mon-Fri 09:00-17:00", 145_000,
    )  # fmt: skip
    assert [term for term in Term if terms[term].confirmed_at] == [Term.NOTICE, Term.START]
    assert terms[Term.NOTICE].value == "60 days"
    assert (LEAD, "firm profile", "phone: +44 20 7946 0000") in facts
    assert (LEAD, "term confirmed", "notice: 60 days") in facts
    assert await works(database) == [SPEAK_TERMS]


async def test_a_profile_without_new_terms_indexes_nothing_and_an_unticked_term_waits_again(
    database: Database,
) -> None:
    use = StateFirm(database, People())
    shown = await use.shown(press(LEAD))
    assert not await use.store(press(LEAD), shown, shown)
    assert not await use.store(press(LEAD), shown, changed(shown, email="desk@firm.example"))
    assert await works(database) == []
    kept = SHIPPED[Term.NOTICE]
    await use.store(press(LEAD), shown, changed(shown, {Term.NOTICE: StatedTerm(kept, confirmed=True)}))
    confirmed = await use.shown(press(LEAD))
    assert await use.store(press(LEAD), confirmed, changed(confirmed, {Term.NOTICE: StatedTerm(kept)}))
    assert not (await use.shown(press(LEAD))).terms[Term.NOTICE].confirmed


async def test_what_somebody_else_changed_meanwhile_stays(database: Database) -> None:
    use = StateFirm(database, People())
    shown = await use.shown(press(LEAD))
    async with database.unit_of_work() as session:
        await firm.change_profile(session, phone="+44 1")
    await use.store(press(LEAD), shown, changed(shown, email="desk@firm.example"))
    async with database.read() as session:
        profile = await firm.read_profile(session)
    assert (profile.phone, profile.email) == ("+44 1", "desk@firm.example")


async def test_everything_wrong_is_named_at_once_and_nothing_is_stored(database: Database) -> None:
    use = StateFirm(database, People())
    shown = await use.shown(press(LEAD))
    typed = changed(
        shown, {Term.NOTICE: StatedTerm("{{x}}", confirmed=True)}, phone="none", timezone="Mars", name="Firm"
    )
    with pytest.raises(FormError) as caught:
        await use.store(press(LEAD), shown, typed)
    assert set(caught.value.errors) == {"phone", "timezone", "notice"}
    async with database.read() as session:
        assert (await firm.read_profile(session)).name is None


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"benchmark": "145000"}, "benchmark_source"), ({"benchmark_source": "A survey"}, "benchmark")],
)
def test_a_benchmark_and_its_source_come_together(fields: dict[str, str], wrong: str) -> None:
    with pytest.raises(FormError) as caught:
        check_form(FirmForm(fields))
    assert list(caught.value.errors) == [wrong]


async def test_only_a_lead_may(database: Database) -> None:
    use = StateFirm(database, People())
    for user, team, says in (
        (DEV, "T01FIRM", ONLY_LEADS),
        (ANA, "T01FIRM", ONLY_DESK),
        (LEAD, "T2", ONLY_DESK),
    ):
        with pytest.raises(AdvisoryError, match=says[:20]):
            await use.shown(press(user, team))
        with pytest.raises(AdvisoryError, match=says[:20]):
            await use.store(press(user, team), FirmForm(), FirmForm({"name": "Taken over"}))


async def test_a_name_the_settings_give_is_not_changed_here(database: Database) -> None:
    use = StateFirm(database, People(), fixed_name="Northgate")
    shown = await use.shown(press(LEAD))
    with pytest.raises(FormError, match="VCIO_FIRM_NAME"):
        await use.store(press(LEAD), shown, changed(shown, name="Other"))
    await use.store(press(LEAD), shown, changed(shown, phone="+44 123"))
