"""The page of one person, without a browser."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp


class Page:
    """One person's open page."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str) -> None:
        self.session, self.base_url = session, base_url

    async def get(self, name: str, user: str, /, **more: str) -> dict[str, Any]:
        async with self.session.get(f"{self.base_url}/ui/{name}", params={"as": user, **more}) as answer:
            document: dict[str, Any] = await answer.json()
            return document

    async def post(self, name: str, user: str, /, **more: Any) -> dict[str, Any]:
        async with self.session.post(f"{self.base_url}/ui/{name}", json={"as": user, **more}) as answer:
            document: dict[str, Any] = await answer.json()
            return document


async def next_change(stream: aiohttp.ClientResponse) -> dict[str, Any]:
    while True:
        line = await asyncio.wait_for(stream.content.readline(), 10)
        if line.startswith(b"data: "):
            document: dict[str, Any] = json.loads(line[6:])
            return document
