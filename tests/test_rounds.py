"""Rounds of work: one that fails ends neither itself nor the others."""

import asyncio
from datetime import timedelta

from bot.rounds import repeat


async def test_a_round_goes_on_after_any_error() -> None:
    done, tries = asyncio.Event(), []

    async def work() -> None:
        tries.append("once")
        if len(tries) == 1:
            raise KeyError("a row that nobody foresaw")
        done.set()

    task = asyncio.get_running_loop().create_task(repeat("odd", work, timedelta(0)))
    async with asyncio.timeout(10):
        await done.wait()
    assert not task.done()
    task.cancel()
