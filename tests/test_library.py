"""Loading the knowledge in the background: it ends when nobody waits for it any more."""

import asyncio
import threading
from pathlib import Path

from bot.library import Library, load_library
from bot.settings import Settings, ignore_environment
from knowledge.types import Progress

SECONDS = 20


async def test_loading_ends_at_its_next_report_when_the_waiting_task_is_cancelled(tmp_path: Path) -> None:
    begun, ended = threading.Event(), threading.Event()

    def open_without_end(_settings: Settings, *, progress: Progress, bring_up_to_date: bool) -> Library:
        assert bring_up_to_date
        try:
            while True:
                progress("embedding", 0, 1)
                begun.set()
        finally:
            ended.set()

    loading = asyncio.create_task(load_library(open_without_end, ignore_environment(vcio_data_dir=tmp_path)))
    assert await asyncio.to_thread(begun.wait, SECONDS)
    assert not ended.is_set()
    loading.cancel()
    assert await asyncio.to_thread(ended.wait, SECONDS)
