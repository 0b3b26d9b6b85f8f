"""One press for a person in confidence: nobody else reads of it, wherever the button stands."""

import pytest

from bot.answering.types import Reason
from bot.slack import ids, request_texts, texts, ticket_ids
from bot.workflows.presses import NOT_YOURS
from emulator import sample
from tests.scenarios.desk import action_ids, shown
from tests.workflows.office import Office
from tests.workflows.test_confidence import PLAIN, everything


async def test_in_a_channel_one_press_asks_in_private_from_the_start(office: Office) -> None:
    ticket = await office.request(channel=sample.ASK_IT, question=PLAIN)
    held = await office.conversation(ticket)
    value = ids.talk_value(held.id, None)
    # Carl's own request, in a thread where Ana's is open: nothing of it stands in the channel or on the card.
    await office.forges(sample.CARL, sample.ASK_IT, ticket_ids.TALK_PRIVATE, value)
    (told,) = office.private(sample.CARL)
    assert request_texts.CONFIDENTIAL_ELSEWHERE in shown(told)
    first, second = office.cards()
    assert PLAIN in shown(first)
    assert "in confidence" in second["text"]
    assert texts.NO_QUESTION_YET not in shown(second)
    assert second["text"].split(":")[0] not in everything(office, sample.ASK_IT)
    (confirmation,) = office.bot_posts(await office.slack.dm(sample.CARL))
    assert request_texts.KEPT_PRIVATE in shown(confirmation)
    # Ana's is open already: it leaves the channel, and is not asked for twice.
    await office.forges(sample.ANA, sample.ASK_IT, ticket_ids.TALK_PRIVATE, value)
    assert (await office.ticket(ticket.id)).confidential
    assert len(office.cards()) == 2
    assert PLAIN not in everything(office, sample.DESK)
    assert ticket.reference not in everything(office, sample.ASK_IT)
    (confirmation,) = office.bot_posts(await office.slack.dm(sample.ANA))
    assert request_texts.KEPT_PRIVATE in shown(confirmation)


async def test_in_private_an_open_request_is_kept_private_and_says_so(office: Office) -> None:
    ticket = await office.request(question=PLAIN)
    held = await office.conversation(ticket)
    value = ids.talk_value(held.id, None)
    await office.forges(sample.CARL, held.channel, ticket_ids.TALK_PRIVATE, value)
    assert NOT_YOURS in shown(office.private(sample.CARL)[0])
    assert not (await office.ticket(ticket.id)).confidential
    await office.forges(sample.ANA, held.channel, ticket_ids.TALK_PRIVATE, value)
    assert (await office.ticket(ticket.id)).confidential
    assert PLAIN not in everything(office, sample.DESK)
    *_first, last = office.bot_replies(held.channel, held.thread_ts)
    assert request_texts.KEPT_PRIVATE in shown(last)
    assert ticket_ids.REQUEST_PRIVATE not in action_ids(last)


@pytest.mark.parametrize(
    ("reason", "question", "confidential"),
    [
        (Reason.ASKED_FOR_PERSON, "My manager is harassing me, I want to talk to a person", True),
        (Reason.ASKED_FOR_PERSON, "Can I talk to a human privately?", True),
        (Reason.HANDS, "I need someone for an investigation into one of our staff", True),
        (Reason.LIVE_INCIDENT, "A colleague is stealing our client data right now, help", True),
        (Reason.LIVE_INCIDENT, "Our files are encrypted and we can see a ransom note", False),
        (Reason.ASKED_FOR_PERSON, "Can I talk to a human about our backups?", False),
    ],
)
async def test_who_asks_for_a_person_about_such_a_matter_is_heard_in_confidence(
    office: Office, reason: Reason, question: str, confidential: bool
) -> None:
    ticket = await office.request(reason=reason, question=question)
    assert ticket.confidential is confidential
    assert (question in shown(office.cards()[0])) is not confidential
