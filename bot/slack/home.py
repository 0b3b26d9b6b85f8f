"""Home: published when it is opened and when something in it changes, and what its buttons do."""

import asyncio
from collections.abc import Awaitable, Callable, Collection

from bot.answering.models import AnswerRecord, Conversation
from bot.answering.render import from_stored
from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery.models import OutboxItem
from bot.engagement.people import Profile
from bot.errors import AdvisoryError, DeliveryError
from bot.log import get_logger
from bot.slack import home_texts, ids
from bot.slack.blocks import answer as answers
from bot.slack.blocks import fallbacks
from bot.slack.blocks import ticket as cards
from bot.slack.blocks.home import Surroundings, home_view
from bot.slack.blocks.home_ask import said_view
from bot.slack.blocks.limits import check_view
from bot.slack.blocks.notices import reply_message
from bot.slack.client import SlackError, call
from bot.slack.client_pool import ClientPool
from bot.slack.failures import kindly
from bot.slack.identity import SlackDirectory
from bot.slack.membership import Links, permalink
from bot.slack.requests import Request
from bot.slack.shelf import Shelf
from bot.workflows import topics
from bot.workflows.absence import REOFFERED
from bot.workflows.advance_ticket import AdvanceTicket
from bot.workflows.ask import Ask
from bot.workflows.desk import OnDesk, who_is_on_desk
from bot.workflows.home import HOME, HomePage, homes_of, queue_home, read_page
from bot.workflows.presses import NOT_YOURS, person_of
from bot.workflows.spots import Spot

log = get_logger(__name__)
Send = Callable[[OutboxItem], Awaitable[None]]
# Whose Home shows something else once such a message was sent.
OWN_KINDS = frozenset(
    {
        "answer",
        "requested",
        "claimed",
        "transferred",
        "resolved",
        "reopened",
        "withdrawn",
        "closing",
        REOFFERED,
    }
)
DESK_KINDS = frozenset({"card", "card_update"})
# Slack's answers where somebody has no Home of ours; nothing is lost by it.
MOST_REMEMBERED = 5_000
NO_HOME = frozenset({"not_enabled", "user_not_found", "user_not_visible", "user_disabled", "not_allowed"})


class Homes:
    """Publishes Homes, and knows whose must be published again."""

    def __init__(
        self,
        database: Database,
        pool: ClientPool,
        directory: SlackDirectory,
        shelf: Shelf,
        clock: Clock = utc_now,
    ) -> None:
        self._database = database
        self._pool = pool
        self._directory = directory
        self._shelf = shelf
        self._links = Links(pool)
        self._clock = clock
        # Published while the methodology was not loaded, and people we know by their Home only.
        self._early: set[tuple[str, str]] = set()
        self._strangers: set[tuple[str, str]] = set()
        # Whose Homes are about to be looked up, at once for all that was sent in the same moment.
        self._changed: set[str] = set()
        self._looking: asyncio.Task[None] | None = None

    def around(self, send: Send) -> Send:
        """Return the handler of the outbox: Homes are published here, the rest goes to `send`."""

        async def handle(item: OutboxItem) -> None:
            if item.kind == HOME:
                await self.publish(item)
                return
            await send(item)
            await self.after(item)

        return handle

    async def publish(self, item: OutboxItem) -> None:
        """Publish somebody's Home as it is now; raises `DeliveryError` when Slack did not take it."""
        team, user = item.team_id, str(item.payload["user_id"])
        profile, desk = await asyncio.gather(self._directory.profile(team, user), self._desk_of(team, user))
        async with self._database.read() as session:
            page = await read_page(session, profile, desk=desk, now=self._clock())
        view = home_view(page, await self._surroundings(page, profile, team))
        if len(self._strangers) >= MOST_REMEMBERED:
            self._strangers.clear()
        self._strangers.add((team, user))
        client = await self._pool.of(team)
        try:
            await call(client.views_publish(user_id=user, view=check_view(view)), "views.publish")
        except SlackError as error:
            if error.code not in NO_HOME:
                raise
            log.info("home.none", user=user, code=error.code)

    async def _desk_of(self, team: str, user: str) -> OnDesk | None:
        """Return the desk for one of its members; None for everybody else."""
        if team != self._directory.firm_team_id:
            return None
        desk = await who_is_on_desk(self._directory)
        return desk if user in desk.members else None

    async def _surroundings(self, page: HomePage, profile: Profile, team: str) -> Surroundings:
        spots = [asked.spot for asked in page.asked]
        spots += [request.spot for request in page.desk.shown] if page.desk else []
        bases = {spot.team_id: await self._links.base(spot.team_id) for spot in spots if spot}

        def link(spot: Spot) -> str | None:
            base = bases.get(spot.team_id)
            return permalink(base, spot.channel, spot.ts, spot.ts) if base else None

        is_admin = profile.is_admin and team == self._directory.firm_team_id
        return Surroundings(is_admin, await self._topics(page, team, profile.user_id), link)

    async def _topics(self, page: HomePage, team: str, user: str) -> tuple[topics.Topic, ...] | None:
        if not self._shelf.is_ready:
            self._early.add((team, user))
            return None
        articles = await asyncio.to_thread(self._shelf.articles)
        return topics.suggested(page.size, {article.slug for article in articles})

    async def knowledge_ready(self) -> None:
        """Publish again every Home that was published before the methodology was loaded."""
        early, self._early = self._early, set()
        await self._queue(early)

    async def after(self, item: OutboxItem) -> None:
        """Publish again the Homes in which a message just sent changes something."""
        try:
            if item.kind in OWN_KINDS:
                await self._again({str(item.payload.get("user_id"))})
            elif item.kind in DESK_KINDS:
                await self._again(await self._directory.consultants())
        except DeliveryError:
            # The message has arrived; Home is right again when it is opened.
            log.warning("home.left", kind=item.kind, exc_info=True)

    async def _again(self, users: Collection[str]) -> None:
        if not users:
            return
        self._changed.update(users)
        if self._looking is None:
            self._looking = asyncio.get_running_loop().create_task(self._look())
        await asyncio.shield(self._looking)

    async def _look(self) -> None:
        """Queue the Homes of everybody for whom something was sent, one each however much it was."""
        await asyncio.sleep(0)
        users, self._changed, self._looking = self._changed, set(), None
        async with self._database.read() as session:
            known = await homes_of(session, users, self._pool.teams)
        await self._queue({*known, *(home for home in self._strangers if home[1] in users)})

    async def _queue(self, homes: Collection[tuple[str, str]]) -> None:
        if not homes:
            return
        async with self._database.unit_of_work() as session:
            for team, user in sorted(homes):
                await queue_home(session, team, user, now=self._clock())


class HomeActions:
    """The listeners behind the buttons of Home."""

    def __init__(self, database: Database, directory: SlackDirectory) -> None:
        self._database = database
        self._directory = directory
        self._ask = Ask(database, directory)
        self._advance = AdvanceTicket(database, directory)

    @kindly
    async def topic(self, request: Request) -> None:
        """A suggested topic: asked in the person's direct messages, once for each Home they were shown."""
        topic = topics.named(request.value)
        if topic is None:
            raise AdvisoryError(NOT_YOURS)
        shown = str((request.body.get("view") or {}).get("hash") or request.body.get("trigger_id"))
        said = await self._asked(request, topic.question, f"{shown}:{topic.label}")
        await request.show(said_view(said), reply_message(said))

    async def _asked(self, request: Request, question: str, key: str) -> str:
        """Ask, and return what to say of it: that it is under way, was before, or cannot be."""
        if not await request.can_be_written_to():
            return home_texts.ASK_UNREACHABLE
        try:
            await self._ask.directly(request.press, question, key)
        except AdvisoryError as error:
            return error.user_text
        return home_texts.ASKED

    @kindly
    async def claim(self, request: Request) -> None:
        """*Claim* on Home: the same rules as on the card."""
        read = ids.read_answer_value(request.value)
        if read is None:
            raise AdvisoryError(NOT_YOURS)
        try:
            claimed = await self._advance.claim_from_home(request.press, read[0])
        finally:
            # Won, lost or not allowed any more: what they saw is out of date.
            async with self._database.unit_of_work() as session:
                await queue_home(session, request.team_id, request.user_id, now=utc_now())
        if not claimed.is_theirs:
            await request.reply(cards.claim_lost(claimed.by_name))

    @kindly
    async def show(self, request: Request) -> None:
        """*Show* beside an answer that stands nowhere in Slack; only to the person it was given to."""
        read = ids.read_answer_value(request.value)
        profile = await self._directory.profile(request.team_id, request.user_id, request.press.actor_team_id)
        async with self._database.unit_of_work() as session:
            person = await person_of(session, profile, self._directory, now=utc_now())
            answer = await session.get(AnswerRecord, read[0]) if read else None
            if answer is None or answer.person_id != person.id:
                raise AdvisoryError(NOT_YOURS)
            channel = (await session.get_one(Conversation, answer.conversation_id)).channel
        whole = from_stored(answer.body)
        view = answers.more_view(whole, answer_id=answer.id, conversation_id=answer.conversation_id)
        view["private_metadata"] = ids.answer_value(answer.id, channel)
        await request.show(view, fallbacks.whole_answer(whole))
