"""Reminders across kill -9: counted on the server's side, none lost, none three times."""

import asyncio
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from bot.app import SystemClock
from bot.simulator.api import DEMO_ACCESS, Api
from bot.simulator.chats import Chat
from bot.simulator.controls import ServerOnlyControls
from bot.simulator.server import Simulator
from tests.journeys.conftest import until

PEOPLE = 60
IN_FLIGHT = 4


def environment(folder: Path, url: str) -> dict[str, str]:
    return {
        **os.environ,
        "BOT_TOKEN": DEMO_ACCESS,
        "BOT_API_URL": url,
        "BOT_DATA_DIR": str(folder / "data"),
        "BOT_LISTEN": "127.0.0.1:0",
        "BOT_SENDS_PER_SECOND": "100",
        "BOT_IN_FLIGHT": str(IN_FLIGHT),
    }


async def python(env: dict[str, str], *arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", *arguments, env=env, stderr=asyncio.subprocess.DEVNULL
    )


@asynccontextmanager
async def telegram() -> AsyncIterator[tuple[Api, Simulator]]:
    """Run a simulated Telegram in which chats 1 to PEOPLE have started the bot."""
    controls = ServerOnlyControls(SystemClock().now)
    api = Api(controls.now)
    for number in range(1, PEOPLE + 1):
        api.world.chats[number] = Chat(number, "P", started=True)
    simulator = Simulator(api, controls, port=0)
    await simulator.start()
    try:
        yield api, simulator
    finally:
        await simulator.stop()


def copies(api: Api) -> Counter[int]:
    return Counter(call.chat for call in api.log.sent())


def has_sent(api: Api, number: int) -> bool:
    return len(api.log.sent()) >= number


@pytest.mark.parametrize("phases", [(5, 20, 40), (1, 2, 30)])
async def test_kills_lose_no_morning_reminder_and_bring_none_a_third_time(
    tmp_path: Path, phases: tuple[int, ...]
) -> None:
    async with telegram() as (api, simulator):
        env = environment(tmp_path, simulator.url)
        due = SystemClock().now().replace(microsecond=0).isoformat()
        database = f"sqlite:///{tmp_path / 'data' / 'unknot.db'}"
        seed = ("--database", database, "--subscribers", str(PEOPLE), "--due", due)
        seeding = await python(env, "benchmarks.seed", *seed, "--kind", "morning")
        assert await seeding.wait() == 0
        for phase in phases:
            bot = await python(env, "bot", "run")
            await until(partial(has_sent, api, phase), "some reminders")
            bot.kill()
            await bot.wait()
        bot = await python(env, "bot", "run")
        await until(lambda: len(copies(api)) == PEOPLE, "every reminder")
        bot.terminate()
        assert await bot.wait() == 0

    assert max(copies(api).values()) <= 2
    assert sum(copies(api).values()) <= PEOPLE + IN_FLIGHT * len(phases)
