"""The whole bot on the simulator: ready or not, and how it leaves."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.errors import ContentError, SettingsError
from bot.simulator.api import DEMO_ACCESS
from bot.simulator.faults import Fault
from bot.store import database, prepare
from tests.journeys.conftest import World, until, world

__all__ = ["world"]


@asynccontextmanager
async def locked(folder: Path) -> AsyncIterator[None]:
    file = folder / "data" / "unknot.db"
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")  # the bot may be writing
        yield


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database's waits, a hundred times shorter."""
    monkeypatch.setattr(prepare, "BUSY_SECONDS", 0.06)
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.06)
    monkeypatch.setattr(database, "PATIENCE_SECONDS", 0.09)


async def again(world: World) -> App:
    await world.stop_bot()
    return await world.start_bot()


async def test_it_is_ready_before_the_first_long_poll_ends(world: World) -> None:
    app = await again(world)
    await until(lambda: app.ready()["content"], "words prepared")

    checks = ("database", "content", "telegram", "clock", "zones")
    assert app.ready() == dict.fromkeys(checks, True)


@pytest.mark.usefixtures("impatient")
async def test_it_is_ready_again_soon_after_a_lock_though_nobody_writes(world: World) -> None:
    app = await again(world)
    person = world.person()
    async with locked(world.folder):
        await person.writes("my legs went numb and I cannot pee")
        await until(lambda: not app.ready()["database"], "red")

    await until(lambda: app.ready()["database"], "green")


async def test_a_second_bot_on_the_database_ends_without_a_word_in_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    second = App(world.settings(), DEMO_ACCESS, world.controls)
    with caplog.at_level(logging.ERROR), pytest.raises(SettingsError, match="Another process"):
        await second.run(asyncio.Event())

    assert caplog.records == []


async def test_a_clock_that_is_turned_far_at_once_shows_in_readiness(world: World) -> None:
    app = await again(world)
    await until(lambda: app.ready()["clock"], "a clock that is right")
    world.controls.turn_to(world.controls.now() + timedelta(hours=1))

    await until(lambda: not app.ready()["clock"], "red")


async def test_content_is_prepared_also_while_telegram_is_out_of_reach(world: World) -> None:
    await world.stop_bot()
    world.simulator.faults.order(Fault("", "502", times=1000))
    app = App(world.settings(), DEMO_ACCESS, world.controls)
    assert not app.ready()["content"]
    world.stop = asyncio.Event()
    world.running = asyncio.get_running_loop().create_task(app.run(world.stop))
    await until(lambda: app.ready()["content"], "words prepared")

    assert not app.ready()["telegram"]
    world.simulator.faults.clear()


@pytest.mark.usefixtures("impatient")
async def test_it_leaves_at_once_while_it_waits_for_a_locked_database(world: World) -> None:
    await world.stop_bot()
    async with locked(world.folder):
        app = await world.start_bot()
        assert not app.ready()["database"]
        async with asyncio.timeout(3):
            await world.stop_bot()
        assert not app.store.is_open
        await world.start_bot()


async def test_what_was_written_before_the_bot_could_read_gets_the_referral_first(
    world: World,
) -> None:
    await world.stop_bot()
    person = world.person()
    world.api.say(person.chat, "my legs went numb and I cannot pee")
    app = App(world.settings(), DEMO_ACCESS, world.controls)  # nothing is built yet
    world.stop = asyncio.Event()
    world.running = asyncio.get_running_loop().create_task(app.run(world.stop))
    await until(lambda: bool(person.replies), "an answer")

    assert "112" in person.replies[0].text


async def test_content_that_is_broken_ends_the_bot_though_its_first_poll_went_out(
    world: World,
) -> None:
    await world.stop_bot()
    world.content = world.folder / "nowhere"
    app = App(world.settings(), DEMO_ACCESS, world.controls)

    with pytest.raises(ContentError, match="missing"):
        await app.run(asyncio.Event())


async def test_it_leaves_at_once_before_anything_was_built(world: World) -> None:
    await world.stop_bot()
    app = App(world.settings(), DEMO_ACCESS, world.controls)
    stop = asyncio.Event()
    stop.set()
    async with asyncio.timeout(5):
        await app.run(stop)

    assert not app.ready()["content"]
