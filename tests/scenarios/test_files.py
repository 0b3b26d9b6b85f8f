"""A template or table as a file: from Home or from a source to the person's direct messages, once."""

import csv
import io
from collections.abc import Iterator

import docx
import pytest

from bot.answering.handouts import FileKind, handout_of
from bot.app import Service
from bot.delivery.models import OutboxItem
from bot.engagement.firm import change_profile
from bot.library import Library
from bot.slack import file_texts, ids
from bot.slack.pages import Page, PageKind
from bot.workflows.send_file import ALREADY_SENT
from emulator import sample
from emulator.testing import LocalWorkspace
from emulator.wire import Json
from knowledge.scope import METHODOLOGY
from knowledge.types import Article
from tests.scenarios.desk import action_ids, elements, shown
from tests.scenarios.home_scenes import modal, opens_home, presses_old, presses_view
from tests.scenarios.scene import Scene

COMPETENCIES = "cio-competencies"
AREA = "cio-role"
WORD, SHEET = (ids.file_action(ids.BROWSE_FILE, kind) for kind in FileKind)
FIRST_ROW = ["Plain-language briefing: directors repeat the point correctly", "…", "4"]
PREPARE, COMPLETE = "files.getUploadURLExternal", "files.completeUploadExternal"
TABLE_QUESTION = "What should a restore test record contain?"


@pytest.fixture
def article(library: Library) -> Article:
    """The article whose template is three tables."""
    found = library.store.article(METHODOLOGY, COMPETENCIES)
    assert found is not None
    return found


@pytest.fixture
def template(article: Article) -> Page:
    """The page of that template."""
    opener = next(each for each in article.sections if each.heading.startswith("Template or table"))
    return Page(PageKind.SECTION, article.slug, opener.section_id)


async def reads(scene: Scene, user: str, page: Page) -> None:
    """From Home to a section, by its buttons."""
    await opens_home(scene, user)
    steps = (Page(PageKind.AREAS), Page(PageKind.AREA, AREA), Page(PageKind.ARTICLE, page.name), page)
    for step in steps:
        view = scene.slack.views(user)[-1] if scene.slack.views(user) else scene.slack.home(user)
        assert view is not None
        action = next(each for each in elements(view["blocks"]) if each.get("value") == step.value)
        await presses_view(scene, user, action["action_id"], step.value)


async def files(scene: Scene, user: str) -> list[Json]:
    """The files in somebody's direct messages with the bot."""
    posts = scene.bot_posts(await scene.slack.dm(user))
    return [file for post in posts for file in post.get("files", ())]


def content(slack: LocalWorkspace, file: Json) -> bytes:
    """The bytes of a file that was sent."""
    return slack.runtime.workspace.file_contents[file["id"]]


def rows_of(document: bytes) -> Iterator[list[str]]:
    """The rows of every table of a Word document."""
    for table in docx.Document(io.BytesIO(document)).tables:
        yield from ([cell.text for cell in row.cells] for row in table.rows)


async def test_from_home_to_the_whole_template_as_a_document(
    scene: Scene, bot: Service, template: Page
) -> None:
    async with scene.store.unit_of_work() as session:
        await change_profile(session, name="Harbour Advisers")
    await reads(scene, sample.ANA, template)
    await presses_view(scene, sample.ANA, WORD)
    assert file_texts.ON_ITS_WAY in modal(scene, sample.ANA)
    (post,) = [each for each in scene.bot_posts(await scene.slack.dm(sample.ANA)) if "files" in each]
    (file,) = post["files"]
    assert (file["title"], file["filetype"]) == ("The CIO self-assessment in three tables", "docx")
    assert "The CIO self-assessment in three tables" in post["text"]
    made = content(scene.slack, file)
    assert FIRST_ROW in list(rows_of(made))
    assert len(list(rows_of(made))) == 18
    said = [paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs]
    assert said[1].endswith("Reviewed 27 November 2026")
    assert "Template or table: the CIO self-assessment in three tables" in said[1]
    assert said[2] == "Harbour Advisers"


async def test_a_table_comes_as_a_sheet_too(scene: Scene, bot: Service, template: Page) -> None:
    await reads(scene, sample.ANA, template)
    await presses_view(scene, sample.ANA, SHEET)
    (file,) = await files(scene, sample.ANA)
    rows = list(csv.reader(io.StringIO(content(scene.slack, file).decode("utf-8-sig"))))
    assert FIRST_ROW in rows


async def test_a_second_press_and_delivery_send_it_once_and_a_page_opened_anew_again(
    scene: Scene, bot: Service, template: Page
) -> None:
    await reads(scene, sample.ANA, template)
    old = scene.slack.views(sample.ANA)[-1]
    await presses_view(scene, sample.ANA, WORD)
    await presses_view(scene, sample.ANA, WORD)
    assert ALREADY_SENT in modal(scene, sample.ANA)
    await presses_old(scene, sample.ANA, old, WORD, template.value)
    assert len(await files(scene, sample.ANA)) == 1
    for _ in scene.slack.views(sample.ANA):
        await scene.slack.close_view(sample.ANA)
    await reads(scene, sample.ANA, template)
    await presses_view(scene, sample.ANA, WORD)
    assert len(await files(scene, sample.ANA)) == 2


async def test_other_sections_offer_no_file(
    scene: Scene, bot: Service, article: Article, template: Page
) -> None:
    home = await opens_home(scene, sample.ANA)
    for section in article.sections:
        page = Page(PageKind.SECTION, article.slug, section.section_id)
        await presses_old(scene, sample.ANA, home, ids.browse_action(0), page.value)
        offered = WORD in action_ids(scene.slack.views(sample.ANA)[-1])
        assert offered is (handout_of(article, section.section_id) is not None)


async def test_a_file_whose_acknowledgement_was_lost_is_found_and_not_sent_again(
    scene: Scene, bot: Service, template: Page
) -> None:
    await reads(scene, sample.ANA, template)
    scene.slack.faults.add(method=COMPLETE, drop_response=True)
    await presses_view(scene, sample.ANA, WORD)
    assert len(await files(scene, sample.ANA)) == 1
    assert len(scene.slack.calls_of(COMPLETE)) == 1


@pytest.mark.parametrize("method", [PREPARE, COMPLETE])
async def test_a_file_that_never_arrived_is_sent_again_once(
    scene: Scene, bot: Service, template: Page, method: str
) -> None:
    await reads(scene, sample.ANA, template)
    scene.slack.faults.add(method=method, status=503)
    await presses_view(scene, sample.ANA, WORD)
    assert len(await files(scene, sample.ANA)) == 1


@pytest.mark.parametrize(
    ("code", "said"),
    [("missing_scope", file_texts.NO_FILES), ("file_uploads_disabled", file_texts.NOT_TAKEN)],
)
async def test_where_slack_takes_no_file_that_is_said_kindly_and_at_once(
    scene: Scene, bot: Service, template: Page, code: str, said: str
) -> None:
    await reads(scene, sample.ANA, template)
    scene.slack.faults.add(method=PREPARE, error=code, times=9)
    await presses_view(scene, sample.ANA, WORD)
    (told,) = scene.bot_posts(await scene.slack.dm(sample.ANA))
    assert said in shown(told)
    (item,) = await scene.rows(OutboxItem, kind="file")
    assert item.attempts == 1


async def test_a_file_that_slack_keeps_failing_to_take_is_given_up_with_a_word(
    scene: Scene, bot: Service, template: Page
) -> None:
    await reads(scene, sample.ANA, template)
    scene.slack.faults.add(method=PREPARE, error="channel_not_found")
    await presses_view(scene, sample.ANA, WORD)
    (told,) = scene.bot_posts(await scene.slack.dm(sample.ANA))
    assert file_texts.FAILED in shown(told)


async def test_a_source_with_a_table_can_be_had_as_a_file(scene: Scene, bot: Service) -> None:
    answer = (await scene.asks(sample.ANA, TABLE_QUESTION)).reply
    await scene.presses(sample.ANA, answer, ids.SOURCE_OPEN)
    word = ids.file_action(ids.SOURCE_FILE, FileKind.WORD)
    await presses_view(scene, sample.ANA, word)
    assert file_texts.ON_ITS_WAY in modal(scene, sample.ANA)
    (file,) = await files(scene, sample.ANA)
    assert list(rows_of(content(scene.slack, file)))


@pytest.mark.parametrize("who", [sample.BEN, sample.GUS])
async def test_who_cannot_be_written_to_is_told_and_has_the_text(
    scene: Scene, bot: Service, who: str
) -> None:
    channel = sample.SHARED if who == sample.BEN else sample.GENERAL
    answer = (await scene.mentions(who, channel, TABLE_QUESTION)).reply
    await scene.presses(who, answer, ids.SOURCE_OPEN)
    await presses_view(scene, who, ids.file_action(ids.SOURCE_FILE, FileKind.WORD))
    assert file_texts.UNREACHABLE in modal(scene, who)
    assert await scene.rows(OutboxItem, kind="file") == []


@pytest.mark.parametrize("value", ["", "section|gone||0", "1:0", "section|cio-competencies|gone|0"])
async def test_a_forged_press_sends_nothing(scene: Scene, bot: Service, value: str) -> None:
    for prefix in (ids.BROWSE_FILE, ids.SOURCE_FILE):
        await scene.forges(sample.ANA, sample.GENERAL, ids.file_action(prefix, FileKind.WORD), value)
    assert await files(scene, sample.ANA) == []
