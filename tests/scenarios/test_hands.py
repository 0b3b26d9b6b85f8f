"""Asking for hands or an assignment: in plain words, by command, by the word and from Home."""

from bot.app import Service
from bot.engagement.models import AuditEvent, Ticket, Urgency
from bot.engagement.work_models import Engagement, EngagementKind, EngagementState
from bot.slack import ids, ticket_ids, work_ids
from bot.slack import work_texts as said
from emulator import sample
from tests.scenarios.desk import Json, action_ids, shown
from tests.scenarios.home_scenes import comes_to_say, home_of, modal, opens_home, presses_view, words
from tests.scenarios.scene import Scene

PAPER = "I need someone for our board paper by Friday"


def hands_form(needed: str, *, kind: str = "hands", private: bool = False, effort: str = "") -> Json:
    """The form as somebody fills it in."""
    return {
        work_ids.KIND_BLOCK: kind,
        work_ids.NEEDED_BLOCK: needed,
        work_ids.DELIVERABLE_BLOCK: "A paper of four pages",
        work_ids.BY_BLOCK: "2031-03-05",
        work_ids.EFFORT_BLOCK: effort,
        work_ids.DECIDES_BLOCK: "Our director",
    } | ({work_ids.PRIVATE_BLOCK: [work_ids.NEW]} if private else {})


async def test_plain_words_put_a_card_on_the_desk_and_the_form_only_completes_it(
    scene: Scene, bot: Service
) -> None:
    asked = await scene.asks(sample.ANA, PAPER)
    (ticket,) = await scene.rows(Ticket)
    (work,) = await scene.rows(Engagement)
    assert (ticket.reason, ticket.urgency) == ("hands", Urgency.TODAY)
    assert (work.ticket_id, work.kind, work.state) == (
        ticket.id,
        EngagementKind.HANDS,
        EngagementState.REQUESTED,
    )
    assert work.needed == PAPER
    assert work.needed_by is not None
    (card,) = scene.cards()
    assert ids.TICKET_CLAIM in action_ids(card)
    assert work.reference in shown(asked.reply)
    await scene.presses(sample.ANA, asked.reply, work_ids.HANDS_MORE)
    assert PAPER in str(scene.slack.views(sample.ANA)[-1])
    refused = await scene.slack.submit(sample.ANA, hands_form(PAPER, effort="no idea"))
    assert list(refused["errors"]) == [work_ids.EFFORT_BLOCK]
    await scene.slack.submit(sample.ANA, hands_form("A board paper on cyber risk", effort="2 days"))
    await scene.quiet()
    assert said.stored(ticket.reference, told=True) in modal(scene, sample.ANA)
    await scene.slack.close_view(sample.ANA)
    await scene.presses(sample.ANA, asked.reply, work_ids.HANDS_MORE)
    await scene.slack.submit(sample.ANA, hands_form("A board paper on cyber risk", effort="2 days"))
    await scene.quiet()
    (work,) = await scene.rows(Engagement)
    assert (work.title, work.guess, work.decides) == ("A board paper on cyber risk", 960, "Our director")
    assert len(await scene.rows(Ticket)) == len(scene.cards()) == 1
    assert len(await scene.rows(AuditEvent, what="work described")) == 1
    await scene.slack.close_view(sample.ANA)
    await scene.presses(sample.ANA, asked.reply, work_ids.HANDS_MORE)
    await scene.slack.submit(sample.ANA, hands_form("An investigation into one of our staff"))
    await scene.quiet()
    assert (await scene.rows(Ticket))[0].confidential
    assert "investigation" not in shown(scene.cards()[0])


async def test_the_form_opened_directly_makes_one_private_request(scene: Scene, bot: Service) -> None:
    await scene.commands(sample.ANA, sample.GENERAL, "hands")
    await scene.slack.submit(sample.ANA, hands_form("Our records clean-up", kind="assignment", private=True))
    await scene.quiet()
    (ticket,) = await scene.rows(Ticket)
    (work,) = await scene.rows(Engagement)
    assert (ticket.reason, ticket.confidential, work.confidential) == ("assignment", True, True)
    (card,) = scene.cards()
    assert "clean-up" not in shown(card)
    assert {ids.TICKET_CLAIM, ticket_ids.TICKET_READ} <= set(action_ids(card))
    home = await opens_home(scene, sample.CARL)
    assert said.HANDS_OR_ASSIGNMENT in shown({"blocks": home["blocks"]})
    await presses_view(scene, sample.CARL, work_ids.HANDS_FORM)
    assert said.FORM_TITLE in str(scene.slack.views(sample.CARL)[-1]["title"])


async def test_the_word_offers_the_form_to_who_has_no_commands(scene: Scene, bot: Service) -> None:
    offer = await scene.mentions(sample.BEN, sample.SHARED, "hands")
    await scene.presses(sample.BEN, offer.reply, work_ids.HANDS_FORM)
    await scene.slack.submit(sample.BEN, hands_form("Somebody for the tender"))
    await scene.quiet()
    (ticket,) = await scene.rows(Ticket)
    assert said.stored(ticket.reference, told=False) in modal(scene, sample.BEN)
    assert len(scene.cards()) == 1


async def test_a_question_about_hands_is_answered(scene: Scene, bot: Service) -> None:
    await scene.asks(sample.ANA, "how do I get someone to write our board paper?")
    assert await scene.rows(Engagement) == []
    assert await scene.rows(Ticket) == []


async def test_kept_private_a_request_leaves_the_home_that_its_cio_has_open(
    scene: Scene, bot: Service
) -> None:
    asked = await scene.mentions(sample.ANA, sample.ASK_IT, PAPER)
    await opens_home(scene, sample.CARL)
    await comes_to_say(scene, sample.CARL, PAPER)
    (confirmation,) = asked.replies
    await scene.presses(sample.ANA, confirmation, ticket_ids.REQUEST_PRIVATE)
    await scene.slack.wait_for(lambda: PAPER not in words(home_of(scene, sample.CARL)), 20, "gone from Home")
