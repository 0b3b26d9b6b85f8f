"""Whatever people send: one kind, short answer, and nothing of theirs comes alive in what we write."""

import json
import re
from typing import Any

import pytest

from bot.app import Service
from bot.slack import ids, texts
from emulator import sample
from tests.scenarios.desk import Json, action_ids, elements, shown
from tests.scenarios.scene import AT_BOT, QUESTION, Scene

# A whole first screen with its sources, buttons and the notice.
LONGEST_REPLY = 3_000
CODE = "```\nfor x in range(10):\n    print(x)\n```"
STRANGE = {
    "only a mention": AT_BOT,
    "only spaces": f"{AT_BOT}    ",
    "40,000 characters": f"{AT_BOT} " + "backup " * 5_700,
    "one word of 30,000 letters": f"{AT_BOT} " + "a" * 30_000,
    "NUL bytes": f"{AT_BOT} How do we\x00 back up\x00?",
    "half a surrogate pair": f"{AT_BOT} How do we back up \ud83d?",
    "right-to-left overrides": f"{AT_BOT} \u202e?pukcab ruo tset ew od woH\u202c",
    "right-to-left text": f"{AT_BOT} كيف نختبر النسخ الاحتياطي؟",
    "code": f"{AT_BOT} {CODE}",
    "an emoji by name": f"{AT_BOT} :tada:",
    "an emoji": f"{AT_BOT} \U0001f389",
    "another language": f"{AT_BOT} Wie oft sollten wir unsere Datensicherung testen und wer macht das?",
    "control characters": f"{AT_BOT} \x01\x02\x1b[31mbackup\x7f",
}
# Slack escapes what people type; only its own clients write these, and each would call or link somebody.
LIVE = (
    f"{AT_BOT} How often should we test our backups? "
    "<!channel> <!here> <@U01CORA> <#C01DESK> <https://evil.example|click> *b*"
)
ALIVE = re.compile(r"<(?:!|@|#|https?:|mailto:|tel:)")


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
async def test_strange_input_gets_one_short_answer_with_a_way_to_a_person(
    scene: Scene, bot: Service, text: str
) -> None:
    reply = (await scene.says(sample.BEN, sample.SHARED, text)).reply
    assert ids.TALK in action_ids(reply)
    assert shown(reply).strip()
    assert texts.PARKED_APOLOGY not in shown(reply)
    assert len(shown(reply)) < LONGEST_REPLY


@pytest.mark.parametrize("text", [LIVE, *list(STRANGE.values())[2:4]])
async def test_nothing_a_person_typed_comes_alive_in_the_answer_or_on_the_desk(
    scene: Scene, bot: Service, text: str
) -> None:
    said = await scene.says(sample.BEN, sample.SHARED, text)
    (told,) = await scene.presses(sample.BEN, said.reply, ids.TALK)
    await scene.says(sample.BEN, sample.SHARED, LIVE.removeprefix(AT_BOT), said.root)
    (card,) = scene.cards()
    carried = scene.bot_replies(sample.DESK, card["ts"])
    assert len(carried) == 1
    for message in (said.reply, told, card, *carried):
        assert alive(message) == []


async def test_a_name_and_a_file_that_try_to_call_everybody_do_not(scene: Scene, bot: Service) -> None:
    files = [{"name": "<!channel>.png", "mimetype": "image/png"}]
    dm = await scene.slack.dm(sample.ANA)
    said = await scene.says(sample.ANA, dm, "can I talk to a human <!everyone>", files=files)
    (card,) = scene.cards()
    assert alive(said.reply) == alive(card) == []


@pytest.mark.parametrize("text", ["", QUESTION])
async def test_a_picture_is_kept_for_the_consultant_and_named_on_the_card(
    scene: Scene, bot: Service, text: str
) -> None:
    files = [{"name": "rack.png", "mimetype": "image/png"}]
    said = await scene.says(sample.ANA, await scene.slack.dm(sample.ANA), text, files=files)
    assert "kept for the consultant" in shown(said.reply)
    assert ids.TALK in action_ids(said.reply)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    (card,) = scene.cards()
    assert "rack.png" in shown(card)


async def test_a_question_with_a_recording_is_answered_all_the_same(scene: Scene, bot: Service) -> None:
    files = [{"name": "voice.m4a", "mimetype": "audio/mp4"}]
    said = await scene.says(sample.ANA, await scene.slack.dm(sample.ANA), QUESTION, files=files)
    assert "backup" in shown(said.reply).lower()


async def test_an_unknown_button_is_acknowledged_and_does_nothing(scene: Scene, bot: Service) -> None:
    dm = await scene.slack.dm(sample.ANA)
    await scene.forges(sample.ANA, dm, "nobody_knows_this", "1")
    assert scene.private(sample.ANA) == scene.bot_posts(dm) == []


# The one piece of live markup that is ours: a time, said in the reader's zone.
OUR_TIME = re.compile(r"<!date\^\d+\^\{date_short_pretty\} \{time\}\|[\w: ]+>")


def alive(message: Json) -> list[str]:
    """What Slack would turn into a call, a channel or a link, in the texts it parses for that."""
    parsed = [message["text"], *_mrkdwn(message["blocks"])]
    built = [each for each in _nodes(message["blocks"]) if each.get("type") in {"user", "broadcast", "link"}]
    pressed = [each["url"] for each in elements(message["blocks"]) if "url" in each]
    return (
        [text for text in parsed if ALIVE.search(OUR_TIME.sub("", text))]
        + [json.dumps(each) for each in built]
        + pressed
    )


def _mrkdwn(node: Any) -> list[str]:
    return [each["text"] for each in _nodes(node) if each.get("type") == "mrkdwn"]


def _nodes(node: Any) -> list[Json]:
    if isinstance(node, list):
        return [found for child in node for found in _nodes(child)]
    if not isinstance(node, dict):
        return []
    return [node, *(found for child in node.values() for found in _nodes(child))]
