"""Files: uploaded by the app, and what it reads of them."""

from __future__ import annotations

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
