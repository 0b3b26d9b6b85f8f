"""A client's and a lead's part of Home, and packs: harmless and within limits whatever they are made of."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.engagement.desk_models import PromiseKind
from bot.engagement.models import TicketState
from bot.engagement.outcome_models import OutcomeState
from bot.engagement.work_models import EngagementState
from bot.slack.blocks.build import modal
from bot.slack.blocks.client_home import client_blocks
from bot.slack.blocks.lead_home import lead_blocks
from bot.slack.blocks.limits import check_message, check_view
from bot.slack.blocks.packs import announced_message, pack_message, pack_view
from bot.slack.ids import HOME_VIEW
from bot.workflows.awaited import Awaited, Wanted
from bot.workflows.client_home import ClientPart, DueOutcome, OpenRequest, OpenWork
from bot.workflows.lead_home import ClientLoad, ConsultantLoad, LeadPart
from tests.packs.sample import FULL
from tests.slack.blocks.samples import HOSTILE, assert_harmless, strings

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
MONTH = date(2026, 11, 1)


def client_part(words: str) -> ClientPart:
    return ClientPart(
        client_name=words or "-",
        month=MONTH,
        today=MONTH,
        requests=(OpenRequest("VC-1", words, TicketState.CLAIMED, words, PromiseKind.FIRST_REPLY, NOW),),
        more=3,
        awaited=(
            *(Awaited(each, 1, "EN-2", words) for each in (Wanted.PROPOSAL, Wanted.CHANGE, Wanted.RESULT)),
            Awaited(Wanted.HOURS, 1, "VC-2", minutes=30),
        ),
        work=(OpenWork("EN-1", words, EngagementState.PROPOSED),),
        outcomes=(DueOutcome("VC-1", words, OutcomeState.OPEN, MONTH),),
    )


def lead_part(words: str) -> LeadPart:
    return LeadPart(
        month=MONTH,
        clients=(ClientLoad(1, words, 2, 1, 90, 600),) * 8,
        more=2,
        consultants=(ConsultantLoad("U1", words, 1, 1, 1, 90, 480),) * 8,
        packs=((1, words),) * 3,
        packs_more=4,
        pack_month=MONTH,
    )


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_names_and_questions_cannot_forge_what_home_and_packs_show(words: str) -> None:
    for blocks in (client_blocks(client_part(words)), lead_blocks(lead_part(words))):
        view = check_view(modal("Home", blocks, callback_id=HOME_VIEW))
        assert_harmless(view)
    wild = replace(
        FULL,
        client=words,
        firm=words,
        topics=tuple(replace(each, title=words) for each in FULL.topics),
        aims=tuple(replace(each, statement=words, measure=words) for each in FULL.aims),
        decisions=tuple(replace(each, text=words, decided_by=words) for each in FULL.decisions),
        compared=replace(FULL.compared, source=words),
    )
    assert_harmless(check_view(pack_view(wild, 7, files=True)))
    for message in (pack_message(wild, 7, preview=False), announced_message(words, 1, MONTH)):
        assert_harmless(list(check_message(message).blocks))


def test_a_pack_says_its_figures_in_its_notification_and_shows_all_in_a_view() -> None:
    assert pack_message(FULL, 7, preview=True).text == (
        "Monthly pack, Westmoor Housing: October 2026: Questions 35 asked, 25 answered at once; "
        "Consultants 8 requests, 5 settled; Promises 9 of 10 kept; Hours 14.4 h of 20 h used (72 %)."
    )
    words = " ".join(strings(pack_view(FULL, 7, files=False)))
    for part in ("Used: 14 h 24 min", "In confidence: 3 h 39 min", "Kept: 9", "150,000 GBP ÷ 12"):
        assert part in words
