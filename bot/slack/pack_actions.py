"""What happens when a lead sends a pack, and when one of its readers opens it."""

from datetime import date

from slack_bolt.async_app import AsyncApp

from bot.database import Database
from bot.errors import AdvisoryError
from bot.slack import pack_ids
from bot.slack import pack_texts as said
from bot.slack.blocks.notices import reply_message
from bot.slack.blocks.packs import pack_view
from bot.slack.card_actions import pressed_ticket
from bot.slack.failures import kindly
from bot.slack.identity import SlackDirectory
from bot.slack.register import after_ack, after_work
from bot.slack.requests import Request
from bot.workflows.presses import NOT_YOURS
from bot.workflows.send_pack import SendPack


class PackActions:
    """The listeners behind the buttons about packs."""

    def __init__(self, database: Database, directory: SlackDirectory) -> None:
        self._packs = SendPack(database, directory)

    @kindly
    async def send(self, request: Request) -> None:
        """*Send the pack*."""
        result = await self._packs.send(request.press, *_month(request))
        await request.tell(said.sent(result))

    @kindly
    async def preview(self, request: Request) -> None:
        """*Send it to me first*."""
        await self._packs.preview(request.press, *_month(request))
        await request.tell(said.COMING)

    @kindly
    async def show(self, request: Request) -> None:
        """*Show all figures*, or *Open the pack* in a channel: a view for its readers alone."""
        pack, figures = await self._packs.read(request.press, pressed_ticket(request.value))
        reachable = request.press.actor_team_id == request.team_id
        await request.show(pack_view(figures, pack.id, files=reachable), reply_message(said.PRESS_AGAIN))

    @kindly
    async def files(self, request: Request) -> None:
        """*Get PDF and charts*."""
        await self._packs.again(request.press, pressed_ticket(request.value))
        await request.tell(said.COMING)


def _month(request: Request) -> tuple[int, date]:
    read = pack_ids.read_month(request.value)
    if read is None:
        raise AdvisoryError(NOT_YOURS)
    return read


def register_packs(app: AsyncApp, packs: PackActions) -> None:
    """Connect packs; call it before `register`, whose last routes take all."""
    app.action(pack_ids.PACK_SEND)(after_work(packs.send))
    app.action(pack_ids.ROW_PATTERN)(after_work(packs.send))
    app.action(pack_ids.PACK_PREVIEW)(after_work(packs.preview))
    app.action(pack_ids.PACK_SHOW)(after_ack(packs.show))
    app.action(pack_ids.PACK_FILES)(after_work(packs.files))
