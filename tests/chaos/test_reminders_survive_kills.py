"""Reminders across kill -9: counted on the server's side, none lost, none three times."""

from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from bot.app import SystemClock
from bot.simulator.api import Api
from tests.chaos.house import environment, python, telegram
from tests.journeys.conftest import until

PEOPLE = 60
IN_FLIGHT = 4


def copies(api: Api) -> Counter[int]:
    return Counter(call.chat for call in api.log.sent())


def has_sent(api: Api, number: int) -> bool:
    return len(api.log.sent()) >= number


@pytest.mark.parametrize("phases", [(5, 20, 40), (1, 2, 30)])
async def test_kills_lose_no_morning_reminder_and_bring_none_a_third_time(
    tmp_path: Path, phases: tuple[int, ...]
) -> None:
    async with telegram(range(1, PEOPLE + 1)) as (api, simulator):
        fast = {"BOT_SENDS_PER_SECOND": "100", "BOT_IN_FLIGHT": str(IN_FLIGHT)}
        env = environment(tmp_path, simulator.url, **fast)
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
