"""What goes beyond an answer: hands, hours and their consent, the monthly pack, comments, decisions."""

from datetime import date

from sqlalchemy import select

from bot.clock import utc_now
from bot.engagement import firm
from bot.engagement.dates import month_before, month_of
from bot.engagement.models import Approves, Person
from bot.engagement.outcome_models import Decision, Pack
from bot.engagement.retainer_models import Consent, ConsentState
from bot.engagement.work_models import ClientChannel
from bot.slack import consent_ids, decision_ids, hours_ids, ids, pack_ids, ticket_ids, voice_ids, work_ids
from emulator import sample
from tests.packs.sample import FULL
from tests.scenarios.desk import Json, action_ids, shown
from tests.scenarios.home_scenes import dm_posts, modal, opens_home, presses_view
from tests.scenarios.scene import QUESTION
from tests.scenarios.set_ups.cells import APART, AT_HOME, Row, cell
from tests.scenarios.set_ups.world import SetUp, World
from tests.workflows.consent_desk import with_retainer

NEED = "I need someone for our board paper by Friday"
COMMENT, REPLY = "We have no tapes any more.", "We will say so."
DECIDED = "We test a restore every quarter."


@cell(Row.HANDS, *SetUp)
async def hands(world: World) -> None:
    said = await world.mentions(NEED)
    assert NEED in shown(world.scene.cards()[-1])
    await world.presses(said.reply, work_ids.HANDS_MORE)
    await _sends(world, world.person, {work_ids.DELIVERABLE_BLOCK: "Four pages"})
    assert "Four pages" in shown(world.scene.cards()[-1])


@cell(Row.HOURS, *AT_HOME)
async def hours(world: World) -> None:
    await _with_hours(world)
    assert "3.2 h of 3.2 h left" in shown((await world.asks("retainer")).reply)
    await _asks_for_hours(world)
    asked = next(each for each in await dm_posts(world.scene, world.person) if _offers(each))
    await world.presses(asked, consent_ids.GO_AHEAD)
    await _is_granted(world)
    await opens_home(world.scene, world.person)
    await presses_view(world.scene, world.person, pack_ids.PACK_SHOW)
    assert "Questions in all: 35" in modal(world.scene, world.person)
    await _closes(world)


@cell(Row.HOURS, *APART, says="a button opens it for them alone")
async def hours_by_button(world: World) -> None:
    await _with_hours(world)
    offer = (await world.mentions("retainer")).reply
    await world.presses(offer, hours_ids.SHOW_BALANCE)
    assert "3.2 h of 3.2 h left" in modal(world.scene, world.person)
    await _closes(world)
    await _asks_for_hours(world)
    posts = world.scene.bot_posts(world.channel)
    spot = next(each for each in posts if consent_ids.OPEN in action_ids(each))
    assert "3.2" not in shown(spot)
    await world.presses(spot, consent_ids.OPEN)
    await presses_view(world.scene, world.person, consent_ids.GO_AHEAD)
    await _closes(world)
    await _is_granted(world)
    answer = (await world.mentions(QUESTION)).reply
    await world.presses(answer, pack_ids.PACK_SHOW)
    assert "Questions in all: 35" in modal(world.scene, world.person)
    await _closes(world)


async def _with_hours(world: World) -> None:
    """Make the person an approver, of a client with hours and last month's pack; we are at work now."""
    await world.mentions("status")
    now = utc_now()
    async with world.scene.store.unit_of_work() as session:
        await firm.change_profile(session, hours="Mon-Sun 00:00-24:00")
        person = (await session.scalars(select(Person).where(Person.user_id == world.person))).one()
        person.approves, client_id = Approves.APPROVER, person.client_id
        await with_retainer(session, client_id, now)
        team = sample.CLIENT if world.set_up is SetUp.INSTALLED else sample.FIRM
        session.add(
            ClientChannel(
                team_id=team, channel=world.channel, client_id=client_id, introduced_at=now, created_at=now
            )
        )  # fmt: skip
        month: date = month_before(month_of(now.date()))
        session.add(
            Pack(
                client_id=client_id, month=month, figures=FULL.to_json(), made_by=sample.CORA, made_at=now,
                sent_at=now,
            )
        )  # fmt: skip


async def _asks_for_hours(world: World) -> None:
    """Dev takes a request of the person's and asks for half an hour."""
    said = await world.mentions(QUESTION)
    await world.presses(said.reply, ids.TALK)
    await world.scene.presses(sample.DEV, world.scene.cards()[-1], ids.TICKET_CLAIM)
    card = world.scene.cards()[-1]
    number = int(card["text"].split()[0].strip(":,.").removeprefix("VC-")) - 1000
    option = f"{consent_ids.ASK_HOURS}:{number}"
    await world.scene.presses(sample.DEV, card, ticket_ids.TICKET_MORE, option)
    await _sends(world, sample.DEV, {consent_ids.HOURS_INPUT: "30"})


def _offers(message: Json) -> bool:
    return consent_ids.GO_AHEAD in action_ids(message)


async def _is_granted(world: World) -> None:
    (consent,) = await world.scene.rows(Consent)
    assert consent.state is ConsentState.GRANTED


@cell(Row.COMMENT, *AT_HOME)
async def comment(world: World) -> None:
    await _comments(world)
    assert REPLY in shown((await dm_posts(world.scene, world.person))[-1])


@cell(Row.COMMENT, *APART, says="yes, the reply in the thread")
async def comment_in_the_thread(world: World) -> None:
    answer = await _comments(world)
    assert REPLY in shown(world.scene.bot_replies(world.channel, answer["thread_ts"])[-1])


async def _comments(world: World) -> Json:
    """Comment on an answer and let Dev reply; return the answer."""
    answer = (await world.mentions(QUESTION)).reply
    await world.presses(answer, voice_ids.COMMENT_ANSWER)
    await _sends(world, world.person, {voice_ids.COMMENT_INPUT: COMMENT})
    card = world.scene.bot_posts(sample.DESK)[-1]
    assert COMMENT in shown(card)
    await world.scene.presses(sample.DEV, card, voice_ids.COMMENT_REPLY)
    await _sends(world, sample.DEV, {voice_ids.REPLY_INPUT: REPLY})
    return answer


@cell(Row.DECISION, *SetUp)
async def decision(world: World) -> None:
    answer = (await world.mentions(QUESTION)).reply
    await world.presses(answer, decision_ids.ANSWER_DECISION)
    await _sends(world, world.person, {decision_ids.TEXT_INPUT: DECIDED})
    (kept,) = await world.scene.rows(Decision)
    assert (kept.text, kept.shared) == (DECIDED, True)


async def _sends(world: World, user: str, values: Json) -> None:
    """Send the form that is open, and close what it leaves."""
    answer = await world.slack.submit(user, values)
    assert not answer.get("errors")
    await world.scene.quiet()
    while world.slack.views(user):
        await world.slack.close_view(user)


async def _closes(world: World) -> None:
    while world.slack.views(world.person):
        await world.slack.close_view(world.person)
