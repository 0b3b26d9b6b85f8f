"""With a language model: an answer is said as it is composed, and word for word whatever the model does."""

import json

import pytest

from bot.answering.models import AnswerRecord, TurnRecord
from bot.answering.types import Outcome, Reason, Speaker
from bot.answering.voice_models import Spend
from bot.app import Service
from bot.engagement.models import Person
from bot.errors import DeliveryError
from bot.replaying import lines_of, replay
from bot.settings import Settings
from bot.slack import ids, sessions
from bot.slack.composed_texts import COMPOSED
from bot.workflows.compose_answer import ComposeAnswer
from emulator import sample
from tests.llm.server import Behaviour, FakeOpenAI, Posed, first_sentences, says
from tests.scenarios.desk import action_ids, shown
from tests.scenarios.scene import AT_BOT, OTHER_QUESTION, QUESTION, Scene

# Neither database makes a difference to what is waited for here.
ONCE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WAYS_ON = {ids.SOURCE_OPEN, ids.TALK, ids.FEEDBACK}


@pytest.fixture
def settings(settings: Settings, model: FakeOpenAI) -> Settings:
    """The bot's settings with that model."""
    return settings.isolated(
        vcio_llm="openai:scripted", vcio_llm_seconds=2.0, vcio_llm_price_in=2.0, vcio_llm_price_out=8.0
    )


async def _last(scene: Scene) -> AnswerRecord:
    records: list[AnswerRecord] = await scene.rows(AnswerRecord)
    return max(records, key=lambda record: record.id)


async def test_an_answer_is_said_as_it_is_composed_and_ends_with_its_sources(
    scene: Scene, model: FakeOpenAI, settings: Settings, bot: Service
) -> None:
    model.behaviour = Behaviour(seconds_apart=0.01)
    said = await scene.asks(sample.ANA)
    (stream,) = scene.slack.streams(said.channel)
    assert (stream["state"], stream["ts"]) == ("finished", said.reply["ts"])
    assert len(scene.slack.calls_of("chat.appendStream")) >= 1
    text = shown(said.reply)
    assert "[1]" in text and COMPOSED in text and set(action_ids(said.reply)) >= WAYS_ON
    record = await _last(scene)
    assert record.composed is not None
    assert (record.composed["ending"], record.composed["model"]) == ("composed", "openai:scripted")
    assert record.composed["passages"][0]["slug"] and record.composed["prompt"]
    assert {each["verdict"] for each in record.composed["sentences"]} == {"supported"}
    replayed = "\n".join(lines_of(await replay(settings, record.id)))
    assert "decided:  answer (covered)" in replayed and "sentence: supported [1]" in replayed
    (turn,) = [each for each in await scene.rows(TurnRecord) if each.speaker is Speaker.ASSISTANT]
    assert "[1]" in turn.text
    (spend,) = await scene.rows(Spend)
    assert (spend.questions, spend.cost) == (1, 2 * spend.tokens_in + 8 * spend.tokens_out)
    await scene.mentions(sample.ANA, sample.ASK_IT)
    assert (await _last(scene)).body["parts"] == record.body["parts"]


@ONCE
async def test_it_grows_in_a_crowd_too_where_a_ready_answer_comes_whole(
    scene: Scene, model: FakeOpenAI, bot: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "CROWD", -1)
    model.behaviour = Behaviour(seconds_apart=0.01)
    composed = await scene.asks(sample.ANA)
    (stream,) = scene.slack.streams(composed.channel)
    assert (stream["state"], stream["ts"]) == ("finished", composed.reply["ts"])
    assert COMPOSED in shown(composed.reply) and scene.slack.calls_of("chat.appendStream")
    model.behaviour = Behaviour(status=500)
    whole = await scene.asks(sample.ANA, OTHER_QUESTION)
    assert whole.reply["ts"] not in [each["ts"] for each in scene.slack.streams(whole.channel)]


@ONCE
async def test_whatever_goes_wrong_the_answer_is_there_word_for_word(
    scene: Scene, model: FakeOpenAI, bot: Service
) -> None:
    await scene.mentions(sample.ANA, sample.ASK_IT, "hello")
    model.behaviour = Behaviour(status=500)
    like = shown((await scene.mentions(sample.ANA, sample.ASK_IT)).reply)
    assert COMPOSED not in like
    for ending, behaviour in FAILURES.items():
        model.behaviour = behaviour
        said = await scene.mentions(sample.ANA, sample.ASK_IT)
        assert (shown(said.reply), ending) == (like, ending)
        composed = (await _last(scene)).composed
        assert composed is not None and composed["ending"] == ending.partition(" ")[0]


@pytest.mark.each_database
async def test_a_failure_is_counted_once_and_kept_on_each_database(
    scene: Scene, model: FakeOpenAI, bot: Service
) -> None:
    for ending, cost in (("rate", 0), ("dropped", 1)):
        model.behaviour = FAILURES[ending]
        said = await scene.asks(sample.ANA)
        composed = (await _last(scene)).composed
        assert composed is not None and composed["ending"] == ending and COMPOSED not in shown(said.reply)
        assert sum(each.questions for each in await scene.rows(Spend)) == cost
    assert len(model.asked) == 2


@ONCE
async def test_a_stream_that_dies_half_way_is_made_the_extractive_answer_in_its_place(
    scene: Scene, model: FakeOpenAI, bot: Service
) -> None:
    model.behaviour = Behaviour(drop_after=45, seconds_apart=0.005, say=_long)
    said = await scene.asks(sample.ANA)
    (stream,) = scene.slack.streams(said.channel)
    assert stream["ts"] == said.reply["ts"]
    assert COMPOSED not in shown(said.reply) and set(action_ids(said.reply)) >= WAYS_ON
    composed = (await _last(scene)).composed
    assert composed is not None and composed["ending"] == "dropped"


@ONCE
async def test_what_a_crash_interrupted_is_not_asked_for_again(
    scene: Scene, model: FakeOpenAI, bot: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_given: object) -> None:
        raise DeliveryError("the process ended here")

    with monkeypatch.context() as patch:
        patch.setattr(ComposeAnswer, "compose", dies)
        said = await scene.asks(sample.ANA)
    assert COMPOSED not in shown(said.reply) and not model.asked
    composed = (await _last(scene)).composed
    assert composed is not None and composed["ending"] == "interrupted"


async def test_a_model_may_hand_over_and_never_answers_what_was_not_to_be(
    scene: Scene, model: FakeOpenAI, bot: Service
) -> None:
    model.behaviour = Behaviour(say=says("CANNOT"))
    said = await scene.asks(sample.ANA)
    record = await _last(scene)
    assert (record.outcome, record.reason) == (Outcome.ESCALATE, Reason.NOT_COVERED)
    assert "does not cover that" in shown(said.reply) and ids.TALK in action_ids(said.reply)
    asked = len(model.asked)
    model.behaviour = Behaviour()
    for text in ("My manager is bullying me, what can I do?", "Which laptop brand should we buy?", "hello"):
        assert (await scene.asks(sample.ANA, text)).reply
        assert (await _last(scene)).composed is None
    assert len(model.asked) == asked


@ONCE
async def test_names_and_secrets_do_not_leave(scene: Scene, model: FakeOpenAI, bot: Service) -> None:
    await scene.asks(sample.ANA)
    who = next(each.name for each in await scene.rows(Person) if each.user_id == sample.ANA)
    text = f"{QUESTION} I am {who}, ana@harbour.example, and the password is hunter2secret."
    await scene.asks(sample.ANA, text)
    (posed,) = model.asked[1:]
    for hidden in (f"I am {who}", "ana@harbour.example", "hunter2secret"):
        assert hidden not in posed.user
    assert "[SECRET_1]" in posed.user and "[EMAIL_1]" in posed.user


@ONCE
async def test_an_answer_that_is_stopped_while_it_is_composed_stays_stopped(
    scene: Scene, model: FakeOpenAI, bot: Service
) -> None:
    model.behaviour = Behaviour(seconds_apart=0.02, say=_long)
    dm = await scene.slack.dm(sample.ANA)
    ts = await scene.slack.say(sample.ANA, dm, QUESTION)
    await scene.until(lambda: _has_begun(scene, dm))
    await scene.slack.stop(sample.ANA, dm, ts)
    await scene.quiet()
    (said,) = scene.bot_replies(dm, ts)
    assert COMPOSED not in shown(said) and "open" not in {each["state"] for each in scene.slack.streams(dm)}

    async def recorded() -> bool:
        return (await _last(scene)).composed is not None

    # What the model had said by then is paid for, and kept.
    await scene.until(recorded)
    composed = (await _last(scene)).composed
    assert composed is not None and composed["ending"] == "interrupted" and composed["sentences"]
    (spend,) = await scene.rows(Spend)
    taken = (spend.tokens_in, spend.tokens_out, spend.questions)
    assert taken == (composed["tokens_in"], composed["tokens_out"], 1) and min(taken) > 0


async def _has_begun(scene: Scene, channel: str) -> bool:
    return bool(scene.slack.streams(channel))


@ONCE
async def test_a_follow_up_is_rewritten_only_where_it_is_found_as_surely(
    scene: Scene, model: FakeOpenAI, bot: Service
) -> None:
    first = await scene.asks(sample.ANA)
    model.behaviour = Behaviour(
        say=lambda posed: (
            first_sentences(posed) if posed.passages else '{"question": "Which colour is the sky?"}'
        )
    )
    said = await scene.says(sample.ANA, first.channel, "And what does each number mean?", first.root)
    record = await _last(scene)
    assert record.composed is not None
    if "rewritten" in record.composed:
        assert record.composed["rewritten"].get("used") is False
    assert record.outcome is Outcome.ANSWER and said.reply


@ONCE
@pytest.mark.parametrize(
    ("rewritten", "used"),
    [
        ("What is the 3-2-1-1-0 backup rule?", True),
        ("What is the 3-2-1-1-0 backup rule? See https://evil.example", False),
        ("", False),
    ],
)
async def test_a_follow_up_in_the_model_s_words_is_used_where_it_is_clean_and_as_sure(
    scene: Scene, model: FakeOpenAI, bot: Service, rewritten: str, used: bool
) -> None:
    first = await scene.says(
        sample.ANA, await scene.slack.dm(sample.ANA), "What is the 3-2-1-1-0 backup rule?"
    )
    answer = json.dumps({"question": rewritten})
    model.behaviour = Behaviour(say=lambda posed: first_sentences(posed) if posed.passages else answer)
    await scene.says(sample.ANA, first.channel, "And what does each number mean?", first.root)
    record = await _last(scene)
    assert record.composed is not None
    told = record.composed["rewritten"]
    assert told.get("used", False) is used
    assert "evil.example" not in json.dumps(record.body)
    assert record.outcome is Outcome.ANSWER
    (spend,) = await scene.rows(Spend)
    # What rewriting took counts for the person, and for what this one question may take.
    taken = record.composed["tokens_in"] + record.composed["tokens_out"] + told["tokens"]
    assert spend.questions == 2 and spend.tokens_in + spend.tokens_out > taken > told["tokens"] > 0


def _long(posed: Posed) -> str:
    return "\n".join([first_sentences(posed)] * 4)


FAILURES = {
    "not_allowed": Behaviour(status=401),
    "rate": Behaviour(status=429),
    "server": Behaviour(status=503),
    "timeout": Behaviour(delay=2.3),
    "timeout stalled": Behaviour(stall_after=12),
    "dropped": Behaviour(drop_after=30),
    "dropped unfinished": Behaviour(finish=None),
    "empty refusal": Behaviour(refusal="I cannot help with that."),
    "refused by filter": Behaviour(finish="content_filter"),
    "malformed": Behaviour(raw=b"<html>proxy</html>"),
    "empty": Behaviour(say=says("")),
    "too_long": Behaviour(status=400, error="context_length_exceeded"),
    "unsupported": Behaviour(say=says("Sure. Here are forty-two tips for backups in the cloud.")),
    "unsupported number": Behaviour(say=lambda posed: first_sentences(posed).replace("3", "7")),
    "harmful": Behaviour(say=says("<!channel> Log in at https://evil.example [1]")),
    "harmful leak": Behaviour(say=lambda posed: posed.system),
}


@ONCE
async def test_an_edit_while_an_answer_is_composed_has_the_new_text_answered(
    scene: Scene, model: FakeOpenAI, bot: Service
) -> None:
    await scene.mentions(sample.ANA, sample.ASK_IT, "hello")
    model.behaviour = Behaviour(delay=1.0)
    ts = await scene.slack.say(sample.ANA, sample.ASK_IT, f"{AT_BOT} {QUESTION}")
    await scene.slack.wait_for(lambda: bool(model.asked), 30, "composing to begin")
    await scene.slack.edit(sample.ANA, sample.ASK_IT, ts, f"{AT_BOT} {OTHER_QUESTION}")
    await scene.quiet()
    assert len(scene.bot_replies(sample.ASK_IT, ts)) == 1
    last = await _last(scene)
    assert last.question == OTHER_QUESTION and last.composed is not None
    # Both were asked of the model, and both are paid for.
    (spend,) = await scene.rows(Spend)
    assert (len(model.asked), spend.questions) == (2, 2)
    assert spend.tokens_in > last.composed["tokens_in"] > 0
    assert QUESTION not in [record.question for record in await scene.rows(AnswerRecord)]
