"""Files: uploaded by the app, and what it reads of them."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from emulator import sample
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import refusal


async def test_files_are_uploaded_and_downloaded(slack: LocalWorkspace, client: AsyncWebClient) -> None:
    ts = await slack.say(sample.ANA, sample.ASK_IT, "The plan, please")
    await client.files_upload_v2(
        channel=sample.ASK_IT, thread_ts=ts, filename="plan.txt", content="step one", initial_comment="Here"
    )
    answer = slack.thread(sample.ASK_IT, ts)[1]
    assert (answer["text"], answer["subtype"], answer["files"][0]["size"]) == ("Here", "file_share", 8)
    info = await client.files_info(file=answer["files"][0]["id"])
    assert slack.runtime.workspace.file_contents[info["file"]["id"]] == b"step one"
    assert await refusal(client.files_info(file="F0")) == "file_not_found"


async def test_an_upload_is_completed_once_and_only_when_its_bytes_have_come(
    slack: LocalWorkspace, client: AsyncWebClient
) -> None:
    prepared = await client.files_getUploadURLExternal(filename="plan.txt", length=8)
    entry = {"id": prepared["file_id"], "title": "Plan"}
    assert await refusal(client.files_completeUploadExternal(files=[entry])) == "file_not_found"
    async with ClientSession() as session:
        for content, status in ((b"too short", 400), (b"step one", 200), (b"step two", 404)):
            async with session.post(prepared["upload_url"], data=content) as response:
                assert response.status == status
    await client.files_completeUploadExternal(files=[entry], channel_id=sample.ASK_IT)
    again = client.files_completeUploadExternal(files=[entry], channel_id=sample.ASK_IT)
    assert await refusal(again) == "file_not_found"
    assert len([each for each in slack.messages(sample.ASK_IT) if each.get("files")]) == 1


@pytest.mark.parametrize("arguments", [{"filename": "a.txt", "length": 0}, {"filename": "", "length": 1}])
async def test_a_file_has_a_name_and_a_length(client: AsyncWebClient, arguments: dict[str, Any]) -> None:
    assert await refusal(client.files_getUploadURLExternal(**arguments)) == "invalid_arguments"


async def test_people_who_see_the_message_can_save_the_file(
    slack: LocalWorkspace, client: AsyncWebClient
) -> None:
    channel = await slack.dm(sample.ANA)
    await client.files_upload_v2(channel=channel, filename="the plan.txt", content="step one")
    page = slack.base_url
    async with ClientSession() as session:
        query = {"as": sample.ANA, "channel": channel}
        async with session.get(f"{page}/ui/messages", params=query) as response:
            href = (await response.json())["messages"][-1]["files"][0]["href"]
        async with session.get(page + href) as response:
            assert (await response.read(), response.status) == (b"step one", 200)
            assert "the%20plan.txt" in response.headers["Content-Disposition"]
        async with session.get(page + href.replace(sample.ANA, sample.CARL)) as response:
            assert response.status == 404


async def test_an_app_reads_with_its_token_what_people_sent_and_deletes_its_own(
    slack: LocalWorkspace, client: AsyncWebClient
) -> None:
    sent = {"name": "a.txt", "content": "step one"}
    ts = await slack.say(sample.ANA, sample.ASK_IT, "Here", files=[sent])
    (file,) = slack.thread(sample.ASK_IT, ts)[0]["files"]
    async with ClientSession() as session:
        for token, is_file in ((slack.bot_token, True), ("xoxb-other", False)):
            headers = {"Authorization": f"Bearer {token}"}
            async with session.get(file["url_private_download"], headers=headers) as response:
                # Whom Slack does not know is led to its page.
                assert (await response.read() == b"step one") is is_file
                assert (response.content_type == "text/html") is not is_file
    assert await refusal(client.files_delete(file=file["id"])) == "cant_delete_file"
    await client.files_upload_v2(channel=sample.ASK_IT, filename="plan.txt", content="step two")
    own = slack.messages(sample.ASK_IT)[-1]["files"][0]["id"]
    await client.files_delete(file=own)
    assert slack.messages(sample.ASK_IT)[-1]["files"] == [{"id": own, "mode": "tombstone"}]
    assert await refusal(client.files_delete(file=own)) == "file_not_found"
