"""What happens when a button is pressed; each press is checked by its workflow, whatever its value says."""

from enum import StrEnum
from typing import TypeVar

from bot.answering.render import from_stored
from bot.database import Database
from bot.engagement.models import Ticket
from bot.errors import AdvisoryError
from bot.slack import ids, texts
from bot.slack.blocks import answer as answers
from bot.slack.blocks import fallbacks
from bot.slack.blocks import ticket as cards
from bot.slack.blocks.request_words import taken_in_confidence
from bot.slack.drafts import Drafts
from bot.slack.failures import kindly
from bot.slack.fresh_start import FreshStart
from bot.slack.identity import SlackDirectory
from bot.slack.passing import Passing
from bot.slack.requests import Request
from bot.slack.shelf import Shelf
from bot.slack.sources import Sources, press_of, pressed_value
from bot.workflows.advance_ticket import AdvanceTicket
from bot.workflows.bridge import Bridge
from bot.workflows.choose_desk import ChooseDesk
from bot.workflows.confidence import DIRECT
from bot.workflows.escalate import Escalate
from bot.workflows.fit_size import FitSize
from bot.workflows.hold import AskAnyway
from bot.workflows.presses import NOT_YOURS
from bot.workflows.record_feedback import RecordFeedback
from knowledge.types import OrgSize

Word = TypeVar("Word", bound=StrEnum)


def _one_of(kind: type[Word], word: str) -> Word:
    """Return the member of `kind` a button names; raises `AdvisoryError` for a value that is not ours."""
    try:
        return kind(word)
    except ValueError:
        raise AdvisoryError(NOT_YOURS) from None


class Actions:
    """The listeners behind every button of ours."""

    def __init__(self, database: Database, directory: SlackDirectory, shelf: Shelf) -> None:
        self._directory = directory
        self._escalate = Escalate(database, directory)
        self._advance = AdvanceTicket(database, directory)
        self._feedback = RecordFeedback(database, directory)
        self._fit = FitSize(database, directory)
        self._desk = ChooseDesk(database, directory)
        self._hold = AskAnyway(database, directory)
        self._bridge = Bridge(database, directory)
        self.sources = Sources(database, directory, shelf)
        self.fresh_start = FreshStart(database, directory)
        self.drafts = Drafts(database, directory)
        self.passing = Passing(database, directory)

    @kindly
    async def talk(self, request: Request) -> None:
        """*Talk to a consultant*: the answer itself comes through the outbox."""
        target = ids.read_talk_value(request.value)
        if target is None:
            raise AdvisoryError(NOT_YOURS)
        if target.answer_id is not None:
            ticket = await self._escalate.from_answer(press_of(request), target.answer_id)
            await self._confirm_alone(request, ticket)
            return
        if target.conversation_id is not None:
            ticket = await self._escalate.in_conversation(
                request.press, target.conversation_id, texts.NO_QUESTION_YET
            )
            await self._confirm_alone(request, ticket)
            return
        await self._escalate.without_answer(request.press, texts.NO_QUESTION_YET)

    async def _confirm_alone(self, request: Request, ticket: Ticket) -> None:
        """Tell who asked in a channel about something confidential, alone, that it is under way."""
        if ticket.confidential and not press_of(request).channel.startswith(("D", DIRECT)):
            reachable = await self._escalate.is_told(ticket)
            await request.reply(taken_in_confidence(ticket.reference, can_be_told=reachable))

    @kindly
    async def feedback(self, request: Request) -> None:
        """*Helpful* or *not helpful*."""
        answer_id, suffix = pressed_value(request)
        verdict = _one_of(ids.Verdict, suffix)
        helpful = verdict is ids.Verdict.HELPFUL
        conversation_id = await self._feedback.record(request.press, answer_id, helpful=helpful)
        thanks = answers.feedback_thanks(verdict, conversation_id=conversation_id, answer_id=answer_id)
        await request.reply(thanks)

    @kindly
    async def more(self, request: Request) -> None:
        """Show the whole answer."""
        answer_id, _suffix = pressed_value(request)
        record = await self.sources.answer(request, answer_id)
        whole = from_stored(record.body)
        view = answers.more_view(whole, answer_id=answer_id, conversation_id=record.conversation_id)
        # A press on a source in it comes without the channel, as the size form does.
        view["private_metadata"] = ids.answer_value(answer_id, request.channel)
        await request.show(view, fallbacks.whole_answer(whole))

    @kindly
    async def choose_size(self, request: Request) -> None:
        """One of the three size buttons."""
        answer_id, size = pressed_value(request)
        await self._fit.answer_again(
            request.press, answer_id, _one_of(OrgSize, size), response_url=request.response_url
        )

    @kindly
    async def change_size(self, request: Request) -> None:
        """*Change* beside the size an answer was fitted to."""
        answer_id, _suffix = pressed_value(request)
        record = await self.sources.answer(request, answer_id)
        view = answers.size_view(answer_id, chosen=from_stored(record.body).org_size)
        # The submission comes without its channel: it travels along and is checked again there.
        view["private_metadata"] = ids.answer_value(answer_id, request.channel)
        await request.show(view, fallbacks.choose_size(answer_id))

    @kindly
    async def submit_size(self, request: Request) -> None:
        """The size form, sent."""
        view = request.body["view"]
        read = ids.read_answer_value(str(view.get("private_metadata")))
        chosen = view["state"]["values"][ids.SIZE_BLOCK][ids.SIZE_RADIO]["selected_option"]
        if read is None or not chosen:
            raise AdvisoryError(NOT_YOURS)
        press = request.press_at(read[1])
        await self._fit.answer_again(press, read[0], _one_of(OrgSize, chosen["value"]))

    @kindly
    async def confirm_size(self, request: Request) -> None:
        """A CIO or consultant makes the stated size the profile's."""
        answer_id, _size = pressed_value(request)
        name, size = await self._fit.confirm(request.press, answer_id)
        await request.tell(texts.size_confirmed(name, size))

    @kindly
    async def claim(self, request: Request) -> None:
        """*Claim* on a card."""
        read = ids.read_answer_value(request.value)
        if read is None:
            raise AdvisoryError(NOT_YOURS)
        claimed = await self._advance.claim(request.press, read[0])
        if not claimed.is_theirs:
            await request.reply(cards.claim_lost(claimed.by_name))

    @kindly
    async def make_internal(self, request: Request) -> None:
        """*Make internal* under what was sent to a client."""
        read = ids.read_answer_value(request.value)
        if read is None:
            raise AdvisoryError(NOT_YOURS)
        await self._bridge.take_back(request.press, read[0])

    @kindly
    async def ask_anyway(self, request: Request) -> None:
        """*Ask the assistant anyway*, where a consultant has the conversation."""
        read = ids.read_answer_value(request.value)
        if read is None:
            raise AdvisoryError(NOT_YOURS)
        await self._hold.ask(request.press, read[0])

    @kindly
    async def use_as_desk(self, request: Request) -> None:
        """*Use as desk* in a channel, or the choice on Home."""
        chosen = request.action.get("selected_conversation") or request.value or request.channel
        channel = await self._directory.desk_channel(str(chosen))
        waiting = await self._desk.choose(request.press, channel)
        self._directory.forget_desk()
        await request.tell(texts.desk_chosen(waiting))
