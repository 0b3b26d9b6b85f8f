"""The stop button: before, during and after an answer it ends it cleanly, and nothing is posted after it."""

import threading

import pytest

from bot.answering.models import TurnRecord
from bot.answering.pipeline import Answerer
from bot.answering.types import Answer, Question, Speaker
from bot.app import Service
from bot.delivery.models import OutboxItem, WorkState
from bot.engagement.models import Ticket
from bot.slack import agent_texts, ids
from emulator import acting, events, sample
from emulator.failures import PageError
from emulator.faults import Fault
from emulator.wire import Json
from tests.scenarios.desk import action_ids, shown
from tests.scenarios.scene import OTHER_QUESTION, QUESTION, Scene

LONG = 1.5  # seconds a call takes that somebody presses stop in
ALL_OF_IT = {ids.SOURCE_OPEN, ids.FEEDBACK}


class Thinking:
    """Holds up answering, so that somebody can press stop meanwhile."""

    def __init__(self) -> None:
        self.asked = False
        self._free = threading.Event()
        self._free.set()

    def hold(self) -> None:
        """Let the next answer wait."""
        self.asked = False
        self._free.clear()

    def go_on(self) -> None:
        """Let it be given."""
        self._free.set()

    def wait(self) -> None:
        """Wait, in the thread that answers."""
        self.asked = True
        assert self._free.wait(30)


@pytest.fixture
def thinking(monkeypatch: pytest.MonkeyPatch) -> Thinking:
    """The hold on the real answerer."""
    held, answer = Thinking(), Answerer.answer

    def slowly(self: Answerer, question: Question) -> Answer:
        held.wait()
        return answer(self, question)

    monkeypatch.setattr(Answerer, "answer", slowly)
    return held


async def _stops_during(scene: Scene, fault: Fault, text: str = QUESTION) -> tuple[str, str]:
    """Ana asks, and presses stop while the faulty call is under way; returns channel and root."""
    dm = await scene.slack.dm(sample.ANA)
    ts = await scene.slack.say(sample.ANA, dm, text)
    await scene.slack.wait_for(lambda: fault.times == 0 and _at_work(scene, dm, ts), 30, "work to begin")
    await scene.slack.stop(sample.ANA, dm, ts)
    await scene.quiet()
    # The stop ends the message, and so does whoever was showing it.
    await scene.slack.wait_for(lambda: len(scene.slack.calls_of("chat.stopStream")) == 2, 30, "both ends")
    return dm, ts


def _at_work(scene: Scene, channel: str, ts: str) -> bool:
    return (scene.slack.session(channel, ts) or {}).get("status") == "processing"


async def _at_rest(scene: Scene, channel: str, ts: str) -> None:
    await scene.slack.wait_for(lambda: not _at_work(scene, channel, ts), 30, "the thread to be at rest")


async def test_stopped_while_it_grows_an_answer_ends_with_one_line_that_says_so(
    scene: Scene, bot: Service
) -> None:
    slow = scene.slack.faults.add(method="chat.appendStream", delay=LONG)
    dm, ts = await _stops_during(scene, slow)
    (reply,) = scene.bot_replies(dm, ts)
    assert agent_texts.STOPPED in shown(reply)
    assert not ALL_OF_IT & set(action_ids(reply))
    assert ids.TALK in action_ids(reply)
    assert scene.slack.streams(dm)[0]["state"] == "finished"
    await _at_rest(scene, dm, ts)
    (row,) = await scene.rows(OutboxItem, kind="answer")
    assert (row.state, row.error) == (WorkState.DONE, "stopped")


async def test_stopped_before_it_begins_nothing_is_posted(scene: Scene, bot: Service) -> None:
    dm = await scene.slack.dm(sample.ANA)
    # The lane of the direct message is held up by another answer.
    slow = scene.slack.faults.add(method="chat.startStream", delay=LONG)
    first = await scene.slack.say(sample.ANA, dm, OTHER_QUESTION)
    await scene.slack.wait_for(lambda: slow.times == 0, 30, "the first answer on its way")
    ts = await scene.slack.say(sample.ANA, dm, QUESTION)
    await scene.slack.wait_for(lambda: _at_work(scene, dm, ts), 30, "work to begin")
    await scene.slack.stop(sample.ANA, dm, ts)
    await scene.quiet()
    assert scene.bot_replies(dm, ts) == []
    assert len(scene.bot_replies(dm, first)) == 1
    await _at_rest(scene, dm, ts)
    said = [turn.text for turn in await scene.rows(TurnRecord, speaker=Speaker.ASSISTANT)]
    assert len(said) == 1


async def test_stopped_while_it_is_worked_a_question_is_not_answered(
    scene: Scene, bot: Service, thinking: Thinking
) -> None:
    dm = await scene.slack.dm(sample.ANA)
    thinking.hold()
    ts = await scene.slack.say(sample.ANA, dm, QUESTION)
    await scene.slack.wait_for(lambda: thinking.asked and _at_work(scene, dm, ts), 30, "work to begin")
    await scene.slack.stop(sample.ANA, dm, ts)
    await scene.slack.wait_for(lambda: not scene.slack.events_on_the_way, 30, "the stop to arrive")
    thinking.go_on()
    await scene.quiet()
    assert scene.bot_replies(dm, ts) == []
    assert await scene.rows(OutboxItem, kind="answer") == []
    await _at_rest(scene, dm, ts)


async def _stop_unseen(scene: Scene, channel: str, ts: str, user: str = sample.ANA) -> None:
    """Tell the bot of a stop as Slack does, whether or not the button is shown there."""
    runtime = scene.slack.runtime
    person = acting.person_named(runtime, sample.ANA)
    conversation = acting.conversation_joined(runtime, person, channel)
    app = runtime.workspace.app(scene.slack.definition.app.id)
    event: Json = {"type": "agent_session_stopped", "channel": channel, "user": user, "thread_ts": ts}
    event |= {"streaming_message_ts": [], "event_ts": runtime.workspace.next_ts()}
    install = app.install_in(sample.FIRM)
    assert install is not None
    events.send(runtime, app, install, conversation, event)


async def test_stopped_after_the_answer_nothing_changes(scene: Scene, bot: Service) -> None:
    said = await scene.asks(sample.ANA)
    with pytest.raises(PageError, match="no_stop_button"):
        await scene.slack.stop(sample.ANA, said.channel, said.root)
    await _stop_unseen(scene, said.channel, said.root)
    await scene.quiet()
    assert scene.bot_replies(said.channel, said.root) == said.replies


async def test_pressed_twice_it_ends_once(scene: Scene, bot: Service) -> None:
    slow = scene.slack.faults.add(method="chat.appendStream", delay=LONG)
    dm, ts = await _stops_during(scene, slow)
    before = scene.bot_replies(dm, ts)
    await _stop_unseen(scene, dm, ts)
    await scene.quiet()
    assert scene.bot_replies(dm, ts) == before


async def test_a_stop_of_somebody_else_is_ignored(scene: Scene, bot: Service) -> None:
    dm = await scene.slack.dm(sample.ANA)
    slow = scene.slack.faults.add(method="chat.appendStream", delay=LONG)
    ts = await scene.slack.say(sample.ANA, dm, QUESTION)
    await scene.slack.wait_for(lambda: slow.times == 0, 30, "the answer to grow")
    await _stop_unseen(scene, dm, ts, user=sample.CARL)
    await scene.quiet()
    (reply,) = scene.bot_replies(dm, ts)
    assert set(action_ids(reply)) >= ALL_OF_IT


async def test_a_stop_never_drops_a_request_for_a_person(
    scene: Scene, bot: Service, thinking: Thinking
) -> None:
    dm = await scene.slack.dm(sample.ANA)
    thinking.hold()
    ts = await scene.slack.say(sample.ANA, dm, "Can I talk to a consultant please?")
    await scene.slack.wait_for(lambda: thinking.asked, 30, "work to begin")
    await _stop_unseen(scene, dm, ts)
    await scene.slack.wait_for(lambda: not scene.slack.events_on_the_way, 30, "the stop to arrive")
    thinking.go_on()
    await scene.quiet()
    assert len(await scene.rows(Ticket)) == 1
    assert len(scene.bot_replies(dm, ts)) == 1


async def test_what_is_carried_to_a_consultant_goes_there_all_the_same(
    scene: Scene, bot: Service, thinking: Thinking
) -> None:
    said = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    (card,) = scene.cards()
    before = scene.bot_replies(said.channel, said.root)
    thinking.hold()
    await scene.slack.say(sample.ANA, said.channel, OTHER_QUESTION, said.root)
    await scene.slack.wait_for(lambda: thinking.asked, 30, "work to begin")
    await _stop_unseen(scene, said.channel, said.root)
    await scene.slack.wait_for(lambda: not scene.slack.events_on_the_way, 30, "the stop to arrive")
    thinking.go_on()
    await scene.quiet()
    assert scene.bot_replies(said.channel, said.root) == before
    (carried,) = scene.bot_replies(sample.DESK, card["ts"])
    assert OTHER_QUESTION in shown(carried)


async def test_a_question_after_a_stop_is_answered(scene: Scene, bot: Service) -> None:
    said = await scene.asks(sample.ANA)
    await _stop_unseen(scene, said.channel, said.root)
    await scene.quiet()
    assert (await scene.says(sample.ANA, said.channel, OTHER_QUESTION, said.root)).reply
