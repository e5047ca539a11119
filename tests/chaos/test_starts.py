"""Starts that meet trouble: another bot, a refused token, a lost key, a locked database."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.simulator.faults import Fault
from tests.chaos.house import ended, environment, python, telegram
from tests.journeys.conftest import until

ACUTE = "my legs went numb and I cannot pee"


async def test_a_second_bot_on_the_same_database_ends_with_one_line(tmp_path: Path) -> None:
    async with telegram([1]) as (api, simulator):
        env = environment(tmp_path, simulator.url)
        first = await python(env, "bot", "run")
        await until(lambda: api.world.updates.poller, "the first bot polls", 40)
        status, errors = await ended(await python(env, "bot", "run"))
        api.say(1, "/start")
        await until(lambda: api.log.sent(1), "the first bot goes on", 40)
        first.terminate()

        assert (await ended(first))[0] == 0
    assert status == 78
    assert errors.splitlines()[-1].startswith("unknot: Another process runs on this database")


async def test_a_token_that_telegram_refuses_ends_with_one_line_without_it(tmp_path: Path) -> None:
    async with telegram() as (_, simulator):
        env = environment(tmp_path, simulator.url, BOT_TOKEN="77:canary-canary-canary")
        status, errors = await ended(await python(env, "bot", "run"))

    assert status == 78
    assert "@BotFather" in errors.splitlines()[-1]
    assert "canary" not in errors
    assert "Traceback" not in errors


async def test_a_lost_key_ends_the_start_once_people_are_in_the_database(tmp_path: Path) -> None:
    async with telegram() as (_, simulator):
        env = environment(tmp_path, simulator.url)
        database = f"sqlite:///{tmp_path / 'data' / 'unknot.db'}"
        seed = ["--database", database, "--subscribers", "3", "--kind", "morning"]
        seed += ["--due", "2026-11-24T07:00:00Z"]
        assert (await ended(await python(env, "benchmarks.seed", *seed)))[0] == 0
        (tmp_path / "data.key").unlink()
        status, errors = await ended(await python(env, "bot", "run"))

    assert status == 78
    assert "BOT_KEY_FILE" in errors


async def test_with_the_database_locked_at_the_start_answers_and_referrals_come(
    tmp_path: Path,
) -> None:
    async with telegram([1]) as (api, simulator):
        env = environment(tmp_path, simulator.url)
        (tmp_path / "data").mkdir()
        with closing(sqlite3.connect(tmp_path / "data" / "unknot.db")) as other:
            other.execute("CREATE TABLE held (x)")
            other.execute("BEGIN EXCLUSIVE")
            bot = await python(env, "bot", "run")
            api.say(1, ACUTE)
            await until(lambda: api.log.sent(1), "the referral", 40)
            other.execute("ROLLBACK")
            other.execute("DROP TABLE held")
        api.say(1, "/reminders")
        await until(lambda: len(api.log.sent(1)) > 1, "an answer after the lock", 40)
        bot.terminate()

        assert (await ended(bot))[0] == 0


async def test_a_telegram_that_is_down_at_the_start_is_waited_for(tmp_path: Path) -> None:
    async with telegram([1]) as (api, simulator):
        simulator.faults.order(Fault("getMe", "502", times=2))
        bot = await python(environment(tmp_path, simulator.url), "bot", "run")
        api.say(1, ACUTE)
        await until(lambda: api.log.sent(1), "the referral", 40)
        bot.terminate()

        assert (await ended(bot))[0] == 0
