"""Asking: by mention, in threads, directly, by shortcut and by command, or what one does instead."""

import pytest

from bot.slack import agent_texts, home_texts, ids, texts
from bot.slack.work_ids import HANDS_VIEW
from bot.workflows.words import Word
from emulator import sample
from emulator.failures import PageError
from tests.scenarios.desk import Json, action_ids, shown
from tests.scenarios.home_scenes import button, modal, opens_home, presses_view, words
from tests.scenarios.scene import OTHER_QUESTION, QUESTION, Said
from tests.scenarios.set_ups.cells import APART, AT_HOME, Row, cell
from tests.scenarios.set_ups.world import SetUp, World

TOPIC, BELOW = "How often should we test our backups?", "and who should do it?"
AREA = home_texts.area("security-risk-and-continuity")
SLOW = 1.5  # seconds a call takes that somebody presses stop in


def answered(world: World, said: Said) -> Json:
    """The one reply, which is an answer with its sources and the ways on, by this set-up's own bot."""
    reply = said.reply
    assert reply["user"] == world.bot
    assert texts.SOURCES in shown(reply)
    assert {ids.SOURCE_OPEN, ids.FEEDBACK, ids.TALK} <= set(action_ids(reply))
    return reply


@cell(Row.MENTION, *SetUp)
async def by_mention(world: World) -> None:
    answered(world, await world.mentions(QUESTION))


@cell(Row.THREAD, *SetUp)
async def in_the_thread(world: World) -> None:
    said = await world.mentions(TOPIC)
    answered(world, await world.scene.says(world.person, world.channel, BELOW, said.root))
    assert TOPIC in await world.searched()


@cell(Row.DIRECT, *AT_HOME)
async def directly(world: World) -> None:
    said = await world.asks(QUESTION)
    answered(world, said)
    assert said.channel.startswith("D")


@cell(Row.DIRECT, *APART, says="mention")
async def not_directly(world: World) -> None:
    with world.refused():
        await world.slack.dm(world.person)
    with world.refused():
        await world.slack.open_app(world.person)
    await by_mention(world)


@cell(Row.PROMPTS, SetUp.OWN, SetUp.INSTALLED)
async def prompts(world: World) -> None:
    await world.slack.open_app(world.person)
    await world.scene.quiet()
    first, *rest = world.slack.prompts(world.person)
    assert 1 <= len(rest) <= 3
    answered(world, await world.asks(first["message"]))


@cell(Row.PROMPTS, SetUp.FREE, says="topics on Home")
async def topics_instead(world: World) -> None:
    await world.slack.open_app(world.person)
    await world.scene.quiet()
    (refused,) = world.slack.calls_of("assistant.threads.setSuggestedPrompts")
    assert refused.error == "not_agent_app"
    assert world.slack.prompts(world.person) == []
    topic = button(await opens_home(world.scene, world.person), ids.topic_action(0))
    await presses_view(world.scene, world.person, topic["action_id"], topic["value"])
    await _asked_by_form(world, home_texts.ASKED)


@cell(Row.PROMPTS, *APART, says="mention with `browse`")
async def areas_instead(world: World) -> None:
    with world.refused():
        await world.slack.open_app(world.person)
    assert AREA in shown((await world.mentions("browse")).reply)


@cell(Row.GROWING, SetUp.OWN, SetUp.INSTALLED)
async def growing(world: World) -> None:
    whole = await world.asks(OTHER_QUESTION)
    answered(world, whole)
    assert world.slack.streams(whole.channel)[-1]["ts"] == whole.reply["ts"]
    slow = world.slack.faults.add(method="chat.appendStream", delay=SLOW)
    ts = await world.slack.say(world.person, whole.channel, QUESTION)
    await world.slack.wait_for(
        lambda: slow.times == 0 and _is_at_work(world, whole.channel, ts), 30, "the answer to grow"
    )
    await world.slack.stop(world.person, whole.channel, ts)
    await world.scene.quiet()
    (reply,) = world.scene.bot_replies(whole.channel, ts)
    assert agent_texts.STOPPED in shown(reply)
    assert ids.SOURCE_OPEN not in action_ids(reply)


def _is_at_work(world: World, channel: str, ts: str) -> bool:
    return (world.slack.session(channel, ts) or {}).get("status") == "processing"


@cell(Row.GROWING, SetUp.FREE, says="whole at once")
async def whole_in_direct_messages(world: World) -> None:
    await _is_whole(world, await world.asks(OTHER_QUESTION))


@cell(Row.GROWING, *APART, says="whole at once")
async def whole_in_channels(world: World) -> None:
    await _is_whole(world, await world.mentions(OTHER_QUESTION))


async def _is_whole(world: World, said: Said) -> None:
    answered(world, said)
    assert world.slack.streams(said.channel) == []
    with pytest.raises(PageError, match="session_not_found"):
        await world.slack.stop(world.person, said.channel, said.root)


@cell(Row.BELOW, *AT_HOME)
async def below(world: World) -> None:
    await world.asks(TOPIC)
    again = answered(world, await world.asks(BELOW))
    assert agent_texts.continuing(TOPIC) in shown(again)
    assert ids.NEW_QUESTION in action_ids(again)
    assert TOPIC in await world.searched()


@cell(Row.BELOW, *APART, says="in the thread")
async def below_in_channels(world: World) -> None:
    with world.refused():
        await world.slack.dm(world.person)
    await world.mentions(TOPIC)
    alone = (await world.mentions(BELOW)).reply
    assert agent_texts.continuing(TOPIC) not in shown(alone)
    assert TOPIC not in await world.searched()
    await in_the_thread(world)


@cell(Row.MESSAGE_SHORTCUT, *AT_HOME)
async def about_a_message(world: World) -> None:
    ts = await world.slack.say(world.cast.colleague, world.channel, QUESTION)
    world.private()
    await world.slack.shortcut(world.person, ids.ASK_ABOUT_MESSAGE, world.channel, ts)
    await world.scene.quiet()
    (answer,) = world.private()
    assert home_texts.ONLY_YOU in shown(answer)
    assert world.scene.bot_replies(world.channel, ts) == []
    (posted,) = await _posts(world, answer, ts)
    assert texts.SOURCES in shown(posted)


async def _posts(world: World, answer: Json, ts: str) -> list[Json]:
    await world.slack.press(world.person, answer, ids.POST_IN_THREAD)
    await world.scene.quiet()
    return world.scene.bot_replies(world.channel, ts)


@cell(Row.MESSAGE_SHORTCUT, *APART, says="mention in its thread")
async def mention_under_a_message(world: World) -> None:
    ts = await world.slack.say(world.cast.colleague, world.channel, QUESTION)
    with world.refused():
        await world.slack.shortcut(world.person, ids.ASK_ABOUT_MESSAGE, world.channel, ts)
    answered(world, await world.mentions(QUESTION, ts))


@cell(Row.GLOBAL_SHORTCUT, *AT_HOME)
async def from_anywhere(world: World) -> None:
    await world.slack.shortcut(world.person, ids.ASK_ANYTHING)
    await world.scene.quiet()
    assert home_texts.ASK_HINT in modal(world.scene, world.person)
    await world.slack.submit(world.person, {ids.ASK_INPUT: QUESTION})
    await world.scene.quiet()
    await _asked_by_form(world, home_texts.ASKED)


async def _asked_by_form(world: World, said: str) -> None:
    """What was asked outside of a conversation is answered in the direct messages."""
    assert said in modal(world.scene, world.person)
    await world.slack.close_view(world.person)
    root = world.scene.bot_posts(await world.slack.dm(world.person))[-1]
    (answer,) = world.scene.bot_replies(root["channel"], root["ts"])
    assert texts.SOURCES in shown(answer)


@cell(Row.GLOBAL_SHORTCUT, *APART, says="mention")
async def not_from_anywhere(world: World) -> None:
    with world.refused():
        await world.slack.shortcut(world.person, ids.ASK_ANYTHING)
    assert world.slack.views(world.person) == []
    await by_mention(world)


@cell(Row.COMMAND, *AT_HOME)
async def by_command(world: World) -> None:
    world.private()
    posted = len(world.scene.bot_posts(world.channel))
    await world.scene.commands(world.person, world.channel, f"ask {QUESTION}")
    (answer,) = world.private()
    assert texts.SOURCES in shown(answer)
    for word in Word:
        await world.scene.commands(world.person, world.channel, word)
        if word is Word.HANDS:
            # A command opens the form itself.
            assert world.slack.views(world.person)[-1]["callback_id"] == HANDS_VIEW
            await world.slack.close_view(world.person)
        else:
            assert ids.TALK in action_ids(world.private()[-1])
    assert len(world.scene.bot_posts(world.channel)) == posted


@cell(Row.COMMAND, *APART, says="mention with the same words")
async def not_by_command(world: World) -> None:
    for typed in (f"ask {QUESTION}", *Word):
        with world.refused():
            await world.slack.command(world.person, world.channel, typed)
    await by_mention(world)
    await words_by_mention(world)


@cell(Row.WORDS, *SetUp)
async def words_by_mention(world: World) -> None:
    said = {word: (await world.mentions(word)).reply for word in Word}
    assert texts.PRIVACY_TITLE in shown(said[Word.HELP])
    assert AREA in shown(said[Word.BROWSE])
    assert ids.TALK in action_ids(said[Word.STATUS])
    for word in (Word.HANDS, Word.RETAINER, Word.LOG):
        assert ids.TALK in action_ids(said[word])


@cell(Row.HOME, *AT_HOME)
async def home(world: World) -> None:
    view = await opens_home(world.scene, world.person)
    for part in (home_texts.ASK, home_texts.BROWSE, home_texts.MINE_TITLE, texts.PRIVACY_TITLE):
        assert part in words(view)
    await presses_view(world.scene, world.person, ids.HOME_ASK)
    await world.slack.submit(world.person, {ids.ASK_INPUT: QUESTION})
    await world.scene.quiet()
    await _asked_by_form(world, home_texts.ASKED)


@cell(Row.HOME, *APART, says="mention with `help` or `browse`")
async def no_home(world: World) -> None:
    with world.refused():
        await world.slack.open_home(world.person)
    helped = shown((await world.mentions("help")).reply)
    assert texts.PRIVACY_TITLE in helped
    assert set(texts.ASK_BY_MENTION) <= set(helped.split("\n"))
    # What would not work there is not named.
    assert sample.BOT not in helped
    assert "/vcio" not in helped
    await areas_instead(world)
