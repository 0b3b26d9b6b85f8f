"""From "I need someone" to accepted completion, with its hours and its outcome."""

from datetime import date, timedelta

from bot.app import Service
from bot.clock import utc_now
from bot.engagement.models import Approves, Ending, Person, Ticket, TicketState
from bot.engagement.outcome_models import Outcome
from bot.engagement.work_models import Engagement, EngagementState, Milestone, Proposal, ProposalState
from bot.slack import hours_ids, ids, waiting, work_ids
from bot.slack import work_decision_texts as decided
from bot.workflows.decide_work import ONLY_DECIDERS
from emulator import sample
from tests.scenarios.desk import Json, action_ids, shown
from tests.scenarios.home_scenes import dm_posts, home_of, modal, opens_home, presses_view, words
from tests.scenarios.scene import Scene
from tests.scenarios.test_hands import PAPER

TODAY = utc_now().date()


def terms(*, hours: str = "16 hours", lapses: date = TODAY + timedelta(days=7)) -> Json:
    """A proposal as a consultant fills it in."""
    return {
        work_ids.SCOPE_BLOCK: "A paper on cyber risk, without a market study",
        work_ids.DELIVERABLE_BLOCK: "Four pages and a table",
        work_ids.HOURS_BLOCK: hours,
        work_ids.STARTS_BLOCK: TODAY.isoformat(),
        work_ids.ENDS_BLOCK: (TODAY + timedelta(days=20)).isoformat(),
        work_ids.PEOPLE_BLOCK: [sample.DEV],
        work_ids.EXPERIENCE_BLOCK: "Wrote eleven board papers for housing associations",
        work_ids.CONFLICTS_BLOCK: "None known",
        work_ids.OUTCOME_BLOCK: "The board decides on the paper in one sitting",
        work_ids.MEASURE_BLOCK: "Minutes of the meeting",
        work_ids.BASELINE_BLOCK: "Put off twice",
        work_ids.TARGET_BLOCK: "Decided in March",
        work_ids.LAPSES_BLOCK: lapses.isoformat(),
    }


async def sends(scene: Scene, user: str, values: Json) -> Json:
    """Send the form that is open, and wait until all is quiet."""
    answer = await scene.slack.submit(user, values)
    await scene.quiet()
    return answer


async def the_work(scene: Scene) -> Engagement:
    """The one piece of work as it stands."""
    (work,) = await scene.rows(Engagement)
    assert isinstance(work, Engagement)
    return work


async def test_from_i_need_someone_to_accepted_completion(scene: Scene, bot: Service) -> None:
    async with scene.store.unit_of_work() as session:
        (carl,) = await scene.rows(Person, user_id=sample.CARL)
        (await session.get_one(Person, carl.id)).approves = Approves.APPROVER
    asked = await scene.asks(sample.ANA, PAPER)
    await scene.presses(sample.DEV, scene.cards()[0], ids.TICKET_CLAIM)
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, work_ids.PROPOSE)
    refused = await scene.slack.submit(sample.DEV, terms(hours="5000 hours"))
    assert list(refused["errors"]) == [work_ids.HOURS_BLOCK]
    await sends(scene, sample.DEV, terms())
    first = (await dm_posts(scene, sample.CARL))[-1]
    assert "None known" in shown(first)
    await sends_again(scene, card, terms(hours="24 hours"))
    second = (await dm_posts(scene, sample.CARL))[-1]
    await scene.forges(sample.CARL, await scene.slack.dm(sample.CARL), work_ids.ACCEPT, "1")
    assert "was changed since" in shown((await dm_posts(scene, sample.CARL))[-1]) or any(
        "was changed since" in shown(each) for each in scene.private(sample.CARL)
    )
    await scene.forges(sample.ANA, await scene.slack.dm(sample.ANA), work_ids.ACCEPT, "2")
    assert "a proposal to decide on" in words(await opens_home(scene, sample.CARL))
    await presses_view(scene, sample.CARL, work_ids.OPEN_PROPOSAL)
    assert "24 hours (3 days)" in modal(scene, sample.CARL)
    await scene.slack.close_view(sample.CARL)
    await scene.presses(sample.CARL, second, work_ids.ACCEPT)
    await not_on_home(scene, sample.CARL, "a proposal to decide on")
    work = await the_work(scene)
    assert (work.state, work.minutes) == (EngagementState.ACTIVE, 24 * 60)
    shown_now = [each for each in await dm_posts(scene, sample.CARL) if each["ts"] == second["ts"]]
    assert work_ids.ACCEPT not in action_ids(shown_now[0])
    assert any("accepted by" in shown(each) for each in scene.bot_replies(asked.channel, asked.root))
    await runs(scene, card)
    assert "Charged so far*: 6.5 h" in shown(scene.cards()[0])
    result = (await dm_posts(scene, sample.CARL))[-1]
    assert "Milestones done: 1 of 1" in shown(result)
    assert "Worked: 6.5 h of 24 h agreed" in shown(result)
    await scene.presses(sample.CARL, result, work_ids.MISSING)
    await sends(scene, sample.CARL, {work_ids.SAID_BLOCK: "The table"})
    assert (await the_work(scene)).state is EngagementState.ACTIVE
    await scene.presses(sample.DEV, scene.cards()[0], work_ids.COMPLETE)
    await sends(scene, sample.DEV, {work_ids.SAID_BLOCK: "With the table"})
    await scene.presses(sample.CARL, (await dm_posts(scene, sample.CARL))[-1], work_ids.ACCEPT_RESULT)
    (ticket,), (outcome,) = await scene.rows(Ticket), await scene.rows(Outcome)
    assert (ticket.state, ticket.ending) == (TicketState.RESOLVED, Ending.WORK_AGREED)
    assert (outcome.statement, outcome.baseline) == (
        "The board decides on the paper in one sitting",
        "Put off twice",
    )
    assert (await the_work(scene)).state is EngagementState.ACCEPTED


async def not_on_home(scene: Scene, user: str, told: str) -> None:
    """Wait until somebody's Home, which stands open, does not say it any more."""
    await scene.slack.wait_for(lambda: told not in words(home_of(scene, user)), 20, f"no {told!r} on Home")


async def sends_again(scene: Scene, card: Json, values: Json) -> None:
    """Propose anew, which replaces what was proposed before."""
    await scene.presses(sample.DEV, scene.cards()[0], work_ids.PROPOSE)
    await sends(scene, sample.DEV, values)
    states = [each.state for each in await scene.rows(Proposal)]
    assert states == [ProposalState.SUPERSEDED, ProposalState.SENT]


async def runs(scene: Scene, card: Json) -> None:
    """Time, a milestone, a status, a change of scope that is declined, and completion."""
    await scene.presses(sample.DEV, scene.cards()[0], hours_ids.LOG_TIME)
    await sends(scene, sample.DEV, {hours_ids.TIME_INPUT: "6.5h", hours_ids.CLIENT_INPUT: "The draft"})
    assert (await the_work(scene)).reference in str(scene.slack.views(sample.DEV)[-1])
    await scene.slack.close_view(sample.DEV)
    await scene.presses(sample.DEV, scene.cards()[0], work_ids.MILESTONES)
    step = {
        work_ids.STEP_BLOCK: "Draft",
        work_ids.OWNER_BLOCK: "Dev Patel",
        work_ids.DUE_BLOCK: (TODAY + timedelta(days=5)).isoformat(),
    }
    await sends(scene, sample.DEV, step)
    (milestone,) = await scene.rows(Milestone)
    await scene.presses(sample.DEV, scene.cards()[0], work_ids.MILESTONES)
    await sends(scene, sample.DEV, {work_ids.DONE_BLOCK: [str(milestone.id)]})
    await scene.presses(sample.DEV, scene.cards()[0], work_ids.STATUS)
    await sends(scene, sample.DEV, {work_ids.SAID_BLOCK: "Half of it stands"})
    await scene.presses(sample.DEV, scene.cards()[0], work_ids.PROPOSE)
    await sends(scene, sample.DEV, terms(hours="40 hours"))
    assert (await the_work(scene)).minutes == 24 * 60
    change = (await dm_posts(scene, sample.CARL))[-1]
    assert "what was agreed holds" in shown(change)
    await scene.presses(sample.CARL, change, work_ids.DECLINE)
    await sends(scene, sample.CARL, {work_ids.SAID_BLOCK: ""})
    assert ((await the_work(scene)).state, (await the_work(scene)).minutes) == (
        EngagementState.ACTIVE,
        24 * 60,
    )
    await scene.presses(sample.DEV, scene.cards()[0], work_ids.COMPLETE)
    await sends(scene, sample.DEV, {work_ids.SAID_BLOCK: "The paper is written"})
    assert decided.ACCEPT_RESULT in shown((await dm_posts(scene, sample.CARL))[-1])


async def test_across_slack_connect_a_proposal_opens_for_who_decides(scene: Scene, bot: Service) -> None:
    asked = await scene.mentions(sample.BEN, sample.SHARED, "Can you run our records clean-up as a project?")
    await scene.presses(sample.DEV, scene.cards()[0], ids.TICKET_CLAIM)
    await scene.presses(sample.DEV, scene.cards()[0], work_ids.PROPOSE)
    await sends(scene, sample.DEV, terms())
    (offer,) = [
        each
        for each in scene.bot_replies(sample.SHARED, asked.root)
        if work_ids.OPEN_PROPOSAL in action_ids(each)
    ]
    assert "cyber risk" not in shown(offer)
    await scene.presses(sample.BEN, offer, work_ids.OPEN_PROPOSAL)
    assert scene.slack.views(sample.BEN) == []
    assert ONLY_DECIDERS in shown(scene.private(sample.BEN)[-1])
    # Offered again at her next message, and to nobody else; what it is about stands behind the button.
    assert waiting.LINE not in shown((await scene.mentions(sample.BEN, sample.SHARED)).reply)
    again = (await scene.mentions(sample.BELLA, sample.SHARED)).reply
    assert waiting.LINE in shown(again)
    assert "proposal" not in shown(again).lower()
    await scene.presses(sample.BELLA, again, work_ids.OPEN_PROPOSAL)
    assert "cyber risk" in str(scene.slack.views(sample.BELLA)[-1])
    await scene.slack.press_view(sample.BELLA, work_ids.ACCEPT)
    await scene.quiet()
    assert decided.DECIDED in str(scene.slack.views(sample.BELLA)[-1])
    assert (await the_work(scene)).state is EngagementState.ACTIVE
    assert waiting.LINE not in shown((await scene.mentions(sample.BELLA, sample.SHARED)).reply)
