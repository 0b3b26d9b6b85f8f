"""The CIO self-assessment from its button to its result: for the person alone, kept until it is there."""

import csv
import io
import json
from typing import Any

from bot.answering.competencies import SLUG
from bot.answering.handouts import FileKind
from bot.app import Service
from bot.delivery.lanes import ONCE
from bot.delivery.models import InboxItem, OutboxItem
from bot.engagement.models import Ticket
from bot.slack import assessment_texts as said
from bot.slack import file_texts, home_texts, ids
from bot.slack.assessment_state import LEVEL, now_block, required_block
from bot.slack.pages import Page, PageKind
from emulator import payloads, sample
from tests.scenarios.desk import Json, action_ids, elements, shown
from tests.scenarios.home_scenes import dm_posts, modal, opens_home, presses_old, presses_view
from tests.scenarios.scene import Scene

ARTICLE = Page(PageKind.ARTICLE, SLUG)
SHEET = ids.file_action(ids.ASSESS_FILE, FileKind.CSV)
GIVEN = (3, 2, 4, 1, 4, 4, 4, 4, 4, 4, 3, 3, 2, 3, 5)


def top(scene: Scene, user: str) -> Json:
    """The topmost modal."""
    return scene.slack.views(user)[-1]


def fields(step: int, *levels: int) -> dict[str, Any]:
    """The present levels of a step, as they are chosen; 0 leaves one open."""
    start = 5 * step
    return {now_block(start + index): str(level) for index, level in enumerate(levels) if level}


def chosen(view: Json, block_id: str) -> str | None:
    """What stands in a field."""
    option = view["state"]["values"][block_id][LEVEL]["selected_option"]
    return option["value"] if option else None


async def fills_in(scene: Scene, user: str) -> None:
    """All three steps."""
    for step in range(3):
        await scene.slack.submit(user, fields(step, *GIVEN[5 * step : 5 * step + 5]))
    await scene.quiet()


async def test_from_the_article_to_the_result_and_its_copy_with_nothing_lost_on_the_way(
    scene: Scene, bot: Service
) -> None:
    who = sample.ANA
    home = await opens_home(scene, who)
    assert ids.ASSESS_START in action_ids(home)
    # As deep as modals go, as a reader of the methodology gets there.
    for page in (Page(PageKind.AREAS), Page(PageKind.AREA, "cio-role"), ARTICLE):
        view = top(scene, who) if scene.slack.views(who) else home
        pressed = next(each for each in elements(view["blocks"]) if each.get("value") == page.value)
        await presses_view(scene, who, pressed["action_id"], page.value)
    await presses_view(scene, who, ids.ASSESS_START)
    assert said.PRIVATE in modal(scene, who)
    await _complains_and_keeps(scene, who)
    await _goes_back_and_keeps(scene, who)
    await scene.slack.submit(who, fields(1, *GIVEN[5:10]))
    await scene.slack.submit(who, fields(2, *GIVEN[10:]))
    await scene.quiet()
    assert said.COPY_SENT in modal(scene, who)
    assert "gap 3" in modal(scene, who)
    (copy,) = await dm_posts(scene, who)
    assert copy["text"] == said.NOTIFICATION
    rows = next(block["rows"] for block in copy["blocks"] if block["type"] == "table")
    assert [cell["text"] for cell in rows[1]] == ["Negotiation", "1", "4"]
    await _is_not_kept(scene)
    await _reads_on(scene, who)
    await _asks_for_a_consultant_and_the_desk_hears_no_level(scene, who)


async def _complains_and_keeps(scene: Scene, who: str) -> None:
    """A level missing, seen by Slack or by us, keeps the form open with the others chosen."""
    first = fields(0, *GIVEN[:4], 0) | {required_block(0): "5"}
    answer = await scene.slack.submit(who, first)
    assert set(answer["errors"]) == {now_block(4)}
    answer = await scene.slack.submit(who, first | fields(0, 0, 0, 0, 0, GIVEN[4]))
    assert answer == {"response_action": "update"}


async def _goes_back_and_keeps(scene: Scene, who: str) -> None:
    """Half a second step, back to the first, and on again: everything chosen is there."""
    view = top(scene, who)
    state = {"values": {now_block(5): {LEVEL: {"selected_option": {"value": "4"}}}}}
    await presses_old(scene, who, view | {"state": state}, ids.ASSESS_STEP, "0")
    view = top(scene, who)
    assert [chosen(view, now_block(place)) for place in range(5)] == [str(level) for level in GIVEN[:5]]
    assert chosen(view, required_block(0)) == "5"
    await scene.slack.submit(who, {})
    assert [chosen(top(scene, who), now_block(place)) for place in (5, 6)] == ["4", None]


async def _is_not_kept(scene: Scene) -> None:
    """No row holds a level or a code once the copy is there."""
    (row,) = await scene.rows(OutboxItem, kind="assessment")
    assert ONCE not in row.payload
    kept = [*await scene.rows(OutboxItem), *await scene.rows(InboxItem)]
    assert not any("Negotiation" in json.dumps(each.payload) for each in kept)


async def _reads_on(scene: Scene, who: str) -> None:
    """A section in place of the result, and back."""
    first = next(each for each in elements(top(scene, who)["blocks"]) if "cio-comp" in each.get("value", ""))
    await presses_view(scene, who, first["action_id"], first["value"])
    assert "gap 3" not in modal(scene, who)
    await presses_view(scene, who, ids.ASSESS_RESULT)
    assert "gap 3" in modal(scene, who)
    assert len(scene.slack.views(who)) == 3


async def _asks_for_a_consultant_and_the_desk_hears_no_level(scene: Scene, who: str) -> None:
    await presses_view(scene, who, ids.ASSESS_TALK)
    (ticket,) = await scene.rows(Ticket)
    assert home_texts.request_made(ticket.reference) in modal(scene, who)
    (card,) = scene.cards()
    assert "Negotiation" not in json.dumps(card)


async def test_the_copy_comes_once_opens_sections_and_gives_the_filled_in_sheet(
    scene: Scene, bot: Service
) -> None:
    await opens_home(scene, sample.ANA)
    await presses_view(scene, sample.ANA, ids.ASSESS_START)
    scene.slack.faults.add(method="chat.postMessage", drop_response=True)
    await fills_in(scene, sample.ANA)
    (copy,) = await dm_posts(scene, sample.ANA)
    await presses_view(scene, sample.ANA, SHEET)
    assert file_texts.ON_ITS_WAY in modal(scene, sample.ANA)
    (file,) = [each for post in await dm_posts(scene, sample.ANA) for each in post.get("files", ())]
    sheet = scene.slack.runtime.workspace.file_contents[file["id"]].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(sheet)))
    assert ["Negotiation: better terms, relationship intact", "1", "4"] in rows
    (row,) = await scene.rows(OutboxItem, kind="file")
    assert ONCE not in row.payload
    await scene.slack.close_view(sample.ANA)
    opener = next(each for each in elements(copy["blocks"]) if SLUG in str(each.get("value")))
    await scene.presses(sample.ANA, copy, opener["action_id"])
    assert "average of 4 or more" in modal(scene, sample.ANA)


async def test_people_of_elsewhere_and_guests_have_the_result_in_the_window_alone(
    scene: Scene, bot: Service
) -> None:
    for who, channel in ((sample.BEN, sample.SHARED), (sample.GUS, sample.GENERAL)):
        listed = (await scene.mentions(who, channel, "browse")).reply
        pressed = next(each for each in elements(listed["blocks"]) if "cio-role" in str(each.get("value")))
        await scene.presses(who, listed, pressed["action_id"])
        await presses_old(scene, who, top(scene, who), ids.browse_action(0), ARTICLE.value)
        await presses_view(scene, who, ids.ASSESS_START)
        before = shown(
            {"blocks": [each["blocks"] for each in scene.bot_replies(channel, listed["thread_ts"])]}
        )
        await fills_in(scene, who)
        assert said.ONLY_HERE in modal(scene, who)
        assert "gap 3" in modal(scene, who)
        after = shown(
            {"blocks": [each["blocks"] for each in scene.bot_replies(channel, listed["thread_ts"])]}
        )
        assert before == after
    assert await scene.rows(OutboxItem, kind="assessment") == []


async def test_a_source_of_an_answer_leads_there_and_forged_levels_show_nothing(
    scene: Scene, bot: Service
) -> None:
    answer = (await scene.asks(sample.ANA, "Which competencies does a CIO need?")).reply
    await scene.presses(sample.ANA, answer, ids.SOURCE_OPEN)
    await presses_view(scene, sample.ANA, ids.ASSESS_START)
    assert said.PRIVATE in modal(scene, sample.ANA)
    view = top(scene, sample.ANA)
    forged = view | {"private_metadata": view["private_metadata"].replace("\n0\n", "\n0\n00000000.1.1")}
    await presses_old(scene, sample.ANA, forged, ids.ASSESS_STEP, "1")
    await presses_old(scene, sample.ANA, view, ids.ASSESS_STEP, "7")
    await presses_old(scene, sample.ANA, view, ids.ASSESS_RESULT, "")
    await presses_old(scene, sample.ANA, view, SHEET, "00000000.1.1")
    assert top(scene, sample.ANA)["blocks"] == view["blocks"]
    assert set(await _sends_empty(scene, sample.ANA, view)) == {now_block(place) for place in range(5)}
    assert await scene.rows(OutboxItem, kind="file") == []


async def _sends_empty(scene: Scene, user: str, view: Json) -> Json:
    """Send a step with nothing chosen, as no client of Slack does; return what is said at its fields."""
    runtime = scene.slack.runtime
    person, app = runtime.workspace.people[user], scene.slack.definition.app
    body = payloads.interaction("view_submission", app, person, team_id=sample.FIRM, domain="firm")
    body |= {"view": view, "trigger_id": runtime.grants.issue_trigger(user, app.id, view["id"])}
    answer: Json = await runtime.delivery(app.id).ask("interactive", body)
    return dict(answer["errors"])
