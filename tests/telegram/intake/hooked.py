"""A webhook on the real server, with a door that a test opens, and ways to knock at it."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import aiohttp

from benchmarks.processes import free_port
from bot.ops.health import Health
from bot.telegram.intake.registration import Registration
from bot.telegram.intake.secret import HEADER
from bot.telegram.intake.webhook import Webhook

PATH = "/telegram"
SECRET = "plover-plover-plover-plover-plover"
URL = f"https://bot.example.org{PATH}"


async def metrics() -> str:
    return ""


@dataclass
class House:
    """What is behind the webhook, and the way to it."""

    port: int = field(default_factory=free_port)
    received: list[int] = field(default_factory=list)
    contacts: int = 0
    open: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.open.set()
        self.registered: list[tuple[str, dict[str, Any]]] = []
        register = Registration(URL, SECRET, self.call, self.touch)
        self.webhook = Webhook(PATH, register, self.receive, self.touch, self.open_house)
        self.http: aiohttp.ClientSession

    async def call(self, method: str, params: dict[str, Any]) -> object:
        self.registered.append((method, params))
        return True

    async def open_house(self) -> None:
        """It stands already."""

    def touch(self) -> None:
        self.contacts += 1

    def receive(self, raw: Mapping[str, Any]) -> "asyncio.Task[None]":
        self.received.append(raw["update_id"])
        return asyncio.get_running_loop().create_task(self._handle())

    async def _handle(self) -> None:
        await self.open.wait()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{PATH}"

    async def posts(self, body: object, headers: object = None) -> int:
        """Post a body as Telegram would, and return the status of the answer."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        shown = {HEADER: SECRET} if headers is None else headers
        async with self.http.post(self.url, data=BytesIO(data), headers=shown) as answer:  # type: ignore[arg-type]  # pairs or a mapping
            return answer.status


@asynccontextmanager
async def a_house(*, running: bool = True) -> AsyncIterator[House]:
    """Serve a webhook; ``running``: it takes updates."""
    house = House()
    health = Health(dict, metrics, house.webhook.served)
    await health.start("127.0.0.1", house.port)
    run = asyncio.get_running_loop().create_task(
        house.webhook.run() if running else asyncio.sleep(0)
    )
    await asyncio.sleep(0)
    async with aiohttp.ClientSession() as house.http:
        try:
            yield house
        finally:
            house.open.set()
            run.cancel()
            await asyncio.wait({run})
            await house.webhook.drain(1)
            await health.stop()
