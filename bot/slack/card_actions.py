"""What happens when a button of a card is pressed, and when a form of the desk is sent."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.database import Database
from bot.errors import AdvisoryError
from bot.slack import ids, ticket_ids
from bot.slack import ticket_texts as said
from bot.slack.blocks import desk_forms as forms
from bot.slack.blocks.notices import reply_message
from bot.slack.failures import Answer, kindly, kindly_at
from bot.slack.identity import SlackDirectory
from bot.slack.requests import Request
from bot.workflows.advance_ticket import AdvanceTicket
from bot.workflows.desk_door import Member, let_in, require_held, ticket_at_card
from bot.workflows.presses import NOT_YOURS, Press

Show = Callable[[Request, int, Member], Awaitable[None]]
# A way on of a card with its button's value.
Other = Callable[[Request, str], Awaitable[None]]


class CardActions:
    """The listeners behind a card, but for *Claim*, and behind its forms."""

    def __init__(
        self, database: Database, directory: SlackDirectory, others: Mapping[str, Other] | None = None
    ) -> None:
        """`others` are ways on with listeners of their own, which a card may list as well."""
        self._database = database
        self._directory = directory
        self._others = others or {}
        self._advance = AdvanceTicket(database, directory)

    @kindly
    async def join(self, request: Request) -> None:
        """*Join* on a card."""
        await self._advance.join(request.press, pressed_ticket(request.value))

    @kindly
    async def wait(self, request: Request) -> None:
        """*Waiting for client* on a card."""
        await self._advance.wait(request.press, pressed_ticket(request.value), waiting=True)

    @kindly
    async def resume(self, request: Request) -> None:
        """*Client has answered* on a card."""
        await self._advance.wait(request.press, pressed_ticket(request.value), waiting=False)

    @kindly
    async def show(self, request: Request) -> None:
        """A button of a card that opens a form."""
        await self._show(request, str(request.action.get("action_id")), request.value)

    @kindly
    async def more(self, request: Request) -> None:
        """One of the ways on that a card lists because it shows no more than five."""
        chosen = str((request.action.get("selected_option") or {}).get("value") or "")
        action_id, value = ticket_ids.read_option(chosen)
        match action_id:
            case ticket_ids.TICKET_JOIN:
                await self._advance.join(request.press, pressed_ticket(value))
            case ticket_ids.TICKET_WAIT | ticket_ids.TICKET_RESUME:
                waiting = action_id == ticket_ids.TICKET_WAIT
                await self._advance.wait(request.press, pressed_ticket(value), waiting=waiting)
            case other if other in self._others:
                await self._others[other](request, value)
            case _:
                await self._show(request, action_id, value)

    async def _show(self, request: Request, action_id: str, value: str) -> None:
        """Open the form of a button, for members of the desk only."""
        shown = self._shown.get(action_id)
        if shown is None:
            raise AdvisoryError(NOT_YOURS)
        ticket_id = pressed_ticket(value)
        member = await let_in(self._directory, request.press)
        async with self._database.read() as session:
            await ticket_at_card(session, request.press, ticket_id)
        await shown(request, ticket_id, member)

    @property
    def _shown(self) -> dict[str, Show]:
        return {
            ticket_ids.TICKET_ASSIGN: self._show_assign,
            ticket_ids.TICKET_TRANSFER: self._show_transfer,
            ticket_ids.TICKET_NOTE: self._show_note,
        }

    async def _show_assign(self, request: Request, ticket_id: int, member: Member) -> None:
        people = await self._people(member, but=None)
        await self._open(request, forms.assign_view(ticket_id, request.channel, people))

    async def _show_transfer(self, request: Request, ticket_id: int, member: Member) -> None:
        async with self._database.read() as session:
            ticket = await ticket_at_card(session, request.press, ticket_id)
        require_held(ticket)
        people = await self._people(member, but=ticket.claimed_by)
        view = forms.transfer_view(ticket_id, request.channel, people) if people else forms.nobody_view()
        await self._open(request, view)

    async def _show_note(self, request: Request, ticket_id: int, _member: Member) -> None:
        await self._open(request, forms.note_view(ticket_id, request.channel))

    async def _open(self, request: Request, view: dict[str, Any]) -> None:
        await request.show(view, reply_message(said.PRESS_AGAIN))

    async def _people(self, member: Member, *, but: str | None) -> list[tuple[str, str]]:
        """Return the members of the desk to choose from, by name."""
        firm_team = self._directory.firm_team_id
        profiles = [await self._directory.profile(firm_team, user) for user in member.desk - {but}]
        return sorted(((each.user_id, each.name) for each in profiles), key=lambda pair: pair[1])

    @kindly_at(ticket_ids.CHOSEN_BLOCK, said.NOT_STORED)
    async def submit_assign(self, request: Request) -> Answer:
        """The form behind *Assign*, sent."""
        ticket_id, press = sent_form(request)
        await self._advance.assign(press, ticket_id, chosen_user(request))
        return {}

    @kindly_at(ticket_ids.CHOSEN_BLOCK, said.NOT_STORED)
    async def submit_transfer(self, request: Request) -> Answer:
        """The form behind *Transfer*, sent."""
        ticket_id, press = sent_form(request)
        await self._advance.transfer(press, ticket_id, chosen_user(request), typed_line(request))
        return {}

    @kindly_at(ticket_ids.LINE_BLOCK, said.NOT_STORED)
    async def submit_note(self, request: Request) -> Answer:
        """The form behind *Internal note*, sent."""
        ticket_id, press = sent_form(request)
        await self._advance.note(press, ticket_id, typed_line(request))
        return {}


def pressed_ticket(value: str) -> int:
    """Return the ticket a button names; raises `AdvisoryError` for a value that is not ours."""
    read = ids.read_answer_value(value)
    if read is None:
        raise AdvisoryError(NOT_YOURS)
    return read[0]


def sent_form(request: Request) -> tuple[int, Press]:
    """Return the ticket a form is about, with the press as if made on its card."""
    read = ids.read_answer_value(str(request.body["view"].get("private_metadata")))
    if read is None:
        raise AdvisoryError(NOT_YOURS)
    return read[0], request.press_at(read[1])


def chosen_user(request: Request) -> str:
    """Return who was chosen in a form."""
    field = request.body["view"]["state"]["values"][ticket_ids.CHOSEN_BLOCK][ticket_ids.CHOSEN_INPUT]
    option = field.get("selected_option") or {}
    return str(field.get("selected_user") or option.get("value") or "")


def typed_line(request: Request) -> str:
    """Return the line typed in a form; raises `AdvisoryError` where it is blank."""
    text = written(request, ticket_ids.LINE_BLOCK, ticket_ids.LINE_INPUT)
    if not text:
        raise AdvisoryError(said.BLANK)
    return text


def written(request: Request, block_id: str, action_id: str) -> str:
    """Return what was typed in a field of a form, fit to be stored."""
    values = request.body["view"]["state"]["values"]
    text = str(values[block_id][action_id].get("value") or "")
    # Neither database keeps a NUL, nor a half of a surrogate pair, which has no UTF-8.
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8").strip()
