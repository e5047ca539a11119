"""SIGTERM and Ctrl+C: in a burst, at the start, in a long poll, with the database locked."""

import asyncio
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from signal import Signals

import pytest

from bot.simulator.faults import Fault
from tests.chaos import stops
from tests.chaos.house import KILLS, ended, environment, python, telegram
from tests.chaos.stops import Stop, Telegram, summed
from tests.chaos.test_reminders_survive_kills import QUIET, SEED
from tests.journeys.conftest import until

RUNS = KILLS or 20
MOST_SECONDS = 8
GOOD = Stop(Telegram.QUICK, status=0, seconds=1.0, taken=0, run=QUIET)
MUTE = Stop(Telegram.SILENT, status=0, seconds=5.5, taken=4, run=replace(QUIET, extra=4, most=2))


async def test_a_stop_in_a_burst_loses_and_repeats_nothing_and_is_quick() -> None:
    figures = await stops.figures(RUNS, SEED)

    assert figures.broken == [], figures.table()
    assert figures.values["stops"] == RUNS


@pytest.mark.parametrize(
    "stop",
    [
        replace(GOOD, status=1),
        replace(GOOD, seconds=8.1),
        replace(GOOD, run=replace(QUIET, lost=1)),
        replace(GOOD, run=replace(QUIET, missed=1)),
        replace(MUTE, run=replace(MUTE.run, lost=1)),
        replace(GOOD, run=replace(QUIET, extra=1)),
        replace(GOOD, taken=1),
        replace(MUTE, taken=5),
        replace(MUTE, taken=3),
        replace(GOOD, run=replace(QUIET, balanced=False)),
    ],
)
def test_a_stop_that_breaks_a_promise_is_told_among_good_ones(stop: Stop) -> None:
    assert summed(1, [GOOD, MUTE]).broken == []
    assert len(summed(1, [GOOD, MUTE, stop]).broken) == 1


async def left(bot: asyncio.subprocess.Process) -> int:
    """Send SIGTERM and return the exit status."""
    bot.terminate()
    async with asyncio.timeout(MOST_SECONDS):
        return (await ended(bot))[0]


async def test_a_stop_while_the_settings_are_read_ends_as_well_as_any(tmp_path: Path) -> None:
    token = tmp_path / "token"
    os.mkfifo(token)  # whoever reads it waits for a writer
    env = environment(tmp_path, "http://127.0.0.1:9", BOT_TOKEN="", BOT_TOKEN_FILE=str(token))
    bot = await python(env, "bot", "run")
    writer = await asyncio.to_thread(os.open, token, os.O_WRONLY)  # now it reads
    status = await left(bot)
    os.close(writer)

    assert status == 0


@pytest.mark.parametrize(("sign", "status"), [(Signals.SIGTERM, 0), (Signals.SIGINT, 130)])
async def test_a_stop_while_modules_are_imported_ends_as_a_later_one(
    tmp_path: Path, sign: Signals, status: int
) -> None:
    held = tmp_path / "held"
    os.mkfifo(held)  # whoever reads it waits for a writer
    (tmp_path / "uvloop.py").write_text(f"open({str(held)!r}).read()", "utf-8")
    env = environment(tmp_path, "http://127.0.0.1:9", PYTHONPATH=str(tmp_path))
    bot = await python(env, "bot", "run")
    writer = await asyncio.to_thread(os.open, held, os.O_WRONLY)  # now it is imported
    bot.send_signal(sign)
    end = await ended(bot)
    os.close(writer)

    assert end == (status, "")


async def test_a_stop_in_a_long_poll_takes_no_second_of_it(tmp_path: Path) -> None:
    async with telegram([1]) as (api, simulator):
        bot = await python(environment(tmp_path, simulator.url), "bot", "run")
        await until(lambda: api.world.updates.poller, "a long poll", 40)

        assert await left(bot) == 0


async def test_a_stop_while_telegram_is_still_out_of_reach_ends_in_time(tmp_path: Path) -> None:
    async with telegram() as (api, simulator):
        simulator.faults.order(Fault("getMe", "502", times=1000))
        bot = await python(environment(tmp_path, simulator.url), "bot", "run")
        await until(lambda: api.log.by_method["getMe"], "a first greeting", 40)

        assert await left(bot) == 0


async def test_a_stop_with_the_database_locked_ends_in_time(tmp_path: Path) -> None:
    async with telegram([1]) as (api, simulator):
        bot = await python(environment(tmp_path, simulator.url), "bot", "run")
        await until(lambda: api.world.updates.poller, "a long poll", 40)
        database = tmp_path / "data" / "unknot.db"
        with closing(sqlite3.connect(database, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            api.say(1, "my legs went numb and I cannot pee")
            await until(lambda: api.log.sent(1), "the referral, whose count waits for the lock", 40)

            assert await left(bot) == 0


async def test_a_stop_while_the_database_is_locked_at_the_start_ends_in_time(
    tmp_path: Path,
) -> None:
    (tmp_path / "data").mkdir()
    async with telegram([1]) as (api, simulator):
        with closing(sqlite3.connect(tmp_path / "data" / "unknot.db")) as other:
            other.execute("CREATE TABLE held (x)")
            other.execute("BEGIN EXCLUSIVE")
            bot = await python(environment(tmp_path, simulator.url), "bot", "run")
            await until(lambda: api.world.updates.poller, "a long poll", 40)

            assert await left(bot) == 0
