"""A workspace without a profile, met in a shared channel or installed by itself: nothing is assumed of it."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from sqlalchemy.engine import URL

from bot.answering import phrases
from bot.answering.types import Contacts
from bot.engagement.models import Client, Workspace
from bot.settings import Settings
from bot.slack import ids, texts
from emulator import sample
from knowledge.types import OrgSize
from tests.scenarios.desk import action_ids, shown
from tests.scenarios.scene import AT_BOT, QUESTION, Said, Scene
from tests.scenarios.set_ups.world import install
from tests.scenarios.workspace import PARTNER, PARTNERS, PIA, running

# Whatever could be dialled or written to; the number of a request cannot.
CONTACT = re.compile(r"(?<![\d-])\d{4,}|\S@\S|https?:")


@dataclass(frozen=True)
class Stranger:
    """Somebody of a workspace nobody made a profile for, and where they ask."""

    scene: Scene
    user: str
    team: str
    channel: str
    at_bot: str = ""

    async def asks(self, text: str) -> Said:
        """Ask as one does there."""
        return await self.scene.says(self.user, self.channel, f"{self.at_bot}{text}")


@pytest.fixture
def database_url(sqlite_url: URL) -> URL:
    """One database is enough: what differs here is who asks."""
    return sqlite_url


@pytest.fixture(params=["met in a shared channel", "installed by itself"])
async def stranger(
    request: pytest.FixtureRequest, settings: Settings, scene: Scene
) -> AsyncIterator[Stranger]:
    """The stranger with a running bot."""
    if request.param == "met in a shared channel":
        async with running(settings, scene):
            yield Stranger(scene, PIA, PARTNER, PARTNERS, f"{AT_BOT} ")
        return
    settings = settings.isolated(vcio_encryption_key=SecretStr(Fernet.generate_key().decode()))
    await install(scene.slack, scene.store, settings, sample.PUBLIC, sample.PAUL)
    async with running(settings, scene):
        yield Stranger(scene, sample.PAUL, sample.PUBLIC, await scene.slack.dm(sample.PAUL))


async def test_an_answer_holds_for_all_sizes_and_can_be_fitted(stranger: Stranger) -> None:
    answer = (await stranger.asks(QUESTION)).reply
    sizes = {size: ids.size_action(size) for size in OrgSize}
    assert set(sizes.values()) <= set(action_ids(answer))
    assert not [size for size in OrgSize if texts.size_fitted(size) in shown(answer)]
    assert ids.SIZE_CONFIRM not in action_ids(answer)
    (fitted,) = await stranger.scene.presses(stranger.user, answer, sizes[OrgSize.LARGE])
    assert texts.size_fitted(OrgSize.LARGE) in shown(fitted)
    (client,) = await _clients(stranger)
    assert (client.org_size, client.is_firm) == (None, False)


async def test_a_request_says_what_happens_next_and_the_desk_who_it_is(stranger: Stranger) -> None:
    said = await stranger.asks(QUESTION)
    (told,) = await stranger.scene.presses(stranger.user, said.reply, ids.TALK)
    (card,) = stranger.scene.cards()
    (client,) = await _clients(stranger)
    assert client.name in shown(card)
    assert not [size for size in OrgSize if texts.SIZE_RANGES[size] in shown(card)]
    assert "I will say here who takes it" in shown(told)
    assert not CONTACT.search(shown(told))
    await stranger.scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    taken = stranger.scene.bot_replies(said.channel, said.root)[-1]
    assert shown(taken).startswith("Dev Patel has taken your request")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we are being hacked right now", phrases.live_incident(Contacts())),
        ("my printer is broken", phrases.everyday_support(Contacts())),
    ],
)
async def test_no_contact_is_invented(stranger: Stranger, text: str, expected: tuple[str, ...]) -> None:
    reply = (await stranger.asks(text)).reply
    assert expected[0] in shown(reply)
    assert not CONTACT.search(shown(reply))
    assert ids.TALK in action_ids(reply)


async def test_the_desk_is_told_once_of_whom_it_serves_now(stranger: Stranger) -> None:
    for _ in range(2):
        await stranger.asks(QUESTION)
    (client,) = await _clients(stranger)
    told = texts.new_client(client.name, client.name)
    assert [shown(each) for each in stranger.scene.bot_posts(sample.DESK)].count(told) == 1


async def _clients(stranger: Stranger) -> list[Client]:
    (workspace,) = await stranger.scene.rows(Workspace, team_id=stranger.team)
    return await stranger.scene.rows(Client, id=workspace.client_id)
