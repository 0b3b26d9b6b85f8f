"""What people change or delete while the answer waits to be posted: one answer, to what stands there last."""

from bot.answering.models import AnswerRecord, TurnRecord
from bot.answering.types import Speaker
from bot.answering.voice_models import Rests
from bot.app import Service
from bot.delivery.models import InboxItem, OutboxItem
from bot.engagement.models import Ending, Person, Ticket
from emulator import sample
from tests.scenarios.desk import Json, shown
from tests.scenarios.scene import AT_BOT, OTHER_QUESTION, QUESTION, Scene

# Long enough for an edit to arrive while posting is held back, short enough to wait for.
SECONDS = 2
BY_PERSON = "Can I talk to a consultant please?"


def _hold_posting(scene: Scene, channel: str) -> None:
    scene.slack.faults.add(method="chat.startStream", error="ratelimited", retry_after=SECONDS)
    scene.slack.faults.add(
        method="chat.postMessage",
        error="ratelimited",
        retry_after=SECONDS,
        when=lambda arguments: arguments["channel"] == channel,
    )


async def _asks_while_posting_is_held(scene: Scene, channel: str, text: str, kind: str = "answer") -> str:
    """Let Ana ask, and wait until the reply is stored and Slack has said to wait; return the ts."""
    _hold_posting(scene, channel)
    ts = await scene.slack.say(sample.ANA, channel, text)

    async def held() -> bool:
        return any(row.error for row in await scene.rows(OutboxItem, kind=kind))

    await scene.until(held)
    return ts


def _said(scene: Scene, channel: str, root: str) -> Json:
    (reply,) = scene.bot_replies(channel, root)
    return reply


async def test_an_edit_before_the_answer_is_posted_has_the_new_text_answered(
    scene: Scene, bot: Service
) -> None:
    channel = sample.ASK_IT
    ts = await _asks_while_posting_is_held(scene, channel, f"{AT_BOT} We are 700 people. {QUESTION}")
    await scene.slack.edit(sample.ANA, channel, ts, f"{AT_BOT} {OTHER_QUESTION}")
    await scene.quiet()
    reply = _said(scene, channel, ts)
    (record,) = await scene.rows(AnswerRecord)
    assert record.question == OTHER_QUESTION
    assert "records" in shown(reply).lower() and "3-2-1" not in shown(reply)
    # Nobody was told who we are before, and what the old text said of the size is not known any more.
    assert "automated assistant" in shown(reply)
    (ana,) = await scene.rows(Person, user_id=sample.ANA)
    assert ana.stated_size is None and ana.told_at is not None
    turns = await scene.rows(TurnRecord)
    assert [turn.speaker for turn in turns] == [Speaker.PERSON, Speaker.ASSISTANT]
    assert turns[0].text == OTHER_QUESTION
    assert {each.answer_id for each in await scene.rows(Rests)} <= {record.id}
    # From here on it is out: no further message, whatever is changed.
    await scene.slack.edit(sample.ANA, channel, ts, f"{AT_BOT} {QUESTION}")
    await scene.quiet()
    assert len(scene.bot_replies(channel, ts)) == 1


async def test_a_question_deleted_before_its_answer_is_posted_is_not_answered(
    scene: Scene, bot: Service
) -> None:
    dm = await scene.slack.dm(sample.ANA)
    ts = await _asks_while_posting_is_held(scene, dm, QUESTION)
    await scene.slack.delete(sample.ANA, dm, ts)
    await scene.quiet()
    assert scene.bot_replies(dm, ts) == []
    assert await scene.rows(AnswerRecord) == [] and await scene.rows(TurnRecord) == []


async def test_each_part_of_a_burst_may_be_edited_until_its_answer_is_posted(
    scene: Scene, bot: Service
) -> None:
    first = await scene.asks(sample.ANA)
    scene.slack.faults.add(method="users.info", delay=1.0)
    _hold_posting(scene, first.channel)
    texts = ("and what about", "laptops?")
    burst = [await scene.slack.say(sample.ANA, first.channel, each, thread_ts=first.root) for each in texts]

    async def held() -> bool:
        return any(row.error for row in await scene.rows(OutboxItem, kind="answer"))

    await scene.until(held)
    await scene.slack.edit(sample.ANA, first.channel, burst[0], "and what of")
    await scene.slack.edit(sample.ANA, first.channel, burst[1], "tablets?")
    await scene.quiet()
    assert len(scene.bot_replies(first.channel, first.root)) == 2
    assert (await scene.rows(AnswerRecord))[-1].question == "and what of\ntablets?"
    said = await scene.rows(TurnRecord, speaker=Speaker.PERSON)
    assert sorted(turn.text for turn in said[1:]) == ["and what of", "tablets?"]


async def test_a_request_for_a_person_goes_with_the_text_that_made_it(scene: Scene, bot: Service) -> None:
    dm = await scene.slack.dm(sample.ANA)
    ts = await _asks_while_posting_is_held(scene, dm, BY_PERSON, "requested")
    await scene.slack.edit(sample.ANA, dm, ts, QUESTION)
    await scene.quiet()
    assert "3-2-1" in shown(_said(scene, dm, ts))
    (ticket,) = await scene.rows(Ticket)
    assert (ticket.is_open, ticket.ending) == (False, Ending.WITHDRAWN)
    (card,) = scene.cards()
    assert "withdrawn" in shown(card).lower()
    (asked,) = await scene.rows(InboxItem, kind="question")
    assert asked.payload["text"] == QUESTION


async def test_help_that_waits_goes_with_the_word_that_asked_for_it(scene: Scene, bot: Service) -> None:
    dm = await scene.slack.dm(sample.ANA)
    ts = await _asks_while_posting_is_held(scene, dm, "help", "word")
    await scene.slack.edit(sample.ANA, dm, ts, QUESTION)
    await scene.quiet()
    reply = _said(scene, dm, ts)
    # The notice that came with the help was not shown, so it comes with the answer.
    assert "3-2-1" in shown(reply) and "automated assistant" in shown(reply)
    turns = await scene.rows(TurnRecord)
    assert [turn.speaker for turn in turns] == [Speaker.PERSON, Speaker.ASSISTANT]
    assert turns[0].text == QUESTION
