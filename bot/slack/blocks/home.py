"""The Home tab, from top to bottom."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ConversationFilter,
    ConversationSelectElement,
    DividerBlock,
    SectionBlock,
)
from slack_sdk.models.views import View

from bot.slack import home_texts as said
from bot.slack import ids, texts
from bot.slack.blocks.assessment import start_button
from bot.slack.blocks.build import (
    actions,
    button,
    context,
    heading,
    mrkdwn,
    say,
    talk_button,
    words,
)
from bot.slack.blocks.client_form import clients_blocks
from bot.slack.blocks.client_home import client_blocks
from bot.slack.blocks.desk_home import desk_blocks
from bot.slack.blocks.firm_form import firm_blocks
from bot.slack.blocks.hands import hands_button
from bot.slack.blocks.home_lists import asked_blocks
from bot.slack.blocks.lead_home import lead_blocks
from bot.slack.blocks.notices import firm_called
from bot.slack.blocks.plain_form import plain_form
from bot.slack.blocks.rich import items, list_block
from bot.slack.blocks.text import escape
from bot.slack.pages import Page, PageKind
from bot.workflows.home import HomePage
from bot.workflows.spots import Spot
from bot.workflows.topics import Topic

_CHANNEL_ID = re.compile(r"^[CG][A-Z0-9]{2,30}$", re.ASCII)
Link = Callable[[Spot], str | None]


@dataclass(frozen=True)
class Surroundings:
    """What Home shows beside the database: who looks, the topics (None while they load) and links."""

    is_admin: bool
    topics: tuple[Topic, ...] | None
    link: Link


def home_view(page: HomePage, around: Surroundings) -> dict[str, Any]:
    """Return the Home tab: consultants see the desk's part first, admins its channel or the choice of one."""
    firm, lead = firm_called(page.firm.name), lead_blocks(page.lead) if page.lead else []
    blocks: list[Block] = [
        *say(texts.what_i_am(firm)),
        *(desk_blocks(page.desk, around.link, lead) if page.desk else []),
        actions(ids.HOME_BLOCK, [_ask(), _browse(), talk_button(None), hands_button(), *_assess(around)]),
        *(client_blocks(page.client) if page.client else []),
        heading(said.TOPICS_TITLE),
        *_topics(page, around.topics),
        heading(said.MINE_TITLE),
        *asked_blocks(page.asked, around.link),
        DividerBlock(),
        heading(texts.PRIVACY_TITLE),
        list_block(items(texts.privacy(firm), ordered=False)),
        *(clients_blocks(page.clients) if page.clients is not None else []),
        *(firm_blocks(page.unconfirmed) if page.unconfirmed is not None else []),
        *(_desk(page.firm.desk_channel) if around.is_admin else []),
    ]
    return dict(plain_form(View(type="home", callback_id=ids.HOME_VIEW, blocks=blocks)))


def _ask() -> Any:
    return button(said.ASK, ids.HOME_ASK, ids.HOME_ASK, said.ASK_SPOKEN, "primary")


def _browse() -> Any:
    areas = Page(PageKind.AREAS).value
    return button(said.BROWSE, ids.browse_action(0), areas, said.BROWSE_SPOKEN)


def _assess(around: Surroundings) -> list[Any]:
    """Return the way into the self-assessment, once there is a methodology to take it from."""
    return [start_button()] if around.topics else []


def _topics(page: HomePage, topics: Sequence[Topic] | None) -> list[Block]:
    if topics is None:
        return [context(said.LOADING)]
    if not topics:
        return [context(said.TOPICS_NONE)]
    buttons = [
        button(topic.label, ids.topic_action(index), topic.label, said.topic_spoken(topic.question))
        for index, topic in enumerate(topics)
    ]
    return [actions(ids.TOPICS_BLOCK, buttons), context(said.topics_for(page.size))]


def _desk(channel: str | None) -> list[Block]:
    if channel is not None:
        named = f"<#{channel}>" if _CHANNEL_ID.match(channel) else escape(channel)
        return [heading(texts.HOME_DESK_TITLE), SectionBlock(text=mrkdwn(f"{texts.HOME_DESK_SET} {named}"))]
    picker = ConversationSelectElement(
        action_id=ids.DESK_SELECT,
        placeholder=words(texts.HOME_DESK_PICK, 150),
        filter=ConversationFilter(include=["private"], exclude_external_shared_channels=True),
    )
    return [
        heading(texts.HOME_DESK_TITLE),
        *say(texts.HOME_DESK_MISSING),
        actions(ids.DESK_BLOCK, [picker]),
    ]
