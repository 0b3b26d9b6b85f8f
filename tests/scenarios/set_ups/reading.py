"""What stands under an answer and around it: sources, sizes, verdicts, consultants, files, who can read."""

from bot.answering.handouts import FileKind
from bot.answering.models import Feedback
from bot.slack import card_texts, file_texts, ids, texts
from bot.slack.pages import Page, PageKind
from bot.slack.request_texts import CONFIDENTIAL_UNREACHABLE
from bot.slack.ticket_ids import TICKET_READ
from emulator import sample
from knowledge.types import OrgSize
from tests.scenarios.desk import Json, action_ids, elements, shown
from tests.scenarios.home_scenes import modal, opens_home, presses_view
from tests.scenarios.scene import OTHER_QUESTION, QUESTION
from tests.scenarios.set_ups.asking import AREA, by_command, directly
from tests.scenarios.set_ups.cells import APART, AT_HOME, Row, cell
from tests.scenarios.set_ups.world import SetUp, World

AREA_PAGE = Page(PageKind.AREA, "security-risk-and-continuity")
SENSITIVE = "My manager is bullying me. What should I do?"
WITH_TABLE = "What should a restore test record contain?"
PICTURE: Json = {"name": "rack.png", "mimetype": "image/png"}


@cell(Row.BROWSE, *AT_HOME)
async def browse(world: World) -> None:
    await opens_home(world.scene, world.person)
    for page in (Page(PageKind.AREAS), AREA_PAGE):
        await _goes(world, page)
    assert AREA in modal(world.scene, world.person)
    await _goes(world, Page(PageKind.ARTICLE, "backup-and-disaster-recovery"))
    assert len(world.slack.views(world.person)) == 3
    await _closes(world)
    await areas_instead_of_home(world)


async def _goes(world: World, page: Page) -> None:
    views = world.slack.views(world.person)
    view = views[-1] if views else world.slack.home(world.person)
    assert view is not None
    found = next(each for each in elements(view["blocks"]) if each.get("value") == page.value)
    await presses_view(world.scene, world.person, found["action_id"], page.value)


async def _closes(world: World) -> None:
    while world.slack.views(world.person):
        await world.slack.close_view(world.person)


@cell(Row.BROWSE, *APART, says="mention with `browse`")
async def browse_by_mention(world: World) -> None:
    with world.refused():
        await world.slack.open_home(world.person)
    await areas_instead_of_home(world)


async def areas_instead_of_home(world: World) -> None:
    """The areas, said in the channel, open for whoever presses, or come privately where nothing opens."""
    said = await world.mentions("browse")
    area = next(each for each in elements(said.reply["blocks"]) if each.get("value") == AREA_PAGE.value)
    await world.presses(said.reply, area["action_id"])
    assert AREA in modal(world.scene, world.person)
    await _closes(world)
    world.private()
    world.slack.faults.add(method="views.open", error="user_not_visible")
    await world.presses(said.reply, area["action_id"])
    (page,) = world.private()
    assert AREA in shown(page)


@cell(Row.SOURCE, *SetUp)
async def source(world: World) -> None:
    said = await world.mentions(QUESTION)
    world.private()
    assert await world.presses(said.reply, ids.SOURCE_OPEN) == []
    (view,) = world.slack.views(world.person)
    assert view["callback_id"] == ids.SECTION_VIEW
    await _closes(world)
    world.slack.faults.add(method="views.open", error="user_not_visible")
    assert await world.presses(said.reply, ids.SOURCE_OPEN) == []
    (section,) = world.private()
    assert "backup" in shown(section).lower()


@cell(Row.HANDOUT, *AT_HOME)
async def handout(world: World) -> None:
    assert file_texts.ON_ITS_WAY in await _asks_for_a_file(world)
    posts = world.scene.bot_posts(await world.slack.dm(world.person))
    (file,) = [file for post in posts for file in post.get("files", ())]
    assert world.slack.runtime.workspace.file_contents[file["id"]]
    await _closes(world)


@cell(Row.HANDOUT, *APART, says="its text, to copy")
async def text_to_copy(world: World) -> None:
    said = await _asks_for_a_file(world)
    assert file_texts.UNREACHABLE in said
    assert "test" in said.lower()
    await _closes(world)


async def _asks_for_a_file(world: World) -> str:
    """Open a source that is a table, press below it, and return what the modal then says."""
    answer = (await world.mentions(WITH_TABLE)).reply
    await world.presses(answer, ids.SOURCE_OPEN)
    get = ids.file_action(ids.SOURCE_FILE, FileKind.WORD)
    await presses_view(world.scene, world.person, get)
    return modal(world.scene, world.person)


@cell(Row.SIZE, *SetUp)
async def size(world: World) -> None:
    answer = (await world.mentions(QUESTION)).reply
    choose = ids.size_action(OrgSize.SMALL)
    if choose in action_ids(answer):
        (answer,) = await world.presses(answer, choose)
        assert texts.size_fitted(OrgSize.SMALL) in shown(answer)
    root = answer["thread_ts"]
    before = world.scene.bot_replies(world.channel, root)
    await world.presses(answer, ids.SIZE_CHANGE)
    await world.slack.submit(world.person, {ids.SIZE_RADIO: OrgSize.MEDIUM})
    await world.scene.quiet()
    (again,) = world.scene.bot_replies(world.channel, root)[len(before) :]
    assert texts.size_fitted(OrgSize.MEDIUM) in shown(again)


@cell(Row.VERDICT, *SetUp)
async def verdict(world: World) -> None:
    answer = (await world.mentions(QUESTION)).reply
    buttons = next(each for each in elements(answer["blocks"]) if each["action_id"] == ids.FEEDBACK)
    world.private()
    for side, thanks in (
        ("positive_button", texts.THANKS_HELPFUL),
        ("negative_button", texts.THANKS_NOT_HELPFUL),
    ):
        assert await world.presses(answer, ids.FEEDBACK, buttons[side]["value"]) == []
        (said,) = world.private()
        assert thanks in shown(said)
    assert (await world.scene.rows(Feedback))[-1].helpful is False


@cell(Row.CONSULTANT, *SetUp)
async def consultant(world: World) -> None:
    said = await world.mentions(QUESTION)
    (told,) = await world.presses(said.reply, ids.TALK)
    card = world.scene.cards()[-1]
    reference = card["text"].split()[0].strip(":,.")
    assert texts.requested(reference) in shown(told)
    await world.scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    assert texts.claimed("Dev Patel", reference) in shown(_last(world, said.root))
    await world.scene.says(world.person, world.channel, "The tapes are in the cellar.", said.root)
    assert "The tapes are in the cellar." in shown(world.scene.bot_replies(sample.DESK, card["ts"])[-1])
    held = (await world.mentions(OTHER_QUESTION, said.root)).reply
    assert card_texts.held("Dev Patel") in shown(held)


def _last(world: World, root: str) -> Json:
    return world.scene.bot_replies(world.channel, root)[-1]


@cell(Row.PRIVATE, *AT_HOME)
async def private(world: World) -> None:
    await by_command(world)
    await directly(world)


@cell(Row.PRIVATE, *APART, says="a consultant, person to person")
async def not_private(world: World) -> None:
    """Nothing of it is said in the channel; whoever takes it learns who asked, and writes to the person."""
    with world.refused():
        await world.slack.dm(world.person)
    with world.refused():
        await world.slack.command(world.person, world.channel, f"ask {QUESTION}")
    reply = (await world.mentions(SENSITIVE)).reply
    assert texts.SOURCES not in shown(reply)
    assert await world.presses(reply, ids.TALK) == []
    assert CONFIDENTIAL_UNREACHABLE in shown(world.scene.private(world.person)[-1])
    card = world.scene.cards()[-1]
    name = world.slack.runtime.workspace.people[world.person].real_name
    assert name not in shown(card)
    await world.scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    assert _last(world, reply["thread_ts"])["ts"] == reply["ts"]
    assert "person to person" in shown(world.scene.bot_replies(sample.DESK, card["ts"])[-1])
    await world.slack.press(sample.DEV, world.scene.cards()[-1], TICKET_READ)
    await world.scene.quiet()
    assert name in shown(world.slack.views(sample.DEV)[-1])
    await world.slack.close_view(sample.DEV)


@cell(Row.FILES, SetUp.OWN, SetUp.INSTALLED, SetUp.GUEST, SetUp.FREE)
async def files(world: World) -> None:
    assert PICTURE["name"] in shown(await _card_with_a_file(world))


@cell(Row.FILES, SetUp.CONNECT, says="yes, without its name")
async def files_of_others(world: World) -> None:
    card = shown(await _card_with_a_file(world))
    assert "a file" in card.split(texts.CARD_FILES)[1].split("\n")
    assert PICTURE["name"] not in card


async def _card_with_a_file(world: World) -> Json:
    said = await world.mentions(QUESTION, files=(PICTURE,))
    assert texts.FILES_KEPT in shown(said.reply)
    assert texts.SOURCES in shown(said.reply)
    await world.presses(said.reply, ids.TALK)
    return world.scene.cards()[-1]


@cell(Row.NOTICE, *SetUp)
async def notice(world: World) -> None:
    own_firm = world.set_up in {SetUp.OWN, SetUp.GUEST, SetUp.FREE}
    expected = texts.notice(
        "Advisory Firm", is_private=False, own_firm=own_firm, by_mention=world.set_up in APART
    )
    first = await world.mentions(QUESTION, user=world.cast.newcomer)
    second = await world.mentions(QUESTION, user=world.cast.newcomer)
    assert expected in shown(first.reply)
    assert expected not in shown(second.reply)
