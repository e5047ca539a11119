"""The day's budget across kill -9: counted on the server's side, never exceeded."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.simulator.api import Api
from bot.simulator.server import Simulator
from tests.chaos.house import KILLS, environment, python, telegram
from tests.journeys.conftest import until

PEOPLE, BUDGET = 120, 50
ROUNDS = KILLS or 1
PHASES = (5, 20, 35, 60)
LATE = timedelta(seconds=61)  # too late to be sent free in time: all of it is worth paying for
LONGEST_SECONDS = 30.0


def paid_on_the_server(simulator: Simulator) -> int:
    return sum(
        "allow_paid_broadcast" in dict(call["args"])
        for call in simulator.trail.after(0)
        if call["method"] == "sendMessage"
    )


def told_by(folder: Path, question: str) -> int:
    address = f"file:{folder / 'data' / 'unknot.db'}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as db:
        return int(db.execute(question).fetchone()[0] or 0)


def has_sent(api: Api, number: int) -> bool:
    return len(api.log.sent()) >= number


def is_over(folder: Path) -> bool:
    pending = "SELECT count(*) FROM occurrence WHERE state IN ('due', 'sending')"
    made = "SELECT count(*) FROM occurrence"
    return told_by(folder, made) == PEOPLE and not told_by(folder, pending)


@pytest.mark.parametrize("_round", range(ROUNDS))
async def test_no_kill_makes_the_bot_pay_for_more_than_the_budget(
    tmp_path: Path, _round: int
) -> None:
    async with telegram(range(1, PEOPLE + 1)) as (api, simulator):
        env = environment(
            tmp_path,
            simulator.url,
            BOT_SENDS_PER_SECOND="40",
            BOT_IN_FLIGHT="16",
            BOT_PAID_BROADCAST=str(BUDGET),
        )
        due = (SystemClock().now() - LATE).replace(microsecond=0).isoformat()
        database = f"sqlite:///{tmp_path / 'data' / 'unknot.db'}"
        seed = ("--database", database, "--subscribers", str(PEOPLE), "--due", due)
        seeding = await python(env, "benchmarks.seed", *seed, "--kind", "morning")
        assert await seeding.wait() == 0
        for phase in PHASES:
            bot = await python(env, "bot", "run")
            await until(partial(has_sent, api, phase), "some reminders", LONGEST_SECONDS)
            bot.kill()
            await bot.wait()
        bot = await python(env, "bot", "run")
        await until(lambda: is_over(tmp_path), "an end for every reminder", LONGEST_SECONDS)
        bot.terminate()
        assert await bot.wait() == 0

        counted = told_by(tmp_path, "SELECT sum(n) FROM daily_count WHERE name = 'paid'")
        assert 0 < paid_on_the_server(simulator) <= counted <= BUDGET
        # who was on the way at two of the kills is set aside, and recorded as that
        unknown = told_by(tmp_path, "SELECT count(*) FROM occurrence WHERE state = 'unknown'")
        assert len({call.chat for call in api.log.sent()}) >= PEOPLE - unknown
