"""Sends outbox items: rendered now, in order, and looked for first when they may be there already."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.answering.models import Conversation
from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery.lanes import Sent, record_sent
from bot.delivery.models import OutboxItem
from bot.delivery.sent import SentTogether
from bot.engagement import firm
from bot.engagement.models import Ticket
from bot.errors import DeliveryError
from bot.log import get_logger
from bot.slack.agent_view import AgentView
from bot.slack.blocks.limits import BlockLimitError, check_message
from bot.slack.blocks.message import Message
from bot.slack.bridge_sender import record_crossing
from bot.slack.client import OUR_MISTAKE, PLACE_GONE, SlackError, call
from bot.slack.client_pool import ClientPool
from bot.slack.identity import SlackDirectory
from bot.slack.live_card import LiveCard
from bot.slack.rendering import RENDERERS
from bot.slack.responses import respond_privately
from bot.slack.sessions import Sessions
from bot.slack.streaming import StoppedByPerson
from bot.workflows.answer_anew import AnswerAnew, Edited
from bot.workflows.ask import ASKED, take_place
from bot.workflows.card_lanes import card_stands, shown_with
from bot.workflows.choose_desk import ChooseDesk, desk_problem
from bot.workflows.comments import CARD as COMMENT_CARD
from bot.workflows.comments import comment_stands
from bot.workflows.confidence import settle_in
from bot.workflows.work_telling import NOTE

log = get_logger(__name__)
# Slack's answers where an app may not choose the name it posts under.
NO_NAME = frozenset({"missing_scope", "not_allowed_token_type"})
EVENT_TYPE = "vcio_message"
# The one kind of which many are sent at once, and with which nothing but its own row changes.
ANSWER = "answer"
LOOK_BACK = 200
CLOCKS_APART = 300
# What stands in the thread of a ticket's card.
UNDER_CARD = frozenset({"note", "relay", "unreachable", NOTE})


class TakenBack(Exception):  # noqa: N818 - an end, not a mistake
    """What was asked has changed, or is gone, before anything of the answer was shown."""

    def __init__(self, edited: Edited) -> None:
        super().__init__(edited)
        self.edited = edited


class Sender:
    """The handler of the outbox worker."""

    def __init__(
        self,
        database: Database,
        pool: ClientPool,
        directory: SlackDirectory,
        clock: Clock = utc_now,
        sessions: Sessions | None = None,
    ) -> None:
        self._database = database
        self._pool = pool
        self._directory = directory
        self._desk = ChooseDesk(database, directory, clock)
        self._clock = clock
        self._card = LiveCard(database, pool, clock)
        self._together = SentTogether(database, clock)
        self._anew = AnswerAnew(database, clock)
        self.agent = AgentView(pool, database, sessions or Sessions(pool), clock)

    async def handle(self, item: OutboxItem) -> None:
        """Send one item and record where it went; raises `DeliveryError` when it could not be sent."""
        match item.kind:
            case "card_update" | "card_words":
                await self._update_card(item)
                return
            case "unsay":
                await self._card.unsay(item)
                return
            case "redraw":
                await self._card.redraw(item, await self._render(item))
                return
            case "prompts":
                await self.agent.offer_prompts(item)
                return
            case "stopped":
                await self.agent.bring_to_rest(item)
                return
        if item.kind == "card" and await self._has_card(item):
            return
        message = await self._render(item)
        target = await self._target(item)
        if "response_url" in target:
            if await self._responded(target["response_url"], message):
                await self._sent(item, "", "")
                return
            target = await self._direct_message(item.team_id, item.payload["user_id"])
        try:
            channel, ts = await self._show(item, target, message)
        except StoppedByPerson:
            await self.agent.drop(item)
            return
        except TakenBack as end:
            if end.edited is Edited.GONE:
                await self.agent.rest(item, target)
            return
        await self.agent.rest(item, target)
        await self._sent(item, channel, ts)

    async def _show(self, item: OutboxItem, target: dict[str, str], message: Message) -> tuple[str, str]:
        """Bring the message to where it belongs, unless an earlier try has; return channel and ts.

        Raises `TakenBack` where it is not the answer to what was asked any more.
        """
        channel, thread_ts = target["channel"], target.get("thread_ts")
        found = await self._find(item, target, message) if item.resumed else None
        if found is None:
            edited = await self._anew.take_back(item, firm_team_id=self._directory.firm_team_id)
            if edited is not None:
                raise TakenBack(edited)
        found = found or await self.agent.show(item, target, message, key_of(item))
        if found is None:
            return await self._post_or_write(item, channel, thread_ts, message)
        return channel, found

    async def _has_card(self, item: OutboxItem) -> bool:
        """Whether the ticket's card stands on the desk already, queued again with a desk chosen anew."""
        async with self._database.read() as session:
            return (await session.get_one(Ticket, item.payload["ticket_id"])).card_ts is not None

    async def _render(self, item: OutboxItem) -> Message:
        async with self._database.read() as session:
            message = await RENDERERS[item.kind](session, item.payload)
        try:
            return check_message(message)
        except BlockLimitError as error:
            # Words without their looks still reach the person; the log tells us to mend the block.
            log.exception("message.over_limit", kind=item.kind, error=str(error))
            return Message(text=message.text, blocks=())

    async def _target(self, item: OutboxItem) -> dict[str, str]:
        target: dict[str, str] = item.payload.get("target") or {}
        if item.kind == "card" or item.kind in UNDER_CARD:
            return await self._desk_target(item)
        return await self._direct_message(item.team_id, target["user"]) if "user" in target else target

    async def _direct_message(self, team_id: str, user_id: str) -> dict[str, str]:
        client = await self._pool.of(team_id)
        opened = await call(client.conversations_open(users=user_id), "conversations.open")
        return {"channel": opened["channel"]["id"]}

    async def _responded(self, url: str, message: Message) -> bool:
        """Answer a command privately; false when its address has expired, as it does after half an hour."""
        try:
            await respond_privately(url, message, session=self._pool.session)
        except SlackError as error:
            if not error.permanent:
                raise
            return False
        return True

    async def _desk_target(self, item: OutboxItem) -> dict[str, str]:
        async with self._database.read() as session:
            profile = await firm.read_profile(session)
            ticket = await session.get_one(Ticket, item.payload["ticket_id"])
        if item.kind in UNDER_CARD and ticket.card_channel and ticket.card_ts:
            return {"channel": ticket.card_channel, "thread_ts": ticket.card_ts}
        if profile.desk_channel is None:
            raise DeliveryError("There is no desk channel to post to", permanent=True)
        problem = desk_problem(await self._directory.desk_now(profile.desk_channel))
        if problem is not None:
            # What clients wrote must not reach a channel that others can read by now.
            await self._desk.lose(problem)
            raise DeliveryError(f"The desk cannot be used: {problem}", permanent=True)
        return {"channel": profile.desk_channel}

    async def _post_or_write(
        self, item: OutboxItem, channel: str, thread_ts: str | None, message: Message
    ) -> tuple[str, str]:
        """Post where it belongs, or to the person directly where that place is gone; return where."""
        try:
            return channel, await self._post(item, channel, thread_ts, message)
        except SlackError as error:
            if error.code not in PLACE_GONE or "user_id" not in item.payload or thread_ts is None:
                raise
            log.warning("place.gone", channel=channel, code=error.code)
        direct = (await self._direct_message(item.team_id, item.payload["user_id"]))["channel"]
        return direct, await self._post(item, direct, None, message)

    async def _post(self, item: OutboxItem, channel: str, thread_ts: str | None, message: Message) -> str:
        try:
            return await self._post_as(item, channel, thread_ts, message)
        except SlackError as error:
            error.unwritten = error.definite
            if message.username and error.code in NO_NAME:
                # A workspace that lets no app speak under another name reads the name in the text.
                log.info("name.refused", team=item.team_id, code=error.code)
                return await self._post(item, channel, thread_ts, replace(message, username=None))
            if not message.blocks or error.code not in OUR_MISTAKE:
                raise
            # Words without their looks still reach the person.
            log.exception("blocks.refused", kind=item.kind, code=error.code)
        return await self._post_as(item, channel, thread_ts, replace(message, blocks=()))

    async def _post_as(self, item: OutboxItem, channel: str, thread_ts: str | None, message: Message) -> str:
        client = await self._pool.of(item.team_id)
        named: dict[str, Any] = {"username": message.username} if message.username else {}
        response = await call(
            client.chat_postMessage(
                channel=channel,
                thread_ts=thread_ts,
                text=message.text,
                blocks=list(message.blocks) or None,
                metadata=key_of(item),
                unfurl_links=False,
                unfurl_media=False,
                **named,
            ),
            "chat.postMessage",
        )
        return str(response["ts"])

    async def _find(self, item: OutboxItem, target: dict[str, str], message: Message) -> str | None:
        """Return the ts of our own message if an earlier try reached Slack, made whole if left half-way."""
        channel, thread_ts = target["channel"], target.get("thread_ts")
        client = await self._pool.of(item.team_id)
        if thread_ts:
            method, ask = "conversations.replies", client.conversations_replies
            extra: dict[str, Any] = {"ts": thread_ts}
        else:
            method, ask = "conversations.history", client.conversations_history
            extra = {}
        # From a little before it was queued: clocks differ, and what is older cannot be ours.
        oldest = f"{item.created_at.timestamp() - CLOCKS_APART:.6f}"
        page = await call(
            ask(channel=channel, oldest=oldest, include_all_metadata=True, limit=LOOK_BACK, **extra), method
        )
        for posted in page["messages"]:
            metadata = posted.get("metadata") or {}
            if (metadata.get("event_payload") or {}).get("key") == item.key:
                log.info("message.found", item=item.id, ts=posted["ts"])
                return str(posted["ts"])
        return await self.agent.mend(item, target, message, key_of(item), page["messages"])

    async def _update_card(self, item: OutboxItem) -> None:
        async with self._database.read() as session:
            waiting = await shown_with(session, item)
        shown = await self._card.update(item, await self._render(item))
        if shown is not None:
            await self._sent(item, *shown, also=waiting)

    async def _sent(self, item: OutboxItem, channel: str, ts: str, also: Sequence[OutboxItem] = ()) -> None:
        # A stop that came a moment too late has ended it already, either way.
        if item.kind == ANSWER:
            await self._together.note(item, channel, ts)
        else:
            await self._record(item, channel, ts, also)
        log.info("message.sent", kind=item.kind, channel=channel, ts=ts, tries=item.attempts)

    async def _record(self, item: OutboxItem, channel: str, ts: str, also: Sequence[OutboxItem] = ()) -> None:
        async with self._database.unit_of_work() as session:
            sent = [Sent(each, channel, ts) for each in (item, *also)]
            await record_sent(session, *sent, now=self._clock())
            if item.kind == "card":
                ticket = await session.get_one(Ticket, item.payload["ticket_id"])
                await card_stands(session, ticket, item.team_id, channel, ts)
            if item.kind == COMMENT_CARD:
                await comment_stands(session, item.payload["comment_id"], channel, ts)
            await record_crossing(session, item, channel, ts, now=self._clock())
            if item.kind == "requested":
                ticket = await session.get_one(Ticket, item.payload["ticket_id"])
                settle_in(await session.get_one(Conversation, ticket.conversation_id), channel, ts)
            if item.kind == ASKED:
                await take_place(session, item, channel, ts, now=self._clock())


def key_of(item: OutboxItem) -> dict[str, Any]:
    """Return the metadata by which an item's message is found again."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": item.key}}
