"""A simulated Telegram on a clock that tests turn, and a server around it on a free port."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.simulator.api import DEMO_ACCESS, Api
from bot.simulator.controls import ServerOnlyControls
from bot.simulator.fields import Json, Upload
from bot.simulator.refusals import ApiError
from bot.simulator.server import Simulator

START = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
PICTURE = Upload(b"picture", "image/png")


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    moment: datetime = START

    def now(self) -> datetime:
        return self.moment

    def move(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


class Ticks:
    """Steady seconds that stand until they are moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def refusal(api: Api, method: str, **params: object) -> str:
    """Return the sentence with which a call is refused, its code in front."""
    with pytest.raises(ApiError) as caught:
        api.call(method, params)
    assert caught.value.description == caught.value.reply()["description"]
    return f"{caught.value.code} {caught.value.description}"


def buttons(*data: str) -> dict[str, Any]:
    """Return a keyboard of one row."""
    return {"inline_keyboard": [[{"text": each[:9], "callback_data": each} for each in data]]}


@dataclass
class Client:
    """Speaks HTTP with a started simulator."""

    http: aiohttp.ClientSession
    simulator: Simulator

    @property
    def api(self) -> Api:
        return self.simulator.api

    def bot_url(self, method: str, access: str = DEMO_ACCESS) -> str:
        return f"{self.simulator.url}/bot{access}/{method}"

    async def bot(self, method: str, **params: object) -> Json:
        """Call a bot method and return the reply, whatever its status."""
        async with self.http.post(self.bot_url(method), json=params) as response:
            return await response.json()

    async def page(self, path: str, **body: object) -> Json:
        """Do what the page does and return the reply, whatever its status."""
        async with self.http.post(f"{self.simulator.url}/sim/{path}", json=body) as response:
            reply = await response.json()
            assert response.status == (200 if reply["ok"] else 400)
            return reply

    async def get(self, path: str, **headers: str) -> Json:
        """Return what a GET of the page gives."""
        async with self.http.get(f"{self.simulator.url}{path}", headers=headers) as response:
            assert response.status == 200
            return await response.json()

    async def status(self, method: str, path: str, **headers: str) -> int:
        """Return only the status of a request."""
        async with self.http.request(method, self.simulator.url + path, headers=headers) as reply:
            return reply.status


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def api(clock: Clock) -> Api:
    return Api(clock.now)


@pytest.fixture
def ann(api: Api) -> int:
    """A person who has pressed start; her first message is not in the queue any more."""
    return api.add_person("Ann", "en", started=True)


@pytest.fixture
async def client(clock: Clock) -> AsyncIterator[Client]:
    controls = ServerOnlyControls(clock.now)
    simulator = Simulator(Api(controls.now, steady=time.monotonic), controls, port=0)
    await simulator.start()
    async with aiohttp.ClientSession() as http:
        yield Client(http, simulator)
    await simulator.stop()
