"""What people say of an answer: why it did not help, and in their own words, with a consultant's reply."""

import pytest
from sqlalchemy import update

from bot.answering.models import Complaint, Feedback
from bot.answering.voice_models import Comment, Rests
from bot.app import Service
from bot.clock import utc_now
from bot.engagement.desk_models import Consultant
from bot.engagement.models import Ticket
from bot.slack import ids, voice_ids
from bot.slack import voice_texts as said
from emulator import sample
from tests.scenarios.desk import Json, action_ids, shown
from tests.scenarios.scene import QUESTION, Scene

TEXT = "The step on tapes is out of date, we use object storage."
REPLY = "You are right, the section is being rewritten."


async def test_the_reason_is_kept_with_the_answer_and_a_person_is_offered(scene: Scene, bot: Service) -> None:
    answer = (await scene.asks(sample.ANA)).reply
    await scene.presses(sample.ANA, answer, ids.FEEDBACK, ids.answer_value(1, ids.Verdict.NOT_HELPFUL))
    (thanks,) = scene.private(sample.ANA)
    assert {ids.TALK, voice_ids.WHY} <= set(action_ids(thanks))
    for reason in (Complaint.TOO_LONG, Complaint.OUTDATED):
        await scene.presses(sample.ANA, thanks, voice_ids.WHY, voice_ids.why_value(1, reason))
    (kept,) = await scene.rows(Feedback)
    assert (kept.helpful, kept.complaint) == (False, Complaint.OUTDATED)
    assert all(said.WHY_KEPT in shown(each) for each in scene.private(sample.ANA))
    assert await scene.rows(Rests)


async def test_a_comment_reaches_the_desk_and_its_author_the_reply(scene: Scene, bot: Service) -> None:
    await looks_after(scene, sample.DEV, "security-risk-and-continuity")
    asked = await scene.asks(sample.ANA)
    await scene.slack.press(sample.ANA, asked.reply, voice_ids.COMMENT_ANSWER)
    await scene.quiet()
    assert (await scene.slack.submit(sample.ANA, {voice_ids.COMMENT_INPUT: "  "}))["errors"]
    await scene.slack.submit(sample.ANA, {voice_ids.COMMENT_INPUT: TEXT})
    await scene.quiet()
    (card,) = comments(scene)
    assert TEXT in shown(card)
    assert "comments on an answer" in card["text"]
    assert "rests on: backup and disaster recovery" in shown(card)
    assert said.for_owner("Dev Patel") in shown(card)
    await scene.slack.press(sample.DEV, card, voice_ids.COMMENT_REPLY)
    await scene.quiet()
    await scene.slack.submit(sample.DEV, {voice_ids.REPLY_INPUT: REPLY})
    await scene.quiet()
    (card,) = comments(scene)
    assert REPLY in shown(card)
    # Shown anew, it is still for whoever looks after the article.
    assert said.for_owner("Dev Patel") in shown(card)
    assert voice_ids.COMMENT_REPLY not in action_ids(card)
    told = scene.bot_posts(asked.channel)[-1]
    assert REPLY in shown(told)
    assert ids.TALK in action_ids(told)
    (kept,) = await scene.rows(Comment)
    assert (kept.reply, kept.replied_by) == (REPLY, sample.DEV)


async def test_a_section_is_commented_on_with_its_article(scene: Scene, bot: Service) -> None:
    asked = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, asked.reply, ids.SOURCE_OPEN)
    await scene.slack.press_view(sample.ANA, voice_ids.COMMENT_SECTION)
    await scene.quiet()
    await scene.slack.submit(sample.ANA, {voice_ids.COMMENT_INPUT: TEXT})
    await scene.quiet()
    (kept,) = await scene.rows(Comment)
    assert (kept.slug, kept.answer_id) == ("backup-and-disaster-recovery", 1)
    assert "backup and disaster recovery" in comments(scene)[0]["text"]


@pytest.mark.parametrize("value", ["a:1:0:", "a:99:0:D1", "s:no-such-article:x", "x"])
async def test_a_forged_comment_is_refused_or_about_nothing_of_others(
    scene: Scene, bot: Service, value: str
) -> None:
    await scene.asks(sample.ANA)
    dm = await scene.slack.dm(sample.CARL)
    await scene.forges(sample.CARL, dm, voice_ids.COMMENT_ANSWER, value)
    if scene.slack.views(sample.CARL):
        result = await scene.slack.submit(sample.CARL, {voice_ids.COMMENT_INPUT: TEXT})
        await scene.quiet()
        assert value.startswith("s:") or result["errors"]
    assert [each.answer_id for each in await scene.rows(Comment)] in ([], [None])


async def test_a_comment_from_a_confidential_matter_names_nobody_on_the_desk(
    scene: Scene, bot: Service
) -> None:
    asked = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, asked.reply, ids.TALK)
    async with scene.store.unit_of_work() as session:
        await session.execute(update(Ticket).values(confidential=True))
    await scene.slack.press(sample.ANA, asked.reply, voice_ids.COMMENT_ANSWER)
    await scene.quiet()
    await scene.slack.submit(sample.ANA, {voice_ids.COMMENT_INPUT: TEXT})
    await scene.quiet()
    (card,) = comments(scene)
    assert TEXT in shown(card) and said.CONFIDED in shown(card)
    for private in ("Ana Alves", QUESTION):
        assert private not in shown(card) + card["text"]


async def looks_after(scene: Scene, user: str, area: str) -> None:
    async with scene.store.unit_of_work() as session:
        row = await session.get(Consultant, user)
        if row is None:
            row = Consultant(user_id=user, name="Dev Patel", created_at=utc_now())
            session.add(row)
        row.skills = [area]


def comments(scene: Scene) -> list[Json]:
    return [each for each in scene.bot_posts(sample.DESK) if "comments on" in each["text"]]
