"""The workspace scenarios play in, and a bot that runs on it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from enum import StrEnum

from bot.app import Service
from bot.engagement import firm
from bot.settings import Settings
from emulator import sample
from emulator.definition import ChannelDefinition, ChannelKind, Definition, Person, Team
from tests.scenarios.scene import Scene

# Beside the sample: a private channel the bot is in, one it is not in yet, a workspace nobody has met.
LEADERS, CONSULTANTS, PARTNERS = "C01LEADERS", "C01CONSULT", "C01PARTNERS"
PARTNER, PIA = "T03PARTNER", "U03PIA"
# As many consultants on the desk as press Claim at once.
CROWD = tuple(f"U01CROWD{number}" for number in range(17))


class Transport(StrEnum):
    """How requests of the workspace reach the bot."""

    SOCKET = "socket"
    HTTP = "http"


def definition() -> Definition:
    """The sample workspace with the channels and people of this module added."""
    base = sample.sample_definition()
    private = ChannelKind.PRIVATE
    leaders = (sample.ANA, sample.CARL, sample.CORA, sample.BOT)
    crowd = tuple(Person(user, sample.FIRM, user.lower(), f"Consultant {user[8:]}") for user in CROWD)
    partners = (sample.CORA, PIA, sample.BOT)
    return replace(
        base,
        teams=(*base.teams, Team(PARTNER, "Orchard Trust", "orchard")),
        people=(*base.people, *crowd, Person(PIA, PARTNER, "pia", "Pia Park")),
        channels=(
            *(_crowded(channel) if channel.id == sample.DESK else channel for channel in base.channels),
            ChannelDefinition(LEADERS, "leaders", sample.FIRM, leaders, private),
            ChannelDefinition(CONSULTANTS, "consultants", sample.FIRM, (sample.CORA, sample.DEV), private),
            ChannelDefinition(PARTNERS, "partners", sample.FIRM, partners, shared_with=(PARTNER,)),
        ),
    )


def _crowded(channel: ChannelDefinition) -> ChannelDefinition:
    return replace(channel, members=(*channel.members, *CROWD))


@asynccontextmanager
async def running(settings: Settings, scene: Scene) -> AsyncIterator[Service]:
    """A bot that is connected, ready to answer and through with its start; over HTTP without an app token."""
    is_http = settings.slack_app_token is None
    service = Service(settings, http=is_http)
    await service.start()
    try:
        if is_http:
            await scene.slack.deliver_to(f"http://127.0.0.1:{settings.vcio_port}/slack/events")
        else:
            await scene.slack.wait_for_connection()
        await _ready(service)
        if settings.vcio_desk_channel:
            await scene.until(lambda: _desk_decided(scene))
        await scene.quiet()
        yield service
    finally:
        await service.stop()


async def _ready(service: Service) -> None:
    """Wait until questions are answered; what keeps the bot from it is raised here."""
    failed = asyncio.ensure_future(service.failed())
    ready = asyncio.ensure_future(service.ready.wait())
    await asyncio.wait({failed, ready}, return_when=asyncio.FIRST_COMPLETED)
    for task in (failed, ready):
        task.cancel()
    error = failed.result() if failed.done() and not failed.cancelled() else None
    if error is not None:
        raise error


async def _desk_decided(scene: Scene) -> bool:
    async with scene.store.read() as session:
        profile = await firm.read_profile(session)
    return bool(profile.desk_channel or profile.desk_problem)
