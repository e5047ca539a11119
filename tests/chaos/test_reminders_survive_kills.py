"""Reminders across kill -9: counted on the server's side, none lost, none three times."""

import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.simulator.api import Api
from tests.chaos.house import KILLS, environment, python, telegram
from tests.journeys.conftest import until

PEOPLE = 20 * KILLS or 60
IN_FLIGHT = 4
PHASES = [tuple(range(1, 10 * KILLS, 10))] if KILLS else [(5, 20, 40), (1, 2, 30)]
LONGEST_SECONDS = 10 + PEOPLE / 20


def copies(api: Api) -> Counter[int]:
    return Counter(call.chat for call in api.log.sent())


def has_sent(api: Api, number: int) -> bool:
    return len(api.log.sent()) >= number


def states(folder: Path) -> Counter[str]:
    """Return how many occurrences the database has in each state, seen from beside the bot."""
    address = f"file:{folder / 'data' / 'unknot.db'}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as db:
        return Counter(dict(db.execute("SELECT state, count(*) FROM occurrence GROUP BY state")))


def is_over(folder: Path) -> bool:
    found = states(folder)
    return found.total() == PEOPLE and not found["due"] + found["sending"]


@asynccontextmanager
async def killed_in(folder: Path, kind: str, phases: tuple[int, ...]) -> AsyncIterator[Api]:
    """Let a bot remind everybody, killed in each phase once so many reminders arrived."""
    async with telegram(range(1, PEOPLE + 1)) as (api, simulator):
        fast = {"BOT_SENDS_PER_SECOND": "100", "BOT_IN_FLIGHT": str(IN_FLIGHT)}
        env = environment(folder, simulator.url, **fast)
        due = SystemClock().now().replace(microsecond=0).isoformat()
        database = f"sqlite:///{folder / 'data' / 'unknot.db'}"
        seed = ("--database", database, "--subscribers", str(PEOPLE), "--due", due)
        seeding = await python(env, "benchmarks.seed", *seed, "--kind", kind)
        assert await seeding.wait() == 0
        for phase in phases:
            bot = await python(env, "bot", "run")
            await until(partial(has_sent, api, phase), "some reminders", LONGEST_SECONDS)
            bot.kill()
            await bot.wait()
        bot = await python(env, "bot", "run")
        await until(lambda: is_over(folder), "an end for every reminder", LONGEST_SECONDS)
        bot.terminate()
        assert await bot.wait() == 0
        yield api


@pytest.mark.parametrize("phases", PHASES, ids=len)
async def test_kills_lose_no_morning_reminder_and_bring_none_a_third_time(
    tmp_path: Path, phases: tuple[int, ...]
) -> None:
    async with killed_in(tmp_path, "morning", phases) as api:
        assert len(copies(api)) == PEOPLE
        assert max(copies(api).values()) <= 2
        assert sum(copies(api).values()) <= PEOPLE + IN_FLIGHT * len(phases)


@pytest.mark.parametrize("phases", PHASES, ids=len)
async def test_kills_never_bring_a_break_twice_and_cost_only_what_was_on_its_way(
    tmp_path: Path, phases: tuple[int, ...]
) -> None:
    async with killed_in(tmp_path, "break", phases) as api:
        ends = states(tmp_path)
        assert max(copies(api).values()) == 1
        assert ends["sent"] + ends["unknown"] == PEOPLE
        assert ends["sent"] <= len(copies(api)) <= PEOPLE
        assert ends["unknown"] <= IN_FLIGHT * len(phases)
