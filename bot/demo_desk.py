"""What the demo's sample people did before you came: five requests, each at another point of its life.

They press and write as you would, so that all that is shown was made by the bot itself.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.clock import utc_now
from bot.demo_work import proposed_terms
from bot.engagement.models import Ending, Urgency
from bot.slack import ids, ticket_ids, work_ids
from emulator import seed as people
from emulator.block_check import elements_of
from emulator.server import Server
from emulator.testing import LocalWorkspace

LONGEST_WAIT = 60
POLL_SECONDS = 0.02
AT_BOT = f"<@{people.BOT}>"
Json = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class Request:
    """A request for a consultant: who asks what, and where; in a channel the assistant is mentioned."""

    asker: str
    channel: str | None
    question: str


RESTORE = Request(people.BEN, people.SHARED, "How do we know that our backups can be restored?")
REGISTER = Request(people.CARL, None, "What belongs in an asset register?")
# Of somebody else than the request left to claim: nobody is asked to rate twice within a week.
RECORDS = Request(people.BELLA, people.SHARED, "How long should we keep tenancy records?")
OUTAGE = Request(people.BELLA, people.SHARED, "Who leads during a major incident?")
TILLS = Request(people.CARL, None, "Two suppliers have offered us a new till system. Which should we take?")
HANDS = Request(people.ANA, None, "I need someone for our board paper on cyber risk by Friday")


@dataclass(frozen=True)
class Opened:
    """Where a request stands: its client's thread with our confirmation, and its card on the desk."""

    asker: str
    channel: str
    thread: str
    confirmation: Json
    card: Json


async def play(server: Server) -> None:
    """Let the sample people open their requests, and go on with all but the last of them.

    Raises `TimeoutError` when the bot does not answer them.
    """
    stage = Stage(LocalWorkspace.around(server))
    limits, stage.slack.runtime.rates.enabled = stage.slack.runtime.rates.enabled, False
    try:
        # In this order their references and cards stand; the last is the one left to claim.
        resolved, bridged, waiting, urgent, _free = [
            await stage.opens(each) for each in (RECORDS, RESTORE, REGISTER, OUTAGE, TILLS)
        ]
        await asyncio.gather(
            _resolved(stage, resolved),
            _across(stage, bridged),
            _waiting(stage, waiting),
            _near_breach(stage, urgent),
        )
        await _proposal(stage)
    finally:
        stage.slack.runtime.rates.enabled = limits


async def _across(stage: "Stage", request: Opened) -> None:
    """Claimed by Dev, with messages both ways and a note that stays on the desk."""
    await stage.claims(people.DEV, request)
    await stage.writes(people.DEV, request, "Hello Ben. When did you last restore a whole server?")
    await stage.answers(request, "Never a whole one, as far as I know. Single files, about once a month.")
    await stage.writes(
        people.DEV, request, "// Files only, as at two other clients: one for the yearly review."
    )
    await stage.writes(
        people.DEV,
        request,
        "Then that is the gap. Please name one server that you could not be without for a day; "
        "I will bring a plan for a first test.",
    )


async def _waiting(stage: "Stage", request: Opened) -> None:
    """Claimed by Elif, who asked something back and waits for it."""
    await stage.claims(people.ELIF, request)
    await stage.writes(people.ELIF, request, "Hello Carl. Do the tills belong to you, or are they rented?")
    await stage.presses(people.ELIF, request, ticket_ids.TICKET_WAIT)
    await stage.until_card(request, ticket_ids.TICKET_RESUME)


async def _near_breach(stage: "Stage", request: Opened) -> None:
    """Work has stopped at Westmoor: Dev has taken it, and the first reply is due within the hour."""
    urgency = ticket_ids.urgency_action(Urgency.WORK_STOPPED)
    await stage.slack.press(request.asker, request.confirmation, urgency)
    await stage.claims(people.DEV, request)


async def _proposal(stage: "Stage") -> None:
    """Hands asked for by Ana: Dev has proposed, and Carl, who consents for the bakery, has it to decide."""
    asked = await stage.asks_for_hands(HANDS)
    await stage.claims(people.DEV, asked)
    await stage.presses(people.DEV, asked, work_ids.PROPOSE)
    await stage.sends(people.DEV, proposed_terms(utc_now().date()))


async def _resolved(stage: "Stage", request: Opened) -> None:
    """Answered by Cora, resolved with what came of it, and rated with a comment."""
    await stage.claims(people.CORA, request)
    await stage.writes(
        people.CORA,
        request,
        "Hello Bella. As long as a claim can be made after a tenancy ends, and no longer: your lawyer knows "
        "how many years that is where you are. I have sent the schedule we use to your records manager.",
    )
    await stage.presses(people.CORA, request, ticket_ids.TICKET_RESOLVE)
    await stage.sends(
        people.CORA,
        {
            ticket_ids.ENDING_RADIO: Ending.ADVICE_GIVEN.value,
            ticket_ids.LINE_INPUT: "Period lies with their lawyer.",
        },
    )
    score = ticket_ids.rate_action(5)
    await stage.slack.press(request.asker, await stage.finds(request, score), score)
    await stage.slack.press(
        request.asker, await stage.finds(request, ticket_ids.RATING_COMMENT), ticket_ids.RATING_COMMENT
    )
    await stage.sends(request.asker, {ticket_ids.COMMENT_INPUT: "Quick, and in words I could pass on."})


@dataclass(frozen=True)
class Stage:
    """The workspace, acted in as its people; each act ends when what follows from it stands there."""

    slack: LocalWorkspace

    async def opens(self, request: Request) -> Opened:
        """Ask, and bring a consultant in."""
        channel = request.channel or await self.slack.dm(request.asker)
        mention = f"{AT_BOT} " if request.channel else ""
        before = len(self._cards())
        thread = await self.slack.say(request.asker, channel, mention + request.question)
        answer = await self._until(lambda: _offering(self.slack.thread(channel, thread), ids.TALK))
        await self.slack.press(request.asker, answer, ids.TALK)
        confirmation = await self._until(
            lambda: _offering(self.slack.thread(channel, thread), ticket_ids.REQUEST_WITHDRAW)
        )
        (card,) = await self._until(lambda: self._cards()[before:])
        return Opened(request.asker, channel, thread, confirmation, card)

    async def presses(self, consultant: str, request: Opened, action_id: str) -> None:
        """Press a button of the card."""
        await self.slack.press(consultant, await self.until_card(request, action_id), action_id)

    async def claims(self, consultant: str, request: Opened) -> None:
        """Take a request."""
        await self.presses(consultant, request, ids.TICKET_CLAIM)
        await self.until_card(request, ticket_ids.TICKET_RESOLVE)

    async def writes(self, consultant: str, request: Opened, text: str) -> None:
        """Write in the card's thread, and wait for the mark that says what became of it."""
        before = len(self._on_desk(request))
        await self.slack.say(consultant, people.DESK, text, thread_ts=request.card["ts"])
        await self._until(lambda: self._on_desk(request)[before + 1 :])

    async def answers(self, request: Opened, text: str) -> None:
        """Write as the client, and wait until it stands on the desk."""
        before = len(self._on_desk(request))
        await self.slack.say(request.asker, request.channel, text, thread_ts=request.thread)
        await self._until(lambda: self._on_desk(request)[before:])

    async def sends(self, user: str, values: Json) -> None:
        """Fill in the form that has opened, and send it."""
        await self._until(lambda: self.slack.views(user))
        await self.slack.submit(user, values)
        while self.slack.views(user):
            await self.slack.close_view(user)

    async def finds(self, request: Opened, action_id: str) -> Json:
        """Wait for a button in the client's thread and return its message."""
        return await self._until(
            lambda: _offering(self.slack.thread(request.channel, request.thread), action_id)
        )

    async def until_card(self, request: Opened, action_id: str) -> Json:
        """Wait until the card offers a button and return it as it stands."""
        return await self._until(lambda: _offering(self._on_desk(request)[:1], action_id))

    async def asks_for_hands(self, request: Request) -> Opened:
        """Ask for hands in plain words, which puts a card on the desk at once."""
        channel = request.channel or await self.slack.dm(request.asker)
        before = len(self._cards())
        thread = await self.slack.say(request.asker, channel, request.question)
        told = await self._until(lambda: _offering(self.slack.thread(channel, thread), work_ids.HANDS_MORE))
        (card,) = await self._until(lambda: self._cards()[before:])
        return Opened(request.asker, channel, thread, told, card)

    def _cards(self) -> list[Json]:
        posted = self.slack.messages(people.DESK)
        return [each for each in posted if _offering([each], ticket_ids.TICKET_NOTE)]

    def _on_desk(self, request: Opened) -> list[Json]:
        return self.slack.thread(people.DESK, request.card["ts"])

    async def _until(self, found: Callable[[], T | None]) -> T:
        """Poll until something is found and return it; raises `TimeoutError`."""
        async with asyncio.timeout(LONGEST_WAIT):
            while not (there := found()):  # noqa: ASYNC110 - what is waited for has no event of its own
                await asyncio.sleep(POLL_SECONDS)
            return there


def _offering(messages: list[Json], action_id: str) -> Json | None:
    """Return the latest message that has a button."""
    for each in reversed(messages):
        blocks = each.get("blocks", ())
        if action_id in [element.get("action_id") for block in blocks for element in elements_of(block)]:
            return each
    return None
