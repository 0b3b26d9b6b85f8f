"""What clients press about their own request: urgency, privacy, withdrawal, rating and comment."""

from bot.database import Database
from bot.errors import AdvisoryError
from bot.slack import ids, request_texts, texts, ticket_ids
from bot.slack import ticket_texts as said
from bot.slack.blocks import request_words as words
from bot.slack.blocks.limits import check_view
from bot.slack.blocks.notices import reply_message
from bot.slack.card_actions import pressed_ticket, sent_form, written
from bot.slack.failures import Answer, kindly, kindly_at
from bot.slack.identity import SlackDirectory
from bot.slack.requests import Request
from bot.slack.sources import press_of
from bot.workflows.ask_in_confidence import AskInConfidence
from bot.workflows.confidence import DIRECT
from bot.workflows.presses import NOT_YOURS
from bot.workflows.rate_ticket import RateTicket
from bot.workflows.request_wishes import RequestWishes
from bot.workflows.resolve_ticket import ResolveTicket
from bot.workflows.unasked import Unasked


class RequestActions:
    """The listeners behind the buttons of a request's confirmation and of its end."""

    def __init__(self, database: Database, directory: SlackDirectory) -> None:
        self._wishes = RequestWishes(database, directory)
        self._confidence = AskInConfidence(database, directory)
        self._resolve = ResolveTicket(database, directory)
        self._rate = RateTicket(database, directory)
        self._unasked = Unasked(database, directory)

    @kindly
    async def urgency(self, request: Request) -> None:
        """One of the three urgency buttons."""
        chosen = ticket_ids.read_urgency(str(request.action.get("action_id")))
        await self._wishes.set_urgency(request.press, pressed_ticket(request.value), chosen)

    @kindly
    async def keep_private(self, request: Request) -> None:
        """*Keep this private*."""
        reference = await self._wishes.keep_private(request.press, pressed_ticket(request.value))
        if not request.channel.startswith("D"):
            # What the channel reads says nothing of how it goes on.
            reachable = request.press.actor_team_id == request.team_id
            await request.reply(words.taken_in_confidence(reference, can_be_told=reachable))

    @kindly
    async def ask_in_private(self, request: Request) -> None:
        """*Keep this private* beside *Talk to a consultant*; the confirmation comes through the outbox."""
        target, press = ids.read_talk_value(request.value), press_of(request)
        if target is None or target.conversation_id is None:
            raise AdvisoryError(NOT_YOURS)
        ticket, can_be_told = await self._confidence.ask(
            press, target.conversation_id, target.answer_id, question=texts.NO_QUESTION_YET
        )
        if not press.channel.startswith(("D", DIRECT)):
            await request.reply(words.taken_in_confidence(ticket.reference, can_be_told=can_be_told))

    @kindly
    async def withdraw(self, request: Request) -> None:
        """*Withdraw*."""
        await self._resolve.withdraw(request.press, pressed_ticket(request.value))

    @kindly
    async def rate(self, request: Request) -> None:
        """One of the five rating buttons."""
        score = ticket_ids.read_score(str(request.action.get("action_id")))
        await self._rate.rate(request.press, pressed_ticket(request.value), score)

    @kindly
    async def mute(self, request: Request) -> None:
        """*Stop these reminders*, and its like."""
        await self._unasked.mute(request.press, request.value)
        await request.tell(request_texts.MUTED)

    @kindly
    async def show_notice(self, request: Request) -> None:
        """*Show 1* below several messages in one."""
        await self._unasked.show(request.press, pressed_ticket(request.value))

    @kindly
    async def show_comment(self, request: Request) -> None:
        """*Add a comment* after a rating."""
        view = words.comment_view(pressed_ticket(request.value), request.channel)
        await request.show(view, reply_message(said.PRESS_AGAIN))

    @kindly_at(ticket_ids.COMMENT_BLOCK, said.NOT_STORED)
    async def submit_comment(self, request: Request) -> Answer:
        """The form for a comment, sent."""
        ticket_id, press = sent_form(request)
        text = written(request, ticket_ids.COMMENT_BLOCK, ticket_ids.COMMENT_INPUT)
        if not text:
            raise AdvisoryError(said.BLANK)
        await self._rate.comment(press, ticket_id, text)
        return {"response_action": "update", "view": check_view(words.commented_view())}
