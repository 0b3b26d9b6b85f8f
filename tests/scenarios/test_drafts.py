"""Drafts in a card's thread: for the desk alone, and for the client only when their consultant sends one."""

from bot.app import Service
from bot.slack import bridge_texts, draft_texts, ids
from bot.workflows.bridge import ONLY_ITS_CONSULTANTS
from bot.workflows.draft_answer import ALREADY_SENT
from emulator import sample
from tests.scenarios.desk import action_ids, shown
from tests.scenarios.scene import OTHER_QUESTION, Scene


async def test_a_draft_stays_on_the_desk_until_its_consultant_sends_it_once(
    scene: Scene, bot: Service
) -> None:
    said = await scene.mentions(sample.BEN, sample.SHARED)
    await scene.presses(sample.BEN, said.reply, ids.TALK)
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    before = len(scene.bot_replies(sample.SHARED, said.root))
    asked = await scene.mentions(sample.DEV, sample.DESK, "draft an answer please", card["ts"])
    mark, draft = asked.replies
    assert bridge_texts.INTERNAL in shown(mark)
    assert draft_texts.HEADING in shown(draft)
    assert draft_texts.UNSENT in shown(draft)
    assert "backup" in shown(draft).lower()
    assert action_ids(draft) == [ids.SEND_DRAFT]
    # A question of their own, and what nobody wrote anything about.
    own = await scene.mentions(sample.ELIF, sample.DESK, OTHER_QUESTION, card["ts"])
    assert "record" in shown(own.replies[-1]).lower()
    none = await scene.mentions(sample.DEV, sample.DESK, "Who won the football match?", card["ts"])
    assert shown(none.replies[-1]) == draft_texts.NOTHING_FOUND
    assert len(scene.bot_replies(sample.SHARED, said.root)) == before
    await scene.presses(sample.ELIF, draft, ids.SEND_DRAFT)
    assert ONLY_ITS_CONSULTANTS in shown(scene.private(sample.ELIF)[0])
    (sent,) = await scene.presses(sample.DEV, draft, ids.SEND_DRAFT)
    assert bridge_texts.SENT in shown(sent)
    await scene.presses(sample.DEV, draft, ids.SEND_DRAFT)
    assert ALREADY_SENT in shown(scene.private(sample.DEV)[0])
    (copy,) = scene.bot_replies(sample.SHARED, said.root)[before:]
    assert bridge_texts.from_consultant("Dev Patel") in shown(copy)
    assert "backup" in shown(copy).lower()
    assert await scene.presses(sample.DEV, sent, ids.MAKE_INTERNAL) == []
    assert len(scene.bot_replies(sample.SHARED, said.root)) == before
