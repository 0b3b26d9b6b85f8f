"""Forgetting: what somebody said goes from database and desk, what is counted stays, and it is proven."""

from datetime import timedelta

from sqlalchemy import select

from bot.answering.models import AnswerRecord, Conversation, TurnRecord
from bot.answering.render import from_stored, plain_text, to_stored
from bot.answering.types import Answer, Decision, Outcome, Part, PartKind, Reason, Speaker
from bot.clock import utc_now
from bot.database import Base, Database, Session
from bot.delivery.models import InboxItem, WorkState
from bot.engagement import audit, service_ends
from bot.engagement.corrections import By, take_back
from bot.engagement.models import Client, Ending, Person, Ticket, TicketState
from bot.engagement.outcomes import open_outcome
from bot.engagement.proposals import Terms, Worker, propose
from bot.engagement.retainer_models import Consent, TimeEntry
from bot.engagement.work_models import EngagementKind, Milestone
from bot.exporting import belonging
from bot.slack import ids
from bot.workflows.clear_cards import ClearCards
from bot.workflows.erase import ERASED
from bot.workflows.forget import FORGOTTEN, Forgotten, forget_client, forget_person
from bot.workflows.retention import Retention
from bot.workflows.traces import traces
from emulator import sample
from tests.engagement.hours import work_of
from tests.scenarios.desk import shown
from tests.workflows.office import Office

NOW = utc_now()
SECRET = "Our director moves, says Ana Alves of U01ANA"


async def talk(session: Session, person: Person, *, days_ago: int = 0, private: bool = True) -> AnswerRecord:
    """A question with its answer."""
    at = NOW - timedelta(days=days_ago)
    conversation = Conversation(
        team_id=person.team_id, channel="D01" if private else "C01", thread_ts=f"{person.id}.{days_ago}",
        client_id=person.client_id, person_id=person.id, is_private=private, title=SECRET, created_at=at,
    )  # fmt: skip
    session.add(conversation)
    await session.flush()
    session.add(
        TurnRecord(
            conversation_id=conversation.id, person_id=person.id, speaker=Speaker.PERSON, ts="1", text=SECRET,
            created_at=at,
        )
    )  # fmt: skip
    decision = Decision(Outcome.ANSWER, Reason.COVERED, 0.9, {})
    parts = (Part(PartKind.LEAD, (SECRET,), None),)
    whole = Answer(
        decision=decision, parts=parts, citations=(), org_size=None, stated_size=None, standalone=SECRET
    )
    answer = AnswerRecord(
        conversation_id=conversation.id, person_id=person.id, question=SECRET, outcome=Outcome.ANSWER,
        reason=Reason.COVERED, confidence=0.9, body=to_stored(whole), created_at=at,
    )  # fmt: skip
    session.add(answer)
    await session.flush()
    return answer


async def somebody(session: Session, user: str) -> Person:
    return (await session.scalars(select(Person).where(Person.user_id == user))).one()


async def test_of_a_person_nothing_is_found_afterwards_and_what_is_counted_stays(office: Office) -> None:
    ticket = await office.request(question=SECRET)
    await office.presses(sample.DEV, office.cards()[0], ids.TICKET_CLAIM)
    assert SECRET in shown(office.cards()[0])
    async with office.store.unit_of_work() as session:
        ana = await somebody(session, sample.ANA)
        answer, name = await talk(session, ana), ana.name
        session.add(spent_on(ticket))
        await agree_in_confidence(session, ticket, ana)
        milestone = await agree_openly(session, ticket, ana)
        done = await forget_person(session, ana, actor="test", now=NOW)
    assert done.traces == {}
    assert done.gone["answers"] == 1
    assert done.gone["open requests"] == 1
    assert any(each.startswith("1 time entries") for each in done.kept)
    async with office.store.read() as session:
        assert await traces(session, (sample.ANA, name, "director")) == {}
        row = await session.get_one(Ticket, ticket.id)
        assert (row.question, row.state, row.ending) == (ERASED, TicketState.CLOSED, Ending.WITHDRAWN)
        kept = await session.get_one(AnswerRecord, answer.id)
        assert (kept.outcome, kept.confidence) == (Outcome.ANSWER, 0.9)
        assert "erased" in plain_text(from_stored(kept.body))
        step = await session.get_one(Milestone, milestone)
        assert (step.title, step.owner) == ("Forgotten person reads the draft", "Forgotten person")
    await clear(office)
    assert SECRET not in shown(office.cards()[0])


async def test_the_same_person_is_met_anew_and_forgetting_twice_changes_nothing(office: Office) -> None:
    async with office.store.unit_of_work() as session:
        ana = await somebody(session, sample.ANA)
        await talk(session, ana)
        await forget_person(session, ana, actor="test", now=NOW)
        again = await forget_person(session, ana, actor="test", now=NOW)
    assert not [what for what in again.gone if what != "trail"]
    ticket = await office.request(user=sample.CARL)
    assert ticket.reference


async def test_a_client_goes_with_its_people_but_for_its_minutes(office: Office) -> None:
    ticket = await office.request(question=SECRET)
    async with office.store.unit_of_work() as session:
        client = (await session.scalars(select(Client).where(Client.name == "Small Bakery"))).one()
        other = (await session.scalars(select(Client).where(Client.name == "Large Housing"))).one()
        ben = await somebody(session, sample.BEN)
        await talk(session, ben)
        entry = spent_on(ticket)
        entry.billable, entry.reason = False, "Small Bakery was promised it"
        session.add(entry)
        await session.flush()
        await service_ends.set_end(
            session, client, ends_on=NOW.date(), ask_instead="Small Bakery's own IT", erases=True,
            actor="test", now=NOW,
        )  # fmt: skip
        by = By("U01DEV", "Dev Patel", "Small Bakery's director asked for it")
        await take_back(session, entry.id, by, key="back", now=NOW, today=NOW.date())
        done: Forgotten = await forget_client(session, client, actor="test", now=NOW)
        assert done.gone["people"] == 2
        columns = select(TimeEntry.minutes, TimeEntry.client_note, TimeEntry.reason).order_by(TimeEntry.id)
        kept = [tuple(row) for row in await session.execute(columns)]
        assert kept == [(45, None, ERASED), (-45, None, ERASED)]
        assert (await session.get_one(Client, other.id)).name == "Large Housing"
        assert (await session.get_one(Person, ben.id)).name == "Ben Brook"
        assert (await session.scalars(select(AnswerRecord.question))).all() == [SECRET]
        assert await traces(session, ("Small Bakery", "small-bakery")) == {}


async def test_what_was_idle_for_longer_than_its_client_wants_is_erased_and_open_requests_stay(
    database: Database,
) -> None:
    async with database.unit_of_work() as session:
        keeps = Client(key="keeps", name="Keeps", created_at=NOW, keep_days=30)
        other = Client(key="other", name="Other", created_at=NOW)
        session.add_all([keeps, other])
        await session.flush()
        people = [
            Person(team_id="T1", user_id=f"U{n}", client_id=client.id, name=f"P{n}", created_at=NOW)
            for n, client in enumerate((keeps, keeps, other))
        ]
        session.add_all(people)
        await session.flush()
        old, fresh = await talk(session, people[0], days_ago=31), await talk(session, people[0], days_ago=29)
        held, foreign = (
            await talk(session, people[1], days_ago=400),
            await talk(session, people[2], days_ago=400),
        )
        session.add(
            Ticket(
                client_id=keeps.id, person_id=people[1].id, conversation_id=held.conversation_id,
                question=SECRET, reason="x", created_at=NOW,
            )
        )  # fmt: skip
    retention = Retention(database, lambda: NOW)
    await retention.sweep()
    await retention.sweep()
    async with database.read() as session:
        questions = {row.id: row.question for row in await session.scalars(select(AnswerRecord))}
    assert questions == {old.id: ERASED, fresh.id: SECRET, held.id: SECRET, foreign.id: SECRET}


def test_every_table_that_leads_to_a_client_is_exported() -> None:
    exported = {table.name for table, _where in belonging(1)}
    alone = {table.name for table in Base.metadata.sorted_tables} - exported
    # The firm's own, what is nobody's, and work on its way.
    assert alone == {
        "consultants", "firm_terms", "firm_values", "gaps", "inbox", "installations", "oauth_states",
        "outbox",
    }  # fmt: skip


def spent_on(ticket: Ticket) -> TimeEntry:
    return TimeEntry(
        client_id=ticket.client_id, ticket_id=ticket.id, user_id="U01DEV", name="Dev Patel",
        worked_on=NOW.date(), month=NOW.date().replace(day=1), minutes=45, charged=45,
        client_note="Talked it over", key="one", created_at=NOW,
    )  # fmt: skip


async def agree_in_confidence(session: Session, ticket: Ticket, person: Person) -> None:
    """Work that only its asker knows of, with its outcome, and hours that were asked for in between."""
    work = await work_of(session, ticket, EngagementKind.HANDS, confidential=True)
    day = NOW.date()
    terms = Terms(
        scope=SECRET, deliverable=SECRET, minutes=60, starts_on=day, ends_on=day,
        people=(Worker("U01DEV", "Dev Patel", "Ten of them"),), conflicts="None", outcome=SECRET,
        measure=SECRET, baseline=SECRET, target=SECRET, lapses_on=day,
    )  # fmt: skip
    await propose(session, work, terms, is_change=False, by=("U01DEV", "Dev Patel"), now=NOW)
    audit.append(session, actor="U01DEV", what="work status", now=NOW, work=work, detail=SECRET)
    await open_outcome(
        session, owner=person, statement=SECRET, measure=SECRET, starts_on=day, recorded_by="U01DEV",
        now=NOW, engagement=work, target=SECRET,
    )  # fmt: skip
    session.add(
        Consent(
            client_id=ticket.client_id, ticket_id=ticket.id, minutes=30, asked_by="U01DEV", asked_at=NOW,
            said=SECRET,
        )
    )  # fmt: skip
    await session.flush()


async def agree_openly(session: Session, ticket: Ticket, person: Person) -> int:
    """Work of the client in which a consultant named somebody; return its milestone."""
    work = await work_of(session, ticket, EngagementKind.HANDS)
    told = f"{person.name} has read it"
    audit.append(session, actor="U01DEV", what="work status", now=NOW, work=work, detail=told)
    step = Milestone(
        engagement_id=work.id, title=f"{person.name} reads the draft", owner=person.name, due_on=NOW.date(),
        created_at=NOW,
    )  # fmt: skip
    session.add(step)
    await session.flush()
    return step.id


async def clear(office: Office) -> None:
    """Let the bot do what was left for it; here nobody works what comes in."""
    (row,) = await office.rows(InboxItem, kind=FORGOTTEN)
    async with office.store.unit_of_work() as session:
        (await session.get_one(InboxItem, row.id)).state = WorkState.WAITING
    await ClearCards(office.store, office.directory).handle(row)
    await office.quiet()
