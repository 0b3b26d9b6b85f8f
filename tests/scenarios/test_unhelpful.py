"""Where answers do not help, a person is offered once in the thread, and comes when the answer is yes."""

from bot.answering import phrases
from bot.app import Service
from bot.slack import ids
from emulator import sample
from tests.scenarios.desk import action_ids, shown
from tests.scenarios.scene import OTHER_QUESTION, Scene


async def test_a_complaint_brings_the_offer_and_a_yes_the_card(scene: Scene, bot: Service) -> None:
    first = await scene.asks(sample.ANA)
    heard = await scene.says(sample.ANA, first.channel, "that is not what I asked", first.root)
    assert phrases.offer() in shown(heard.reply)
    assert ids.TALK in action_ids(heard.reply)
    assert scene.cards() == []
    await scene.says(sample.ANA, first.channel, "yes please", first.root)
    assert len(scene.cards()) == 1


async def test_answers_marked_unhelpful_in_a_row_bring_the_offer_with_the_next(
    scene: Scene, bot: Service
) -> None:
    said = await scene.asks(sample.ANA)
    root = said.root
    for text in (OTHER_QUESTION, "What is metadata?", "What is a retention schedule?"):
        assert phrases.offer() not in shown(said.reply)
        value = ids.answer_value(len(scene.bot_replies(said.channel, root)), ids.Verdict.NOT_HELPFUL)
        await scene.presses(sample.ANA, said.reply, ids.FEEDBACK, value)
        said = await scene.says(sample.ANA, said.channel, text, root)
    assert phrases.offer() in shown(said.reply)
