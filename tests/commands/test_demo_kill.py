"""The demo's bot, killed in the middle of a send, and asked about its promise."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.seed import seed
from bot.commands.demo import Demo
from bot.commands.promise import occurrence_of
from bot.core.plans import Kind
from bot.settings import Settings
from bot.simulator.api import Api
from bot.simulator.arrivals import Arrivals
from bot.simulator.faults import Fault
from bot.simulator.server import Simulator
from bot.telegram.connection import Connection
from tests.journeys.conftest import until

PEOPLE = 3
WAITING = 2  # the one whose reminder is on its way at the kill


@asynccontextmanager
async def running(folder: Path, kind: Kind) -> AsyncIterator[tuple[Demo, Simulator]]:
    settings = Settings(_env_file=None, data_dir=folder / "data")
    demo = Demo(settings, timedelta())
    api = Api(demo.now, steady=time.monotonic, arrivals=Arrivals(occurrence_of))
    for chat in range(1, PEOPLE + 1):
        api.add_person("P", chat=chat, started=True)
    api.faults.order(Fault("sendMessage", "lost-reply", chat=WAITING))
    simulator = Simulator(api, demo, port=0)
    await simulator.start()
    due = demo.now().replace(microsecond=0)
    seed(settings.data_dir / "unknot.db", settings.key, PEOPLE, due, kind)
    assert await demo.promise() is None  # nobody to ask yet
    life = asyncio.get_running_loop().create_task(demo.run(simulator.bot_url))
    try:
        yield demo, simulator
    finally:
        demo.leave()
        await life
        await simulator.stop()


async def ended(demo: Demo, **ends: int) -> None:
    """Wait until the promise tells these ends, and no reminder is missing."""
    async with asyncio.timeout(20):
        while True:
            found = await demo.promise() or {}
            if found.items() >= ends.items():
                break
            await asyncio.sleep(0.02)
    assert (found["due"], found["difference"]) == (PEOPLE, 0)


async def test_a_kill_in_mid_send_repeats_a_morning_reminder_once(tmp_path: Path) -> None:
    async with running(tmp_path, Kind.MORNING) as (demo, simulator):
        await until(lambda: len(simulator.api.log.copies) == PEOPLE, "all reminders")
        await ended(demo, sent=PEOPLE - 1, pending=1)
        await demo.kill()
        await ended(demo, sent=PEOPLE, pending=0)

        assert simulator.api.log.copies == {1: 1, WAITING: 2, 3: 1}
        assert simulator.api.world.arrivals.figures() == {
            "reminders": PEOPLE,
            "messages": PEOPLE + 1,
            "most": 2,
        }


async def test_a_kill_in_mid_send_never_repeats_a_break(tmp_path: Path) -> None:
    async with running(tmp_path, Kind.BREAK) as (demo, simulator):
        await until(lambda: len(simulator.api.log.copies) == PEOPLE, "all reminders")
        await ended(demo, sent=PEOPLE - 1, pending=1)
        await demo.kill()
        await ended(demo, sent=PEOPLE - 1, unknown=1, pending=0)

        assert set(simulator.api.log.copies.values()) == {1}


async def test_a_bot_that_gives_up_says_why_and_comes_back_by_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Connection, "refused_seconds", 0.0)
    async with running(tmp_path, Kind.MORNING) as (demo, simulator):
        demo.ended = simulator.line.bot_ends
        await until(lambda: simulator.line.bot == "here", "a bot")
        simulator.faults.order(Fault("getUpdates", "401"))
        simulator.api.say(1, "hello")
        await until(lambda: simulator.line.why, "the end")
        assert simulator.line.bot == "away"
        assert simulator.line.why.startswith("Telegram refuses BOT_TOKEN. Fix: ")

        await demo.restart()
        await until(lambda: simulator.line.bot == "here", "a new bot")
        assert not simulator.line.why
