"""Work as it is shown: within Slack's limits and harmless, whatever people write; buttons by its state."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.engagement.deciders import Deciders, Standing
from bot.engagement.models import Person, Role, TicketState
from bot.engagement.work_models import (
    Engagement,
    EngagementKind,
    EngagementState,
    Milestone,
    Proposal,
    ProposalState,
)
from bot.slack import work_desk_texts, work_ids
from bot.slack.blocks import work_decision as decision
from bot.slack.blocks import work_desk_forms as forms
from bot.slack.blocks.hands import hands_offer, hands_view, with_more
from bot.slack.blocks.limits import check_message, check_view
from bot.slack.blocks.message import Message
from bot.slack.blocks.ticket import desk_card
from bot.slack.blocks.work_card import WorkFacts, with_work_on
from tests.slack.blocks.samples import HOSTILE, action_ids, assert_harmless, strings
from tests.slack.blocks.test_ticket import FACTS, TEXT_FIELDS

AT = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
DAY = date(2026, 12, 4)
CARD = Message("A card", ())


def a_work(text: str = "A board paper", state: EngagementState = EngagementState.ACTIVE) -> Engagement:
    """A piece of work in which `text` stands wherever people write."""
    return Engagement(
        id=7,
        client_id=1,
        person_id=1,
        ticket_id=3,
        kind=EngagementKind.HANDS,
        state=state,
        title=text[:200],
        needed=text,
        deliverable=text,
        needed_by=DAY,
        guess=480,
        decides=text[:200],
        confidential=False,
        lead="U1",
        lead_name=text[:200],
        minutes=960,
        starts_on=DAY,
        ends_on=DAY,
        created_at=AT,
    )


def a_proposal(text: str = "All of it", state: ProposalState = ProposalState.SENT) -> Proposal:
    """A proposal in which `text` stands wherever people write."""
    people = [{"user_id": "U1", "name": text[:200], "experience": text}]
    return Proposal(
        id=9, engagement_id=7, version=1, is_change=False, state=state, scope=text, deliverable=text,
        minutes=960, starts_on=DAY, ends_on=DAY, people=people, conflicts=text, outcome=text, measure=text,
        baseline=text[:200], target=text[:200], lapses_on=DAY, proposed_by="U1", proposed_name=text[:200],
        proposed_at=AT,
    )  # fmt: skip


def facts(work: Engagement, text: str = "Carl") -> WorkFacts:
    """Work as the desk sees it."""
    person = Person(id=1, team_id="T1", user_id="U2", client_id=1, name=text, role=Role.CIO, created_at=AT)
    step = Milestone(id=5, engagement_id=7, title=text[:300], owner=text[:200], due_on=DAY, created_at=AT)
    return WorkFacts(work, Deciders((person,), Standing.CIO), (step,) * 9)


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_people_write_is_harmless_and_fits(name: str) -> None:
    text = HOSTILE[name]
    work, proposal = a_work(text), a_proposal(text)
    result = decision.ResultFacts(work, text, text, ("Milestones done: 1 of 1.",))
    messages = [
        with_work_on(CARD, facts(work, text), 3),
        with_more(CARD, work, 3),
        decision.proposal_message(proposal, work, None),
        decision.proposal_message(a_proposal(text, ProposalState.DECLINED), work, text),
        decision.result_message(result),
        decision.waits_message([text], work, 9, is_result=False),
        decision.reminder_message(proposal, work),
        decision.left_open_message(text, 3, "VC-1003"),
    ]
    for message in messages:
        assert_harmless(check_message(message).text, message.blocks)
    for view in (decision.proposal_view(proposal, work, None), decision.result_view(result)):
        assert_harmless(check_view(view)["blocks"])
    members = [("U1", text)]
    for filled in (
        hands_view(work),
        forms.begin_view("3:C1:", text),
        forms.propose_view("3:C1:", work, proposal, members, note=text, today=DAY, is_change=True),
        forms.milestones_view("3:C1:", facts(work, text).milestones),
    ):
        check_view(filled)


@pytest.mark.parametrize(
    ("proposal", "holder", "chosen"),
    [(None, "U2", ["U2"]), (None, "U9", []), (None, None, []), (a_proposal(), "U2", ["U1"])],
)
def test_who_has_the_request_is_chosen_until_somebody_was(
    proposal: Proposal | None, holder: str | None, chosen: list[str]
) -> None:
    members = [("U1", "Dev"), ("U2", "Elif")]
    view = forms.propose_view(
        "3:C1:", a_work(), proposal, members, note="x", today=DAY, is_change=False, holder=holder
    )
    (people,) = [each for each in view["blocks"] if each.get("block_id") == work_ids.PEOPLE_BLOCK]
    assert [each["value"] for each in people["element"].get("initial_options") or ()] == chosen


def test_the_forms_and_the_offer_fit() -> None:
    check_message(hands_offer(None))
    for view in (hands_view(), forms.status_view("3:C1:"), forms.complete_view("3:C1:")):
        check_view(view)
    for kind in (work_ids.CHANGES_VIEW, work_ids.DECLINE_VIEW, work_ids.MISSING_VIEW):
        check_view(decision.reason_view(kind, 9, ""))


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        (EngagementState.REQUESTED, [work_ids.PROPOSE]),
        (EngagementState.PROPOSED, [work_ids.PROPOSE]),
        (
            EngagementState.ACTIVE,
            [work_ids.MILESTONES, work_ids.STATUS, work_ids.PROPOSE, work_ids.COMPLETE],
        ),
        (EngagementState.COMPLETED, []),
        (EngagementState.ACCEPTED, []),
        (EngagementState.ENDED, []),
    ],
)
def test_a_card_offers_what_fits_the_state_of_its_work(state: EngagementState, buttons: list[str]) -> None:
    work = a_work(state=state)
    assert action_ids(with_work_on(CARD, facts(work), 3).blocks) == buttons
    unclaimed = replace(facts(work), is_held=False)
    assert action_ids(with_work_on(CARD, unclaimed, 3).blocks) == []


def test_of_confidential_work_a_card_says_where_it_stands_and_nothing_else() -> None:
    work = a_work("Secret matter")
    work.confidential = True
    shown = " ".join(strings(with_work_on(CARD, facts(work, "Carl"), 3).blocks))
    assert "EN-1007" in shown
    assert not {"Secret matter", "Carl"} & set(shown.replace("*", "").split("\n"))
    assert "Secret" not in shown
    assert "Carl" not in shown


@pytest.mark.parametrize("standing", Standing)
def test_the_card_says_who_decides_and_why(standing: Standing) -> None:
    said = work_desk_texts.who_decides(standing, ["Carl Chen"])
    assert ("Carl Chen" in said) is (standing in {Standing.APPROVER, Standing.CIO})


@pytest.mark.parametrize("state", ProposalState)
def test_only_a_proposal_that_waits_has_buttons(state: ProposalState) -> None:
    shown = decision.proposal_message(a_proposal(state=state), a_work(), "Carl")
    is_waiting = state is ProposalState.SENT
    assert (action_ids(shown.blocks) == [work_ids.ACCEPT, work_ids.CHANGES, work_ids.DECLINE]) is is_waiting


def test_a_place_is_read_as_it_was_written_and_nothing_else_is() -> None:
    assert work_ids.read_place(work_ids.place_value(3, "C01", "1.2")) == (3, "C01", "1.2")
    for forged in ("", "new", "x:C1:", "3:<!channel>:", "3:C1:1;2", "3"):
        assert work_ids.read_place(forged) is None


@pytest.mark.parametrize("name", HOSTILE)
def test_the_longest_card_still_has_room_for_its_work(name: str) -> None:
    text = HOSTILE[name]
    whole = replace(
        FACTS,
        **dict.fromkeys(TEXT_FIELDS, text),  # type: ignore[arg-type]
        claimed_by=text,
        claimed_at=AT,
        state=TicketState.CLAIMED,
        sources=(text,) * 9,
        files=(text,) * 9,
        thread=(text,) * 4,
        thread_count=9,
        colleagues=(text,) * 9,
        promises=("Next reply: due",) * 3,
    )
    work = a_work(text)
    check_message(with_work_on(desk_card(whole), facts(work, text), 3))
