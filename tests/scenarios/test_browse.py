"""The methodology to read: in a stack of modals, and as private messages where none can be opened."""

import pytest

from bot.app import Service
from bot.engagement.models import Ticket
from bot.library import Library
from bot.slack import home_texts, ids, status_texts, texts
from bot.slack.pages import Page, PageKind
from emulator import sample
from knowledge.scope import METHODOLOGY
from knowledge.types import Article
from tests.scenarios.desk import action_ids, elements, shown
from tests.scenarios.home_scenes import modal, opens_home, presses_old, presses_view
from tests.scenarios.scene import Scene

AREA = "security-risk-and-continuity"
BACKUP = "backup-and-disaster-recovery"


@pytest.fixture
def article(library: Library) -> Article:
    """An article with sections and related articles."""
    found = library.store.article(METHODOLOGY, BACKUP)
    assert found is not None
    return found


async def goes(scene: Scene, user: str, page: Page) -> None:
    """Press the button that leads to a page."""
    view = scene.slack.views(user)[-1] if scene.slack.views(user) else scene.slack.home(user)
    assert view is not None
    action = next(each for each in elements(view["blocks"]) if each.get("value") == page.value)
    await presses_view(scene, user, action["action_id"], page.value)


async def reads_section(scene: Scene, user: str, article: Article) -> Page:
    """From Home to the first section of an article."""
    await opens_home(scene, user)
    section = Page(PageKind.SECTION, article.slug, article.sections[0].section_id)
    for page in (
        Page(PageKind.AREAS),
        Page(PageKind.AREA, AREA),
        Page(PageKind.ARTICLE, article.slug),
        section,
    ):
        await goes(scene, user, page)
    return section


async def test_from_the_areas_to_a_section_in_three_modals(
    scene: Scene, bot: Service, article: Article
) -> None:
    await opens_home(scene, sample.ANA)
    await goes(scene, sample.ANA, Page(PageKind.AREAS))
    assert "13 articles" in modal(scene, sample.ANA)
    await goes(scene, sample.ANA, Page(PageKind.AREA, AREA))
    assert article.title in modal(scene, sample.ANA)
    await goes(scene, sample.ANA, Page(PageKind.ARTICLE, article.slug))
    assert all(section.heading in modal(scene, sample.ANA) for section in article.sections[:5])
    assert len(scene.slack.views(sample.ANA)) == 3
    first = Page(PageKind.SECTION, article.slug, article.sections[0].section_id)
    await goes(scene, sample.ANA, first)
    assert len(scene.slack.views(sample.ANA)) == 3
    assert texts.TALK in modal(scene, sample.ANA)
    await presses_view(scene, sample.ANA, ids.BROWSE_BACK)
    assert article.sections[-1].heading in modal(scene, sample.ANA)


async def test_every_article_opens_and_its_sections_in_turn(
    scene: Scene, bot: Service, library: Library
) -> None:
    home = await opens_home(scene, sample.ANA)
    await goes(scene, sample.ANA, Page(PageKind.AREAS))
    for at, summary in enumerate(library.store.articles(METHODOLOGY)):
        found = library.store.article(METHODOLOGY, summary.slug)
        assert found is not None
        page = Page(PageKind.ARTICLE, found.slug)
        await presses_old(scene, sample.ANA, home, ids.browse_action(0), page.value)
        assert found.title in modal(scene, sample.ANA)
        # A quarter of each article, another one of the next: they are of the same few kinds everywhere.
        for section in found.sections[at % 4 :: 4]:
            page = Page(PageKind.SECTION, found.slug, section.section_id)
            await presses_old(scene, sample.ANA, home, ids.browse_action(0), page.value)
            assert section.heading in modal(scene, sample.ANA)


async def test_a_consultant_asked_for_while_reading_hears_what_was_read_and_once(
    scene: Scene, bot: Service, article: Article
) -> None:
    await reads_section(scene, sample.ANA, article)
    await presses_view(scene, sample.ANA, ids.BROWSE_TALK)
    await presses_view(scene, sample.ANA, ids.BROWSE_TALK)
    (ticket,) = await scene.rows(Ticket)
    assert ticket.reference in modal(scene, sample.ANA)
    (card,) = scene.cards()
    assert article.title in shown(card)


async def test_a_page_the_new_index_does_not_hold_says_so_and_leads_to_the_areas(
    scene: Scene, bot: Service
) -> None:
    home = await opens_home(scene, sample.ANA)
    for page in (
        Page(PageKind.AREA, "gone"),
        Page(PageKind.ARTICLE, "gone"),
        Page(PageKind.SECTION, BACKUP, "gone"),
    ):
        await presses_old(scene, sample.ANA, home, ids.browse_action(0), page.value)
        assert home_texts.PAGE_GONE in modal(scene, sample.ANA)
        await goes(scene, sample.ANA, Page(PageKind.AREAS))
        assert home_texts.AREAS_LEAD in modal(scene, sample.ANA)


async def test_of_two_presses_on_one_page_the_last_counts_and_it_says_so(
    scene: Scene, bot: Service, article: Article
) -> None:
    await reads_section(scene, sample.ANA, article)
    old = scene.slack.views(sample.ANA)[-1]
    await presses_view(scene, sample.ANA, ids.BROWSE_BACK)
    second = Page(PageKind.SECTION, article.slug, article.sections[1].section_id)
    await presses_old(scene, sample.ANA, old, ids.browse_action(0), second.value)
    assert home_texts.PAGE_CHANGED in modal(scene, sample.ANA)
    assert article.sections[1].heading in modal(scene, sample.ANA)


async def test_where_no_modal_can_be_pushed_in_time_the_page_replaces_the_one_below(
    scene: Scene, bot: Service
) -> None:
    await opens_home(scene, sample.ANA)
    await goes(scene, sample.ANA, Page(PageKind.AREAS))
    scene.slack.faults.add(method="views.push", error="expired_trigger_id")
    await goes(scene, sample.ANA, Page(PageKind.AREA, AREA))
    assert home_texts.area(AREA) in modal(scene, sample.ANA)
    assert len(scene.slack.views(sample.ANA)) == 1


async def test_a_page_pressed_in_a_modal_closed_meanwhile_opens_again(scene: Scene, bot: Service) -> None:
    await opens_home(scene, sample.ANA)
    await goes(scene, sample.ANA, Page(PageKind.AREAS))
    old = scene.slack.views(sample.ANA)[-1]
    await scene.slack.close_view(sample.ANA)
    await presses_old(scene, sample.ANA, old, ids.browse_action(0), Page(PageKind.AREA, AREA).value)
    told = scene.bot_posts(await scene.slack.dm(sample.ANA))
    assert scene.slack.views(sample.ANA) or home_texts.PRESS_AGAIN in shown(told[-1])


@pytest.mark.parametrize("value", ["", "areas", "secrets||||0", "article|../../etc||x"])
async def test_a_forged_page_is_refused(scene: Scene, bot: Service, value: str) -> None:
    home = await opens_home(scene, sample.ANA)
    await presses_old(scene, sample.ANA, home, ids.browse_action(0), value)
    assert scene.slack.views(sample.ANA) == []
    assert len(scene.bot_posts(await scene.slack.dm(sample.ANA))) == 1


@pytest.mark.parametrize("who", [sample.BEN, sample.CORA])
async def test_browse_said_in_a_channel_gives_the_areas_as_buttons_that_open(
    scene: Scene, bot: Service, who: str, article: Article
) -> None:
    said = await scene.mentions(who, sample.SHARED, "browse")
    assert home_texts.area(AREA) in shown(said.reply)
    await scene.presses(who, said.reply, _action(said.reply, AREA))
    assert scene.slack.views(who)


async def test_where_slack_opens_no_modal_the_pages_come_as_private_messages(
    scene: Scene, bot: Service, article: Article
) -> None:
    said = await scene.mentions(sample.GUS, sample.GENERAL, "browse")
    scene.slack.faults.add(method="views.open", error="user_not_visible", times=9)
    await scene.presses(sample.GUS, said.reply, _action(said.reply, AREA))
    (area,) = scene.private(sample.GUS)
    await scene.presses(sample.GUS, area, _action(area, article.slug))
    (page,) = scene.private(sample.GUS)
    await scene.presses(sample.GUS, page, _action(page, article.sections[0].section_id))
    (section,) = scene.private(sample.GUS)
    assert article.sections[0].heading in shown(section)
    assert ids.BROWSE_TALK in action_ids(section)
    assert scene.slack.views(sample.GUS) == []


def _action(message: dict[str, object], name: str) -> str:
    """The action id of the button that leads to the page of that name."""
    found = next(each for each in elements(message["blocks"]) if name in str(each.get("value")).split("|"))
    return str(found["action_id"])


@pytest.mark.parametrize("typed", ["help", "Help!", "/vcio help", " HELP "])
async def test_help_said_anywhere_says_how_to_ask_and_offers_a_consultant_there(
    scene: Scene, bot: Service, typed: str
) -> None:
    said = await scene.mentions(sample.BEN, sample.SHARED, typed)
    assert texts.HOME_ASK_TITLE in shown(said.reply)
    assert texts.PRIVACY_TITLE in shown(said.reply)
    (told,) = await scene.presses(sample.BEN, said.reply, ids.TALK)
    (ticket,) = await scene.rows(Ticket)
    assert ticket.reference in shown(told)


@pytest.mark.parametrize(
    ("word", "says"),
    [("retainer", "Hours are shown to whoever approves them"), ("log", "Consultants log time")],
)
async def test_a_word_that_is_a_command_is_answered_as_the_command_is(
    scene: Scene, bot: Service, word: str, says: str
) -> None:
    said = await scene.asks(sample.ANA, word)
    assert says in shown(said.reply)
    assert ids.TALK in action_ids(said.reply)


async def test_a_word_said_to_the_consultant_who_has_the_conversation_is_carried_there(
    scene: Scene, bot: Service
) -> None:
    said = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    again = await scene.says(sample.ANA, said.channel, "status", said.root)
    assert again.replies == []
    assert "status" in shown(scene.bot_replies(sample.DESK, card["ts"])[-1])


async def test_a_sentence_with_such_a_word_is_a_question(scene: Scene, bot: Service) -> None:
    said = await scene.asks(sample.ANA, "What does a status report to the board contain?")
    assert status_texts.NONE not in shown(said.reply)
