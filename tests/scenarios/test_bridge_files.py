"""Files attached on either side of a ticket: copied once, never from an internal note, and taken back."""

import pytest

from bot.app import Service
from bot.engagement.models import Ticket
from bot.slack import bridge_texts, ids, ticket_ids
from bot.slack.file_copies import LARGEST
from emulator import sample
from tests.scenarios.desk import Json, shown
from tests.scenarios.scene import Said, Scene

COMPLETE = "files.completeUploadExternal"
INVOICE: Json = {"name": "invoice.pdf", "mimetype": "application/pdf", "content": "Pay 12."}
PLAN: Json = {"name": "plan.txt", "mimetype": "text/plain", "content": "Step one."}


async def _claimed(scene: Scene) -> tuple[Said, Json]:
    said = await scene.mentions(sample.BEN, sample.SHARED)
    await scene.presses(sample.BEN, said.reply, ids.TALK)
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    return said, card


def _files(scene: Scene, channel: str, root: str) -> list[tuple[str, bytes]]:
    """The names and bytes of our own files in a thread."""
    kept = scene.slack.runtime.workspace.file_contents
    found = [file for post in scene.bot_replies(channel, root) for file in post.get("files", ())]
    return [(file["name"], kept[file["id"]]) for file in found]


async def test_files_cross_both_ways_once_and_go_with_their_message(scene: Scene, bot: Service) -> None:
    said, card = await _claimed(scene)
    scene.slack.faults.add(method=COMPLETE, drop_response=True)
    await scene.says(sample.BEN, sample.SHARED, "", said.root, files=[INVOICE])
    assert _files(scene, sample.DESK, card["ts"]) == [("invoice.pdf", b"Pay 12.")]
    before = len(scene.bot_replies(sample.SHARED, said.root))
    await scene.says(sample.DEV, sample.DESK, "// for us", card["ts"], files=[INVOICE])
    assert len(scene.bot_replies(sample.SHARED, said.root)) == before
    sent = await scene.says(sample.DEV, sample.DESK, "The plan.", card["ts"], files=[PLAN, INVOICE])
    copied = [("plan.txt", b"Step one."), ("invoice.pdf", b"Pay 12.")]
    assert _files(scene, sample.SHARED, said.root) == copied
    assert len(scene.slack.calls_of(COMPLETE)) == 3
    kept = len(scene.slack.runtime.workspace.files)
    await scene.slack.delete(sample.DEV, sample.DESK, sent.ts)
    await scene.quiet()
    assert len(scene.bot_replies(sample.SHARED, said.root)) == before
    assert len(scene.slack.runtime.workspace.files) == kept - 2


@pytest.mark.parametrize(
    ("size", "code", "why"),
    [(LARGEST + 1, None, "too_large"), (12, "missing_scope", "not_allowed")],
)
async def test_a_file_that_stays_behind_is_told_where_something_can_be_done(
    scene: Scene, bot: Service, size: int, code: str | None, why: str
) -> None:
    said, card = await _claimed(scene)
    file = {**INVOICE, "size": size}
    if code is not None:
        scene.slack.faults.add(method="files.info", error=code, times=9)
    reason = bridge_texts.STAYS[why]
    # Across Slack Connect only the file itself says what it is called.
    name = "a file" if code else "invoice.pdf"
    wrote = await scene.says(sample.BEN, sample.SHARED, "Here it is.", said.root, files=[file])
    asked = bridge_texts.not_passed(name, reason, bridge_texts.SEND_OTHERWISE)
    assert shown(wrote.reply) == asked
    told = shown(scene.bot_replies(sample.DESK, card["ts"])[-1])
    assert told == bridge_texts.not_passed(name, reason, bridge_texts.ask_to_send("Ben Brook"))
    answered = await scene.says(sample.DEV, sample.DESK, "Mine.", card["ts"], files=[file])
    told = shown(answered.replies[-1])
    assert told == bridge_texts.not_passed("invoice.pdf", reason, bridge_texts.send_to("Ben Brook"))
    assert _files(scene, sample.SHARED, said.root) == []


async def test_a_confidential_file_goes_to_the_consultant_alone(scene: Scene, bot: Service) -> None:
    said = await scene.asks(sample.ANA)
    await scene.presses(sample.ANA, said.reply, ids.TALK)
    (card,) = scene.cards()
    async with scene.store.unit_of_work() as session:
        (await session.get_one(Ticket, 1)).confidential = True
    early = await scene.says(sample.ANA, said.channel, "", said.root, files=[INVOICE])
    reason = bridge_texts.STAYS["unclaimed"]
    asked = bridge_texts.not_passed("invoice.pdf", reason, bridge_texts.SEND_LATER)
    assert shown(early.replies[-1]) == asked
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    await scene.says(sample.ANA, said.channel, "", said.root, files=[INVOICE])
    assert _files(scene, sample.DESK, card["ts"]) == []
    (post,) = scene.bot_posts(await scene.slack.dm(sample.DEV))
    assert [file["name"] for file in post["files"]] == ["invoice.pdf"]


async def test_a_confidential_file_goes_with_its_message_from_who_had_the_matter_then(
    scene: Scene, bot: Service
) -> None:
    said = await scene.asks(sample.ANA)
    confirmation = (await scene.presses(sample.ANA, said.reply, ids.TALK))[0]
    await scene.presses(sample.DEV, scene.cards()[0], ids.TICKET_CLAIM)
    await scene.presses(sample.ANA, confirmation, ticket_ids.REQUEST_PRIVATE)
    for holder in (sample.ELIF, None):
        sent = await scene.says(sample.ANA, said.channel, "My pay.", said.root, files=[INVOICE])
        assert await _sent_alone(scene, sample.DEV) == ["invoice.pdf"]
        async with scene.store.unit_of_work() as session:
            (await session.get_one(Ticket, 1)).claimed_by = holder
        await scene.slack.delete(sample.ANA, said.channel, sent.ts)
        await scene.quiet()
        assert await _sent_alone(scene, sample.DEV) == []
        assert _own(scene) == set()
        async with scene.store.unit_of_work() as session:
            (await session.get_one(Ticket, 1)).claimed_by = sample.DEV


async def test_a_page_to_sign_in_on_is_not_passed_on_as_the_file(scene: Scene, bot: Service) -> None:
    said, card = await _claimed(scene)
    scene.slack.faults.add(method="files.info", status=503)
    await scene.slack.say(sample.BEN, sample.SHARED, "", said.root, files=[INVOICE])

    async def asked() -> bool:
        return bool(scene.slack.calls_of("files.info"))

    await scene.until(asked)
    # The address of a file leads whom Slack does not let in to a page.
    for document in scene.slack.runtime.workspace.files.values():
        document["url_private_download"] = scene.slack.base_url
    await scene.quiet()
    told = shown(scene.bot_replies(sample.SHARED, said.root)[-1])
    reason = bridge_texts.STAYS["not_allowed"]
    assert told == bridge_texts.not_passed("invoice.pdf", reason, bridge_texts.SEND_OTHERWISE)
    assert _files(scene, sample.DESK, card["ts"]) == []


async def test_files_go_from_the_channel_and_the_card_when_a_request_is_kept_private(
    scene: Scene, bot: Service
) -> None:
    said = await scene.mentions(sample.ANA, sample.ASK_IT)
    confirmation = (await scene.presses(sample.ANA, said.reply, ids.TALK))[0]
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    await scene.says(sample.ANA, sample.ASK_IT, "My salary.", said.root, files=[INVOICE])
    await scene.says(sample.DEV, sample.DESK, "The plan.", card["ts"], files=[PLAN])
    await scene.says(sample.ANA, sample.ASK_IT, "Huge.", said.root, files=[{**INVOICE, "size": LARGEST + 1}])
    assert _files(scene, sample.DESK, card["ts"]) == [("invoice.pdf", b"Pay 12.")]
    assert _files(scene, sample.ASK_IT, said.root) == [("plan.txt", b"Step one.")]
    ours = _own(scene)
    assert len(ours) == 2
    # One more is on its way below the card: uploaded and shown, but its row does not know.
    scene.slack.faults.add(method=COMPLETE, drop_response=True)
    await scene.slack.say(sample.ANA, sample.ASK_IT, "And this.", said.root, files=[PLAN])

    async def shown_below_the_card() -> bool:
        return len(_files(scene, sample.DESK, card["ts"])) == 2

    await scene.until(shown_below_the_card)
    shown_before = _own(scene)
    await scene.presses(sample.ANA, confirmation, ticket_ids.REQUEST_PRIVATE)
    assert _files(scene, sample.DESK, card["ts"]) == _files(scene, sample.ASK_IT, said.root) == []
    for channel, root in ((sample.DESK, card["ts"]), (sample.ASK_IT, said.root)):
        told = " ".join(shown(post) for post in scene.bot_replies(channel, root))
        assert not any(name in told for name in ("invoice.pdf", "plan.txt"))
    assert not ours & _own(scene)
    assert not shown_before & _own(scene)
    # What the consultant sent is read in private; what comes too late for the card reaches them alone.
    assert await _sent_alone(scene, sample.ANA) == ["plan.txt"]
    assert await _sent_alone(scene, sample.DEV) in ([], ["plan.txt"])


async def _sent_alone(scene: Scene, user: str) -> list[str]:
    posts = scene.bot_posts(await scene.slack.dm(user))
    return [file["name"] for post in posts for file in post.get("files", ())]


def _own(scene: Scene) -> set[str]:
    """The ids of the files that the assistant uploaded."""
    files = scene.slack.runtime.workspace.files
    people = {sample.ANA, sample.BEN, sample.DEV}
    return {file_id for file_id, document in files.items() if document["user"] not in people}
